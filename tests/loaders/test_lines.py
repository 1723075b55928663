"""JSON Lines: line ends, limits, compression, and the same records whatever the pieces."""

from __future__ import annotations

import gzip
import json
import tempfile
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from dataaudit.loaders import UNREAD, Source, sample
from dataaudit.loaders.excerpts import excerpt_rows
from dataaudit.loaders.lines import LinesLoader
from dataaudit.loaders.suspects import may_hold_odd
from tests.loaders.reading import LIMIT, Everything, read, read_all, write

ROWS = [b'{"a": 1}', b"", b'{"a": 2, "a": 3}', b"[1]", '{"b": "ü"}'.encode()]


@pytest.mark.parametrize(
    ("end", "traits"), [(b"\n", []), (b"\r\n", ["line-ends:crlf"]), (b"\r", ["line-ends:cr"])], ids=["lf", "crlf", "cr"]
)
@pytest.mark.parametrize("last", [True, False], ids=["ended", "open"])
def test_line_ends(tmp_path: Path, end: bytes, traits: list[str], last: bool) -> None:
    whole = read(tmp_path, "a.jsonl", end.join(ROWS) + (end if last else b""))
    assert whole.raws == ROWS
    assert whole.lines == [1, 2, 3, 4, 5]
    assert whole.values == [{"a": 1}, UNREAD, {"a": 3}, UNREAD, {"b": "ü"}]
    assert whole.notes == {2: ["blank-line"], 3: ["duplicate-key"], 4: ["not-an-object:array"]}
    assert whole.file_traits == traits


def test_mixed_line_ends_and_mark(tmp_path: Path) -> None:
    whole = read(tmp_path, "a.jsonl", b'\xef\xbb\xbf{"a":1}\r\n{"a":2}\n{"a":3}\r\n')
    assert whole.file_traits == ["byte-order-mark", "line-ends:mixed"]
    assert whole.raws[0] == b'{"a":1}'
    assert whole.offsets == [3, 12, 20]


@pytest.mark.parametrize("last", [b"\n", b"\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_old_mac_file_with_a_last_line_feed(tmp_path: Path, last: bytes, packed: bool) -> None:
    content = b"\r".join(ROWS) + last
    whole = read(tmp_path, "a.jsonl", gzip.compress(content) if packed else content)
    assert whole.raws == ROWS
    assert whole.file_traits[-1] == "line-ends:cr"
    assert sample(whole.source, 9) == whole.values
    wanted = list(zip(whole.lines, whole.offsets, strict=True))
    assert excerpt_rows(whole.source, wanted) == dict(zip(whole.lines, whole.raws, strict=True))


def test_bare_returns_between_line_feeds_are_named(tmp_path: Path) -> None:
    whole = read(tmp_path, "a.jsonl", b'{"a":1}\n{"a":2}\r{"a":3}\n{"a":4}\r\n')
    assert whole.file_traits == ["line-ends:mixed"]
    assert whole.notes == {2: ["several-values"]}


@pytest.mark.parametrize("packing", ["gzip", "members", "zstd", "utf-16", "utf-16-le", "utf-32", "utf-32-be"])
def test_streams(tmp_path: Path, packing: str) -> None:
    text = "".join(json.dumps({"n": n, "t": "é" * 50}, ensure_ascii=False) + "\n" for n in range(5000))
    data = text.encode()
    packed = {
        "gzip": lambda: gzip.compress(data),
        "members": lambda: gzip.compress(data[:70_001]) + gzip.compress(data[70_001:]),
        "zstd": lambda: zstandard.compress(data[:70_001]) + zstandard.compress(data[70_001:]),
    }
    content = packed[packing]() if packing in packed else text.encode(packing)
    whole = read(tmp_path, "a.jsonl", content)
    assert [value["n"] for value in whole.values] == list(range(5000))
    assert whole.lines == list(range(1, 5001))
    assert not whole.notes
    expected = {"members": "compressed:gzip", "gzip": "compressed:gzip", "zstd": "compressed:zstd"}.get(
        packing, "utf-16"
    )
    assert whole.file_traits == [expected]
    assert excerpt_rows(whole.source, [(4000, whole.offsets[3999])]) == {4000: whole.raws[3999]}


@pytest.mark.parametrize("cut", [20, 200, -9, -1], ids=str)
def test_truncated_gzip(tmp_path: Path, cut: int) -> None:
    content = gzip.compress(b"".join(b'{"n": %d}\n' % number for number in range(1000)))
    whole = read(tmp_path, "a.jsonl.gz", content[:cut])
    assert [trait for trait in whole.file_traits if trait != "empty-file"] == ["compressed:gzip", "truncated-file"]
    assert ("empty-file" in whole.file_traits) is (not whole.lines)
    assert [value["n"] for value in whole.values if value is not UNREAD] == list(range(len(whole.values)))[
        : sum(value is not UNREAD for value in whole.values)
    ]


@pytest.mark.parametrize("cut", [-1, -9, 200])
def test_truncated_zstd(tmp_path: Path, cut: int) -> None:
    content = zstandard.compress(b"".join(b'{"n": %d}\n' % (number * 7919 % 100_003) for number in range(50_000)))
    whole = read(tmp_path, "a.jsonl.zst", content[:cut])
    assert whole.file_traits[0] == "compressed:zstd"
    assert whole.file_traits[-1] == "truncated-file"


def test_gzip_bomb_stays_small(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    with gzip.open(path, "wb", 9) as file:
        for _ in range(256):
            file.write(b" " * (1 << 20))
    whole = read(tmp_path, "a.jsonl.gz", path.read_bytes(), limit=1 << 20)
    assert whole.notes == {1: ["row-too-large"]}
    assert whole.details[1] == ["256.00 MiB, more than 1.00 MiB"]
    assert len(whole.raws[0]) == 4096


@pytest.mark.parametrize("piece", [1, 7, 64, 4096])
def test_row_too_large(tmp_path: Path, piece: int) -> None:
    content = b'{"a":1}\n' + b'{"a":"' + b"x" * 300 + b'"}\n{"a":2}\n' + b"y" * 500
    source = Source(write(tmp_path, "a.jsonl", content), str(tmp_path / "a.jsonl"), "lines", "train")
    whole = read_all(source, LinesLoader(max_row_bytes=100, piece=piece))
    assert whole.values == [{"a": 1}, UNREAD, {"a": 2}, UNREAD]
    assert whole.details == {2: ["308 bytes, more than 100 bytes"], 4: ["500 bytes, more than 100 bytes"]}


def _columns(content: bytes, folder: str, unit_size: int, piece: int) -> Everything:
    path = write(Path(folder), "a.jsonl", content)
    source = Source(path, path, "lines", "train", len(content))
    return read_all(source, LinesLoader(max_row_bytes=50, unit_size=unit_size, piece=piece))


LINE = st.one_of(
    st.binary(max_size=60),
    st.sampled_from(
        [b'{"a":1}', b'{"a":1,"a":2}', b'{"a":"\\ud800"}', b'{"a":1e999}', b"", b"\r", b"{'a':1}", b"\xef\xbb\xbf{}"]
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINE, max_size=12), st.sampled_from([b"\n", b"\r\n", b"\r"]), st.integers(1, 40), st.integers(1, 40))
def test_pieces_do_not_matter(rows: list[bytes], end: bytes, unit_size: int, piece: int) -> None:
    content = end.join(rows)
    with tempfile.TemporaryDirectory() as folder:
        one = _columns(content, folder, 1 << 20, 1 << 20)
        many = _columns(content, folder, unit_size, piece)
    for name in ("lines", "offsets", "raws", "notes", "details", "file_traits"):
        assert getattr(one, name) == getattr(many, name), name
    assert repr(one.values) == repr(many.values)
    assert [unit.stop for unit in many.units[:-1]] == [unit.start for unit in many.units[1:]]
    separator = b"\r" if "line-ends:cr" in one.file_traits else b"\n"
    physical = (content if separator == b"\n" else content.removesuffix(b"\n")).split(separator)
    assert one.lines == list(range(1, len(physical) + (physical[-1] != b"")))


@settings(max_examples=100)
@given(
    st.sampled_from([b'{"a":1e400}', b'{"a":1E+400}', b'{"a":12345678901234567890123}', b'{"a":"\\u0000"}']),
    st.integers(0, 300),
)
def test_odd_values_are_found_in_large_blocks(row: bytes, shift: int) -> None:
    filler = b'{"text": "some words e and no numbers, 12"}\n' * 2000
    assert not may_hold_odd(filler)
    assert may_hold_odd(filler[: 40_000 + shift] + row + filler)


def test_sample_is_spread(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", b"".join(b'{"n": %d}\n' % number for number in range(10_000)))
    source = Source(path, path, "lines", "train", Path(path).stat().st_size)
    values = [value["n"] for value in sample(source, 128)]
    assert len(values) == 128
    assert values == sorted(set(values))
    assert values[0] == 0
    assert values[-1] > 9800
    mac = write(tmp_path, "c.jsonl", b'{"n": 1}\r{"n": 2}\r')
    assert sample(Source(mac, mac, "lines", "train", 18), 128) == [{"n": 1}, {"n": 2}]
    small = write(tmp_path, "b.jsonl", b'{"n": 1}\n{"n": 2}\n{"n": 3}')
    assert sample(Source(small, small, "lines", "train", 26), 128) == [{"n": 1}, {"n": 2}, {"n": 3}]


def test_excerpts_by_offset(tmp_path: Path) -> None:
    whole = read(tmp_path, "a.jsonl", b'{"a":1}\r\n\r\n{"b":2}', limit=LIMIT)
    assert excerpt_rows(whole.source, list(zip(whole.lines, whole.offsets, strict=True))) == {
        1: b'{"a":1}',
        2: b"",
        3: b'{"b":2}',
    }
