"""How long `Auditor.check(row)` takes against the rows it has seen.

    python benchmarks/auditor.py [--rows 100000]

Prints a Markdown table: median, 99th percentile and most, in milliseconds, for new, repeated and conflicting rows.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import time
from typing import Any

from dataaudit import Auditor


def made_row(random_: random.Random, words: list[str]) -> dict[str, Any]:
    """A chat of some 900 bytes."""
    question, answer = (" ".join(random_.choices(words, k=count)) for count in (40, 70))
    turns = [("system", "You are a support agent of a shop."), ("user", question), ("assistant", answer)]
    return {"messages": [{"role": role, "content": content} for role, content in turns]}


def changed(row: dict[str, Any], random_: random.Random) -> dict[str, Any]:
    """The row with one letter of its question dropped."""
    system, user, answer = row["messages"]
    place = random_.randrange(len(user["content"]))
    question = user["content"][:place] + user["content"][place + 1 :]
    return {"messages": [system, {"role": "user", "content": question}, answer]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    count = parser.parse_args().rows
    random_ = random.Random(3)
    words = ["".join(random_.choices("abcdefghijklmnopqrstuvwxyz", k=random_.randint(2, 9))) for _ in range(5000)]
    auditor, kept = Auditor(), []
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(count):
        row = made_row(random_, words)
        auditor.add(row)
        if number % 100 == 0:
            kept.append(row)
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 / count
    conflicting = [
        {"messages": [*row["messages"][:2], {"role": "assistant", "content": "Another answer."}]} for row in kept
    ]
    near = [changed(row, random_) for row in kept]
    started = time.perf_counter()
    auditor.check(kept[0])
    first = time.perf_counter() - started
    kinds = {
        "new": [made_row(random_, words) for _ in kept],
        "repeated": kept,
        "conflicting": conflicting,
        "near": near,
        "near, conflicting": [
            {
                "messages": [
                    *row["messages"][:2],
                    {"role": "assistant", "content": "Another answer, of nine words or so."},
                ]
            }
            for row in near
        ],
    }
    print(f"{len(auditor):,} rows seen, {memory:,.0f} bytes of memory a row; the first check takes {first:.1f} s\n")
    print("| row | findings | median ms | 99 % ms | most ms |\n|---|---|---:|---:|---:|")
    for name, rows in kinds.items():
        times, rules = [], set()
        for row in rows:
            start = time.perf_counter()
            found = auditor.check(row)
            times.append((time.perf_counter() - start) * 1e3)
            rules.update(finding.rule for finding in found)
        times.sort()
        last = times[int(0.99 * len(times))]
        print(
            f"| {name} | {', '.join(sorted(rules))} | {statistics.median(times):.3f} | {last:.3f} | {times[-1]:.3f} |"
        )


if __name__ == "__main__":
    main()
