"""Texts of rows are read again from every kind of source, few or many, here or in the pool."""

from __future__ import annotations

import csv
import gzip
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import dataaudit
from dataaudit.api import audit
from dataaudit.catalogue import Given, load_catalogue
from dataaudit.engine.fetch import Fetcher
from dataaudit.engine.plan import make_plan
from dataaudit.engine.run import run
from dataaudit.loaders import open_sources
from tests.similarity.texts import made_texts

TEXTS = [text.decode() for text in made_texts(400, random.Random(2), (8, 40))]
ROWS = [{"prompt": text, "completion": f"It says {number}."} for number, text in enumerate(TEXTS)]
DATA = [*ROWS, {"prompt": f"{TEXTS[17]} please", "completion": "It says 17."}]


def _jsonl(path: Path) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in DATA), encoding="utf-8")
    return path


def _carriage_returns(path: Path) -> Path:
    path.write_bytes(b"".join(json.dumps(row).encode() + b"\r" for row in DATA))
    return path


def _gzip(path: Path) -> Path:
    path.write_bytes(gzip.compress(_jsonl(path).read_bytes()))
    return path


def _array(path: Path) -> Path:
    path.write_text(json.dumps(DATA), encoding="utf-8")
    return path


def _table(path: Path) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ["prompt", "completion"])
        writer.writeheader()
        writer.writerows(DATA)
    return path


def _parquet(path: Path) -> Path:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.Table.from_pylist(DATA), path)
    return path


FILES: dict[str, tuple[str, Callable[[Path], Path]]] = {
    "lines": ("train.jsonl", _jsonl),
    "carriage returns": ("train.jsonl", _carriage_returns),
    "gzip": ("train.jsonl.gz", _gzip),
    "array": ("train.json", _array),
    "table": ("train.csv", _table),
    "parquet": ("train.parquet", _parquet),
}


def _fetcher(path: Path) -> Fetcher:
    given = Given(load_catalogue())
    plan = make_plan(open_sources([str(path)], splits={}, spool=path.parent), given, frozenset({"DUP001"}))
    measured, _, _ = run(plan, None)
    return Fetcher(plan, measured.table, measured.starts, None)


@pytest.mark.parametrize("form", FILES)
@pytest.mark.parametrize("rows", [[400], [5, 3, 3, 399], list(range(401))], ids=["one", "few", "all"])
def test_rows_come_back_as_asked_for(form: str, rows: list[int], tmp_path: Path) -> None:
    name, write = FILES[form]
    texts = _fetcher(write(tmp_path / name))(np.array(rows, dtype=np.intp))
    assert [(text.question, text.answer) for text in texts] == [
        (DATA[row]["prompt"], DATA[row]["completion"]) for row in rows
    ]


def test_a_row_that_is_gone_is_empty(tmp_path: Path) -> None:
    path = _jsonl(tmp_path / "train.jsonl")
    fetch = _fetcher(path)
    path.write_text(json.dumps(DATA[0]) + "\n", encoding="utf-8")
    texts = fetch(np.array([0, 7], dtype=np.intp))
    assert texts[0].question == DATA[0]["prompt"]
    assert (texts[1].question, texts[1].answer) == ("", None)


def _generator() -> Iterator[dict[str, Any]]:
    yield from DATA


@pytest.mark.parametrize("data", [DATA, _generator()], ids=["list", "generator"])
def test_rows_in_memory_are_compared_too(data: Any) -> None:
    report = dataaudit.audit(data, select=["SIM"])
    assert [(finding.rule, finding.line) for finding in report.findings if finding.rule == "SIM001"] == [
        ("SIM001", 401)
    ]


def test_the_pool_gives_what_one_process_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dataaudit.engine.pool.POOL_FROM_BYTES", 0)
    monkeypatch.setattr("dataaudit.engine.fetch._POOLED", 1)
    path = _jsonl(tmp_path / "train.jsonl")
    one, two = (audit(path, select=["SIM", "FMT"], workers=workers) for workers in (1, 2))
    assert one.to_json() == two.to_json()
    assert one.counts["SIM001"] == 1


def test_without_compiled_kernels_large_sets_are_not_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dataaudit.engine.plan.COMPILED", False)
    path = _jsonl(tmp_path / "train.jsonl")
    assert audit(path, select=["SIM001"]).counts == {"SIM001": 1}
    report = audit(path, select=["SIM001"], thresholds={"SIM001": {"max_bytes_uncompiled": 1000}})
    assert report.counts == {}
    assert "without a C compiler" in report.unchecked[0].because
