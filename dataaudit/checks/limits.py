"""Judges the numbers of a provider: examples, bytes, characters. Counts what the provider would count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dataaudit.checks.evidence import Evidence
from dataaudit.text.columns import counted

if TYPE_CHECKING:
    from dataaudit.catalogue import Limit, Provider
    from dataaudit.text.columns import Rows

TRAIN, VALIDATION, TEST = "train", "validation", "test"


@dataclass(frozen=True, slots=True)
class LimitBreach:
    """A limit that the data does not keep. source: index of the file, or None for the whole split. rows: long ones."""

    rule: str
    limit: Limit
    message: str
    count: int
    source: int | None = None
    rows: Rows | None = None


def limit_breaches(evidence: Evidence, provider: Provider) -> Iterator[LimitBreach]:
    """The limits of a provider that are broken, in the order of its file."""
    for limit in in_force(evidence, provider):
        judge = _JUDGES.get(limit.name)
        if judge is not None:
            yield from judge(evidence, limit)


def in_force(evidence: Evidence, provider: Provider) -> Iterator[Limit]:
    """Limits that hold for the data; of those of single base models the most generous, as no model is named."""
    generous: dict[str, Limit] = {}
    for limit in provider.limits:
        if limit.above is not None and (split_size(evidence, train_split(evidence)) or 0) <= limit.above:
            continue
        if not limit.models:
            yield limit
            continue
        other = generous.get(limit.name)
        lowest = limit.name.startswith(("min", "recommended_ex"))
        if other is None or (limit.value < other.value if lowest else limit.value > other.value):
            generous[limit.name] = limit
    yield from generous.values()


def unjudged(provider: Provider) -> list[str]:
    """Names of limits that need what is not measured yet (tokens, media)."""
    return sorted({limit.name for limit in provider.limits if limit.name not in _JUDGES})


def split_size(evidence: Evidence, split: str) -> int | None:
    """Rows of a split that a provider would count (blank lines are none), or None where there is no such split."""
    rows = evidence.splits.get(split)
    return None if rows is None else int(evidence.counted[rows].sum())


def train_split(evidence: Evidence) -> str:
    """The split that is trained on: `train`, else the first one."""
    return TRAIN if TRAIN in evidence.splits else next(iter(evidence.splits), TRAIN)


def is_trained_on(split: str) -> bool:
    """Whether a split can be training data: any but a validation or test set."""
    return split not in (VALIDATION, TEST)


def _minimum(evidence: Evidence, limit: Limit) -> Iterator[LimitBreach]:
    split = VALIDATION if "validation" in limit.name else train_split(evidence)
    count = split_size(evidence, split)
    if count is not None and count < limit.value:
        word = "recommended" if limit.name == "recommended_examples" else "needed"
        message = f"{split} has {count:,} example{'s' * (count != 1)}, at least {limit.value:,} are {word}"
        yield LimitBreach("MIN001", limit, message, 1)


def _maximum(evidence: Evidence, limit: Limit) -> Iterator[LimitBreach]:
    split = VALIDATION if "validation" in limit.name else train_split(evidence)
    count = split_size(evidence, split)
    if limit.name == "max_total_examples":
        split, count = "the whole set", sum(split_size(evidence, name) or 0 for name in (TRAIN, VALIDATION))
    if count is not None and count > limit.value:
        word = "useful" if limit.name == "recommended_max_examples" else "allowed"
        yield LimitBreach("MIN007", limit, f"{split} has {count:,} examples, at most {limit.value:,} are {word}", 1)


def _validation_share(evidence: Evidence, limit: Limit) -> Iterator[LimitBreach]:
    train, validation = split_size(evidence, train_split(evidence)), split_size(evidence, VALIDATION)
    if train and validation and validation > limit.value * train:
        message = f"validation has {validation:,} examples, more than {limit.value:.0%} of the {train:,} of train"
        yield LimitBreach("MIN007", limit, message, 1)


def _validation_required(evidence: Evidence, limit: Limit) -> Iterator[LimitBreach]:
    if limit.value and not split_size(evidence, VALIDATION) and train_split(evidence) == TRAIN:
        yield LimitBreach("MIN005", limit, "a validation file is required and none was given", 1)


def _file_bytes(evidence: Evidence, limit: Limit) -> Iterator[LimitBreach]:
    validation = limit.name == "max_validation_file_bytes"
    for index, source in enumerate(evidence.sources):
        if validation == (source.split == VALIDATION) and source.size is not None and source.size > limit.value:
            message = f"the file has {source.size:,} bytes, at most {limit.value:,.0f} are taken"
            yield LimitBreach("SCH022", limit, message, 1, index)


def _least_file_bytes(evidence: Evidence, limit: Limit) -> Iterator[LimitBreach]:
    for index, source in enumerate(evidence.sources):
        if source.size is not None and source.size < limit.value:
            message = f"the file has {source.size:,} bytes, at least {limit.value:,.0f} are needed"
            yield LimitBreach("SCH022", limit, message, 1, index)


def _least_labels(evidence: Evidence, limit: Limit) -> Iterator[LimitBreach]:
    rows = evidence.splits.get(train_split(evidence), np.empty(0, np.intp))
    keys, counts = counted(evidence.table["label"][rows])
    counts = counts[keys != 0]
    if limit.name == "min_labels" and len(counts) < limit.value:
        yield LimitBreach("MIN001", limit, f"{len(counts)} labels, at least {limit.value:,.0f} are needed", 1)
    few = counts[counts < limit.value]
    if limit.name == "min_examples_per_label" and len(few):
        message = f"{len(few):,} labels have fewer than {limit.value:,.0f} examples"
        yield LimitBreach("MIN001", limit, message, 1)


def _least_chars(evidence: Evidence, limit: Limit) -> Iterator[LimitBreach]:
    rows = np.flatnonzero(evidence.readable & (evidence.table["length"] < limit.value))
    if len(rows):
        yield LimitBreach("SCH022", limit, f"fewer than {limit.value:,.0f} characters", len(rows), rows=rows)


def _least_turns(evidence: Evidence, limit: Limit) -> Iterator[LimitBreach]:
    """Fewer than two turns is a trait; no provider asks for more than two."""
    rows = np.flatnonzero(evidence.rows_with("few-turns".__eq__))
    if len(rows) and limit.value >= 2:
        yield LimitBreach("SCH014", limit, f"fewer than {limit.value:,.0f} turns", len(rows), rows=rows)


def _example_chars(evidence: Evidence, limit: Limit) -> Iterator[LimitBreach]:
    rows = np.flatnonzero(evidence.readable & (evidence.table["length"] > limit.value))
    if len(rows):
        longest = int(evidence.table["length"][rows].max())
        message = f"more than {limit.value:,.0f} characters (the longest has {longest:,})"
        yield LimitBreach("SCH022", limit, message, len(rows), rows=rows)


_JUDGES = {
    "min_examples": _minimum,
    "min_validation_examples": _minimum,
    "recommended_examples": _minimum,
    "max_examples": _maximum,
    "max_validation_examples": _maximum,
    "max_total_examples": _maximum,
    "recommended_max_examples": _maximum,
    "max_validation_share": _validation_share,
    "validation_required": _validation_required,
    "min_labels": _least_labels,
    "min_examples_per_label": _least_labels,
    "min_file_bytes": _least_file_bytes,
    "min_example_chars": _least_chars,
    "min_turns": _least_turns,
    "max_file_bytes": _file_bytes,
    "max_validation_file_bytes": _file_bytes,
    "max_example_chars": _example_chars,
}
