"""Which task profile fits the data when none is given. The guess is the least demanding one that fits, and is said."""

from __future__ import annotations

from collections.abc import Sequence

from dataaudit.catalogue import Catalogue, Task
from dataaudit.checks.evidence import LabelSource
from dataaudit.errors import UsageError, close_match


def choose_task(
    catalogue: Catalogue, given: str | None, label_sources: Sequence[LabelSource | None]
) -> tuple[Task | None, str]:
    """The task profile, and in words why it was taken.

    Raises:
        UsageError: the task given has no profile.
    """
    tasks = catalogue.tasks
    if given is not None:
        if given not in tasks:
            near = close_match(given, list(tasks))
            raise UsageError(
                f"unknown task {given!r}",
                hint=f"did you mean {near}?" if near else f"one of {', '.join(tasks)}",
            )
        return tasks[given], "given"
    if any(source is not None and source.kind != "json" for source in label_sources):
        return tasks.get("classification"), "inferred: the answers are labels; --task says otherwise"
    return tasks.get("behaviour"), "assumed, the least demanding one; --task says otherwise"
