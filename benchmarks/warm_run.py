"""Time of an audit that remembers: cold, nothing changed, one file changed. The command, side by side, in one run.

    python benchmarks/warm_run.py [--files 50] [--megabytes 20] [--repeats 3] [--workers auto] [--keep DIR]

Prints a Markdown table: best and worst of the repeats. Every report with the cache is compared with one without it.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

SYSTEMS = (
    "You are a support agent of a shop. Answer in two or three friendly sentences and never promise a refund.",
    "You help developers with the command line tools of a cloud provider. Be short and exact.",
    "You are a travel agent. Ask for dates when they are missing.",
)
OPENINGS = (
    "How do I", "How can I", "What is the", "Why does my", "I want to", "Can you tell me", "Please explain", "Where is",
    "My order", "The app says", "Is it possible to", "When will the", "Hello, I", "We need", "After the update",
    "Could you",     "Is there a way to", "I have been", "Our team", "Since yesterday the",
)  # fmt: skip
ANSWERS = (
    "You can", "Thank you for", "To do that,", "Please open", "I am sorry that", "Yes, you", "It looks like", "First,",
    "That depends on", "Unfortunately", "Sure,", "There are two", "The easiest way is",
)  # fmt: skip


class Maker:
    """Chat rows, words as frequent as in a language; 1 in 200 repeats, 1 in 300 nearly does, 1 in 400 contradicts."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        spell = random.Random(1)
        letters = "etaoinshrdlucmfwypvbgkjqxz"
        falling = list(accumulate(1 / (place + 1) for place in range(len(letters))))
        words = ["".join(spell.choices(letters, cum_weights=falling, k=spell.randint(2, 9))) for _ in range(20_000)]
        self._words, self._weights = words, list(accumulate(1 / (place + 20) for place in range(len(words))))
        self._earlier: list[tuple[str, str]] = []

    def _text(self, openings: tuple[str, ...], count: int) -> str:
        words = self._random.choices(self._words, cum_weights=self._weights, k=count)
        opening = openings[min(int(self._random.expovariate(0.25)), len(openings) - 1)]
        return f"{opening} {' '.join(words)}."

    def row(self) -> str:
        """One line."""
        pick = self._random
        question, answer = self._text(OPENINGS, 40), self._text(ANSWERS, pick.randint(60, 90))
        if self._earlier:
            old = pick.choice(self._earlier)
            if pick.random() < 1 / 200:
                question, answer = old
            elif pick.random() < 1 / 300:
                question, answer = old[0].replace(" the ", " that ", 1) + " Thanks!", old[1]
            elif pick.random() < 1 / 400:
                question = old[0]
        if len(self._earlier) < 2000:
            self._earlier.append((question, answer))
        messages = [
            {"role": "system", "content": pick.choice(SYSTEMS)},
            {"role": "user", "content": question},
            {"role": "assistant", "content": answer},
        ]
        return json.dumps({"messages": messages}) + "\n"


def make_files(folder: Path, files: int, size: int) -> None:
    """So many files of about so many bytes, the same ones every time."""
    folder.mkdir(parents=True)
    for number in range(files):
        maker, written = Maker(number), 0
        with (folder / f"chats-{number:03}.jsonl").open("w", encoding="ascii") as file:
            while written < size:
                written += file.write(maker.row())


def change(file: Path, round_: int) -> None:
    """Another answer in the middle of the file, and a row more."""
    lines = file.read_text(encoding="ascii").splitlines(keepends=True)
    row = json.loads(lines[len(lines) // 2])
    row["messages"][-1]["content"] = f"You can find it in the settings since version {round_}."
    lines[len(lines) // 2] = json.dumps(row) + "\n"
    lines.insert(len(lines) // 3, Maker(10_000 + round_).row())
    file.write_text("".join(lines), encoding="ascii")


class Run(NamedTuple):
    """Seconds on the clock and of the processors, and the report."""

    seconds: float
    cpu: float
    report: bytes


def audit(folder: Path, workers: str, *cache: str) -> Run:
    """One call of the command."""
    command = [sys.executable, "-m", "dataaudit", "check", str(folder), "--isolated", "--no-progress", "--exit-zero"]
    command += ["--output-format", "json", "--workers", workers, *cache]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=True)
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Run(seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout)


def compare(folder: Path, workers: str, repeats: int, cache: Path) -> dict[str, list[Run]]:
    """The runs by their name, in turns, so that a busy machine is busy for all of them."""
    runs: dict[str, list[Run]] = {}
    changed = sorted(folder.iterdir())[len(list(folder.iterdir())) // 2]
    with_cache = ("--cache-dir", str(cache))
    audit(folder, workers, "--no-cache")  # what is read first is slow to come from the disk
    for round_ in range(repeats):
        shutil.rmtree(cache, ignore_errors=True)
        plain = audit(folder, workers, "--no-cache")
        cold = audit(folder, workers, *with_cache)
        same = audit(folder, workers, *with_cache)
        change(changed, round_)
        warm = audit(folder, workers, *with_cache)
        again = audit(folder, workers, "--no-cache")
        if not plain.report == cold.report == same.report or warm.report != again.report:
            raise SystemExit("a report with the cache is another than without")
        named = {"no cache": plain, "cold, cache written": cold, "warm, nothing changed": same}
        for name, run in {**named, "warm, one file changed": warm, "no cache, one file changed": again}.items():
            runs.setdefault(name, []).append(run)
    return runs


def main() -> None:
    """Parse the arguments, make the files, run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=50)
    parser.add_argument("--megabytes", type=float, default=20)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--workers", default="auto")
    parser.add_argument("--keep", type=Path, help="make the files here, and leave them for the next time")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = (given.keep or Path(made)) / f"chats-{given.files}-{given.megabytes:g}"
        if not folder.is_dir():
            make_files(folder, given.files, int(given.megabytes * 1e6))
        runs = compare(folder, given.workers, given.repeats, Path(made) / "cache")
        kept = sum(file.stat().st_size for file in (Path(made) / "cache").rglob("*") if file.is_file())
    size = sum(file.stat().st_size for file in folder.iterdir()) if given.keep else given.files * given.megabytes * 1e6
    best = min(run.seconds for run in runs["no cache"])
    print(f"{given.files} files, {size / 1e6:,.0f} MB; the cache takes {kept / 1e6:,.0f} MB.\n")
    print("| run | seconds | of `no cache` | processor seconds |\n|---|---|---|---|")
    for name, found in runs.items():
        seconds, cpu = [run.seconds for run in found], [run.cpu for run in found]
        share = min(seconds) / best
        print(f"| {name} | {min(seconds):.2f} to {max(seconds):.2f} | {share:.0%} | {min(cpu):.1f} |")


if __name__ == "__main__":
    main()
