"""Speed and memory of a whole audit beside a bare parse loop over the same file, in one run.

    python benchmarks/throughput.py [--rows 1000000] [--workers 2] [--tenfold]

Prints a Markdown table. The loop is `for line in file: orjson.loads(line)` in one process. Needs orjson.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

LOOP = "import sys, orjson\nwith open(sys.argv[1], 'rb') as file:\n    for line in file:\n        orjson.loads(line)\n"
SYSTEM = "You are a support agent of a shop. Answer in two or three friendly sentences and never promise a refund."


def make_chats(path: Path, rows: int, seed: int = 7) -> None:
    """Chat rows of 900 bytes, one system prompt; 1 in 200 repeats, 1 in 400 contradicts an earlier one."""
    random_ = random.Random(seed)
    words = ["".join(random_.choices("abcdefghijklmnopqrstuvwxyz", k=random_.randint(2, 9))) for _ in range(6000)]
    earlier: list[tuple[str, str]] = []

    def text(count: int) -> str:
        return " ".join(random_.choices(words, k=count)).capitalize() + "."

    with path.open("w", encoding="utf-8") as file:
        for number in range(rows):
            question, answer = text(40), text(random_.randint(60, 80))
            if earlier and number % 200 == 7:
                question, answer = random_.choice(earlier)
            elif earlier and number % 400 == 11:
                question = random_.choice(earlier)[0]
            elif number % 50 == 0:
                earlier.append((question, answer))
            messages = [
                {"role": "system", "content": SYSTEM},
                {"role": "user", "content": question},
                {"role": "assistant", "content": answer},
            ]
            file.write(json.dumps({"messages": messages}) + "\n")


def _resident(pid: int) -> int:
    """Bytes of resident memory of a process and all its children, shared pages counted once each process (Linux)."""
    total = 0
    waiting = [pid]
    while waiting:
        current = waiting.pop()
        try:
            for line in Path(f"/proc/{current}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
            waiting += map(int, Path(f"/proc/{current}/task/{current}/children").read_text().split())
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
    return total


def measure(command: list[str]) -> tuple[float, float, int]:
    """(wall seconds, processor seconds, peak bytes over all processes) of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.05):
            peak = max(peak, _resident(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    process.wait()
    wall = time.perf_counter() - start
    done.set()
    watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, peak


def audit_command(path: Path, workers: int, *more: str) -> list[str]:
    """The command line of an audit of one file."""
    return [
        sys.executable, "-m", "dataaudit", "check", str(path), "--isolated", "--exit-zero", "--no-progress",
        "--workers", str(workers), "--output-format", "json", *more,
    ]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--tenfold", action="store_true", help="also a file of a tenth of the rows")
    parser.add_argument("--folder", type=Path, help="keep the made files here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.folder or Path(scratch)
        sizes = [options.rows // 10, options.rows] if options.tenfold else [options.rows]
        print("| rows | MB | what | wall s | cpu s | times the loop | peak MB |\n|---:|---:|---|---:|---:|---:|---:|")
        walls = []
        for rows in sizes:
            path = folder / f"chats-{rows}.jsonl"
            if not path.exists():
                make_chats(path, rows)
            size = path.stat().st_size / 1e6
            loop = min(measure([sys.executable, "-c", LOOP, str(path)])[0] for _ in range(2))
            print(f"| {rows:,} | {size:,.0f} | orjson loop, one process | {loop:.2f} | | 1.0 | |")
            for name, more in (("all rules", ()), ("all rules, --provider all", ("--provider", "all"))):
                wall, cpu, peak = measure(audit_command(path, options.workers, *more))
                if not more:
                    walls.append(wall)
                print(
                    f"| {rows:,} | {size:,.0f} | {name} | {wall:.2f} | {cpu:.2f} | {wall / loop:.2f} "
                    f"| {peak / 1e6:,.0f} |"
                )
        if len(walls) == 2:
            print(f"\nTen times the rows take {walls[1] / walls[0]:.1f} times as long.")


if __name__ == "__main__":
    main()
