"""What is mended and what is left, by kind of file, rule and suppression."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
import zstandard

from dataaudit.config import Settings
from dataaudit.errors import SourceError
from dataaudit.fixes import Outcome, fix, fixable
from dataaudit.fixes.limits import limits
from dataaudit.loaders.names import file_names

ROW = '{"prompt": "Was ist 1 + 1?", "completion": "2"}\n'
OTHER = '{"prompt": "Was ist 2 + 2?", "completion": "4"}\n'


def mend(file: Path, *select: str, unsafe: bool = False, **options: Any) -> Outcome:
    return fix([str(file)], Settings().changed(select=select or ("ALL",), **options), unsafe=unsafe)


def record_of(file: Path) -> list[dict[str, Any]]:
    """The entries of rows in the record, without the heads of the runs."""
    entries = [json.loads(line) for line in Path(f"{file}.removed.jsonl").read_text(encoding="utf-8").splitlines()]
    return [entry for entry in entries if entry["action"] != "run"]


def test_a_duplicate_goes_to_the_record_with_the_row_that_stays(tmp_path: Path) -> None:
    file = tmp_path / "train.jsonl"
    file.write_text(ROW + "\n" + OTHER + ROW, encoding="utf-8")
    outcome = mend(file, "SCH003", "DUP001")
    assert file.read_text(encoding="utf-8") == ROW + OTHER
    assert outcome.fixed == {"SCH003": 1, "DUP001": 1}
    blank, twin = record_of(file)
    assert (blank["line"], blank["rules"], blank["action"], blank["row"]) == (2, ["SCH003"], "removed", "")
    assert (twin["line"], twin["rules"], twin["row"]) == (4, ["DUP001"], ROW.rstrip())
    assert twin["same_as"] == {"path": str(file), "line": 1}
    assert "a whole copy" in twin["reason"]


def test_the_record_of_an_earlier_run_stays(tmp_path: Path) -> None:
    file = tmp_path / "train.jsonl"
    file.write_text(ROW + ROW + OTHER, encoding="utf-8")
    mend(file, "DUP001")
    file.write_text(ROW + OTHER + OTHER, encoding="utf-8")
    mend(file, "DUP001")
    assert [entry["row"] for entry in record_of(file)] == [ROW.rstrip(), OTHER.rstrip()]


@pytest.mark.parametrize("ends", ["gz", "zst"])
def test_compressed_files_stay_compressed(ends: str, tmp_path: Path) -> None:
    file = tmp_path / f"train.jsonl.{ends}"
    data = (ROW + "\n" + OTHER).encode()
    file.write_bytes(gzip.compress(data) if ends == "gz" else zstandard.compress(data))
    mend(file, "SCH003")
    raw = file.read_bytes()
    back = gzip.decompress(raw) if ends == "gz" else zstandard.ZstdDecompressor().decompressobj().decompress(raw)
    assert back.decode() == ROW + OTHER


@pytest.mark.parametrize(
    ("row", "better"),
    [
        pytest.param('{"prompt":"a" , "completion": "b",}', '{"prompt":"a" , "completion": "b"}', id="last-comma"),
        pytest.param('{"prompt": "a,}", "completion": "b"},', '{"prompt": "a,}", "completion": "b"}', id="after"),
        pytest.param('{"prompt": "a\tb", "completion": "c"}', '{"prompt": "a\\tb", "completion": "c"}', id="tab"),
        pytest.param('{"prompt": "é", "completion": ["b", ] }', '{"prompt": "é", "completion": ["b" ] }', id="list"),
    ],
)
def test_json_with_one_reading(row: str, better: str, tmp_path: Path) -> None:
    file = tmp_path / "train.jsonl"
    file.write_text(ROW + row + "\n", encoding="utf-8")
    mend(file, "SCH001")
    assert file.read_text(encoding="utf-8") == ROW + better + "\n"


@pytest.mark.parametrize(
    "row", ["{'prompt': 'a'}", '{"prompt": "a", "completion": "b"', '{"prompt": NaN}', '{"a": 1,, "b": 2}', "nothing"]
)
def test_json_that_needs_a_guess_is_left(row: str, tmp_path: Path) -> None:
    file = tmp_path / "train.jsonl"
    file.write_text(ROW + row + "\n", encoding="utf-8")
    assert mend(file, "SCH001").files == ()
    assert file.read_text(encoding="utf-8") == ROW + row + "\n"


def test_only_keys_that_a_named_provider_does_not_use_go(tmp_path: Path) -> None:
    file = tmp_path / "train.jsonl"
    turns = '"messages": [{"role": "user", "content": "%s"},{"role":"assistant","content":"b"}]'
    chat = '{"id": 7, ' + turns + ',  "note":{"x":[1]}}\n'
    file.write_text(chat % "a" + chat % "c", encoding="utf-8")
    assert mend(file, "SCH011").files == ()
    mend(file, "SCH011", providers=("together",))
    bare = "{" + turns + "}\n"
    assert file.read_text(encoding="utf-8") == bare % "a" + bare % "c"


def test_escapes_and_spacing_of_a_changed_row_stay(tmp_path: Path) -> None:
    file = tmp_path / "train.jsonl"
    file.write_text(
        '{ "prompt":"Caf\\u00c3\\u00a9 \\/ bar" , "completion": "2"}\n'
        '{"prompt": "CafÃ© / bar 2", "completion": "\\u00e9"}\n',
        encoding="utf-8",
    )
    mend(file, "TXT001")
    assert file.read_text(encoding="utf-8") == (
        '{ "prompt":"Caf\\u00e9 \\/ bar" , "completion": "2"}\n{"prompt": "Café / bar 2", "completion": "\\u00e9"}\n'
    )


def test_cells_keep_their_quotes(tmp_path: Path) -> None:
    file = tmp_path / "train.csv"
    head = '"prompt";completion\r\n'
    file.write_bytes((head + '"Was, ""CafÃ©""?";ja\r\nfÃ¼r;"nein"\r\n').encode())
    mend(file, "TXT001")
    assert file.read_bytes() == (head + '"Was, ""Café""?";ja\r\nfür;"nein"\r\n').encode()


def test_safe_alone_unless_asked(tmp_path: Path) -> None:
    file = tmp_path / "train.jsonl"
    shouted = ROW.replace("Was ist", "WAS IST")
    file.write_text(ROW + shouted + OTHER, encoding="utf-8")
    outcome = mend(file, "DUP")
    assert (outcome.files, outcome.unsafe) == ((), 1)
    assert fixable(outcome.report.findings) == (0, 1)
    assert mend(file, "DUP", unsafe=True).fixed == {"DUP002": 1}
    assert file.read_text(encoding="utf-8") == ROW + OTHER


def test_conflicts_are_for_a_person(tmp_path: Path) -> None:
    file = tmp_path / "train.jsonl"
    wrong = ROW.replace('"2"', '"3"')
    file.write_text(ROW + OTHER + wrong, encoding="utf-8")
    outcome = mend(file, "DUP003", unsafe=True)
    assert file.read_text(encoding="utf-8") == ROW + OTHER + wrong
    review = Path(f"{file}.review.jsonl")
    assert outcome.reviews == (str(review),)
    found = [json.loads(line) for line in review.read_text(encoding="utf-8").splitlines()]
    assert [(entry["line"], entry["rule"], entry["group"]) for entry in found] == [(1, "DUP003", 1), (3, "DUP003", 1)]
    assert [entry["row"] for entry in found] == [ROW.rstrip(), wrong.rstrip()]
    review.write_text("looked at: 1\n", encoding="utf-8")
    assert mend(file, "DUP003", unsafe=True).reviews == (f"{file}.review-2.jsonl",)
    assert review.read_text(encoding="utf-8") == "looked at: 1\n"


@pytest.mark.parametrize("how", ["row", "per-file-ignores"])
def test_what_is_silent_is_left(how: str, tmp_path: Path) -> None:
    file = tmp_path / "train.jsonl"
    key = ', "dataaudit_ignore": ["DUP001"]' if how == "row" else ""
    again = ROW.rstrip()[:-1] + key + "}\n"
    file.write_text(ROW + again + OTHER, encoding="utf-8")
    silent: dict[str, Any] = {"per_file_ignores": {"train.jsonl": ("DUP001",)}} if how == "per-file-ignores" else {}
    assert mend(file, "DUP001", **silent).files == ()
    assert file.read_text(encoding="utf-8") == ROW + again + OTHER


def test_a_baseline_is_left(tmp_path: Path) -> None:
    from dataaudit.baselines import baseline_of

    file, known = tmp_path / "train.jsonl", tmp_path / "known.json"
    file.write_text(ROW + ROW + OTHER, encoding="utf-8")
    settings = Settings().changed(select=("DUP001",))
    baseline_of([str(file)], settings, known)[0].write(known)
    file.write_text(ROW + ROW + OTHER + OTHER, encoding="utf-8")
    fix([str(file)], settings.changed(baseline=known))
    assert file.read_text(encoding="utf-8") == ROW + ROW + OTHER


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        pytest.param("train.json", f"[{ROW},{ROW}]".encode(), "JSON that is one list", id="json"),
        pytest.param("train.jsonl", (ROW + ROW).encode("utf-16"), "utf-16", id="utf-16"),
        pytest.param("train.jsonl.gz", gzip.compress((ROW + ROW).encode())[:-4], "it is cut off", id="cut-off"),
    ],
)
def test_files_that_are_not_rewritten(name: str, content: bytes, why: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    outcome = mend(file, "DUP001")
    assert outcome.files == ()
    assert why in "".join(outcome.notes)
    assert file.read_bytes() == content


def test_one_file_under_two_names_is_not_emptied(tmp_path: Path) -> None:
    file = tmp_path / "train.jsonl"
    file.write_text(ROW + OTHER, encoding="utf-8")
    (tmp_path / "train-2.jsonl").hardlink_to(file)
    outcome = fix([str(tmp_path)], Settings().changed(select=("DUP001",)))
    assert outcome.files == ()
    assert "two names" in outcome.notes[0]


def test_a_file_that_changes_meanwhile_is_left(tmp_path: Path) -> None:
    file = tmp_path / "train.jsonl"
    file.write_text(ROW + ROW, encoding="utf-8")
    written: list[int] = []

    def write_once(_done: int, _all: int) -> None:
        if not written:
            written.append(file.write_text(ROW + ROW + OTHER, encoding="utf-8"))

    with pytest.raises(SourceError, match="changed while it was being fixed"):
        fix([str(file)], Settings().changed(select=("DUP001",)), progress=write_once)
    assert file.read_text(encoding="utf-8") == ROW + ROW + OTHER


def test_a_walk_does_not_take_the_records_for_data() -> None:
    names = [f"train.{ends}{own}" for ends in ("jsonl", "csv.gz") for own in (limits().removed, limits().review)]
    assert all(file_names().written.search(name) for name in (*names, "train.jsonl.review-2.jsonl"))
    assert not file_names().written.search("movie.review.jsonl")
