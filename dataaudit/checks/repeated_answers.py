"""Free answers that their prompt ends in: counted when rows are measured, looked at in their texts when judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from dataaudit.checks.label_words import answer_names, plain

if TYPE_CHECKING:
    from dataaudit.checks.batch import Batch
    from dataaudit.checks.evidence import Evidence, RowText
    from dataaudit.text.columns import Rows

CODE = "LAB008"
_PLACES_KEPT = 10_000
_READ = 2000
"""Rows whose prompt ends in its answer that are read again for what stands before it."""
_TRIED = 300
"""Rows looked at for whether answers are made of the words of their prompts."""
_LONGEST = 4000


@dataclass(slots=True)
class Repeats:
    """answers: long answers seen, by source. ends: those that their prompt ends in. places: the first of them."""

    answers: Counter[int] = field(default_factory=Counter)
    ends: Counter[int] = field(default_factory=Counter)
    places: list[tuple[int, int]] = field(default_factory=list)


def add(state: Repeats, batch: Batch, least: int) -> Repeats:
    """Take in a batch; `least`: characters of a long answer."""
    long, source = 0, batch.source
    for index, (question, answer) in enumerate(zip(batch.questions, batch.answers, strict=True)):
        if answer is None or len(answer) < least:
            continue
        long += 1
        if len(question) > len(answer) and _ends_in(question, answer):
            state.ends[source] += 1
            state.places.append((source, batch.lines[index]))
    if long:
        state.answers[source] += long
    return _capped(state)


def merge(first: Repeats, second: Repeats) -> Repeats:
    """The state of the rows of both."""
    first.answers.update(second.answers)
    first.ends.update(second.ends)
    first.places += second.places
    return _capped(first)


def repeated(state: Repeats, evidence: Evidence) -> Iterator[tuple[Rows, bool]]:
    """(ascending rows of a split whose prompt ends in their long free answer, whether it is named there as such)."""
    least = evidence.threshold(CODE, "framed_rows")
    low, high = (evidence.threshold(CODE, name) for name in ("repeated_share", "repeated_most"))
    for split, members in evidence.splits.items():
        sources = [number for number, source in enumerate(evidence.sources) if source.split == split]
        rows = np.array(sorted(evidence.row_at(*place) for place in state.places if place[0] in sources), dtype=np.intp)
        if len(rows) < least:
            continue
        tried = _some(evidence, rows, _READ)
        named = np.array([_is_named(text) for text in evidence.texts(tried)], dtype=np.bool_)
        if named.sum() >= max(least, evidence.threshold(CODE, "named_share") * len(tried)):
            yield rows[~np.isin(rows, tried[~named])], True
            continue
        others = rows[~np.isin(rows, tried[named])]
        answers, ends = (sum(counts[source] for source in sources) for counts in (state.answers, state.ends))
        share = ends / answers * float((~named).mean())
        if len(others) >= least and low <= share <= high and not _editing(evidence, members, rows):
            yield others, False


def _some(evidence: Evidence, rows: Rows, most: int) -> Rows:
    """Up to so many of the rows, chosen by their content, ascending."""
    return np.sort(rows[np.argsort(evidence.table["exact"][rows], kind="stable")[:most]])


def _ends_in(question: str, answer: str) -> bool:
    """Whether a prompt ends in its answer, as words of their own."""
    asked, said = question.rstrip(), answer.strip()
    if not said or len(asked) <= len(said) or not asked.endswith(said):
        return False
    return not asked[-len(said) - 1].isalnum() and asked[-len(said) - 1] != "\x1e"


def _is_named(text: RowText) -> bool:
    said = (text.answer or "").strip()
    before = text.question.rstrip()[: -len(said) or None].rstrip()
    return answer_names().name_at_end(before) is not None


def _editing(evidence: Evidence, members: Rows, rows: Rows) -> bool:
    """Whether other answers of the split are made of the words of their prompts: texts to be corrected or quoted."""
    others = members[evidence.readable[members]]
    others = others[~np.isin(others, rows)]
    least = int(evidence.threshold(CODE, "answer_characters"))
    chosen = evidence.texts(_some(evidence, others, _TRIED))
    tried = [text for text in chosen if text.answer is not None and len(text.answer) >= least]
    if not tried:
        return True
    share = evidence.threshold(CODE, "edited_words")
    made = sum(_words_taken(text) >= share for text in tried)
    return made > evidence.threshold(CODE, "edited") * len(tried)


def _words_taken(text: RowText) -> float:
    """The share of the words of an answer that its prompt holds."""
    said = set(plain((text.answer or "")[:_LONGEST]).split())
    asked = set(plain(text.question[: 2 * _LONGEST]).split())
    return len(said & asked) / max(1, len(said))


def _capped(state: Repeats) -> Repeats:
    if len(state.places) > _PLACES_KEPT:
        state.places = sorted(state.places)[:_PLACES_KEPT]
    return state
