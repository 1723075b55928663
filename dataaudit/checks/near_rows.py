"""SIM001 and SIM003 for one row at a time, against all rows seen before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dataaudit.checks.evidence import RowText
from dataaudit.checks.near_pairs import NEAR, Judge, Said, conflict_in_words, edit_ratio, said, scores_in_words
from dataaudit.similarity.index import NearIndex
from dataaudit.similarity.templates import learn_templates
from dataaudit.text.normalize import normal_forms

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from dataaudit.catalogue import Given
    from dataaudit.similarity.index import Forms


class NearRow(NamedTuple):
    """The most similar row of those that break a rule together with the one asked for."""

    rule: str
    row: int
    score: float
    message: str


class NearRows:
    """Remembers the texts of rows, numbered from 0 as they are added."""

    def __init__(self, given: Given) -> None:
        self._threshold = given.of("SIM001")
        self._judge = Judge(given, np.empty(0, np.uint64))
        self._index = NearIndex(self._judge.measure, self._forms, self._learn)
        self._texts: list[RowText] = []
        self._labels: list[str | None] = []
        self._contexts: dict[str, str] = {}

    def add(self, text: RowText, label: str | None) -> None:
        """Remember a row."""
        # Rows share their system prompt: it is held once.
        context = self._contexts.setdefault(text.context, text.context)
        self._texts.append(text._replace(context=context))
        self._labels.append(label)
        self._index.add()

    def prepare(self) -> None:
        """Take in the rows added so far, so that the next look-up need not."""
        self._index.refresh()

    def find(self, text: RowText, label: str | None, where: Callable[[int], str]) -> list[NearRow]:
        """The nearest row for each rule that the row breaks. `where` names the place of a remembered row."""
        (question,), (answer,) = normal_forms([text.question], [text.answer])
        rows = self._index.candidates(question, answer)
        if not rows:
            return []
        self._judge.templates = self._index.templates
        left = said([self._texts[row] for row in rows], [self._labels[row] for row in rows])
        compared = self._judge.compare(left, [Said(text, question, answer, label)] * len(rows))
        found = []
        for rule, mask, part in (("SIM001", compared.near, 2), ("SIM003", compared.conflict, 0)):
            places = np.flatnonzero(mask).tolist()
            if not places:
                continue
            best = max(places, key=lambda place: (compared.scores[place, part], -rows[place]))
            scores, row = compared.scores[best], rows[best]
            if rule == "SIM001":
                ratio = edit_ratio(self._texts[row], text)
                message = NEAR.format(where=where(row), scores=scores_in_words(scores), ratio=ratio)
            else:
                message = conflict_in_words(where(row), scores, self._labels[row], label)
            found.append(NearRow(rule, row, round(float(scores[part]), 4), message))
        return found

    def _forms(self, rows: range) -> Forms:
        return normal_forms([self._texts[row].question for row in rows], [self._texts[row].answer for row in rows])

    def _learn(self, questions: Sequence[bytes], answers: Sequence[bytes]) -> NDArray[np.uint64]:
        return learn_templates(
            questions,
            answers,
            self._judge.measure,
            rows=self._threshold("template_rows"),
            share=self._threshold("template_share"),
            whole=len(questions) == len(self._texts),
        )
