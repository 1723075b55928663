"""The worst findings of each kind, which cap the grade whatever the score says."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataaudit.scoring.measures import Measures
    from dataaudit.scoring.need import Need
    from dataaudit.scoring.scheme import Scheme

    Found = Iterator[tuple[str, str]]


def caps(measures: Measures, need: Need, scheme: Scheme) -> dict[str, str]:
    """Names of the caps that hold (those of rules/scoring.toml), with the reason in words."""
    limit = {name: cap.value for name, cap in scheme.caps.items()}
    return dict([*_too_few(measures, need, limit), *_shares(measures, limit), *_others(measures, limit)])


def _too_few(measures: Measures, need: Need, limit: dict[str, float]) -> Found:
    if measures.sound < limit["too_few"]:
        yield "too_few", f"{_sound(measures)}, too few to train on: {limit['too_few']:,.0f} at least"
    if measures.sound < limit["unreliable"]:
        yield "unreliable", f"{_sound(measures)}, results are unreliable below {limit['unreliable']:,.0f}"
    least = limit["task_minimum"] * need.least
    if measures.sound < least:
        yield "task_minimum", f"{_sound(measures)}, {need.task} takes {least:,.0f} at least"


def _shares(measures: Measures, limit: dict[str, float]) -> Found:
    """Faulty rows beside sound ones alone: a fault of another kind must not make this one look smaller."""
    estimated = f", {measures.unseen:,} of them by estimate," if measures.unseen else ""
    for name, part, words in (
        ("contradicted", measures.contradicted, "contradicted"),
        ("mislabeled", measures.mislabeled, f"mislabeled{estimated}"),
        ("off_format", measures.off_format, "off the format of the others"),
        ("copies", measures.copies, "that are copies"),
        ("unreadable", measures.invalid, "broken"),
    ):
        whole = part + measures.sound
        for cap in (f"mostly_{name}", name):
            if cap in limit and part and part > limit[cap] * whole:
                rows = f"{part:,} row{'s' * (part != 1)}"
                yield cap, f"{rows} {words} beside {_sound(measures)}: over {limit[cap]:.0%} of both"
                break


def _others(measures: Measures, limit: dict[str, float]) -> Found:
    if measures.refusals:
        first = measures.refusals[0]
        yield "refused", f"{first.provider} does not take the data: {first.because}"
    if measures.leaks > limit["leak"] * measures.sound:
        leaks = f"{measures.leaks:,} of {_sound(measures)}"
        yield "leak", f"{leaks} have a prompt that gives the label away: over {limit['leak']:.0%}"
    if measures.invalid > limit["broken"]:
        yield "broken", f"{measures.invalid:,} broken row{'s' * (measures.invalid != 1)}"
    if measures.unlearned:
        yield "unlearned", "the prompts hardly tell the labels apart: none could be verified"
    elif measures.told < limit["doubtful"]:
        yield "doubtful", f"a simple model tells {measures.told:.0%} of the labels from the prompts"
    if "labels" in measures.unjudged:
        yield "open_labels", "there are more labels than can be judged one by one"
    if len(measures.categories) == 1:
        yield "one_label", f"all rows have the label {measures.categories[0].label!r}"


def _sound(measures: Measures) -> str:
    return f"{measures.sound:,} sound row{'s' * (measures.sound != 1)}"
