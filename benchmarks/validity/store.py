"""What was measured, kept in a folder: accuracies and audits apart, so that either can be made again alone.

FOLDER/accuracies/SET.json and FOLDER/audits/SET.json hold an entry for each copy, by name, with the sha256 of its
lines. An entry whose copy (or classifier) has changed since is made again. Grades are worked out from the counts.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import tempfile
import time
from pathlib import Path
from typing import Any
from unittest.mock import patch

import dataaudit
from benchmarks.validity.classify import CLASSIFIER, measured
from benchmarks.validity.sets import LabeledSet
from benchmarks.validity.spoil import copies
from dataaudit.model import Readiness
from dataaudit.scoring import grading
from dataaudit.scoring.measures import Category, Measures
from dataaudit.scoring.need import Need
from dataaudit.scoring.readiness import readiness
from dataaudit.scoring.scheme import scheme

Entry = dict[str, Any]
_STORED_ONCE = 10  # copies made between two writes of the file


def fill(folder: Path, labeled: LabeledSet, *, again: bool) -> None:
    """Measure what is missing of a set. again: audit also what has been audited."""
    accuracies, audits = (_Entries(folder / part / f"{labeled.name}.json") for part in ("accuracies", "audits"))
    if again:
        audits.found.clear()
    names = []
    for copy in copies(labeled.train, labeled.name):
        names.append(copy.name)
        lines = copy.lines()
        told = {"sha256": hashlib.sha256(lines.encode()).hexdigest(), "parts": copy.parts, "rows": len(copy.rows)}
        if not accuracies.holds(copy.name, told | {"classifier": CLASSIFIER}):
            start = time.perf_counter()
            figures = measured(lines, labeled.test)._asdict()
            seconds = round(time.perf_counter() - start, 2)
            accuracies.add(copy.name, {**told, "classifier": CLASSIFIER, **figures, "seconds": seconds})
        if not audits.holds(copy.name, told):
            audits.add(copy.name, {**told, **_audited(lines)})
    for entries in (accuracies, audits):
        entries.keep(names)
        entries.write()


def read(folder: Path, part: str, name: str) -> dict[str, Entry]:
    """The entries of a set by name of the copy; part: accuracies or audits. Empty where nothing was measured."""
    return _Entries(folder / part / f"{name}.json").found


def graded(entry: Entry, own: dict[str, dict[str, float]] | None = None) -> Readiness:
    """The grade of an audited copy, by rules/scoring.toml as it is now; own: numbers in place of those of the rules."""
    kept = dict(entry["measures"])
    kept["categories"] = tuple(Category(**category) for category in kept["categories"])
    kept["unjudged"] = frozenset(kept["unjudged"])
    kept["refusals"] = ()  # no provider is named
    return readiness(Measures(**kept), Need(**entry["need"]), scheme(own))


def _audited(lines: str) -> Entry:
    """The report of a file without its findings, and the counts that its grade was made of."""
    heard: list[tuple[Measures, Need]] = []

    def listening(measures: Measures, need: Need, *rest: Any) -> Readiness:
        heard.append((measures, need))
        return readiness(measures, need, *rest)

    with tempfile.TemporaryDirectory() as scratch, patch.object(grading, "readiness", listening):
        path = Path(scratch, "train.jsonl")
        path.write_text(lines, encoding="utf-8")
        start = time.perf_counter()
        report = dataaudit.audit(path, task="classification")
        seconds = round(time.perf_counter() - start, 2)
    kept = report.as_json()
    measures, need = heard[-1]
    return {
        "seconds": seconds,
        "counts": kept["counts"],
        "statistics": kept["statistics"],
        "readiness": kept["readiness"],
        "unchecked": kept["unchecked"],
        "measures": dataclasses.asdict(measures) | {"unjudged": sorted(measures.unjudged)},
        "need": need._asdict(),
    }


class _Entries:
    """Entries of one file, written now and then, so that little is lost when a run is stopped."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.found: dict[str, Entry] = json.loads(path.read_bytes()) if path.is_file() else {}
        self.unwritten = 0

    def holds(self, name: str, told: Entry) -> bool:
        entry = self.found.get(name, {})
        return all(entry.get(key) == value for key, value in json.loads(json.dumps(told)).items())

    def add(self, name: str, entry: Entry) -> None:
        self.found[name] = entry
        self.unwritten += 1
        if self.unwritten >= _STORED_ONCE:
            self.write()

    def keep(self, names: list[str]) -> None:
        """Only these, in this order."""
        kept = {name: self.found[name] for name in names if name in self.found}
        self.unwritten += list(kept) != list(self.found)
        self.found = kept

    def write(self) -> None:
        if self.unwritten:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_text(json.dumps(self.found, indent=1) + "\n", encoding="utf-8")
            self.unwritten = 0
