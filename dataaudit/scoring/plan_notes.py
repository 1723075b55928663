"""What a labeling plan says beside its numbers: files without rows, labels that are no categories, idle figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataaudit.checks.limits import is_trained_on
from dataaudit.scoring.figures import without_effect
from dataaudit.scoring.reviews import file_faults
from dataaudit.text.safe import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataaudit.model import Report
    from dataaudit.scoring.categories import Need
    from dataaudit.scoring.figures import Own

_FILES_NAMED = 20


def notes_of(report: Report, split: str, need: Need, own: Own) -> Iterator[str]:
    """Sentences without a full stop, what is gravest first. Texts of the data are escaped."""
    yield from _files(report)
    if not is_trained_on(split):
        yield f"there is no training set: all files are of the split {split}"
    elif not report.statistics["splits"].get(split, {}).get("rows"):
        yield "there are no training rows"
    if need.target.each < need.minimum.each:
        yield f"the target of {need.target.each:,} is below the minimum of {need.minimum.each:,}"
    if need.open:
        yield (
            f"{need.open:,} labels are more than the {need.most:,} of a closed set (LAB001 max_labels): "
            "they are not planned one by one"
        )
    if need.graded:
        yield "no row is effective: rows are not counted by label"
    if need.merged:
        yield f"labels that look misspelt count with the label that is meant: {need.merged:,} (LAB003)"
    if need.left_out:
        yield f"labels that were not declared are no categories here: {need.left_out:,} (LAB003)"
    if "MIN006" in report.counts:
        yield "the set is past the number from which more examples add little (MIN006)"
    idle = without_effect(own, by_category=need.by_category)
    if idle:
        yield f"figures of yours that change nothing in this plan: {', '.join(idle)}"


def _files(report: Report) -> Iterator[str]:
    """Files that give no rows, and why."""
    faults = file_faults(report)
    for finding in faults[:_FILES_NAMED]:
        yield f"{escape(finding.path or 'the set')}: {finding.message}"
    if len(faults) > _FILES_NAMED:
        yield f"{len(faults) - _FILES_NAMED:,} more files have faults like these"
