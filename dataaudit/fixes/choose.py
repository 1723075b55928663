"""From an examination to what is to be mended in which row. Looks at no text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dataaudit.checks.batch import UNREADABLE
from dataaudit.checks.demands import breaches
from dataaudit.checks.evidence import BLANK
from dataaudit.engine.fingerprints import of_file, of_row
from dataaudit.engine.silence import Silencer, has_row_keys
from dataaudit.fixes.context import Context
from dataaudit.fixes.registry import BYTE_ORDER_MARK, CODES, LINE_ENDS, REMOVED, SELF_TELLING, bit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dataaudit.api import Examination
    from dataaudit.catalogue import Demand
    from dataaudit.checks.evidence import Evidence
    from dataaudit.text.columns import Rows

_TRAITS = {"SCH001": "invalid-json", "SCH003": BLANK, BYTE_ORDER_MARK: "byte-order-mark", "SCH007": "duplicate-key"}
_OF_FILES = {
    BYTE_ORDER_MARK: ("byte-order-mark",),
    LINE_ENDS: ("line-ends:crlf", "line-ends:mixed", "line-ends:cr"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What to mend.

    bits: for each row of the table the rules, see `registry`. twin: the row that stays for one that goes, or -1.
    marks: sources that begin with a byte-order mark. ends: sources whose line ends are mended. contexts: one a source.
    """

    bits: NDArray[np.uint64]
    twin: NDArray[np.int64]
    marks: frozenset[int]
    ends: frozenset[int]
    contexts: Sequence[Context]

    @property
    def sources(self) -> frozenset[int]:
        """Sources with a file-wide fault to mend."""
        return self.marks | self.ends


def choose(examination: Examination, codes: frozenset[str]) -> Choice:
    """What the rules of `codes` find that is not silent."""
    evidence = examination.evidence
    found = {tally.rule for tally in examination.tallies if tally.total}
    wanted = [code for code in CODES if code in codes and code in found]
    bits = np.zeros(len(evidence.table), dtype=np.uint64)
    twin = np.full(len(evidence.table), -1, dtype=np.int64)
    silent = _Silent(examination)
    meant: dict[str, str] = {}
    unwanted = _demands(evidence) if "SCH011" in wanted else ()
    for code in wanted:
        rows, others = _rows(examination, code, meant)
        loud = silent.loud(code, rows)
        bits[rows[loud]] |= np.uint64(bit(code))
        if code in REMOVED and others is not None:
            free = twin[rows] < 0
            twin[rows[free & loud]] = others[free & loud]
    plan = examination.plan
    contexts = [
        Context(layout, labels, plan.learned.formats, meant, unwanted)
        for layout, labels in zip(plan.layouts, plan.label_sources, strict=True)
    ]
    marks = _files(evidence, _OF_FILES[BYTE_ORDER_MARK]) if BYTE_ORDER_MARK in wanted else ()
    ends = _files(evidence, _OF_FILES[LINE_ENDS]) if LINE_ENDS in wanted else ()
    return Choice(bits, twin, silent.loud_files(BYTE_ORDER_MARK, marks), silent.loud_files(LINE_ENDS, ends), contexts)


def _rows(examination: Examination, code: str, meant: dict[str, str]) -> tuple[Rows, Rows | None]:
    """(rows that a rule is about, the row that each repeats)."""
    evidence = examination.evidence
    if code == "DUP001":
        rows, firsts = evidence.exact_surplus
        alike = evidence.table["label"][rows] == evidence.table["label"][firsts]
        return rows[alike], firsts[alike]
    if code == "DUP002":
        return evidence.normal_surplus
    if code == "SIM001":
        rows = evidence.flagged["SIM001"]
        return rows, evidence.groups["SIM001"][rows]
    if code in _TRAITS:
        mask = evidence.rows_with(_TRAITS[code].__eq__)
        if code == "SCH001":
            mask = mask & ~evidence.rows_with(UNREADABLE.__eq__)
        return np.flatnonzero(mask), None
    if code == "SCH011":
        return _refused(evidence), None
    rows = np.array(sorted(_hit_rows(examination, code)), dtype=np.intp)
    if code in SELF_TELLING and any(t.rule == code and t.total > len(t.hits) for t in examination.tallies):
        rows = np.flatnonzero(evidence.readable)  # more than were kept one by one
    return (_misspelt(evidence, rows, meant) if code == "LAB003" else rows), None


def _hit_rows(examination: Examination, code: str) -> set[int]:
    """The rows of the findings that are told one by one and that a fixer can mend, by their words."""
    rule = examination.evidence.catalogue.rules[code]
    return {
        hit.row
        for tally in examination.tallies
        if tally.rule == code
        for hit in tally.hits
        if hit.row is not None and rule.fix is not None and rule.fix.fits(hit.message)
    }


def _misspelt(evidence: Evidence, rows: Rows, meant: dict[str, str]) -> Rows:
    """All rows that have one of the labels of these rows; fills `meant`, label to the label meant."""
    keys = evidence.table["label"]
    wrong = {int(key) for key in np.unique(keys[rows]).tolist() if key in evidence.meant}
    names = evidence.label_names
    for key in wrong:
        if key in names and evidence.meant[key] in names:
            meant[names[key]] = names[evidence.meant[key]]
    return np.flatnonzero(np.isin(keys, np.array(sorted(wrong), dtype=keys.dtype)))


def _refused(evidence: Evidence) -> Rows:
    rows = [breach.rows for _, breach in _breaches(evidence)]
    return np.unique(np.concatenate(rows)) if rows else np.empty(0, np.intp)


def _demands(evidence: Evidence) -> tuple[Demand, ...]:
    return tuple({id(breach.demand): breach.demand for _, breach in _breaches(evidence)}.values())


def _breaches(evidence: Evidence) -> Iterator[tuple[str, Any]]:
    for name in sorted(evidence.named):
        for breach in breaches(evidence, evidence.providers[name]):
            if breach.rule == "SCH011" and breach.demand.forbid is not None and breach.source is None:
                yield name, breach


def _files(evidence: Evidence, traits: Sequence[str]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(fact.source for fact in evidence.facts if fact.note.trait in traits))


class _Silent:
    """What suppressions and baselines keep from being mended."""

    def __init__(self, examination: Examination) -> None:
        self._evidence = examination.evidence
        any_at_all = bool(examination.suppressions) or has_row_keys(self._evidence)
        self._silencer = Silencer(examination.suppressions, self._evidence) if any_at_all else None

    def loud(self, code: str, rows: Rows) -> NDArray[np.bool_]:
        """Which of the rows, in ascending order, have a finding of the rule that is not silent."""
        loud: NDArray[np.bool_] = np.ones(len(rows), dtype=np.bool_)
        if self._silencer is None:
            return loud
        for place in np.argsort(rows, kind="stable").tolist():
            row = int(rows[place])
            path, _ = self._evidence.place(row)
            loud[place] = not self._silencer.silences(code, row, path, of_row(code, row, self._evidence))
        return loud

    def loud_files(self, code: str, sources: Sequence[int]) -> frozenset[int]:
        """The sources without those that have a silent finding of the rule."""
        silencer = self._silencer
        if silencer is None:
            return frozenset(sources)
        silent = set()
        for fact in self._evidence.facts:
            path, trait = self._evidence.sources[fact.source].path, fact.note.trait
            if trait in _OF_FILES[code] and silencer.silences(code, None, path, of_file(code, path, trait)):
                silent.add(fact.source)
        return frozenset(sources) - silent
