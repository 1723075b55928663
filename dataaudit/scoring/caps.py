"""The worst findings of each kind, which cap the grade whatever the score says."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataaudit.scoring.measures import Measures
    from dataaudit.scoring.need import Need
    from dataaudit.scoring.scheme import Scheme


def caps(measures: Measures, need: Need, scheme: Scheme) -> dict[str, str]:
    """Names of the caps that hold (those of rules/scoring.toml), with the reason in words."""
    found = {}
    limit = {name: cap.value for name, cap in scheme.caps.items()}
    if measures.refusals:
        first = measures.refusals[0]
        found["refused"] = f"{first.provider} does not take the data: {first.because}"
    if measures.sound < limit["unreliable"]:
        found["unreliable"] = f"{measures.sound:,} sound rows, results are unreliable below {limit['unreliable']:,.0f}"
    least = limit["task_minimum"] * need.least
    if measures.sound < least:
        found["task_minimum"] = f"{measures.sound:,} sound rows, {need.task} takes {least:,.0f} at least"
    for name, part, whole, words in (
        ("contradicted", measures.contradicted, measures.distinct, "distinct rows contradict each other"),
        ("mislabeled", measures.mislabeled, measures.distinct, "distinct rows have a wrong, misspelt or missing label"),
        ("off_format", measures.off_format, measures.distinct, "distinct rows are off the format of the others"),
        ("leak", measures.leaks, measures.distinct, "prompts give the label away"),
        ("copies", measures.copies, measures.copies + measures.sound, "rows are copies"),
        ("unreadable", measures.invalid, measures.invalid + measures.sound, "rows are broken"),
    ):
        for cap in (f"mostly_{name}", name):
            if cap in limit and part and part > limit[cap] * whole:
                found[cap] = f"{part:,} of {whole:,} {words}, more than {limit[cap]:.0%}"
                break
    if measures.invalid > limit["broken"]:
        found["broken"] = f"{measures.invalid:,} broken row{'s' * (measures.invalid != 1)}"
    if measures.told < limit["doubtful"] and not measures.unlearned:
        found["doubtful"] = f"a simple model tells {measures.told:.0%} of the labels from the prompts"
    if measures.unlearned:
        found["unlearned"] = "the prompts hardly tell the labels apart: none could be verified"
    if len(measures.categories) == 1:
        found["one_label"] = f"all rows have the label {measures.categories[0].label!r}"
    return found
