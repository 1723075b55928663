"""Our audit beside other checkers of fine-tuning data on 50,000 chats, in one run.

    python benchmarks/peers.py [--rows 50000] [--rounds 3]

Each tool is installed into an environment of its own (this needs a package index). Prints a Markdown table:
least wall time of the rounds, ratio to ours, and what each tool looks for in that run by its own words.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
import venv
from dataclasses import dataclass
from pathlib import Path

from throughput import make_chats

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Peer:
    """A tool: what to install, what to run ({file}, {folder}, {out} are filled in), what that run looks for."""

    name: str
    install: str
    command: tuple[str, ...]
    checks: str


PEERS = (
    Peer(
        "dataaudit check", str(ROOT), ("dataaudit", "check", "{file}", "--isolated", "--exit-zero", "--no-progress"),
        "schema, encoding, roles, turns, tools, exact and normalised duplicates, conflicts, labels, minimums",
    ),
    Peer(
        "parallelogram check", "parallelogram==0.4.2", ("parallelogram", "check", "{file}"),
        "roles, exact duplicates, length by estimate",
    ),
    Peer(
        "convmerge validate", "convmerge==1.6.5", ("convmerge", "validate", "-i", "{file}"),
        "roles, turns, empty answers",
    ),
    Peer(
        "convmerge dedupe", "convmerge==1.6.5", ("convmerge", "dedupe", "-i", "{file}", "-o", "{out}/kept.jsonl"),
        "exact duplicates",
    ),
    Peer(
        "dropoutt scan", "dropoutt==1.4.1",
        ("dropoutt", "scan", "{folder}", "--offline", "--quiet", "--no-html", "--no-open", "-o", "{out}/report"),
        "duplicates, language, contamination, cost",
    ),
)  # fmt: skip


def prepared(peer: Peer, folder: Path) -> Path:
    """The folder of scripts of an environment with the tool; made once for each package."""
    place = folder / "".join(char if char.isalnum() else "-" for char in peer.install)
    scripts = place / ("Scripts" if sys.platform == "win32" else "bin")
    if not place.exists():
        venv.create(place, with_pip=True)
        subprocess.run([scripts / "python", "-m", "pip", "install", "--quiet", peer.install], check=True)
    return scripts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        data = root / "data"
        data.mkdir()
        make_chats(data / "train.jsonl", options.rows)
        best: dict[str, float] = {}
        for turn in range(options.rounds):
            for peer in PEERS:
                out = root / f"out-{peer.name.replace(' ', '-')}-{turn}"
                out.mkdir()
                places = {"file": data / "train.jsonl", "folder": data, "out": out}
                scripts = prepared(peer, root / "environments")
                command = [part.format(**places) for part in peer.command]
                start = time.perf_counter()
                ended = subprocess.run([scripts / command[0], *command[1:]], capture_output=True, cwd=out)
                seconds = time.perf_counter() - start
                if ended.returncode not in (0, 1, 2):  # findings, in the words of one or another tool
                    sys.exit(
                        f"{peer.name} ended with {ended.returncode}: {ended.stderr.decode(errors='replace')[-500:]}"
                    )
                best[peer.name] = min(seconds, best.get(peer.name, seconds))
    ours = best[PEERS[0].name]
    print(f"{options.rows:,} chats, least of {options.rounds} rounds in turn\n")
    print("| tool | wall s | times ours | looks for |\n|---|---:|---:|---|")
    for peer in PEERS:
        print(f"| {peer.name} | {best[peer.name]:.2f} | {best[peer.name] / ours:.1f} | {peer.checks} |")


if __name__ == "__main__":
    main()
