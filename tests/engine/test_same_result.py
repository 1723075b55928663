"""The same bytes out, in one process or in several, whatever the size of the pieces."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

import dataaudit
from dataaudit.engine import plan as planning
from dataaudit.engine import pool as pooling
from dataaudit.loaders.base import Loader, Source
from dataaudit.loaders.lines import LinesLoader


def _file(folder: Path, rows: int = 600) -> Path:
    random_ = random.Random(11)
    path = folder / "train.jsonl"
    with path.open("wb") as file:
        for number in range(rows):
            key = random_.randint(0, rows // 2)
            messages = [
                {"role": "system", "content": "Be brief."},
                {"role": random_.choice(["user"] * 9 + ["bot"]), "content": f"Question {key}{random_.choice('?!')}"},
                {"role": "assistant", "content": random_.choice([f"Answer {key}", f"Answer {number}", ""])},
            ]
            line = json.dumps({"messages": messages, "id": key, f"extra{number % 7}": number})
            odd = number % 50
            file.write(
                line.encode() if odd else random_.choice([b"{broken", b"", b"\xff\xfe{}", b"[1]", b'{"a":1,"a":2}'])
            )
            file.write(b"\r\n" if number % 97 == 0 else b"\n")
    return path


def _pieces(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    def loader(source: Source, *, max_row_bytes: int) -> Loader:
        return LinesLoader(max_row_bytes=max_row_bytes, unit_size=size)

    monkeypatch.setattr(planning, "loader_for", loader)
    monkeypatch.setattr(pooling, "POOL_FROM_BYTES", 0)


@pytest.mark.parametrize("size", [3_000, 20_000])
def test_pieces_and_workers_change_nothing(size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _file(tmp_path)
    whole = dataaudit.audit(path, providers=["openai", "together"]).to_json()
    assert len(json.loads(whole)["findings"]) > 100
    _pieces(monkeypatch, size)
    for workers in (1, 2, 3):
        assert dataaudit.audit(path, workers=workers, providers=["openai", "together"]).to_json() == whole


def test_findings_beyond_the_cap_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "train.jsonl"
    path.write_text('{"prompt": "same", "completion": "same"}\n' * 500)
    report = dataaudit.audit(path, max_findings=20)
    kept = [finding for finding in report.findings if finding.rule == "DUP001"]
    assert (report.counts["DUP001"], len(kept), kept[0].line, kept[-1].line) == (499, 20, 2, 21)


def test_progress_ends_at_the_size_of_the_input(tmp_path: Path) -> None:
    path = _file(tmp_path)
    steps: list[tuple[int, int]] = []
    dataaudit.audit(path, progress=lambda done, size: steps.append((done, size)))
    assert steps[-1] == (path.stat().st_size, path.stat().st_size)
    assert steps == sorted(steps)


def test_an_interrupted_pool_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _file(tmp_path)
    _pieces(monkeypatch, 3_000)

    def interrupt(done: int, size: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dataaudit.audit(path, workers=2, progress=interrupt)
