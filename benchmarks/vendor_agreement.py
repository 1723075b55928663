"""Compares our verdicts with those of the vendors' own validators on crafted files.

    python -m benchmarks.vendor_agreement [--record] [--write-docs] [--environments FOLDER] [--files FOLDER]

Without --record the verdicts in fixtures/vendors/recorded.json are used. With it, each validator is installed into an
environment of its own (kept in --environments for the next run) and asked anew. Prints the differences that
fixtures/vendors/explained.toml does not explain, and fails if there are any; --write-docs writes
docs/vendor-agreement.md.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from benchmarks.vendors.agreement import (
    RECORD,
    Difference,
    differences,
    explanations,
    make_record,
    our_verdicts,
    read_record,
)
from benchmarks.vendors.files import write_files
from benchmarks.vendors.oracles import ORACLES
from benchmarks.vendors.page import PAGE, page


def main() -> int:
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="vendor-agreement-") as scratch:
        paths = write_files(arguments.files or Path(scratch))
        if arguments.record:
            record = make_record(paths, arguments.environments)
            RECORD.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
        verdicts = read_record()["verdicts"]
        ours = our_verdicts(paths)
    found = [difference for oracle in ORACLES for difference in differences(oracle, verdicts, ours)]
    explained = [difference for explanation in explanations() for difference in explanation.differences()]
    if arguments.write_docs:
        PAGE.write_text(page(verdicts, found, explanations()), encoding="utf-8")
    return _tell(found, explained)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", action="store_true", help="run the validators and renew the record")
    parser.add_argument("--write-docs", action="store_true", help="write docs/vendor-agreement.md")
    cache = Path(tempfile.gettempdir()) / "dataaudit-vendors"
    parser.add_argument("--environments", type=Path, default=cache, help=f"default: {cache}")
    parser.add_argument("--files", type=Path, help="keep the crafted files in this folder")
    return parser.parse_args()


def _tell(found: list[Difference], explained: list[Difference]) -> int:
    unexplained = [difference for difference in found if difference not in explained]
    needless = [difference for difference in explained if difference not in found]
    for title, some in (("not explained", unexplained), ("explained, but we agree", needless)):
        for difference in some:
            print(f"{title}: {difference.validator} {difference.file}: we {difference.ours}, it {difference.theirs}")
    print(f"{len(found)} differences, {len(unexplained)} not explained, {len(needless)} explained without need")
    return 1 if unexplained or needless else 0


if __name__ == "__main__":
    sys.exit(main())
