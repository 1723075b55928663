"""How true the findings of LAB006 (likely label errors) are: on planted errors and on labels that people judged.

    DATAAUDIT_CORPUS=FOLDER python -m benchmarks.label_errors [--parts planted,judged,models,door] [--write-docs]

Needs cleanlab, which gets the same probabilities. The figures are added to benchmarks/label/recorded.json; --write-docs
makes docs/label-errors.md of them. The sets are not part of this repository. Fails if a bar is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from benchmarks.label import contest
from benchmarks.label.page import PAGE, missed, page
from benchmarks.label.sets import clean_sets, imdb, judged_sets

RECORD = Path(__file__).with_name("label") / "recorded.json"
PARTS = ("planted", "judged", "models", "door")
SHARES = (0.0, 0.02, 0.05, 0.1, 0.3, 0.5)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", type=lambda text: text.split(","), default=list(PARTS), help=",".join(PARTS))
    parser.add_argument("--write-docs", action="store_true", help="write docs/label-errors.md")
    options = parser.parse_args()
    if "DATAAUDIT_CORPUS" not in os.environ:
        print("set DATAAUDIT_CORPUS to the folder of the public sets", file=sys.stderr)
        return 2
    corpus = Path(os.environ["DATAAUDIT_CORPUS"])
    record: dict[str, Any] = json.loads(RECORD.read_bytes()) if RECORD.is_file() else {}
    clean, judged = clean_sets(corpus), judged_sets(corpus)
    if "planted" in options.parts:
        record["planted"] = [contest.compared(data.planted(share), share) for data in clean for share in SHARES]
    if "judged" in options.parts:
        record["judged"] = [contest.compared(data, None) for data in judged]
        record["imdb"] = contest.imdb_figures(*imdb(corpus))
    if "models" in options.parts:
        some = [*(data.planted(0.05) for data in clean[:3]), *judged]
        record["models"] = [line for data in some for line in contest.models(data)]
    if "door" in options.parts:
        record["door"] = [
            {"set": data.name, "rows": len(data.texts), "labels": len(data.names), "share": share}
            | contest.through_the_door(data.planted(share))
            for data in clean[:2]
            for share in (0.0, 0.05)
        ]
    RECORD.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    text = page(record)
    if options.write_docs:
        PAGE.write_text(text, encoding="utf-8")
    print(text)
    bars = missed(record)
    print(*(f"missed: {bar}" for bar in bars), sep="\n")
    return 1 if bars else 0


if __name__ == "__main__":
    sys.exit(main())
