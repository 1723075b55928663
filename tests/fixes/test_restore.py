"""What the record holds suffices to make the file of before from the file of now."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import pytest
from hypothesis import given

from dataaudit.config import Settings
from dataaudit.fixes import fix
from tests.fixes.dirty import csv_table, json_lines
from tests.fixes.restored import entries, last_run, restored
from tests.fixes.test_laws import FEW

SETTINGS = Settings().changed(select=("SCH", "DUP001", "TXT001"))


def back_and_forth(content: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, name)
        file.write_bytes(content)
        if not fix([str(file)], SETTINGS).files:
            assert file.read_bytes() == content
            return
        result, known = file.read_bytes(), entries(file)
        assert restored(result, known, table=name.endswith(".csv")) == content
        head = last_run(known)[0]
        assert head["before"]["sha256"] == hashlib.sha256(content).hexdigest()
        assert head["after"]["sha256"] == hashlib.sha256(result).hexdigest()


@FEW
@given(content=json_lines())
def test_json_lines(content: bytes) -> None:
    back_and_forth(content, "train.jsonl")


@FEW
@given(content=csv_table())
def test_tables(content: bytes) -> None:
    back_and_forth(content, "train.csv")


ROW = b'{"prompt": "Was ist 1 + 1?", "completion": "2"}'
OTHER = b'{"prompt": "Was ist 2 + 2?", "completion": "4"}'


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(ROW + b"\r\n" + OTHER + b"\n\r\n" + ROW, id="mixed-ends-and-none-at-the-end"),
        pytest.param(b"\xef\xbb\xbf" + ROW + b"\r" + OTHER + b"\r" + ROW + b"\r", id="one-line-for-most-readers"),
        pytest.param(b"\n\n" + ROW + b"\r" + ROW + b"\n" + OTHER + b"\n", id="a-bare-cr-inside"),
    ],
)
def test_ends(content: bytes) -> None:
    back_and_forth(content, "train.jsonl")


def test_each_run_has_its_own_head(tmp_path: Path) -> None:
    file = tmp_path / "train.jsonl"
    first = ROW + b"\n" + ROW + b"\n" + OTHER + b"\n"
    file.write_bytes(first)
    fix([str(file)], SETTINGS)
    second = file.read_bytes() + b"\n" + OTHER + b"\n"
    file.write_bytes(second)
    fix([str(file)], SETTINGS)
    known = entries(file)
    assert restored(file.read_bytes(), known, table=False) == second
    last = last_run(known)
    assert restored(ROW + b"\n" + OTHER + b"\n", known[: -len(last)], table=False) == first
