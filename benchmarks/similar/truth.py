"""All pairs of rows at or above a Jaccard similarity, exactly: what every tool is held against.

Prefix filtering (Bayardo, Ma and Srikant, Scaling Up All Pairs Similarity Search, 2007): two sets at or above the
threshold share one of their rarest members, so only sets that meet in an inverted index of those are compared.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence

from dataaudit.catalogue import given, load_catalogue
from dataaudit.similarity.measure import Measure
from dataaudit.similarity.plain import SPACELESS
from dataaudit.text.normalize import normalize

Pairs = dict[tuple[int, int], float]
_ROUNDING = 1e-9
_WORD = re.compile(r"\w+")
_SPACELESS = "".join(f"{chr(first)}-{chr(last)}" for first, last in SPACELESS)
_TOKEN = re.compile(f"[{_SPACELESS}]|[^ {_SPACELESS}]+")
Shingles = frozenset[int]


def measure() -> Measure:
    """What SIM001 measures, with the thresholds of its rule."""
    return Measure.by(given(load_catalogue(), {}, {}).of("SIM001"))


def all_pairs(sets: Sequence[frozenset[int]], threshold: float) -> Pairs:
    """(first, second): Jaccard similarity, of all pairs at or above the threshold; empty sets are in none."""
    common = Counter(member for members in sets for member in members)
    index: dict[int, list[int]] = {}
    started: dict[int, int] = {}
    found: Pairs = {}
    for row in sorted(range(len(sets)), key=lambda row: (len(sets[row]), row)):
        members = sets[row]
        prefix = len(members) - math.ceil(threshold * len(members) - _ROUNDING) + 1 if members else 0
        rarest = sorted(members, key=lambda member: (common[member], member))[:prefix]
        least = threshold * len(members) - _ROUNDING
        others: set[int] = set()
        for member in rarest:
            rows = index.get(member, [])
            start = started.get(member, 0)
            while start < len(rows) and len(sets[rows[start]]) < least:  # they come by size: too small from now on
                start += 1
            started[member] = start
            others.update(rows[start:])
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
    shingles = [[_shingles(form, field, by) for field, form in enumerate(row)] for row in forms]
    candidates: set[tuple[int, int]] = set()
    for question_by_words, answer_by_words in ((0, 0), (0, 1), (1, 0), (1, 1)):
        sets = [
            frozenset()
            if (question_by_words and not question[1]) or (answer_by_words and not answer[1])
            else (question[question_by_words] or frozenset()) | (answer[answer_by_words] or frozenset())
            for question, answer in shingles
        ]
        candidates.update(all_pairs(sets, threshold))
    same = given(load_catalogue(), {}, {}).threshold("SIM001", "same_answer")
    found: Pairs = {}
    for one, other in sorted(candidates):
        fields = [_sides(shingles[one][field], shingles[other][field]) for field in (0, 1)]
        shared, total = (sum(map(len, (kind(*sides) for sides in fields))) for kind in (_both, _either))
        answers = _jaccard(*fields[1])
        if shared >= threshold * total and answers >= same and forms[one] != forms[other]:
            found[one, other] = shared / total
    return found


def _shingles(form: bytes, field: int, by: Measure) -> tuple[Shingles, Shingles | None]:
    """(character shingles, word shingles or None of a short text), hashed with their field."""
    text = form.decode()
    words = _TOKEN.findall(text)
    return (
        _windows(text, by.char_shingle, field),
        _windows(words, by.word_shingle, field) if len(words) >= by.min_words else None,
    )


def _windows(parts: str | list[str], length: int, field: int) -> Shingles:
    length = min(length, len(parts))
    places = range(len(parts) - length + 1 if length else 0)
    return frozenset(hash((field, *parts[place : place + length])) for place in places)


def _sides(one: tuple[Shingles, Shingles | None], other: tuple[Shingles, Shingles | None]) -> tuple[Shingles, Shingles]:
    if one[1] is None or other[1] is None:
        return one[0], other[0]
    return one[1], other[1]


def _both(one: Shingles, other: Shingles) -> Shingles:
    return one & other


def _either(one: Shingles, other: Shingles) -> Shingles:
    return one | other


def _jaccard(one: Shingles, other: Shingles) -> float:
    return len(one & other) / len(one | other) if one or other else 1.0


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
