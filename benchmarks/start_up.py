"""Cold start to exit on a 300-row file, beside check-jsonschema on one JSON file of the same size, in pairs.

    python benchmarks/start_up.py [--pairs 20]

Both tools are installed into an environment of their own (this needs a package index), so that byte code is
compiled as it is for users. Prints a Markdown table with medians, and the median of the ratios of the pairs.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

from throughput import make_chats

ROOT = Path(__file__).resolve().parent.parent


def seconds(command: list[str]) -> float:
    """Wall time of one run, from start to exit; the run must end with exit code 0."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=20)
    pairs = parser.parse_args().pairs
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        venv.create(folder / "venv", with_pip=True)
        scripts = folder / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
        install = [str(scripts / "python"), "-m", "pip", "install", "--quiet", str(ROOT), "check-jsonschema"]
        subprocess.run(install, check=True)
        rows, document, schema = folder / "train.jsonl", folder / "train.json", folder / "schema.json"
        make_chats(rows, 300)
        records = [json.loads(line) for line in rows.read_text(encoding="utf-8").splitlines()]
        document.write_text(json.dumps(records), encoding="utf-8")
        schema.write_text('{"type": "array", "items": {"type": "object", "required": ["messages"]}}', encoding="utf-8")
        ours = [str(scripts / "dataaudit"), "check", str(rows), "--isolated", "--exit-zero"]
        theirs = [str(scripts / "check-jsonschema"), "--schemafile", str(schema), str(document)]
        seconds(ours), seconds(theirs)
        times = [(seconds(ours), seconds(theirs)) for _ in range(pairs)]
    size = f"{sum(map(len, map(json.dumps, records))) / 1e3:,.0f} kB"
    print("| command | file | median s | least s |\n|---|---|---:|---:|")
    for name, column in (("dataaudit check", 0), ("check-jsonschema", 1)):
        values = [pair[column] for pair in times]
        print(f"| {name} | 300 rows, {size} | {statistics.median(values):.3f} | {min(values):.3f} |")
    print(f"\nMedian of the {pairs} ratios: {statistics.median(a / b for a, b in times):.2f}")


if __name__ == "__main__":
    main()
