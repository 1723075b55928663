"""LAB006: labels that are likely wrong, by what the other rows teach (confident learning).

Learning is in `dataaudit.learning`; here is which rows it sees, and what is said of them. Rows are brought into an
order made of their content, so that neither their places nor the number of workers matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from dataaudit.checks.base import Hit, KeyCheck, Tally
from dataaudit.checks.limits import is_trained_on
from dataaudit.checks.near_pairs import line_of
from dataaudit.similarity.groups import components
from dataaudit.text.columns import counted
from dataaudit.text.normalize import normalize

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dataaudit.checks.evidence import Evidence
    from dataaudit.learning.noise import Doubts
    from dataaudit.model import Severity
    from dataaudit.text.columns import Rows

_CODE: Final = "LAB006"
# Cells of float32 [labels, columns] that are in memory at once.
_CELLS: Final = 30_000_000
# Characters of the rows' texts that are fetched at once.
_FETCHED: Final = 50_000_000


class _Judged(NamedTuple):
    """The rows of a split that were judged, in the order of their content; `names` is the label of each code.

    told: whether the texts tell the labels well enough to call any of them wrong.
    """

    rows: Rows
    codes: Rows
    names: list[str]
    left_out: int
    vectors: Any
    doubts: Doubts
    flagged: NDArray[np.bool_]
    told: bool
    folds: int


class LabelErrorCheck(KeyCheck):
    """Looks at the distinct rows of each split that have a label of a closed set."""

    codes = (_CODE,)

    def judge(self, state: None, evidence: Evidence) -> Iterator[Tally]:
        severity = evidence.severity(_CODE)
        most = evidence.threshold("LAB001", "max_labels")
        if severity is None or not any(evidence.label_sources) or not 0 < len(evidence.label_names) <= most:
            return
        groups = _groups(evidence)
        hits: list[Hit] = []
        flagged, figures, reasons = [], {}, {}
        splits = {split: rows for split, rows in evidence.splits.items() if evidence.labels_used(rows)}
        for split, members in splits.items():
            found = _judged(evidence, members, groups)
            if isinstance(found, str):
                reasons[split] = found
                continue
            if found.left_out:
                reasons[split] = f"{found.left_out:,} rows beyond the threshold max_rows or max_cells were not judged"
            figures[split] = _figures(found)
            if not found.told:
                reasons[split] = "the texts hardly tell the labels apart"
                continue
            flagged.append(np.sort(found.rows[found.flagged]))
            hits += _hits(evidence, found, severity)
        trained = [split for split in splits if is_trained_on(split)] or list(splits)
        for split in trained[:1]:
            if split in figures:
                evidence.figures["label_errors"] = figures[split]
            if split in reasons:
                evidence.unjudged[_CODE] = reasons[split]
        if flagged:
            evidence.flagged[_CODE] = np.sort(np.concatenate(flagged))
        if hits:
            yield Tally(_CODE, len(evidence.flagged[_CODE]), hits)


def _groups(evidence: Evidence) -> Rows:
    """A number for each row, the same for rows that say nearly the same or ask the same: one fold has them all."""
    questions = evidence.table["question"]
    order = np.argsort(questions, kind="stable")
    same = np.flatnonzero((questions[order][1:] == questions[order][:-1]) & (questions[order][1:] != 0))
    first, second = (np.concatenate(parts) for parts in zip(evidence.near, (order[same], order[same + 1]), strict=True))
    return components(first, second, len(questions))


def _judged(evidence: Evidence, members: Rows, groups: Rows) -> _Judged | str:
    """What learning says of the rows of a split, or why they cannot be judged."""
    from dataaudit.learning.bayes import grouped_folds, out_of_fold_scores
    from dataaudit.learning.features import text_vectors
    from dataaudit.learning.noise import doubts

    given = evidence.given.of(_CODE)
    chosen = _chosen(evidence, members, groups)
    if isinstance(chosen, str):
        return chosen
    rows, codes, names, left_out = chosen
    vectors = text_vectors(_texts(evidence, rows), _CELLS // len(names))
    folds = grouped_folds(codes, groups[rows], int(given("folds")))
    found = doubts(out_of_fold_scores(vectors, codes, folds, len(names)), codes, given("noise_evidence"))
    told = found.gain >= given("min_gain") and found.learned >= given("min_learned")
    flagged = (found.best > found.own) & (
        (found.wrong >= given("probability")) | (found.confident & (found.best - found.own >= given("margin")))
    )
    return _Judged(rows, codes, names, left_out, vectors, found, flagged & told, told, int(given("folds")))


def _chosen(evidence: Evidence, members: Rows, groups: Rows) -> tuple[Rows, Rows, list[str], int] | str:
    """(rows in the order of their content, the code of the label of each, labels, how many rows were left out)."""
    given, table = evidence.given.of(_CODE), evidence.table
    names = {
        key: evidence.label_names.get(evidence.meant.get(key, key), text) for key, text in evidence.label_names.items()
    }
    known = np.array(sorted(names), dtype=np.uint64)
    rows = _distinct(evidence, members[evidence.effective[members] & np.isin(table["label"][members], known)])
    rows = rows[np.lexsort((table["label"][rows], table["exact"][rows], table["normal"][rows]))]
    code_of, texts = _codes(names, table["label"][rows])
    codes = code_of[np.searchsorted(known, table["label"][rows])]
    total = len(rows)
    most = int(min(given("max_rows"), given("max_cells") // max(1, len(texts))))
    rows, codes = rows[:most], codes[:most]
    # Of each label as many groups as that: the rows of one are told by nothing but each other.
    apart = counted(np.sort(groups[rows].astype(np.int64) * (len(texts) + 1) + codes))[0] % (len(texts) + 1)
    enough = np.bincount(apart, minlength=len(texts)) >= given("min_rows_per_label")
    if enough.sum() < 2:
        few = f"{given('min_rows_per_label'):,.0f} rows that differ"
        return f"fewer than two labels have {few}" if len(texts) > 1 else "there is only one label"
    kept = enough[codes]
    rows, codes = rows[kept], (np.cumsum(enough) - 1)[codes[kept]]
    if len(rows) < given("min_rows"):
        return f"{len(rows):,} rows that differ and have a label are too few (its threshold min_rows)"
    return rows, codes, [text for text, good in zip(texts, enough.tolist(), strict=True) if good], max(0, total - most)


def _distinct(evidence: Evidence, rows: Rows) -> Rows:
    """One row of each group that says nearly the same: copies neither vouch for a label nor are judged apart."""
    mask = np.zeros(len(evidence.table), dtype=np.bool_)
    mask[rows] = True
    mask[evidence.later("SIM001", mask)[0]] = False
    return rows[mask[rows]]


def _codes(names: dict[int, str], keys: NDArray[np.uint64]) -> tuple[Rows, list[str]]:
    """(code of each label by the order of the keys, the most frequent text of each code); spellings share a code."""
    counts = dict(zip(*(part.tolist() for part in counted(keys)), strict=True))
    by_form: dict[bytes, list[tuple[int, str]]] = {}
    for key, text in names.items():
        by_form.setdefault(normalize(text), []).append((-counts.get(key, 0), text))
    number = {form: code for code, form in enumerate(sorted(by_form))}
    code_of = np.array([number[normalize(names[key])] for key in sorted(names)], dtype=np.intp)
    return code_of, [min(by_form[form])[1] for form in sorted(by_form)]


def _texts(evidence: Evidence, rows: Rows) -> list[str]:
    """What the labels are to be told by: the prompts, with the system prompts where those differ, cut to bounds."""
    given = evidence.given.of(_CODE)
    cut = int(max(given("min_characters"), min(given("max_characters"), given("all_characters") / len(rows))))
    parts = -(-int(evidence.table["length"][rows].sum()) // _FETCHED) or 1
    contexts, questions = [], []
    for some in np.array_split(rows, parts):
        for text in evidence.texts(some):
            contexts.append(text.context)
            questions.append(text.question)
    shared = _shared(questions)
    said = [question[shared : shared + cut] for question in questions]
    if len(set(contexts)) == 1:
        return said
    return [f"{context[:cut]}\n{text}" for context, text in zip(contexts, said, strict=True)]


def _shared(texts: list[str]) -> int:
    """How many characters all texts begin with: those of the first and last in order, for the others lie between."""
    first, last = min(texts), max(texts)
    return next((place for place, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]), len(first))


def _figures(found: _Judged) -> dict[str, Any]:
    """The statistics; shares of wrong labels are None where the texts do not tell the labels."""
    doubts = found.doubts
    # What lies off the diagonal may be labels that texts tell badly: it counts as far as they tell them at all.
    noise = min(1.0, doubts.random + doubts.gain * doubts.structured)
    return {
        "rows": len(found.rows),
        "labels": len(found.names),
        "folds": found.folds,
        "flagged": int(found.flagged.sum()),
        "estimated_noise": round(noise, 4) if found.told else None,
        "drawn_at_random": round(doubts.random, 4) if found.told else None,
        "off_diagonal": round(doubts.structured, 4) if found.told else None,
        "accuracy": round(doubts.accuracy, 4),
        "gain": round(doubts.gain, 4),
    }


def _hits(evidence: Evidence, found: _Judged, severity: Severity) -> list[Hit]:
    """The findings of the first flagged rows."""
    places = np.flatnonzero(found.flagged)
    places = places[np.argsort(found.rows[places])][: evidence.keep]
    partners = _partners(found, places)
    hits = []
    for place in places.tolist():
        row, likely = int(found.rows[place]), found.names[int(found.doubts.likely[place])]
        given = evidence.label_names[int(evidence.table["label"][row])]
        chances = f"{found.doubts.best[place]:.2f} against {found.doubts.own[place]:.2f}"
        message = f"label {given!r} is likely wrong: {likely!r} is more probable ({chances})"
        related: tuple[tuple[int, float | None], ...] = ()
        if place in partners:
            partner, cosine = partners[place]
            message += f"; {line_of(evidence, partner, row)} is the most similar {likely!r} (cosine {cosine:.2f})"
            related = ((partner, round(cosine, 4)),)
        hits.append(Hit(message, severity, row, field="label", related=related))
    return hits


def _partners(found: _Judged, places: Rows) -> dict[int, tuple[int, float]]:
    """For each place the most similar row whose label is the likely one and not in doubt, and the cosine."""
    from dataaudit.learning.bayes import nearest

    partners = {}
    likely = found.doubts.likely[places]
    for code in counted(likely)[0].tolist():
        others = np.flatnonzero((found.codes == code) & ~found.flagged)
        mine = places[likely == code]
        if len(others):
            near, cosines = nearest(found.vectors, mine, others)
            for place, other, cosine in zip(mine.tolist(), near.tolist(), cosines.tolist(), strict=True):
                partners[place] = int(found.rows[other]), cosine
    return partners
