"""Recall and false alarms of the output-format rules (FMT), on made sets with planted deviations and on public sets.

    python -m benchmarks.output_format [--sizes 50 300 5000] [--families NAME ...] [--designs N] [--workers N]
                                       [--show N] [--write-docs]

Prints the tables; --show prints the first N misses and false alarms of each kind. --write-docs writes
docs/output-format.md. The public sets are read from the folder DATAAUDIT_CORPUS; without it they are left out. Fails
if a bar is missed.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import defaultdict
from pathlib import Path

from benchmarks.formats.page import PAGE, bars, by_family, by_kind, by_share, page, public_sets, reached
from benchmarks.formats.real import Line, real_lines
from benchmarks.formats.scores import Score, scores
from benchmarks.formats.sets import FAMILIES, SIZES, orders


def main() -> int:
    arguments = _arguments()
    started = time.perf_counter()
    wanted = [
        order
        for order in orders(arguments.seed, tuple(arguments.sizes), arguments.designs)
        if order.family in arguments.families
    ]
    some = scores(wanted, arguments.workers)
    print(*(table(some) for table in (bars, by_share, by_family, by_kind)), sep="\n")
    print(f"{len(some)} sets in {time.perf_counter() - started:.0f} s")
    if arguments.show:
        _show(some, arguments.show)
    real = _real(arguments.skip_public)
    if arguments.write_docs:
        PAGE.write_text(page(some, real), encoding="utf-8")
    missed = [*reached(some), *(f"{line.file}: {line.what}: {line.found}" for line in real if not line.good)]
    print(*(f"missed: {bar}" for bar in missed), sep="\n")
    return 1 if missed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--families", nargs="+", choices=list(FAMILIES), default=list(FAMILIES))
    parser.add_argument("--designs", type=int, default=2, help="designs of each family and language; default: 2")
    parser.add_argument("--seed", type=int, default=0, help="other seeds make other designs and rows")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--show", type=int, default=0, help="misses and false alarms to print of each kind")
    parser.add_argument("--skip-public", action="store_true", help="leave the public sets out")
    parser.add_argument("--write-docs", action="store_true", help="write docs/output-format.md")
    return parser.parse_args()


def _real(skip: bool) -> list[Line]:
    corpus = os.environ.get("DATAAUDIT_CORPUS")
    if skip or corpus is None:
        print("public sets left out:", "as asked" if skip else "DATAAUDIT_CORPUS does not name their folder")
        return []
    lines = real_lines(Path(corpus))
    print(public_sets(lines))
    return lines


def _show(some: list[Score], most: int) -> None:
    """The first misses by family and kind, and the first false alarms by family and rule."""
    misses: dict[str, list[str]] = defaultdict(list)
    alarms: dict[str, list[str]] = defaultdict(list)
    for each in some:
        order = each.order
        where = f"{order.language} {order.size} {order.share:.1%} design {order.design}"
        for hit in each.hits:
            if not hit.right:
                told = f"told as {hit.said}" if hit.found else "not found"
                misses[f"{order.family}, {hit.kind}: {told[:9]}"].append(
                    f"{where}: {told}: {hit.prompt[-90:]!r} -> {hit.answer!r}"
                )
        for alarm in each.alarms:
            alarms[f"{order.family}, {alarm.rule} {alarm.severity}"].append(
                f"{where} row {alarm.row}: {alarm.message}: {alarm.answer!r}"
            )
        for told in each.whole:
            alarms[f"{order.family}, whole set"].append(f"{where}: {told}")
    for title, groups in (("MISSED", misses), ("FALSE ALARM", alarms)):
        for name, examples in sorted(groups.items()):
            print(f"{title} {name}: {len(examples)}")
            print(*(f"    {example[:500]}" for example in examples[:: max(1, len(examples) // most)][:most]), sep="\n")


if __name__ == "__main__":
    sys.exit(main())
