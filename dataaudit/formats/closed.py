"""Closed sets of values (labels, statuses): learned from how often values repeat, and what is no value of the set."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dataaudit.formats.affixes import STOPS
from dataaudit.formats.limits import Limits
from dataaudit.text.normalize import normalize

_LONG_VALUE = 16
SPELLED = "spelled"
ALIKE = "alike"
UNKNOWN = "unknown"


class Closed(NamedTuple):
    """Values by frequency, and whether no other value is to be expected (`certain`)."""

    values: tuple[str, ...]
    certain: bool

    def wrong(self, value: str, limits: Limits) -> tuple[str, str | None] | None:
        """(what is wrong, the value meant) for a value that is not of the set; None where it may well be one.

        What is wrong: "spelled" (differs in case, blanks or punctuation only), "alike" (a slip), "unknown".
        """
        form = folded(value)
        meant = next((known for known in self.values if folded(known) == form), None)
        if meant is not None:
            return SPELLED, meant
        meant = _alike(value, self.values, limits)
        if meant is not None:
            return ALIKE, meant
        return (UNKNOWN, None) if self.certain else None


def learn_closed(counts: Mapping[str, int], limits: Limits) -> Closed | None:
    """The closed set behind counted values, without the values that look like slips; None where there is none."""
    total = sum(counts.values())
    if total < limits.min_rows:
        return None
    slips = _variants(counts, limits)
    slips |= _foreign(counts, limits)
    known = {
        value: count
        for value, count in counts.items()
        if count > 1 and value not in slips and len(value) <= limits.longest_value and "\n" not in value
    }
    covered = sum(known.values())
    if not known or covered < limits.closed_share * total or covered < limits.mean_repeats * len(known):
        return None
    certain = covered >= limits.strong_repeats * len(known) and _is_complete(sorted(known.values()), limits)
    if certain:
        common = {value: count for value, count in known.items() if count >= limits.often}
        rare = [value for value in counts if value not in common and value not in slips]
        slips |= {value for value in rare if _slip(value, counts, common, limits)}
    else:
        common = known
        rest = {value: count for value, count in counts.items() if value not in known and value not in slips}
        short = {value: count for value, count in rest.items() if len(value) <= limits.longest_value}
        known |= {value: count for value, count in short.items() if not _slip(value, counts, common, limits)}
    values = sorted((value for value in known if value not in slips), key=lambda value: (-known[value], value))
    return Closed(tuple(values), certain) if values else None


def _is_complete(counts: Sequence[int], limits: Limits) -> bool:
    """Whether hardly a value can be left that the sample did not have, by the counts of those that it had.

    A value with the chance of the rarest one is missed with the chance exp(-count). A few rare ones are left aside:
    they may be slips.
    """
    few = min(int(limits.few_values), (len(counts) - 1) // 2)
    return len(counts) * math.exp(-counts[few]) <= limits.unseen


def folded(value: str) -> bytes:
    """Equal for values that differ in case, blanks and punctuation only."""
    return normalize(value).replace(b" ", b"")


def _variants(counts: Mapping[str, int], limits: Limits) -> set[str]:
    """Values that are a rare spelling of a frequent one."""
    families: dict[bytes, list[str]] = {}
    for value in counts:
        if len(value) <= limits.longest_value:
            families.setdefault(folded(value), []).append(value)
    rare = set()
    for family in families.values():
        if len(family) > 1:
            most = max(counts[value] for value in family)
            rare |= {value for value in family if counts[value] <= limits.variant_share * most}
    return rare


def _foreign(counts: Mapping[str, int], limits: Limits) -> set[str]:
    """Values that are far rarer than the rarest of the others, or far longer and rare."""
    frequent = sorted((value for value in counts if counts[value] >= limits.often), key=len)
    if not frequent:
        return set()
    rarest = min(counts[value] for value in frequent)
    usual = len(frequent[len(frequent) // 2])
    few = limits.optional_share * sum(counts.values())
    return {
        value
        for value, count in counts.items()
        if (count < limits.often and count <= limits.foreign_share * rarest)
        or (len(value) > _LONG_VALUE + 2 * usual and count <= few)
        or (count <= few and speaks_of(value, frequent))
    }


def speaks_of(text: str, labels: Sequence[str]) -> bool:
    """Whether a text is a sentence with one of the labels in it."""
    return text[-1:] in STOPS and any(label in text and len(text) > len(label) + 2 for label in labels)


def _slip(value: str, counts: Mapping[str, int], common: Mapping[str, int], limits: Limits) -> bool:
    frequent = tuple(known for known, count in common.items() if counts[value] <= limits.rare_share * count)
    return _alike(value, frequent, limits) is not None


def _alike(value: str, known: tuple[str, ...], limits: Limits) -> str | None:
    if not limits.minimum_length <= len(value) <= limits.longest_value:
        return None
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    found = process.extractOne(
        value.casefold(),
        [other.casefold() for other in known],
        scorer=DamerauLevenshtein.normalized_similarity,
        score_cutoff=limits.similarity,
    )
    if found is None or _digits(value) != _digits(known[found[2]]):
        return None
    return known[found[2]]


def _digits(value: str) -> list[str]:
    """Values such as "grade 1" and "grade 2" are alike and mean different things."""
    return [char for char in value if char.isdigit()]
