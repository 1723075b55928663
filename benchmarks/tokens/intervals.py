"""Whether the interval of a sample holds the true total, and what counting costs an audit."""

from __future__ import annotations

import json
import random
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.tokens.made import KINDS, Row, varied
from dataaudit.api import audit
from dataaudit.checks.batch import Batch, Outlines, make_batch
from dataaudit.checks.tokens import TokenCheck, Tokens, figures
from dataaudit.loaders import memory_source
from dataaudit.shapes import reader_for
from dataaudit.shapes.base import Columns
from dataaudit.shapes.detect import detect
from dataaudit.tokens.sampling import Draw, TokenPlan

RATE = 0.1


def coverage(rows: int, seeds: int) -> list[dict[str, Any]]:
    """For each kind of set: how often the 95 % interval held, how wide it was, how far the estimate was off."""
    lines = []
    for kind, make in KINDS.items():
        held, widths, errors = 0, [], []
        for seed in range(seeds):
            made = make(random.Random(seed), rows)
            size = len(json.dumps(made, ensure_ascii=False).encode())
            true = _total(made, Draw(1.0, 0.0))["total"]
            found = _total(made, Draw(RATE, size / 500))
            held += found["low"] <= true <= found["high"]
            widths.append((found["high"] - found["low"]) / 2 / true)
            errors.append(abs(found["total"] - true) / true)
        middle = sorted(errors)[seeds // 2]
        lines.append(
            {
                "kind": kind,
                "rows": rows,
                "sets": seeds,
                "held": held,
                "half_width_percent": round(100 * sum(widths) / seeds, 2),
                "median_error_percent": round(100 * middle, 2),
                "worst_error_percent": round(100 * max(errors), 2),
            }
        )
    return lines


def _total(made: list[Row], draw: Draw) -> dict[str, Any]:
    layout = detect(made[:200], columns=Columns(), shape=None, path="made.jsonl")
    plan = TokenPlan("sample", ("o200k_base",), ("train",), (("train", draw),))
    check = TokenCheck(plan, [layout])
    state: Tokens = check.start()
    for batch in batches(made, layout):
        state = check.add(state, batch)
    found: dict[str, Any] = figures(state, plan, ["made.jsonl"])["splits"]["train"]["o200k_base"]
    return found


def batches(made: list[Row], layout: Any) -> list[Batch]:
    """The rows as the engine would hand them to a check."""
    source, loader = memory_source(made, "made.jsonl")
    read, outlines = reader_for(layout), Outlines()
    return [
        make_batch(0, block, read, outlines) for unit in loader.units(source, 0) for block in loader.read(source, unit)
    ]


def speed(rows: int) -> list[dict[str, Any]]:
    """Seconds and MB/s of an audit of made chats without counting, with a sample, and with every row counted."""
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "train.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for row in varied(random.Random(1), rows):
                file.write(json.dumps(row) + "\n")
        size = path.stat().st_size
        for mode in ("off", "sample", "exact"):
            taken = []
            for _ in range(2):
                start = time.process_time()
                audit(path, tokens=mode)
                taken.append(time.process_time() - start)
            lines.append(
                {
                    "tokens": mode,
                    "rows": rows,
                    "megabytes": round(size / 1e6, 1),
                    "seconds": round(min(taken), 2),
                    "megabytes_a_second": round(size / 1e6 / min(taken), 1),
                }
            )
    return lines
