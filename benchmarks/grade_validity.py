"""Is the readiness grade true: do models learn better from data with a better score?

    DATAAUDIT_CORPUS=FOLDER python -m benchmarks.grade_validity --cache CACHE [--sets clinc150,sms,banking77,agnews]
        [--tune-on clinc150,sms] [--audit | --no-measuring] [--scoring JSON] [--write-docs]

Copies of labeled sets are spoiled in steps; each is audited, and learned from by a text classifier whose accuracy is
measured on rows that were never touched. What was measured is kept in CACHE and measured again only when the copy has
changed; --audit makes all audits again (after a change of the rules), and grades are always worked out again from the
counts of the audits. The sets are not part of this repository.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from benchmarks.validity import report, store
from benchmarks.validity.agreement import Point, chance, points
from benchmarks.validity.plot import plot
from benchmarks.validity.sets import SETS


def main() -> int:
    options = _arguments()
    if "DATAAUDIT_CORPUS" not in os.environ:
        print("set DATAAUDIT_CORPUS to the folder of the public sets", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as scratch:
        found, titles = _measured(options, Path(os.environ["DATAAUDIT_CORPUS"]), options.cache or Path(scratch))
    text = report.page(found, titles, options.tune_on)
    if options.write_docs:
        report.PAGE.write_text(text, encoding="utf-8")
        report.PLOT.write_text(plot(report.panels(found, titles)), encoding="utf-8")
    print(text)
    return 0


def _measured(options: argparse.Namespace, corpus: Path, cache: Path) -> tuple[dict[str, list[Point]], dict[str, str]]:
    """(copies by set, title of each set)."""
    found, titles = {}, {}
    for name in options.sets:
        labeled = SETS[name](corpus)
        if not options.no_measuring:
            store.fill(cache, labeled, again=options.audit)
        accuracies, audits = (store.read(cache, part, name) for part in ("accuracies", "audits"))
        if "unspoiled" not in accuracies or not audits:
            print(f"{name}: not measured yet", file=sys.stderr)
            continue
        grades = {copy: store.graded(entry, options.scoring) for copy, entry in audits.items()}
        found[name] = points(name, accuracies, grades, chance(row.answer for row in labeled.test))
        titles[name] = labeled.title
    return found, titles


def _arguments() -> argparse.Namespace:
    def names(text: str) -> list[str]:
        return text.split(",")

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, help="keep what is measured here; default: nothing is kept")
    parser.add_argument("--sets", type=names, default=list(SETS), help=",".join(SETS))
    parser.add_argument("--tune-on", type=names, default=["clinc150", "sms"], help="sets that weights were tuned on")
    parser.add_argument("--audit", action="store_true", help="audit every copy again")
    parser.add_argument("--no-measuring", action="store_true", help="only work out grades of what is in the cache")
    parser.add_argument("--scoring", type=json.loads, help='other numbers: {"weights": {"balance": 0.2}}')
    parser.add_argument("--write-docs", action="store_true", help="write docs/grade-validity.md and .svg")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
