"""What is wrong with one line, and whether its value can still be had."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataaudit.loaders import UNREAD, parse
from dataaudit.shapes.base import Note

CASES: dict[str, tuple[bytes, object, list[tuple[str, int | None]]]] = {
    "clean": (b'{"a": 1}', {"a": 1}, []),
    "duplicate key": (b'{"a":1,"a":2}', {"a": 2}, [("duplicate-key", 8)]),
    "duplicate key by escape": (b'{"a":1,"\\u0061":2}', {"a": 2}, [("duplicate-key", 8)]),
    "minus infinity": (b'{"a":-Infinity}', {"a": float("-inf")}, [("not-a-number", 6)]),
    "lone surrogate": (b'{"a":"\\ud800"}', {"a": "\ud800"}, [("lone-surrogate", 6)]),
    "surrogate pair": (b'{"a":"\\ud83d\\ude00"}', {"a": "\U0001f600"}, []),
    "double too large": (b'{"a":1e400}', {"a": float("inf")}, [("huge-number", 6)]),
    "integer outside 64 bits": (b'{"a":18446744073709551616}', {"a": 2**64}, [("huge-number", 6)]),
    "largest integer": (b'{"a":18446744073709551615}', {"a": 2**64 - 1}, []),
    "5,000 digits": (b'{"a":' + b"9" * 5000 + b"}", {"a": float("inf")}, [("huge-number", 6)]),
    "digits in a string": (b'{"a":"' + b"9" * 5000 + b'"}', {"a": "9" * 5000}, []),
    "two values": (b'{"a":1}{"b":2}', UNREAD, [("several-values", 8)]),
    "two values with a space": (b'{"a":1} {"b":2}', UNREAD, [("several-values", 9)]),
    "Python dict": (b"{'a': 1}", UNREAD, [("invalid-json", 2)]),
    "Python True": (b'{"a": True}', UNREAD, [("invalid-json", 7)]),
    "trailing comma": (b'{"a":1,}', {"a": 1}, [("invalid-json", 7)]),
    "comma after the value": (b'{"a":1},', {"a": 1}, [("invalid-json", 8)]),
    "escaped NUL": (b'{"a":"\\u0000"}', {"a": "\x00"}, [("nul-character", 6)]),
    "escaped backslash before u0000": (b'{"a":"\\\\u0000"}', {"a": "\\u0000"}, []),
    "raw tab": (b'{"a":"x\ty"}', {"a": "x\ty"}, [("invalid-json", 8)]),
    "cut off": (b'{"a":"x', UNREAD, [("invalid-json", 6)]),
    "bad byte after letters": ('{"é":"ü'.encode() + b'\xff"}', {"é": "ü\ufffd"}, [("invalid-utf8", 8)]),
    "mark inside the file": (b'\xef\xbb\xbf{"a":1}', {"a": 1}, [("byte-order-mark", 1)]),
    "blank": (b" \t\r", UNREAD, [("blank-line", None)]),
    "array": (b"[1]", UNREAD, [("not-an-object:array", None)]),
    "null": (b"null", UNREAD, [("not-an-object:null", None)]),
    "boolean": (b"true", UNREAD, [("not-an-object:boolean", None)]),
    "string": (b'"x"', UNREAD, [("not-an-object:string", None)]),
    "number": (b"1.5", UNREAD, [("not-an-object:number", None)]),
    "too deep": (b'{"a":' * 300, UNREAD, [("too-deep", 1001)]),
}


@pytest.mark.parametrize(("raw", "value", "notes"), CASES.values(), ids=CASES)
def test_value_and_notes(raw: bytes, value: object, notes: list[tuple[str, int | None]]) -> None:
    found, seen = parse(raw)
    assert found == value
    assert [(note.trait, note.column) for note in seen] == notes


def test_words_name_the_fault() -> None:
    assert parse(b"{'a': 1}")[1][0].detail == "single quotes: a Python dict, not JSON"
    assert parse(b'{"a":[1,]}')[1] == (Note("invalid-json", "a[0]", "trailing comma before ]", 8),)
    assert parse(b'{"m":[{"r":1},{"r":2,"r":3}]}')[1] == (Note("duplicate-key", "m[1].r", '"r"', 22),)
    assert parse(b'{"a":"\xd5"}')[1][0].detail == "byte 0xd5"


def test_not_a_number_is_kept() -> None:
    value, notes = parse(b'{"a": NaN}')
    assert value["a"] != value["a"]
    assert [note.trait for note in notes] == ["not-a-number"]


@pytest.mark.parametrize("text", [b"[", b'{"a":', b'[{"a":', b"\\", b'"\\', b"1,", b"\x00"])
def test_ten_million_bytes_answer_soon(text: bytes) -> None:
    raw = text * (10_000_000 // len(text))
    start = time.process_time()
    value, notes = parse(raw)
    assert value is UNREAD
    assert notes
    assert time.process_time() - start < 5


@given(st.binary(max_size=200))
def test_never_raises(raw: bytes) -> None:
    value, notes = parse(raw)
    assert notes or isinstance(value, dict)


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(2**63), 2**63)
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    ),
    st.binary(max_size=3),
    st.floats(0, 1),
)
def test_mutated_json(value: object, inserted: bytes, where: float) -> None:
    """What the standard library reads without complaint, the tolerant reader gives the same value for."""
    raw = json.dumps({"v": value}).encode()
    place = int(where * len(raw))
    raw = raw[:place] + inserted + raw[place:]
    found, notes = parse(raw)
    try:
        expected = json.loads(raw)
    except ValueError:
        assert notes
        return
    if isinstance(expected, dict) and not notes:
        assert found == expected
