"""Arrays and pretty-printed JSON: places of elements, broken elements, any piece size."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataaudit.loaders import UNREAD
from dataaudit.loaders.excerpts import excerpt_rows
from dataaudit.loaders.splitter import Element, Splitter
from tests.loaders.reading import read

ROWS = [{"a": 'x"[{,\\', "b": [1, {"c": "}"}], "n": number} for number in range(3)]


def split(
    text: bytes, piece: int = 1 << 16, *, wrapped: bool = False, limit: int = 1 << 20
) -> tuple[list[Element], list[Any]]:
    splitter = Splitter(limit, wrapped=wrapped)
    elements: list[Element] = []
    for start in range(0, len(text), piece):
        elements += splitter.feed(text[start : start + piece])
    elements += splitter.finish()
    return elements, splitter.file_notes


@pytest.mark.parametrize(
    ("content", "lines", "traits"),
    [
        (json.dumps(ROWS).encode(), [1, 1, 1], ["json-array"]),
        (json.dumps(ROWS, indent=2).encode(), [2, 12, 22], ["json-array"]),
        ("\n".join(json.dumps(row, indent=1) for row in ROWS).encode(), [1, 11, 21], ["pretty-printed"]),
        (json.dumps({"version": 2, "data": ROWS, "tags": ["x"]}).encode(), [1, 1, 1], ["json-array"]),
        (json.dumps({"version": 2, "data": ROWS}, indent=1).encode(), [4, 14, 24], ["json-array"]),
        (
            b"[\r\n" + b",\r\n".join(json.dumps(row).encode() for row in ROWS) + b"\r\n]",
            [2, 3, 4],
            ["json-array", "line-ends:crlf"],
        ),
        (b"\xef\xbb\xbf" + json.dumps(ROWS).encode(), [1, 1, 1], ["byte-order-mark", "json-array"]),
    ],
    ids=["array", "indented", "concatenated", "wrapped", "wrapped indented", "row a line", "mark"],
)
def test_layouts(tmp_path: Path, content: bytes, lines: list[int], traits: list[str]) -> None:
    whole = read(tmp_path, "a.json", content)
    assert whole.source.kind == "json"
    assert whole.values == ROWS
    assert whole.lines == lines
    assert whole.file_traits == traits
    assert not whole.notes
    for offset, raw in zip(whole.offsets, whole.raws, strict=True):
        assert content[offset : offset + len(raw)] == raw
    assert excerpt_rows(whole.source, [(lines[2], 0)])[lines[2]] in whole.raws


def test_a_single_chat_is_no_wrapper(tmp_path: Path) -> None:
    chat = {"conversations": [{"from": "human", "value": "a"}]}
    assert read(tmp_path, "a.json", json.dumps(chat, indent=2).encode()).values == [chat]


BROKEN: dict[str, tuple[bytes, list[object], int]] = {
    "comma missing": (b'[{"a":1} {"b":2}]', [{"a": 1}, {"b": 2}], 0),
    "extra bracket": (b'[\n {"a":1}},\n {"b":2}\n]', [UNREAD, {"b": 2}], 0),
    "bracket missing": (
        b'[\n {"a":1},\n {"b":{"c":2},\n {"d":3},\n {"e":4}\n]',
        [{"a": 1}, UNREAD, {"d": 3}, {"e": 4}],
        0,
    ),
    "bracket missing, first beside the list": (
        b'[{"a":1},\n{"a":2},\n{"b":{"c":2},\n{"d":3},\n{"e":4}]',
        [{"a": 1}, {"a": 2}, UNREAD, {"d": 3}, {"e": 4}],
        0,
    ),
    "quote missing": (b'[\n {"a":1},\n {"b":"x},\n {"d":3},\n {"e":4}\n]', [{"a": 1}, UNREAD, {"d": 3}, {"e": 4}], 0),
    "trailing comma": (b'[{"a":1},]', [{"a": 1}], 1),
    "double comma": (b'[{"a":1},,{"b":2}]', [{"a": 1}, {"b": 2}], 1),
    "words between": (b'[{"a":1} x, {"b":1}]', [UNREAD, {"b": 1}], 0),
    "cut off": (b'[{"a":1},{"b":', [{"a": 1}, UNREAD], 1),
    "duplicate key": (b'[{"a":1,"a":2},{"b":1}]', [{"a": 2}, {"b": 1}], 0),
    "no objects": (b'[\n{"a":1},\n2,\n"x"]', [{"a": 1}, UNREAD, UNREAD], 0),
}


@pytest.mark.parametrize(("content", "values", "file_notes"), BROKEN.values(), ids=BROKEN)
def test_one_fault_leaves_the_other_elements(
    tmp_path: Path, content: bytes, values: list[object], file_notes: int
) -> None:
    whole = read(tmp_path, "a.json", content)
    assert whole.source.kind == "json"
    assert whole.values == values
    assert whole.file_traits == ["json-array"] + ["invalid-json"] * file_notes
    expected = [line for line, value in zip(whole.lines, values, strict=True) if value is UNREAD]
    assert set(expected) <= set(whole.notes)


@pytest.mark.parametrize("content", [b"[\n]", b'{"data": [\n]}\n{}', b"[\n\n\n\n]\n"])
def test_no_element(tmp_path: Path, content: bytes) -> None:
    whole = read(tmp_path, "a.json", content)
    assert whole.lines or "empty-file" in whole.file_traits


def test_several_lists_are_named() -> None:
    elements, notes = split(b'{"train":[{"a":1}],"names":["x"],"test":[{"b":2},{"c":3}]}', wrapped=True)
    assert [element.raw for element in elements] == [b'{"a":1}', b'{"b":2}', b'{"c":3}']
    assert [note.trait for _, note in notes] == ["several-lists"]


def test_element_too_large(tmp_path: Path) -> None:
    content = b'[{"a":1},{"b":"' + b"x" * 300_000 + b'"},{"c":3}]'
    whole = read(tmp_path, "a.json", content, limit=1000)
    assert whole.values == [{"a": 1}, UNREAD, {"c": 3}]
    assert list(whole.details.values()) == [["0.29 MiB, more than 1000 bytes"]]
    assert len(whole.raws[1]) == 4096


STRUCTURE = b" \t\r\n,[]"
TOKENS = st.sampled_from(
    [
        b"[",
        b"]",
        b"{",
        b"}",
        b",",
        b'"',
        b"\\",
        b"\n",
        b"\n  {",
        b'{"a":1}',
        b'  {"b":[1,{}]},\n',
        b'"x\\"]"',
        b" ",
        b"12",
        b"\xff",
    ]
)


@settings(max_examples=300)
@given(st.lists(TOKENS, max_size=30), st.integers(1, 9), st.booleans())
def test_pieces_do_not_matter(tokens: list[bytes], piece: int, wrapped: bool) -> None:
    text = b"".join(tokens)
    assert split(text, wrapped=wrapped) == split(text, piece, wrapped=wrapped)


@settings(max_examples=300)
@given(st.lists(TOKENS, max_size=30))
def test_no_byte_is_lost(tokens: list[bytes]) -> None:
    text = b"".join(tokens)
    elements, _ = split(text)
    end = 0
    for element in elements:
        assert not text[end : element.offset].strip(STRUCTURE)
        assert text[element.offset : element.offset + len(element.raw)] == element.raw
        assert element.line == text.count(b"\n", 0, element.offset) + 1
        end = element.offset + len(element.raw)
    assert not text[end:].strip(STRUCTURE)


TEXT = st.text(max_size=6)
JSON = st.recursive(
    TEXT | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.dictionaries(TEXT, JSON, max_size=3), max_size=5),
    st.sampled_from([None, 0, 1, 4]),
    st.booleans(),
)
def test_every_valid_array(rows: list[dict[str, Any]], indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(rows, indent=indent, ensure_ascii=ascii_only).encode()
    elements, notes = split(text, 37)
    assert [json.loads(element.raw) for element in elements] == rows
    assert not notes
