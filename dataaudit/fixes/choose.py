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
from dataaudit.fixes.registry import BYTE_ORDER_MARK, CODES, LINE_ENDS, SELF_TELLING, bit
from dataaudit.fixes.whole import Files, Left, copies
from dataaudit.suppression.baseline import MORE

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
    silent: for each row the rules of which a finding is silent. marks: sources that begin with a byte-order mark.
    ends: sources whose line ends are mended. contexts: one a source. left: copies that stay, by source.
    unknown: rules of which a baseline does not say which rows it knows; nothing of them is mended.
    """

    bits: NDArray[np.uint64]
    twin: NDArray[np.int64]
    silent: NDArray[np.uint64]
    marks: frozenset[int]
    ends: frozenset[int]
    contexts: Sequence[Context]
    left: dict[int, Left]
    unknown: tuple[str, ...]

    @property
    def sources(self) -> frozenset[int]:
        """Sources with a file-wide fault to mend."""
        return self.marks | self.ends


class Chooser:
    """Chooses for one examination.

    unsafe: also what may change the meaning. held: for each row the rules that were silent in an earlier pass.
    """

    def __init__(self, examination: Examination, *, unsafe: bool, held: NDArray[np.uint64], files: Files) -> None:
        self._examination = examination
        self._evidence = examination.evidence
        self._unsafe = unsafe
        self._held = held
        self._files = files
        self._meant: dict[str, str] = {}

    def choose(self, codes: frozenset[str]) -> Choice:
        """What the rules of `codes` find that is not silent."""
        evidence = self._evidence
        found = {tally.rule for tally in self._examination.tallies if tally.total}
        silent = _Silent(self._examination)
        wanted = [code for code in CODES if code in codes and code in found]
        known = [code for code in wanted if not silent.unknown(code)]
        contexts = self._contexts(known)
        left: dict[int, Left] = {}
        bits, hushed = np.zeros((2, len(evidence.table)), dtype=np.uint64)
        twin = np.full(len(evidence.table), -1, dtype=np.int64)
        for code in known:
            rows, firsts = self._rows(code)
            loud = silent.loud(code, rows) & (self._held[rows] & np.uint64(bit(code)) == 0)
            hushed[rows[~loud]] |= np.uint64(bit(code))
            rows = rows[loud]
            if firsts is not None:
                rows, twins = copies(evidence, contexts, self._files, code, (rows, firsts[loud]), left)
                free = twin[rows] < 0
                twin[rows[free]] = twins[free]
            bits[rows] |= np.uint64(bit(code))
        marks = _files(evidence, _OF_FILES[BYTE_ORDER_MARK]) if BYTE_ORDER_MARK in known else ()
        ends = _files(evidence, _OF_FILES[LINE_ENDS]) if LINE_ENDS in known else ()
        return Choice(
            bits,
            twin,
            hushed,
            silent.loud_files(BYTE_ORDER_MARK, marks),
            silent.loud_files(LINE_ENDS, ends),
            contexts,
            left,
            tuple(code for code in wanted if code not in known),
        )

    def _contexts(self, codes: Sequence[str]) -> list[Context]:
        plan = self._examination.plan
        unwanted = _demands(self._evidence) if "SCH011" in codes else ()
        return [
            Context(layout, labels, plan.learned.formats, self._meant, unwanted, self._unsafe)
            for layout, labels in zip(plan.layouts, plan.label_sources, strict=True)
        ]

    def _rows(self, code: str) -> tuple[Rows, Rows | None]:
        """(rows that a rule is about, the first row of the group of each)."""
        evidence = self._evidence
        if code == "DUP001":
            return evidence.exact_surplus
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
        rows = np.array(sorted(self._hit_rows(code)), dtype=np.intp)
        if code in SELF_TELLING and not self._silenced and self._more(code):
            rows = np.flatnonzero(evidence.readable)
        return (_misspelt(evidence, rows, self._meant) if code == "LAB003" else rows), None

    @property
    def _silenced(self) -> bool:
        return bool(self._examination.suppressions) or has_row_keys(self._evidence)

    def _more(self, code: str) -> bool:
        """Whether there are more findings than were kept one by one."""
        return any(tally.rule == code and tally.total > len(tally.hits) for tally in self._examination.tallies)

    def _hit_rows(self, code: str) -> set[int]:
        """The rows of the findings that are told one by one and that a fixer can mend, by their words."""
        fix = self._evidence.catalogue.rules[code].fix
        hits = [hit for tally in self._examination.tallies if tally.rule == code for hit in tally.hits]
        return {
            hit.row
            for hit in hits
            if hit.row is not None
            and fix is not None
            and (of := fix.of(hit.message)) is not None
            and (self._unsafe or of.safety == "safe")
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
        self._counts = examination.suppressions.known()
        any_at_all = bool(examination.suppressions) or has_row_keys(self._evidence)
        self._silencer = Silencer(examination.suppressions, self._evidence) if any_at_all else None

    def unknown(self, code: str) -> bool:
        """Whether a baseline knows of more findings of a rule than it names."""
        return self._counts[code, MORE] > 0

    def loud(self, code: str, rows: Rows) -> NDArray[np.bool_]:
        """Which of the rows, in ascending order, have a finding of the rule that is not silent."""
        loud: NDArray[np.bool_] = np.ones(len(rows), dtype=np.bool_)
        if self._silencer is None:
            return loud
        order = np.argsort(rows, kind="stable")
        found = [(row, self._evidence.place(row)[0], of_row(code, row, self._evidence)) for row in rows[order].tolist()]
        loud[order] = np.logical_not(self._silencer.silent(code, found))
        return loud

    def loud_files(self, code: str, sources: Sequence[int]) -> frozenset[int]:
        """The sources without those that have a silent finding of the rule."""
        silencer = self._silencer
        if silencer is None:
            return frozenset(sources)
        silent = set()
        for fact in self._evidence.facts:
            path, trait = self._evidence.sources[fact.source].path, fact.note.trait
            if trait in _OF_FILES[code] and silencer.silent(code, [(None, path, of_file(code, path, trait))])[0]:
                silent.add(fact.source)
        return frozenset(sources) - silent
