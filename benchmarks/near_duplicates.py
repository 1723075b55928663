"""Our near-duplicates against other tools on the same texts, and on public sets whose truth is known.

    DATAAUDIT_CORPUS=FOLDER python -m benchmarks.near_duplicates [--parts quality,speed,real] [--peer TOOL=PYTHON ...]
        [--rows 20000] [--sizes 100000,1000000] [--limit 900] [--folder FOLDER] [--write-docs]

A peer (datasketch, rensa, semhash, text-dedup) runs in an environment of its own, named by its Python; without one the
table says so. The figures are added to benchmarks/similar/recorded.json; --write-docs makes docs/near-duplicates.md of
them. The sets are not part of this repository. Vectors need the extra `semantic`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.similar import contest, real
from benchmarks.similar.page import PAGE, page

RECORD = Path(__file__).with_name("similar") / "recorded.json"
PARTS = ("quality", "speed", "real")


def main() -> int:
    options = _arguments()
    corpus = Path(os.environ["DATAAUDIT_CORPUS"]) if "DATAAUDIT_CORPUS" in os.environ else None
    if corpus is None and options.parts != ["speed"]:
        print("set DATAAUDIT_CORPUS to the folder of the public sets", file=sys.stderr)
        return 2
    record: dict[str, Any] = json.loads(RECORD.read_bytes()) if RECORD.is_file() else {}
    peers = {name: Path(python) for name, _, python in (entry.partition("=") for entry in options.peer)}
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.folder or Path(scratch)
        if corpus and "quality" in options.parts:
            record["quality"] = contest.quality(corpus, options.rows, peers, folder)
        if "speed" in options.parts:
            done = contest.speed(options.sizes, peers, folder, options.limit)
            others = [line for line in record.get("speed", []) if line["rows"] not in options.sizes]
            record["speed"] = sorted([*others, *done], key=lambda line: line["rows"])
        if corpus and "real" in options.parts:
            record["tiers"] = real.tiers(corpus, folder)
            record["paraphrases"] = real.paraphrase_figures(corpus)
            record["rewritten"] = real.rewritten_figures(corpus)
            record["templates"] = real.template_figures(corpus, folder)
    RECORD.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    text = page(record)
    if options.write_docs:
        PAGE.write_text(text, encoding="utf-8")
    print(text)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", type=lambda text: text.split(","), default=list(PARTS), help=",".join(PARTS))
    parser.add_argument("--peer", action="append", default=[], metavar="TOOL=PYTHON")
    parser.add_argument("--rows", type=int, default=20_000, help="rows of the part `quality`")
    parser.add_argument("--sizes", type=lambda text: [int(n) for n in text.split(",")], default=[100_000, 1_000_000])
    parser.add_argument("--limit", type=float, default=900, help="seconds after which a run is stopped")
    parser.add_argument("--folder", type=Path, help="keep the made files here")
    parser.add_argument("--write-docs", action="store_true", help="write docs/near-duplicates.md")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
