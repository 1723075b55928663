"""Our search and other tools on the same files: time, memory, precision and recall."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.similar import sets, truth
from benchmarks.throughput import measure

MARGIN = 0.05
PEERS = ("datasketch", "rensa", "semhash", "text-dedup")
OURS = ("dataaudit audit, 2 processes", "dataaudit audit, 1 process", "dataaudit library call")
_PEER = Path(__file__).with_name("peer.py")


@dataclass(frozen=True)
class Run:
    """One tool on one file. seconds: without starting Python; wall, cpu: the whole process; peak in bytes."""

    tool: str
    rows: int
    seconds: float
    wall: float
    cpu: float
    peak: int
    pairs: Sequence[tuple[int, int]]
    version: str = ""


@dataclass(frozen=True)
class Score:
    """Against the exact pairs of the tool's own definition of shingles; planted: copies in one group with their row."""

    tool: str
    reported: int
    precision: float
    true: int
    recall_groups: float
    recall_pairs: float
    planted: float


def run(tool: str, path: Path, rows: int, peers: dict[str, Path], limit: float | None = None) -> Run | str:
    """The run of a tool, or why there is none."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.json"
        if tool in OURS:
            kind = "search" if "library" in tool else "audit" if limit is None else "timed"
            more = ["2"] if "2 processes" in tool else []
            command = [sys.executable, "-m", "benchmarks.similar.ours", kind, str(path), str(out), *more]
        else:
            python = peers.get(tool)
            name = tool.replace("-", "_")
            if python is None or subprocess.run([python, "-c", f"import {name}"], capture_output=True).returncode:
                return "not installed"
            command = [str(python), str(_PEER), tool, str(path), str(out)]
        if limit is not None:
            command = ["timeout", str(limit), *command]
        wall, cpu, peak = measure(command)
        if not out.is_file():
            return f"stopped after {limit:.0f} s" if limit is not None and wall >= limit else "failed"
        told = json.loads(out.read_bytes())
    pairs = [(min(pair), max(pair)) for pair in told["pairs"]]
    return Run(tool, rows, told["seconds"], wall, cpu, peak, pairs, told.get("version", ""))


def quality(corpus: Path, rows: int, peers: dict[str, Path], folder: Path) -> list[dict[str, object]]:
    """Every tool on real texts with planted edits, against brute force."""
    pairs = sets.real_pairs(corpus)
    texts, planted = sets.with_planted(pairs, min(rows, int(len(pairs) / (1 - sets.PLANTED_SHARE))))
    path = folder / "quality.jsonl"
    sets.write(path, texts)
    by = truth.measure()
    ours = truth.our_pairs(texts, by.threshold)
    theirs = truth.all_pairs(truth.word_sets(texts, by.word_shingle), by.threshold)
    lines: list[dict[str, object]] = []
    for tool in (*OURS, *PEERS):
        done = run(tool, path, len(texts), peers)
        if isinstance(done, str):
            lines.append({"tool": tool, "why": done})
            continue
        scored = _score(done, ours if tool in OURS else theirs, planted, by.threshold)
        told = {name: value for name, value in asdict(done).items() if name != "pairs"}
        lines.append({**told, **asdict(scored)})
    return lines


def _score(done: Run, true: truth.Pairs, planted: list[tuple[int, int, float]], threshold: float) -> Score:
    reported = set(done.pairs)
    root = truth.groups(done.pairs, done.rows)
    sure = [pair for pair, score in true.items() if score >= threshold + MARGIN]
    found = sum(root(one) == root(other) for one, other in sure)
    return Score(
        done.tool,
        len(reported),
        len(reported & true.keys()) / max(1, len(reported)),
        len(sure),
        found / max(1, len(sure)),
        len(reported & set(sure)) / max(1, len(sure)),
        sum(root(row) == root(origin) for row, origin, _ in planted) / max(1, len(planted)),
    )


def speed(sizes: Sequence[int], peers: dict[str, Path], folder: Path, limit: float) -> list[dict[str, object]]:
    """Every tool on made texts of growing number, each run stopped after `limit` seconds."""
    lines: list[dict[str, object]] = []
    slow: set[str] = set()
    for rows in sizes:
        path = folder / f"made-{rows}.jsonl"
        if not path.exists():
            sets.made(path, rows)
        for tool in (*OURS, *PEERS):
            done = "not run: too slow for the size before" if tool in slow else run(tool, path, rows, peers, limit)
            if isinstance(done, str):
                slow.update([tool] if "stopped" in done else [])
                lines.append({"tool": tool, "rows": rows, "why": done})
            else:
                told = {name: value for name, value in asdict(done).items() if name != "pairs"}
                lines.append({**told, "pairs": len(done.pairs)})
    return lines
