"""The format that a row is held against: each property from the finest of its groups in which it is real."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dataaudit.formats.kinds import STRUCTURED
from dataaudit.formats.limits import Limits
from dataaudit.formats.tree import tighter, widened
from dataaudit.formats.votes import Aspect, by_chance

if TYPE_CHECKING:
    from dataaudit.formats.formats import GroupFormat, ResolvedFormat

_TEXT_ONLY = ("prefix", "case", "end", "lines", "capitals")
_MANNER = ("case", "end", "lines", "capitals", "length")
_OF_KIND = ("pure", "fence", "before", "after", "fault", "tree", "names", "labels")


def resolve(chain: Sequence[GroupFormat], limits: Limits) -> ResolvedFormat:
    """One format from the groups of a row, coarse to fine.

    A finer group overrules a coarser one only where its uniformity is no accident of few rows.
    """
    from dataaudit.formats.formats import ResolvedFormat

    kind = None
    for group in chain:
        kind = _better(kind, group.aspects.get("kind"), chain[0] is group, limits)
    aspects: dict[str, Aspect] = {} if kind is None else {"kind": kind}
    structured = kind is not None and str(kind.value).startswith(STRUCTURED)
    for group in chain:
        own = group.aspects.get("kind")
        same = own is not None and kind is not None and own.value == kind.value
        for name, aspect in group.aspects.items():
            if name == "kind" or ((name in _OF_KIND or name.startswith("style:")) and not same):
                continue
            if structured and (name in _TEXT_ONLY or (name == "suffix" and not same)):
                continue
            if name in _MANNER and not same:
                continue
            better = _merged(aspects.get(name), aspect, chain[0] is group, limits)
            if better is not None:
                aspects[name] = better
    return ResolvedFormat(tuple(group.key for group in chain), aspects, limits)


def _merged(current: Aspect | None, finer: Aspect, coarsest: bool, limits: Limits) -> Aspect | None:
    if finer.name == "tree" and current is not None:
        if not tighter(finer.value, current.value, limits):
            return current
        return finer._replace(value=widened(finer.value, current.value, limits))
    if finer.name == "names" and current is not None:
        return current if set(finer.value.required) <= set(current.value.required) else finer
    if finer.name == "labels":
        return current or finer
    if finer.name == "length":
        return finer
    return _better(current, finer, coarsest, limits)


def _better(current: Aspect | None, finer: Aspect | None, coarsest: bool, limits: Limits) -> Aspect | None:
    """The finer vote where it says something else and that is no accident, else the one so far."""
    if finer is None or (current is not None and current.value == finer.value):
        return current
    if coarsest or current is None:
        return finer
    others = round((1 - finer.share) * finer.rows)
    return finer if by_chance(finer.rows, others, current.share) < limits.chance else current
