"""From evidence to the grade: counts, what the task needs, the scheme, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataaudit.checks.limits import is_trained_on
from dataaudit.scoring.measures import measure
from dataaudit.scoring.need import need_of, range_of
from dataaudit.scoring.next_steps import next_steps
from dataaudit.scoring.readiness import readiness
from dataaudit.scoring.scheme import scheme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dataaudit.checks.base import Tally
    from dataaudit.checks.evidence import Evidence
    from dataaudit.config import Settings
    from dataaudit.model import Readiness, Verdict

_FIGURES = {
    "example": "minutes_per_example",
    "conflict": "minutes_per_conflict",
    "label": "minutes_per_label_review",
    "format": "minutes_per_format_fix",
    "refusal": "minutes_per_format_fix",
}
"""The figure of a task that says how long a kind of work takes."""


def grade(
    evidence: Evidence,
    tallies: Sequence[Tally],
    verdicts: Sequence[Verdict],
    wanted: frozenset[str],
    settings: Settings,
) -> Readiness | None:
    """The readiness of the training split; None where the only files are of other splits.

    Raises:
        UsageError: the settings change a number of the scheme, or a figure, that does not exist.
    """
    made = scheme(settings.scoring)
    if evidence.sources and not any(is_trained_on(source.split) for source in evidence.sources):
        return None
    counts = measure(evidence, tallies, verdicts, wanted, made)
    task = evidence.task or next(iter(evidence.catalogue.tasks.values()))
    need = need_of(task, evidence.task_because, settings.figures)
    found = readiness(counts, need, made)
    minutes = {work: range_of(task, name, settings.figures) for work, name in _FIGURES.items()}
    following = next_steps(counts, need, made, minutes)
    return found.replaced(target=following.target, next=following.actions, reached=following.reached)
