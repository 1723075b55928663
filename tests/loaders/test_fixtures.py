"""The samples in fixtures/formats read as their README says."""

from __future__ import annotations

from pathlib import Path

import pytest

from dataaudit.loaders import UNREAD, open_sources
from tests.loaders.reading import read_all

FORMATS = Path(__file__).parents[2] / "fixtures" / "formats"
CASES: dict[str, tuple[str, int, list[str], dict[int, list[str]]]] = {
    "plain.jsonl": ("lines", 3, [], {}),
    "crlf-and-mark.jsonl": ("lines", 3, ["byte-order-mark", "line-ends:crlf"], {}),
    "utf-16.jsonl": ("lines", 3, ["utf-16"], {}),
    "packed.jsonl.gz": ("lines", 3, ["compressed:gzip"], {}),
    "array.json": ("json", 3, ["json-array"], {}),
    "wrapped.json": ("json", 3, ["json-array"], {}),
    "odd-rows.jsonl": (
        "lines",
        8,
        [],
        {
            2: ["blank-line"],
            3: ["not-an-object:array"],
            4: ["duplicate-key"],
            5: ["invalid-json"],
            6: ["several-values"],
            7: ["not-a-number"],
            8: ["invalid-json"],
        },
    ),
    "table.csv": ("delimited", 2, [], {}),
    "lost-quote.csv": ("delimited", 3, [], {2: ["unclosed-quote", "ragged-row"]}),
    "latin-1.csv": ("delimited", 2, [], {2: ["invalid-utf8"]}),
    "no-header.tsv": ("delimited", 3, ["header-missing"], {}),
}


@pytest.mark.parametrize(
    ("name", "kind", "rows", "traits", "notes"), [(name, *case) for name, case in CASES.items()], ids=CASES
)
def test_sample(
    tmp_path: Path, name: str, kind: str, rows: int, traits: list[str], notes: dict[int, list[str]]
) -> None:
    (source,) = open_sources([str(FORMATS / name)], spool=tmp_path)
    whole = read_all(source)
    assert (source.kind, len(whole.lines), whole.file_traits, whole.notes) == (kind, rows, traits, notes)


def test_cut_off_gzip_gives_what_is_there(tmp_path: Path) -> None:
    (source,) = open_sources([str(FORMATS / "cut-off.jsonl.gz")], spool=tmp_path)
    whole = read_all(source)
    assert whole.file_traits == ["compressed:gzip", "truncated-file"]
    assert whole.values[0] is not UNREAD
