"""All pairs of rows at or above a Jaccard similarity, exactly: what every tool is held against.

Prefix filtering (Bayardo, Ma and Srikant, Scaling Up All Pairs Similarity Search, 2007): two sets at or above the
threshold share one of their rarest members, so only sets that meet in an inverted index of those are compared.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from dataaudit.catalogue import given, load_catalogue
from dataaudit.similarity import kernels, plain
from dataaudit.similarity.measure import Measure
from dataaudit.text.normalize import normalize

Pairs = dict[tuple[int, int], float]
_WORD = re.compile(r"\w+")
NO_TEMPLATES = np.empty(0, np.uint64)


def measure() -> Measure:
    """What SIM001 measures, with the thresholds of its rule."""
    return Measure.by(given(load_catalogue(), {}, {}).of("SIM001"))


def all_pairs(sets: Sequence[frozenset[int]], threshold: float) -> Pairs:
    """(first, second): Jaccard similarity, of all pairs at or above the threshold; empty sets are in none."""
    common = Counter(member for members in sets for member in members)
    index: dict[int, list[int]] = {}
    found: Pairs = {}
    for row in sorted(range(len(sets)), key=lambda row: (len(sets[row]), row)):
        members = sets[row]
        prefix = len(members) - math.ceil(threshold * len(members)) + 1 if members else 0
        rarest = sorted(members, key=lambda member: (common[member], member))[:prefix]
        others = {other for member in rarest for other in index.get(member, ())}
        for other in others:
            shared = len(members & sets[other])
            score = shared / (len(members) + len(sets[other]) - shared)
            if score >= threshold:
                found[min(row, other), max(row, other)] = score
        for member in rarest:
            index.setdefault(member, []).append(row)
    return found


def word_sets(texts: Sequence[tuple[str, str]], length: int) -> list[frozenset[int]]:
    """Word shingles of prompt and answer as one text: what the other tools are given."""
    sets = []
    for question, answer in texts:
        words = _WORD.findall(f"{question}\n{answer}".lower())
        sets.append(frozenset(hash(tuple(words[n : n + length])) for n in range(max(1, len(words) - length + 1))))
    return sets


def our_pairs(texts: Sequence[tuple[str, str]], threshold: float) -> Pairs:
    """All pairs by the definition of SIM001: of each field words where both sides are long, else characters."""
    by = measure()
    forms = [(normalize(question), normalize(answer)) for question, answer in texts]
    shingles: list[list[tuple[frozenset[int], frozenset[int] | None]]] = []
    for row in forms:
        fields = []
        for field, form in enumerate(row):
            text = plain.analyse(plain.cut(form, by.max_bytes), by.template_words, frozenset())
            words = frozenset(plain.shingles(text, field, True, by)) if plain.is_long(text, by) else None
            fields.append((frozenset(plain.shingles(text, field, False, by)), words))
        shingles.append(fields)
    candidates: set[tuple[int, int]] = set()
    for question_by_words, answer_by_words in ((0, 0), (0, 1), (1, 0), (1, 1)):
        sets = [
            frozenset()
            if (question_by_words and not question[1]) or (answer_by_words and not answer[1])
            else (question[question_by_words] or frozenset()) | (answer[answer_by_words] or frozenset())
            for question, answer in shingles
        ]
        candidates.update(all_pairs(sets, threshold))
    return _scored(sorted(candidates), forms, by, threshold)


def _scored(pairs: list[tuple[int, int]], forms: list[tuple[bytes, bytes]], by: Measure, threshold: float) -> Pairs:
    """The pairs that count for SIM001: near together, and with answers that do not differ."""
    if not pairs:
        return {}
    sides = [[forms[pair[side]][field] for pair in pairs] for side in (0, 1) for field in (0, 1)]
    scores = kernels.scores(*sides, by, NO_TEMPLATES)
    same = given(load_catalogue(), {}, {}).threshold("SIM001", "same_answer")
    near = (scores[:, 2] >= threshold) & ~(scores[:, 1] < same)
    equal = [forms[one] == forms[other] for one, other in pairs]
    return {
        pair: float(score)
        for pair, score, counts, again in zip(pairs, scores[:, 2], near, equal, strict=True)
        if counts and not again
    }


def groups(pairs: Sequence[tuple[int, int]], rows: int) -> Callable[[int], int]:
    """A function from a row to the lowest row of its connected component."""
    lowest = list(range(rows))

    def root(row: int) -> int:
        while lowest[row] != row:
            lowest[row] = lowest[lowest[row]]
            row = lowest[row]
        return row

    for one, other in pairs:
        a, b = root(one), root(other)
        lowest[max(a, b)] = min(a, b)
    return root
