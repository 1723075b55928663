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


def resolve(chain: Sequence[tuple[int, GroupFormat]], limits: Limits) -> ResolvedFormat:
    """One format from the groups of a row with their numbers, coarse to fine.

    A finer group overrules a coarser one only where its uniformity is no accident of few rows, and takes a property
    away where most of its rows are without.
    """
    from dataaudit.formats.formats import ResolvedFormat

    first = chain[0][1]
    kind = None
    origin: dict[str, int] = {}
    for number, group in chain:
        better = _better(kind, group.aspects.get("kind"), first is group, limits)
        if better is not kind:
            origin["kind"] = number
        kind = better
        if kind is not None and origin["kind"] == chain[0][0] and _contradicts(group, "kind", limits):
            kind = None
    aspects: dict[str, Aspect] = {} if kind is None else {"kind": kind}
    for number, group in chain:
        for name, aspect in group.aspects.items():
            if name == "kind" or not _belongs(name, group.aspects.get("kind"), kind):
                continue
            merged = _merged(aspects.get(name), aspect, first is group, limits)
            if merged is not None and merged is not aspects.get(name):
                aspects[name], origin[name] = merged, number
        for name in [name for name in aspects if origin[name] == chain[0][0] and _contradicts(group, name, limits)]:
            del aspects[name]
    return ResolvedFormat(
        tuple(group.key for _, group in chain), aspects, limits, {name: origin[name] for name in aspects}
    )


def _contradicts(group: GroupFormat, name: str, limits: Limits) -> bool:
    """Whether a group has rows enough, and most of them do not keep to what the whole set has."""
    return group.rows >= limits.min_rows and group.kept.get(name, 1.0) < limits.contradicted_share


def _belongs(name: str, own: Aspect | None, kind: Aspect | None) -> bool:
    """Whether a property of a group with its own kind means something among answers of the resolved kind."""
    same = own is not None and kind is not None and own.value == kind.value
    if (name in _OF_KIND or name in _MANNER or name.startswith("style:")) and not same:
        return False
    structured = kind is not None and str(kind.value).startswith(STRUCTURED)
    return not (structured and (name in _TEXT_ONLY or (name == "suffix" and not same)))


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
