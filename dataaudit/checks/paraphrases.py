"""SIM002: prompts that say in other words what an earlier one says. Needs the extra `semantic`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from dataaudit.checks.base import Hit, KeyCheck, Tally
from dataaudit.checks.near_pairs import best_partners, line_of
from dataaudit.similarity.groups import components
from dataaudit.similarity.meaning import install_hint, installed_encoder, paraphrases

if TYPE_CHECKING:
    from dataaudit.checks.evidence import Evidence
    from dataaudit.similarity.meaning import Encoder
    from dataaudit.text.columns import Rows

_CODE = "SIM002"


class ParaphraseCheck(KeyCheck):
    """Looks at the prompts of the rows that no other rule calls repeated. `encoder` gives None where there is none."""

    codes = (_CODE,)

    def __init__(self, encoder: Callable[[], Encoder | None] | None = None) -> None:
        self._encoder = encoder or installed_encoder

    def judge(self, state: None, evidence: Evidence) -> Iterator[Tally]:
        severity = evidence.severity(_CODE)
        if severity is None or not len(evidence.table):
            return
        once = evidence.effective.copy()
        once[evidence.flagged.get("SIM001", np.empty(0, np.intp))] = False
        rows, most = int(once.sum()), int(evidence.threshold(_CODE, "max_rows"))
        if rows > most:
            because = f"{rows:,} rows take longer than all other rules together (its threshold max_rows: {most:,})"
            evidence.unjudged[_CODE] = because
            return
        encoder = self._encoder()
        if encoder is None:
            evidence.unjudged[_CODE] = f"needs an encoder of sentences: {install_hint}"
            return
        pairs = [
            pair for members in evidence.splits.values() for pair in _found(evidence, members[once[members]], encoder)
        ]
        first, second = (np.array([pair[side] for pair in pairs], np.intp) for side in (1, 0))
        cosines = np.array([pair[2] for pair in pairs], np.float64)
        evidence.groups[_CODE] = lowest = components(first, second, len(evidence.table))
        found = np.flatnonzero(lowest != np.arange(len(lowest)))
        partners = best_partners(first, second, cosines)
        hits = []
        for row in found[: evidence.keep].tolist():
            other, pair = partners[row]
            cosine = float(cosines[pair])
            message = f"may ask in other words what {line_of(evidence, other, row)} asks (cosine {cosine:.2f})"
            hits.append(Hit(message, severity, row, related=((other, round(cosine, 4)),)))
        if hits:
            yield Tally(_CODE, len(found), hits)


def _found(evidence: Evidence, rows: Rows, encoder: Encoder) -> Iterator[tuple[int, int, float]]:
    pairs = paraphrases(
        [text.question for text in evidence.texts(rows)],
        encoder,
        evidence.threshold(_CODE, "cosine"),
        max_characters=int(evidence.threshold(_CODE, "max_characters")),
        neighbours=int(evidence.threshold(_CODE, "neighbours")),
        exact_rows=int(evidence.threshold(_CODE, "exact_rows")),
    )
    for index, earlier, cosine in pairs:
        yield int(rows[index]), int(rows[earlier]), cosine
