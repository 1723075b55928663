"""Traits of the order of turns: how a conversation starts, goes on and ends, by inner role names only."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from dataaudit.shapes.base import Note
from dataaudit.shapes.messages import CLIP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataaudit.shapes.base import Turn

    Fact = tuple[str, int | None]
    """A trait, and the index of the turn that shows it; None for a fact of the whole row."""

_MOST_KEPT = 64
"""Turns of a conversation whose order is remembered: longer ones are too many to keep, and rarely alike."""


def order_notes(turns: list[Turn]) -> list[Note]:
    """How the turns follow each other; a note without a field is a fact of the whole row."""
    roles = tuple(turn.role for turn in turns)
    facts = _remembered(roles) if len(roles) <= _MOST_KEPT else _facts(roles)
    return [Note(trait, None if index is None else turns[index].path) for trait, index in facts]


def _facts(roles: tuple[str, ...]) -> tuple[Fact, ...]:
    return (*_of_system(roles), *_of_row(tuple(role[:CLIP] for role in roles)), *_repeated(roles))


@lru_cache(maxsize=1024)
def _remembered(roles: tuple[str, ...]) -> tuple[Fact, ...]:
    return _facts(roles)


def _of_system(roles: tuple[str, ...]) -> Iterator[Fact]:
    systems = [index for index, role in enumerate(roles) if role == "system"]
    if len(systems) > 1:
        yield "several-systems", systems[1]
    first = next((index for index, role in enumerate(roles) if role != "system"), len(roles))
    late = next((index for index in systems if index > first), None)
    if late is not None:
        yield "system-later", late


def _of_row(roles: tuple[str, ...]) -> Iterator[Fact]:
    others = [role for role in roles if role != "system"]
    if others:
        yield f"starts-with:{others[0]}", None
    if roles:
        yield f"ends-with:{roles[-1]}", None
    if len(others) < 2:
        yield "few-turns", None
    for name in ("user", "assistant"):
        if name not in roles:
            yield f"no-{name}-turn", None
    for before, after in sorted(set(pairwise(roles))):
        yield f"turn-pair:{before}>{after}", None


def _repeated(roles: tuple[str, ...]) -> Iterator[Fact]:
    seen: set[str] = set()
    for index, (before, role) in enumerate(pairwise(roles), 1):
        if before == role and role not in seen:
            seen.add(role)
            yield f"repeated-role:{role[:CLIP]}", index
