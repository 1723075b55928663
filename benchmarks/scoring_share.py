"""Which share of an audit the grade takes, and what labels that are learned add, on made rows.

    python -m benchmarks.scoring_share [--rows 1000000] [--labeled 50000] [--workers 2]

The grade is timed inside the audit of chats; likely label errors by running labeled rows with and without the rule.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

import dataaudit
from benchmarks.throughput import make_chats
from dataaudit import api


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--labeled", type=int, default=50_000)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print("| rows | what | s | share of the audit |\n|---:|---|---:|---:|")
        chats = Path(folder, "chats.jsonl")
        make_chats(chats, options.rows)
        whole, grading = timed(chats, options.workers)
        print(f"| {options.rows:,} | audit of chats, all rules | {whole:.2f} | |")
        print(f"| {options.rows:,} | of it the grade | {grading:.3f} | {grading / whole:.2%} |")
        labeled = Path(folder, "labeled.jsonl")
        make_labeled(labeled, options.labeled)
        without, _ = timed(labeled, options.workers, ignore=["LAB006"])
        whole, _ = timed(labeled, options.workers)
        print(f"| {options.labeled:,} | audit of labeled rows, all rules | {whole:.2f} | |")
        print(f"| {options.labeled:,} | without LAB006 | {without:.2f} | {without / whole:.0%} |")


def timed(path: Path, workers: int, **settings: object) -> tuple[float, float]:
    """(seconds of an audit, seconds of its grade)."""
    spent: list[float] = []
    graded = api.grade

    def grade(*args: object) -> object:
        start = time.perf_counter()
        found = graded(*args)  # type: ignore[arg-type]
        spent.append(time.perf_counter() - start)
        return found

    with patch.object(api, "grade", grade):
        start = time.perf_counter()
        dataaudit.audit(path, workers=workers, **settings)
        return time.perf_counter() - start, sum(spent)


def make_labeled(path: Path, rows: int, labels: int = 50, seed: int = 7) -> None:
    """Prompts of some 20 words, half of them of the label's own vocabulary; 1 label in 20 is another one."""
    dice = random.Random(seed)
    words = ["".join(dice.choices("abcdefghijklmnopqrstuvwxyz", k=dice.randint(3, 9))) for _ in range(8000)]
    own = [dice.sample(words, 150) for _ in range(labels)]
    with path.open("w", encoding="utf-8") as file:
        for _ in range(rows):
            label = dice.randrange(labels)
            prompt = " ".join(dice.choices(own[label], k=10) + dice.choices(words, k=10))
            given = dice.randrange(labels) if dice.random() < 0.05 else label
            file.write(json.dumps({"prompt": prompt, "completion": f"label {given}"}) + "\n")


if __name__ == "__main__":
    main()
