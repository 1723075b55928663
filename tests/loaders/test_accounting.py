"""The whole tool on hostile files: only its own errors are raised, and no physical line gets lost on the way."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dataaudit
from dataaudit.errors import DataAuditError
from dataaudit.loaders import UNREAD, Source, open_sources
from dataaudit.loaders.line_ends import separator
from tests.loaders.reading import read_all, write

CHAT = {"messages": [{"role": "user", "content": "Où est la gare ?"}, {"role": "assistant", "content": "Là-bas."}]}
JSONL = b"".join(json.dumps({**CHAT, "n": n}, ensure_ascii=False).encode() + b"\n" for n in range(4))
CSV = 'prompt,completion\n"Où, dis ?",Là\n"two\nlines","b ""c"""\nq,a\n'.encode()
SPLINTERS = [
    b"", b"\n", b"\r", b"\r\n", b"\n\n", b'"', b"'", b",", b"{", b"}", b"[", b"]", b":", b"\\", b"\x00", b"\xff",
    b"\xef\xbb\xbf", b"\xff\xfe", b"NaN", b"1e999", b"9" * 30, b'{"a":1,"a":2}', b"[1]", b'"a"', b"null",
    b'"\\ud800"', b"[" * 300, b" ", b"\t",
    b"\x1f\x8b", b"PAR1", b"\x28\xb5\x2f\xfd", b";", b"|", b"prompt,completion\n",
]  # fmt: skip


@st.composite
def _mutated(draw: st.DrawFn, original: bytes) -> bytes:
    """The original with up to five cuts, each filled with a splinter."""
    content = original
    for _ in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, len(content)))
        stop = min(len(content), start + draw(st.integers(0, 40)))
        content = content[:start] + draw(st.sampled_from(SPLINTERS)) + content[stop:]
    return content


def _physical(content: bytes) -> list[bytes]:
    end = separator(content)
    lines = (content.removesuffix(b"\n") if end == b"\r" else content).split(end)
    return lines if lines[-1] else lines[:-1]


def _covered(source: Source) -> tuple[set[int], set[int], int]:
    """Lines inside records, lines where an unreadable record starts, and how many records are not blank."""
    whole = read_all(source)
    inside: set[int] = set()
    for line, raw in zip(whole.lines, whole.raws, strict=True):
        inside.update(range(line, line + raw.count(b"\n") + 1))
    unread = {line for line, value in zip(whole.lines, whole.values, strict=True) if value is UNREAD}
    blank = sum(notes == ["blank-line"] for notes in whole.notes.values())
    return inside, unread, len(whole.lines) - blank


def _account(name: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder), name, content)
        try:
            report = dataaudit.audit(path)
        except DataAuditError:
            return
        (source,) = open_sources([path], spool=Path(folder))
        inside, unread, rows = _covered(source)
    named = {finding.line for finding in report.findings if finding.line is not None}
    assert unread <= named
    assert report.files[0].rows == rows
    if source.compression or source.encoding != "utf-8" or source.kind not in ("lines", "delimited"):
        return
    same = Counter((found.rule, found.line, found.column, found.message) for found in report.findings)
    assert all(number == 1 for number in same.values()), same
    physical = _physical(content)
    header: set[int] = set()
    if source.dialect is not None and source.dialect.header:
        first = next(number for number, line in enumerate(physical, 1) if line.removeprefix(b"\xef\xbb\xbf").strip())
        header = set(range(first, min((line for line in inside if line > first), default=len(physical) + 1)))
    missing = set(range(1, len(physical) + 1)) - inside - named - header
    assert not missing, [physical[line - 1] for line in missing]


EASY = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@EASY
@given(_mutated(JSONL))
def test_mutated_json_lines(content: bytes) -> None:
    _account("train.jsonl", content)


@EASY
@given(_mutated(CSV))
def test_mutated_table(content: bytes) -> None:
    _account("train.csv", content)


@EASY
@given(st.sampled_from(["a.jsonl", "a.csv", "a.json", "a.tsv", "a.parquet", "a.txt"]), st.binary(max_size=300))
def test_random_bytes(name: str, content: bytes) -> None:
    _account(name, content)


FACTS: dict[str, tuple[str, bytes, tuple[str, int | None], int]] = {
    "byte-order mark": ("a.jsonl", b"\xef\xbb\xbf" + JSONL, ("SCH005", 1), 4),
    "UTF-16": ("a.jsonl", JSONL.decode().encode("utf-16"), ("SCH004", None), 4),
    "UTF-32 without a mark": ("a.jsonl", JSONL.decode().encode("utf-32-le"), ("SCH004", None), 4),
    "array": ("a.json", b"[" + b",".join(JSONL.splitlines()) + b"]", ("SCH022", 1), 4),
    "wrapped": ("a.json", b'{"data": [' + b",".join(JSONL.splitlines()) + b"]}", ("SCH022", 1), 4),
    "pretty-printed": ("a.jsonl", json.dumps(CHAT, indent=1).encode() * 2, ("SCH001", 1), 2),
    "no bytes": ("a.jsonl", b"", ("SCH022", None), 0),
    "blank lines only": ("a.jsonl", b"\n\n", ("SCH022", None), 0),
    "a header only": ("a.csv", b"prompt,completion\n", ("SCH022", None), 0),
    "pointer": ("a.jsonl", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", ("SCH022", 1), 0),
    "bare returns": ("a.jsonl", JSONL.replace(b"\n", b"\r"), ("SCH006", None), 4),
}


@pytest.mark.parametrize(("name", "content", "expected", "rows"), FACTS.values(), ids=FACTS)
def test_a_fact_of_a_file_is_told_once(
    tmp_path: Path, name: str, content: bytes, expected: tuple[str, int | None], rows: int
) -> None:
    report = dataaudit.audit(write(tmp_path, name, content))
    assert [(finding.rule, finding.line) for finding in report.findings].count(expected) == 1
    assert report.files[0].rows == rows
