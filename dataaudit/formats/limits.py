"""The thresholds by which formats are learned and compared, taken from the rules FMT001 to FMT010."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

Threshold = Callable[[str, str], float]

_OF_RULE = {
    "FMT001": (
        "min_rows", "min_share", "plain_share", "sure_share", "optional_share", "habit_rows", "chance", "max_groups",
        "contradicted_share", "single_share",
    ),
    "FMT004": ("key_similarity", "doubt", "max_keys", "max_depth"),
    "FMT005": (
        "closed_share", "mean_repeats", "longest_value", "often", "few_values", "unseen", "variant_share", "rare_share",
        "similarity", "minimum_length", "strong_repeats", "foreign_share",
    ),
    "FMT007": ("habit_share", "longest_affix", "end_share", "lines_share"),
    "FMT010": (
        "spreads", "least_spread", "times_usual", "times_beyond", "edge_quantile", "edge_deviates",
        "tight_spread",
    ),
}  # fmt: skip


class Limits(NamedTuple):
    """One field for each threshold; what each means stands in the rule file that has it."""

    min_rows: float
    min_share: float
    plain_share: float
    sure_share: float
    optional_share: float
    habit_rows: float
    chance: float
    max_groups: float
    contradicted_share: float
    single_share: float
    key_similarity: float
    doubt: float
    max_keys: float
    max_depth: float
    closed_share: float
    mean_repeats: float
    longest_value: float
    often: float
    few_values: float
    unseen: float
    variant_share: float
    rare_share: float
    similarity: float
    minimum_length: float
    strong_repeats: float
    foreign_share: float
    habit_share: float
    longest_affix: float
    end_share: float
    lines_share: float
    spreads: float
    least_spread: float
    times_usual: float
    times_beyond: float
    edge_quantile: float
    edge_deviates: float
    tight_spread: float

    @classmethod
    def by(cls, threshold: Threshold) -> Limits:
        """By `threshold(rule code, name)`."""
        return cls(**{name: threshold(rule, name) for rule, names in _OF_RULE.items() for name in names})

    @classmethod
    def none(cls) -> Limits:
        """For where nothing was learned and nothing is compared."""
        return cls(**dict.fromkeys(cls._fields, 0.0))
