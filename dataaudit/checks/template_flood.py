"""SIM004: many rows that are one text with a few words put in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dataaudit.checks.base import Hit, Tally
from dataaudit.model import Severity
from dataaudit.similarity import kernels
from dataaudit.text.columns import counted
from dataaudit.text.normalize import normal_forms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dataaudit.checks.evidence import Evidence
    from dataaudit.checks.sketches import Sketches
    from dataaudit.similarity.measure import Measure
    from dataaudit.text.columns import Rows

_LOOKED_AT = 64
_TEMPLATES = 50
_WORDS_SHOWN = 24
_ROWS_SHOWN = 3
_NO_TEMPLATES = np.empty(0, np.uint64)


class _Template(NamedTuple):
    """share: part of the words of a row that are the template's. own: words of a row that are not (both medians)."""

    words: str
    share: float
    own: float


def template_flood(state: Sketches, evidence: Evidence, once: NDArray[np.bool_], measure: Measure) -> Iterator[Tally]:
    """One finding of the whole set for each split and template; the most frequent first."""
    base = evidence.severity("SIM004")
    if base is None:
        return
    template = state.column("template")
    hits = []
    for split, members in evidence.splits.items():
        rows = members[once[members] & (template[members] != 0)]
        total = int(once[members].sum())
        keys, counts = counted(template[rows])
        for place in np.argsort(-counts, kind="stable")[:_TEMPLATES].tolist():
            count = int(counts[place])
            if count < evidence.threshold("SIM004", "min_rows"):
                break
            of_template = rows[template[rows] == keys[place]]
            found = _template(evidence, of_template, measure)
            if found.share < evidence.threshold("SIM004", "covered") or found.own > evidence.threshold(
                "SIM004", "slot_words"
            ):
                continue
            share = count / total
            worse = share >= evidence.threshold("SIM004", "share")
            severity = evidence.severity("SIM004", Severity.WARNING if worse else base) or base
            message = (
                f"{count:,} of {total:,} different rows of {split} ({share:.1%}) are one template with "
                f"{found.own:.0f} word{'s' * (found.own != 1)} put in: {found.words!r}"
            )
            related = tuple((row, None) for row in of_template[:_ROWS_SHOWN].tolist())
            hits.append(Hit(message, severity, related=related, content=f"{split}:{found.words}"))
    if hits:
        yield Tally("SIM004", len(hits), hits)


def _template(evidence: Evidence, rows: Rows, measure: Measure) -> _Template:
    """What rows spread over a template's have in common: the words that most of them hold."""
    chosen = rows[:: max(1, len(rows) // _LOOKED_AT)]
    texts = evidence.texts(chosen)
    forms = normal_forms([text.question for text in texts], [text.answer for text in texts])
    of_rows = [
        [word for side in sides for word, _ in kernels.coverage(side, measure, _NO_TEMPLATES)]
        for sides in zip(*forms, strict=True)
    ]
    held = Counter(word for words in of_rows for word in set(words))
    common = {word for word, count in held.items() if count >= evidence.threshold("SIM004", "common") * len(of_rows)}
    own = [sum(word not in common for word in words) for words in of_rows]
    shares = [1 - count / max(len(words), 1) for count, words in zip(own, of_rows, strict=True)]
    return _Template(_shown(of_rows[0], common), float(np.median(shares)), float(np.median(own)))


def _shown(words: list[str], common: set[str]) -> str:
    """The words of a row, with ... for its own."""
    shown: list[str] = []
    for word in words:
        if word in common:
            shown.append(word)
        elif shown[-1:] != ["..."]:
            shown.append("...")
    return " ".join(shown[:_WORDS_SHOWN]) + (" ..." if len(shown) > _WORDS_SHOWN else "")
