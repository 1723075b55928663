"""CSV and TSV: where records start, lost quotes, ragged rows, bytes that are no UTF-8."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataaudit.loaders import UNREAD
from dataaudit.loaders.excerpts import excerpt_rows
from tests.loaders.reading import read


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"], ids=["comma", "semicolon", "tab", "bar"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_dialects(tmp_path: Path, delimiter: str, encoding: str) -> None:
    text = io.StringIO()
    rows = [["prompt", "completion"], ["a,b; c|d\te", 'say "é"'], ["two\nlines", ""], ["x", "y"]]
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(rows)
    whole = read(tmp_path, "a.csv", text.getvalue().encode(encoding))
    assert whole.values == [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    assert whole.lines == [2, 3, 5]
    assert not whole.notes
    assert whole.source.dialect is not None
    assert whole.source.dialect.delimiter == delimiter


def test_ragged_rows_keep_what_they_have(tmp_path: Path) -> None:
    whole = read(tmp_path, "a.csv", b"text,label,id\na,b\nc,d,1,2\n\ne,f,3\n")
    assert whole.values == [
        {"text": "a", "label": "b"},
        {"text": "c", "label": "d", "id": "1"},
        UNREAD,
        {"text": "e", "label": "f", "id": "3"},
    ]
    assert whole.notes == {2: ["ragged-row"], 3: ["ragged-row"], 4: ["blank-line"]}
    assert whole.details[2] == ["2 cells, 3 columns"]


@pytest.mark.parametrize(
    "tail",
    [b"", b'"well, quoted",good\n', b'"two\nlines",good\n'],
    ids=["no quote after", "quoted cell after", "quoted lines after"],
)
def test_unclosed_quote_harms_one_line(tmp_path: Path, tail: bytes) -> None:
    whole = read(tmp_path, "a.csv", b'text,label\n"lost, bad\nfine,good\nfine too,good\n' + tail)
    assert whole.notes[2][0] == "unclosed-quote"
    assert whole.values[1:3] == [{"text": "fine", "label": "good"}, {"text": "fine too", "label": "good"}]
    assert set(whole.notes) == {2}
    assert len(whole.values) == 3 + bool(tail)


def test_many_unclosed_quotes_stay_linear(tmp_path: Path) -> None:
    whole = read(tmp_path, "a.csv", b"text,label\n" + b'"lost,bad\nfine,good\n' * 20_000)
    assert len(whole.values) >= 20_000


def test_bad_bytes_and_nul(tmp_path: Path) -> None:
    whole = read(tmp_path, "a.csv", b'text,label\nit\xd5s,a\nx\x00y,b\n"two\nl\xffnes",c\n')
    assert whole.values[0] == {"text": "it\ufffds", "label": "a"}
    assert whole.notes == {2: ["invalid-utf8"], 3: ["nul-character"], 4: ["invalid-utf8"]}
    assert whole.details[2] == ["byte 0xd5"]
    assert whole.details[4] == ["byte 0xff, 1 line below the start of the record"]


def test_header_notes(tmp_path: Path) -> None:
    whole = read(tmp_path, "a.csv", b"text,label,,label\na,b,c,d\n")
    assert whole.file_traits == ["header-blank-name", "header-duplicate-name"]
    assert whole.values == [{"text": "a", "label": "b", "column_3": "c", "label_2": "d"}]


@pytest.mark.parametrize(
    ("content", "header"),
    [
        (b"text,label\nx,y\n", True),
        (b"Sprache;Zielwert\nDas ist ein Satz.;gut\nNoch ein Satz.;schlecht\n", True),
        (b"I like it,positive\nI hate it,negative\nSo so,positive\n", False),
        (b"1,I like it\n2,I hate it\n", False),
        (b"What is the capital of France and why is it the capital of it?,Paris\nHow?,So\n", False),
        (b"text\nonly one column\nand rows, with commas\n", True),
    ],
    ids=["known names", "names", "label seen again", "numbers", "long text", "one column"],
)
def test_header_or_data(tmp_path: Path, content: bytes, header: bool) -> None:
    whole = read(tmp_path, "a.csv", content)
    assert whole.source.dialect is not None
    assert whole.source.dialect.header is header
    assert ("header-missing" in whole.file_traits) is not header
    assert whole.lines[0] == (2 if header else 1)


def test_line_ends_inside_cells_do_not_count(tmp_path: Path) -> None:
    whole = read(tmp_path, "a.csv", b'text,label\r\n"a\nb",c\r\nd,e\r\n')
    assert whole.file_traits == []
    assert whole.lines == [2, 4]


def test_records_that_end_differently(tmp_path: Path) -> None:
    whole = read(tmp_path, "a.csv", b'text,label\r\n"a\nb",c\nd,e\r\n')
    assert whole.file_traits == ["line-ends:mixed"]


@pytest.mark.parametrize("content", [b"text,label\n", b'"text","label"', b"text,label\n\n \n"])
def test_a_header_alone_is_no_row(tmp_path: Path, content: bytes) -> None:
    whole = read(tmp_path, "a.csv", content)
    assert whole.file_traits == ["empty-file"]


@pytest.mark.parametrize("last", [b"", b"\r", b"\n", b"\r\n"], ids=["none", "cr", "lf", "crlf"])
def test_old_mac_line_ends(tmp_path: Path, last: bytes) -> None:
    whole = read(tmp_path, "a.csv", b"text,label\ra,b\rc,d" + last)
    assert whole.values == [{"text": "a", "label": "b"}, {"text": "c", "label": "d"}]
    assert whole.lines == [2, 3]


def test_row_too_large(tmp_path: Path) -> None:
    whole = read(tmp_path, "a.csv", b"text,label\n" + b"x" * 300_000 + b",a\nb,c\n", limit=1000)
    assert whole.values == [UNREAD, {"text": "b", "label": "c"}]
    assert whole.notes == {2: ["row-too-large"]}


def test_excerpt_is_the_first_line(tmp_path: Path) -> None:
    whole = read(tmp_path, "a.csv", b'text,label\r\n"a\nb",c\r\nd,e')
    assert excerpt_rows(whole.source, list(zip(whole.lines, whole.offsets, strict=True))) == {2: b'"a', 4: b"d,e"}


def test_blank_lines_before_the_header(tmp_path: Path) -> None:
    whole = read(tmp_path, "a.csv", b"\n \ntext,label,\na,b,c\n")
    assert whole.values == [UNREAD, UNREAD, {"text": "a", "label": "b", "column_3": "c"}]
    assert whole.notes == {1: ["blank-line"], 2: ["blank-line"]}
    assert [line for line, note in whole.source.file_notes if note.trait == "header-blank-name"] == [3]


CELLS = st.lists(
    st.sampled_from(["a", '"', '""', ",", "\n", "\r\n", "\r", "x y", "\x00", "é", " ", '"q"', "\ud800"]), max_size=25
)


@settings(max_examples=300, deadline=None)
@given(CELLS, st.sampled_from([3, 8, 1 << 20]))
def test_every_line_is_inside_a_record(parts: list[str], limit: int) -> None:
    content = b"text,label\n" + "".join(parts).encode("utf-8", "surrogatepass")
    with tempfile.TemporaryDirectory() as folder:
        whole = read(Path(folder), "a.csv", content, limit=limit)
    starts = [*whole.lines, content.count(b"\n") + 1 + (not content.endswith(b"\n"))]
    if limit > 8:
        covered = sum(raw.count(b"\n") + 1 for raw in whole.raws)
        assert covered == starts[-1] - 2
    assert whole.lines == sorted(set(whole.lines))
    for line, value in zip(whole.lines, whole.values, strict=True):
        assert value is not UNREAD or line in whole.notes


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(*[st.text(st.characters(exclude_categories=["Cs"]), max_size=8)] * 2), min_size=1, max_size=8)
)
def test_what_csv_writes_is_read_back(rows: list[tuple[str, str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([("prompt", "completion"), *rows])
    with tempfile.TemporaryDirectory() as folder:
        whole = read(Path(folder), "a.csv", text.getvalue().encode())
    assert whole.values == [{"prompt": first, "completion": second} for first, second in rows]
