"""All that was measured, put together for judging: rows, sets of traits, files, providers, and what counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from dataaudit.checks.batch import UNREADABLE, Outlines, RowTable
from dataaudit.checks.memory import Memory
from dataaudit.loaders.base import Source
from dataaudit.model import Severity
from dataaudit.shapes.base import Layout, Note
from dataaudit.similarity import kernels
from dataaudit.text.columns import counted, repeats

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dataaudit.catalogue import Catalogue, Given, Provider, Task
    from dataaudit.text.columns import Rows

    Mask = NDArray[np.bool_]

_HALF = np.uint64(32)
_ODD = np.uint32(1)
BLANK = "blank-line"
SKIPPED = "not-for-training"
_SHARED = {"DUP002": "normal", "DUP003": "question", "SCH021": "id"}
"""The key that the rows of a group share, by the rule that puts them together by it."""


@dataclass(frozen=True, slots=True)
class LabelSource:
    """Where the labels of a file are: a column, a field of JSON answers, or the short repeated answers."""

    kind: str
    field: str | None = None

    def __str__(self) -> str:
        return {"column": f"column {self.field!r}", "json": f"field {self.field!r} of the JSON answers"}.get(
            self.kind, "the answers, short and repeated"
        )


@dataclass(frozen=True, slots=True)
class FileFact:
    """A trait of a file as a whole."""

    source: int
    line: int | None
    note: Note


class RowText(NamedTuple):
    """What a row says, read again: system prompt, question, answer (None: the row has none)."""

    context: str
    question: str
    answer: str | None


def _no_texts(rows: Rows) -> list[RowText]:
    raise NotImplementedError("this evidence has no rows to read again")


@dataclass
class Evidence:
    """What the judges see. Row numbers are indexes in `table`.

    providers: the profiles asked for, one a provider, by name; all have a verdict. named: those given one by one; what
    they refuse is a finding too. task: given or inferred. meant: key of a misspelt label to that of the label meant.
    texts: reads rows again by their numbers. flagged: the rows that a judge found surplus or contradicted, by rule, for
    statistics and scores. figures: what judges add to the statistics (JSON values). unjudged: rules that a judge could
    not judge, and why. groups: for each row the first of those that a rule puts together. near: pairs of rows (first
    rows, second rows) that are near-duplicates or near-conflicts, once those were judged. memory: what an earlier run
    found out by reading rows again.
    """

    sources: Sequence[Source]
    layouts: Sequence[Layout]
    label_sources: Sequence[LabelSource | None]
    hashes: Sequence[str | None]
    table: RowTable
    outlines: Outlines
    facts: Sequence[FileFact]
    given: Given
    providers: dict[str, Provider]
    named: frozenset[str] = frozenset()
    task: Task | None = None
    task_because: str = ""
    declared_labels: tuple[str, ...] | None = None
    keep: int = 1000
    label_names: dict[int, str] = field(default_factory=dict)
    meant: dict[int, int] = field(default_factory=dict)
    texts: Callable[[Rows], list[RowText]] = _no_texts
    flagged: dict[str, Rows] = field(default_factory=dict)
    figures: dict[str, Any] = field(default_factory=dict)
    unjudged: dict[str, str] = field(default_factory=dict)
    groups: dict[str, Rows] = field(default_factory=dict)
    near: tuple[Rows, Rows] = field(default_factory=lambda: (np.empty(0, np.intp), np.empty(0, np.intp)))
    memory: Memory = field(default_factory=Memory)
    _least_keys: dict[str, Rows] = field(default_factory=dict)

    @property
    def catalogue(self) -> Catalogue:
        """The rules, providers and tasks."""
        return self.given.catalogue

    def threshold(self, rule: str, name: str) -> float:
        """A threshold of a rule, as the user set it or as the rule file has it."""
        return self.given.threshold(rule, name)

    def severity(self, rule: str, base: Severity | None = None) -> Severity | None:
        """The severity of a rule: the user's, else `base`, else the rule file's. None where it is off."""
        own = self.given.severities.get(rule)
        if own is not None:
            return None if own == "off" else Severity(own)
        return base if base is not None else self.catalogue.rules[rule].severity

    def rows_with(self, test: Callable[[str], bool]) -> Mask:
        """Rows that have a trait that passes."""
        mask: Mask = self.outlines.numbers_with(test)[self.table["outline"]]
        return mask

    @cached_property
    def readable(self) -> Mask:
        """Rows that were parsed."""
        return ~self.rows_with(lambda trait: trait == UNREADABLE)

    @cached_property
    def counted(self) -> Mask:
        """Rows of any kind: everything but blank lines."""
        return ~self.rows_with(lambda trait: trait == BLANK)

    @cached_property
    def invalid(self) -> Mask:
        """Rows that no training can use: unreadable, not for training, or faulty for every reader."""
        known = self.catalogue.of_trait

        def bad(trait: str) -> bool:
            if trait in (UNREADABLE, SKIPPED):
                return True
            found = known(trait)
            return found is not None and found[1].severity == Severity.ERROR and trait not in found[1].besides

        return self.rows_with(bad)

    @cached_property
    def splits(self) -> dict[str, Rows]:
        """Rows by split, in order; splits in the order of their first file."""
        names = list(dict.fromkeys(source.split for source in self.sources))
        if len(names) == 1:
            return {names[0]: np.arange(len(self.table), dtype=np.intp)}
        of_source = np.array([names.index(source.split) for source in self.sources], dtype=np.int64)
        split_of = of_source[self.table["source"]] if len(self.table) else np.empty(0, dtype=np.int64)
        return {name: np.flatnonzero(split_of == number) for number, name in enumerate(names)}

    @cached_property
    def exact_surplus(self) -> tuple[Rows, Rows]:
        """(surplus rows, the row that each repeats): equal context, question and answer, inside a split."""
        return self._surplus("exact", self.readable)

    @cached_property
    def normal_surplus(self) -> tuple[Rows, Rows]:
        """The same for rows equal after normalising, without those that are exact duplicates."""
        mask = self.readable.copy()
        mask[self.exact_surplus[0]] = False
        return self._surplus("normal", mask)

    @cached_property
    def conflicts(self) -> tuple[Rows, Rows]:
        """(rows that disagree, the first row with the same question), inside a split; duplicates count once."""
        once = self.readable & (self.table["question"] != 0)
        once[self.exact_surplus[0]] = False
        once[self.normal_surplus[0]] = False
        return self._surplus("question", once)

    def later(self, rule: str, mask: Mask) -> tuple[Rows, Rows]:
        """(surplus rows, rows kept in their place) of the groups of SIM001, SIM003 or DUP003, among those of a mask.

        Which row of a group is kept depends on its content alone, not on its place: for counts that order must not
        change. Findings name the later row.
        """
        members, groups = self._members(rule)
        chosen = mask[members]
        members, groups = members[chosen], groups[chosen]
        order = np.lexsort((self.table["label"][members], self.table["exact"][members], groups))
        members, groups = members[order], groups[order]
        again = groups[1:] == groups[:-1]
        return members[1:][again], members[:-1][again & ~np.append(False, again[:-1])]

    def _members(self, rule: str) -> tuple[Rows, NDArray[Any]]:
        """Rows that are not alone in their group, and the number of it."""
        if rule == "DUP003":
            rows, firsts = self.conflicts
            members = counted(np.concatenate([rows, firsts]))[0]
            return members, self.table["question"][members]
        if rule not in self.groups:
            return np.empty(0, np.intp), np.empty(0, np.intp)
        lowest = self.groups[rule]
        later = self.flagged[rule]
        members = counted(np.concatenate([later, lowest[later]]))[0]
        return members, lowest[members]

    def _surplus(self, key: str, mask: Mask) -> tuple[Rows, Rows]:
        rows, firsts = [np.empty(0, np.intp)], [np.empty(0, np.intp)]
        for members in self.splits.values():
            for_split = members[mask[members]]
            keys = self.table[key][for_split]
            # Most keys occur once, and a filter tells so for a tenth of what sorting costs.
            several = np.flatnonzero(kernels.repeated((keys >> _HALF).astype(np.uint32) | _ODD))
            for_split = for_split[several]
            surplus, first = repeats(keys[several])
            rows.append(for_split[surplus])
            firsts.append(for_split[first])
        return np.concatenate(rows), np.concatenate(firsts)

    @cached_property
    def effective(self) -> Mask:
        """Rows that count as examples: valid, and neither an exact nor a normalised duplicate of an earlier one."""
        mask = self.counted & self.readable & ~self.invalid
        mask[self.exact_surplus[0]] = False
        mask[self.normal_surplus[0]] = False
        return mask

    def place(self, row: int) -> tuple[str, int]:
        """Path and line of a row."""
        return self.sources[int(self.table["source"][row])].path, int(self.table["line"][row])

    def row_at(self, source: int, line: int) -> int:
        """The row of a place; the place must be that of a row."""
        # Numbers of the kind of the column: for others all of it would be converted, for every row that is looked up.
        sources, lines = self.table["source"], self.table["line"]
        first, last = np.searchsorted(sources, np.array([source, source + 1], sources.dtype)).tolist()
        return int(first) + int(np.searchsorted(lines[first:last], lines.dtype.type(line)))

    def content_key(self, rule: str, row: int) -> int:
        """What the fingerprint of a finding is made of: the key of the row, or that of the group that it is in.

        It is the same whichever row of the group the finding is about.
        """
        if rule not in self.groups:
            return int(self.table[_SHARED.get(rule, "exact")][row])
        if rule not in self._least_keys:
            # Of rows equal but for case and blanks the first is in a group, so their texts as written do not count.
            least = self.table["normal"].copy()
            np.minimum.at(least, self.groups[rule], self.table["normal"])
            self._least_keys[rule] = least
        return int(self._least_keys[rule][self.groups[rule][row]])

    def traits_of(self, row: int) -> tuple[str, ...]:
        """The traits of a row."""
        return self.outlines.traits[int(self.table["outline"][row])]

    def labels_used(self, rows: Rows) -> bool:
        """Whether any file of the set has a label source."""
        return bool(self.label_sources_of(rows))

    def label_sources_of(self, rows: Rows) -> set[LabelSource]:
        """Where the labels of rows are, in the files that have some."""
        if not any(self.label_sources):
            return set()
        files = np.flatnonzero(np.bincount(self.table["source"][rows])).tolist()
        return {found for file in files if (found := self.label_sources[file]) is not None}
