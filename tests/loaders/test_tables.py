"""Parquet and rows in memory."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from dataaudit.errors import UsageError
from dataaudit.loaders import UNREAD, memory_source, open_sources, sample
from tests.loaders.reading import read, read_all


def _read(rows: Any) -> Any:
    source, loader = memory_source(rows, "rows")
    return read_all(source, loader)


def test_parquet_row_groups(tmp_path: Path) -> None:
    rows = [
        {
            "text": f"row {n}",
            "turns": [{"role": "user"}],
            "score": None if n % 2 else 1.5,
            "day": datetime.date(2024, 1, 1),
        }
        for n in range(2500)
    ]
    parquet.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet", row_group_size=1000)
    (source,) = open_sources([str(tmp_path / "a.parquet")], spool=tmp_path)
    whole = read_all(source)
    assert len(whole.units) == 3
    assert whole.lines == list(range(1, 2501))
    assert whole.values[2001] == {"text": "row 2001", "turns": [{"role": "user"}], "score": None, "day": "2024-01-01"}
    spread = [int(value["text"].removeprefix("row ")) for value in sample(source, 5)]
    assert spread == sorted(spread)
    assert spread[0] == 0
    assert 1500 < spread[4] < 2500


def test_damaged_parquet(tmp_path: Path) -> None:
    parquet.write_table(pa.table({"text": ["a", "b"]}), tmp_path / "good.parquet")
    content = (tmp_path / "good.parquet").read_bytes()
    for damaged in (content[:40], content[:-20] + b"\x00" * 20):
        assert read(tmp_path, "a.parquet", damaged).file_traits == ["truncated-file"]


def test_frame_with_missing_values() -> None:
    frame = pd.DataFrame(
        {
            "text": ["a", None],
            "score": [1.0, float("nan")],
            "count": [1, 2],
            "when": [pd.Timestamp("2024-01-02"), pd.NaT],
        }
    )
    assert _read(frame).values == [
        {"text": "a", "score": 1.0, "count": 1, "when": "2024-01-02T00:00:00"},
        {"text": None, "score": None, "count": 2, "when": None},
    ]


def test_odd_rows() -> None:
    whole = _read([{"a": "x\x00"}, ["b"], None, {"c": "\ud800"}, {"d": 2**70}, {"e": (1, b"z")}])
    assert whole.notes == {
        1: ["nul-character"],
        2: ["not-an-object:array"],
        3: ["not-an-object:null"],
        4: ["lone-surrogate"],
        5: ["huge-number"],
    }
    assert whole.values[1] is UNREAD
    assert whole.values[5] == {"e": [1, "z"]}


def test_generator_is_read_once_and_not_ahead() -> None:
    taken: list[int] = []

    def rows() -> Any:
        for number in range(5000):
            taken.append(number)
            yield {"n": number}

    source, loader = memory_source(rows(), "rows")
    assert [value["n"] for value in sample(source, 3, loader)] == [0, 1, 2]
    assert len(taken) == 3
    blocks = loader.read(source, loader.units(source, 0)[0])
    assert next(blocks).values[0] == {"n": 0}
    assert len(taken) < 2000
    assert sum(len(block.lines) for block in blocks) == 5000 - 1024
    with pytest.raises(UsageError):
        list(loader.read(source, loader.units(source, 0)[0]))
