"""FMT: answers that are not of the form that the other answers have, that the prompt asks for, or that was laid down.

Measuring holds every answer against the formats that a sample taught and counts what deviates; judging reports a
deviation only where the majority, counted over all rows, is real.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from dataaudit.checks.agreement import Agreement, figures
from dataaudit.checks.base import Check, Hit, Tally
from dataaudit.checks.learned import NO_ANSWER_IN_WORDS, own_label
from dataaudit.checks.places import Place, Places
from dataaudit.formats import Formats
from dataaudit.formats.asks import broken, find_asks, none_asks
from dataaudit.formats.essence import essence
from dataaudit.formats.placeholders import find_placeholder, none_unfilled
from dataaudit.model import Severity

if TYPE_CHECKING:
    from dataaudit.checks.batch import Batch
    from dataaudit.checks.evidence import Evidence, LabelSource
    from dataaudit.checks.learned import Learned
    from dataaudit.formats.deviation import Deviation

_OWN_STANDING = ("FMT006", "FMT008", "FMT009")
"""Rules that need no majority: what they are about is wrong in itself, or against what was laid down."""
_WORDS_KEPT = 1000
_KINDS_KEPT = 5000
_AT_ONCE = 32
"""Rows that are looked at together for anything asked or unfilled: most hold nothing of the kind."""
SOFT = "placeholder-soft"
"""The aspect of placeholders that are often meant: a note, whatever the severity of the rule."""


class Kind(NamedTuple):
    """Deviations that are counted together; `format` is the number of the row's resolved format."""

    format: int
    rule: str
    aspect: str
    detail: str


@dataclass(slots=True)
class Seen:
    """The rows of a kind. words: (message, field), each once; the code of a place is their number or, beyond, 0."""

    places: Places = field(default_factory=Places)
    words: dict[tuple[str, str | None], int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many rows."""
        return self.places.count

    def number(self, message: str, where: str | None) -> int:
        """The number of these words."""
        known = self.words.get((message, where), 0)
        if not known and len(self.words) < _WORDS_KEPT:
            known = self.words[message, where] = len(self.words) + 1
        return known

    def merge(self, other: Seen) -> None:
        """Take in the rows of another part."""
        self.places.merge(other.places, [0, *(self.number(*words) for words in other.words)])

    def told(self, most: int) -> Iterator[tuple[Place, str, str | None]]:
        """(place, message, field) of at most `most` rows; where too many differ in words, those of another row."""
        message, where = next(iter(self.words))
        words = [(f"as in another row: {message}", where), *self.words]
        return ((place, *words[place.code]) for place in self.places.first(most))


@dataclass(slots=True)
class Answers:
    """What was counted, by the number of a resolved format.

    rows: answers held against it. off: rows that deviate in an aspect; "" for in any aspect, "*" for in any way at all.
    seen: deviations by kind; kinds beyond the number that is kept are counted in `off` alone.
    """

    rows: Counter[int] = field(default_factory=Counter)
    off: Counter[tuple[int, str]] = field(default_factory=Counter)
    seen: dict[Kind, Seen] = field(default_factory=dict)


class FormatCheck(Check[Answers]):
    """The family FMT. `label_sources`: of each source, to group rows by a label that stands beside the answer.

    `learned` must have formats.
    """

    codes = tuple(f"FMT{number:03}" for number in range(1, 11))

    def __init__(self, learned: Learned, label_sources: Sequence[LabelSource | None], wanted: frozenset[str]) -> None:
        self._formats = learned.formats or Formats(())
        self._held_against = essence(self._formats)
        self._ignored = learned.ignored
        self._texts_too = learned.texts_as_answers
        self._label_sources = label_sources
        self._asks_wanted = "FMT009" in wanted
        self._placeholders_wanted = "FMT008" in wanted

    def start(self) -> Answers:
        return Answers()

    def add(self, state: Answers, batch: Batch) -> Answers:
        known = batch.known.index()
        wordless = frozenset(number for trait in NO_ANSWER_IN_WORDS for number in known.get(trait, ()))
        labels = self._label_sources[batch.source] if batch.source < len(self._label_sources) else None
        beside = labels is not None and labels.kind == "column"
        chain, resolved, ignored = self._held_against.chain, self._held_against.resolved, self._ignored
        numbers: list[int] = []
        ranges = range(0, len(batch), _AT_ONCE)
        quiet = [self._quiet(batch, slice(start, start + _AT_ONCE)) for start in ranges]
        rows = zip(batch.contexts, batch.questions, batch.answers, batch.outlines, strict=True)
        for index, (context, question, answer, outline) in enumerate(rows):
            if answer is None and self._texts_too:
                question, answer = "", question
            if answer is None or outline in wordless:
                continue
            label = own_label(labels, batch.labels[index], answer) if beside else None
            numbers.append(number := chain(context, question, label))
            found = resolved[number].comparer.deviations(answer)
            if ignored:
                found = [one for one in found if (number, one.aspect) not in ignored]
            filled, unasked = quiet[index // _AT_ONCE]
            if not filled and (unfilled := find_placeholder(answer, question, context)) is not None:
                found = [*found, unfilled]
            if not unasked and (asks := find_asks(context, question)):
                found = [*found, *filter(None, [broken(ask, answer, None) for ask in asks])]
            if found:
                _count(state, number, found, batch.source, batch.lines[index])
        state.rows.update(numbers)
        return state

    def _quiet(self, batch: Batch, rows: slice) -> tuple[bool, bool]:
        """Whether no placeholder is to be looked for in some rows of a batch, and no ask."""
        filled = not self._placeholders_wanted or (not self._texts_too and none_unfilled(batch.answers[rows]))
        return filled, not self._asks_wanted or none_asks(batch.contexts[rows], batch.questions[rows])

    def merge(self, first: Answers, second: Answers) -> Answers:
        first.rows.update(second.rows)
        first.off.update(second.off)
        for kind, seen in second.seen.items():
            own = first.seen.get(kind)
            if own is not None or len(first.seen) < _KINDS_KEPT:
                first.seen.setdefault(kind, Seen()).merge(seen)
        return first

    def judge(self, state: Answers, evidence: Evidence) -> Iterator[Tally]:
        evidence.figures["formats"] = figures(self._formats, state)
        agreement = Agreement(self._formats, state, evidence.given)
        by_rule: dict[str, list[tuple[Severity, Seen]]] = {}
        for kind, seen in sorted(state.seen.items()):
            severity = self._severity(kind, agreement, evidence)
            if severity is not None:
                by_rule.setdefault(kind.rule, []).append((severity, seen))
        for code, items in sorted(by_rule.items()):
            hits = [
                Hit(message, severity, evidence.row_at(place.source, place.line), field=where)
                for severity, seen in items
                for place, message, where in seen.told(evidence.keep)
            ]
            yield Tally(code, sum(seen.count for _, seen in items), hits)

    def _severity(self, kind: Kind, agreement: Agreement, evidence: Evidence) -> Severity | None:
        """How bad a kind of deviation is; None where the majority is too small for it to be one, or the rule is off."""
        if kind.rule in _OWN_STANDING or self._formats.enforced:
            return evidence.severity(kind.rule, Severity.INFO if kind.aspect == SOFT else None)
        if not agreement.is_real(kind.format, kind.aspect, kind.detail):
            return None
        sure = agreement.lower(kind.format, kind.aspect) >= evidence.threshold("FMT001", "sure_share")
        return evidence.severity(kind.rule, None if sure else Severity.INFO)


def _count(state: Answers, number: int, found: Sequence[Deviation], source: int, line: int) -> None:
    own = {deviation.aspect for deviation in found if deviation.rule not in _OWN_STANDING}
    state.off.update((number, aspect) for aspect in own)
    if own or any(deviation.rule == "FMT006" for deviation in found):
        state.off[number, ""] += 1
    state.off[number, "*"] += 1
    for deviation in found:
        kind = Kind(number, deviation.rule, deviation.aspect, deviation.detail)
        seen = state.seen.get(kind)
        if seen is None:
            if len(state.seen) >= _KINDS_KEPT:
                continue
            seen = state.seen[kind] = Seen()
        seen.places.add(Place(source, line, seen.number(deviation.message, deviation.field), ""))
