"""What was asked for and could not be judged, and why."""

from __future__ import annotations

from collections.abc import Iterator

from dataaudit.checks.evidence import Evidence
from dataaudit.checks.limits import is_trained_on, unjudged
from dataaudit.model import Unchecked

_LABEL_RULES = ("LAB001", "LAB002", "LAB003", "LAB004", "LAB005", "LAB006", "LAB007", "LAB009", "MIN003")
_TRAIN_RULES = ("MIN002", "MIN003", "MIN004", "MIN005", "MIN006")
_ANSWER_RULES = tuple(f"FMT{number:03}" for number in range(1, 11) if number != 6)
_PROVIDER_RULES = ("MIN001", "MIN007")


def unchecked(evidence: Evidence, wanted: frozenset[str]) -> Iterator[Unchecked]:
    """Rules that had nothing to judge by, in the order of their codes, then limits that are not judged."""
    reasons = {code: why for code in _PROVIDER_RULES if (why := _no_limits(evidence))}
    reasons |= {code: why for code in _LABEL_RULES if (why := _no_labels(evidence))}
    if not evidence.table["id"].any():
        reasons["SCH021"] = "the rows have no id"
    if not (evidence.table["question"] != 0).any():
        reasons["DUP003"] = "the rows have no pairs of prompt and answer"
    if evidence.sources and not any(is_trained_on(source.split) for source in evidence.sources):
        reasons |= dict.fromkeys(_TRAIN_RULES, "no training set was given")
    reasons |= {code: why for code in _ANSWER_RULES if (why := _no_answers(evidence))}
    reasons |= evidence.unjudged
    yield from (Unchecked(rule=code, because=reasons[code]) for code in sorted(reasons) if code in wanted)
    for name, provider in evidence.providers.items():
        if unjudged(provider):
            yield Unchecked(rule=f"limits of {name}", because="tokens and media are not measured yet")


def _no_answers(evidence: Evidence) -> str | None:
    return None if evidence.figures.get("formats") else "the rows have no answers in words"


def _no_limits(evidence: Evidence) -> str | None:
    if not evidence.providers:
        return "no provider was named (--provider)"
    return "with --provider all the limits are in the verdicts" if not evidence.named else None


def _no_labels(evidence: Evidence) -> str | None:
    if not any(evidence.label_sources):
        return "no labels found: no label column, no closed set of short answers (--label-column names one)"
    number = len(evidence.label_names)
    many = number > evidence.threshold("LAB001", "max_labels")
    return f"{number:,} different labels are no closed set" if many else None
