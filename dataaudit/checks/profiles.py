"""Which profile a provider's name stands for: the one of its training methods that reads the data's shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dataaudit.errors import UsageError, close_match

if TYPE_CHECKING:
    from dataaudit.catalogue import Catalogue, Provider

ALL = "all"
REINFORCEMENT = "rft"


def choose_profiles(
    catalogue: Catalogue, names: Sequence[str], shape: str | None
) -> tuple[dict[str, Provider], frozenset[str]]:
    """(profiles by name, the names that were given one by one: what those refuse is a finding).

    With `all` there is a verdict of every provider, but of one that was not named no finding.

    Raises:
        UsageError: no provider or profile has that name; the nearest one is suggested.
    """
    if not names:
        return {}, frozenset()
    groups: dict[str, list[Provider]] = {}
    for profile in catalogue.providers.values():
        groups.setdefault(profile.provider, []).append(profile)
    named = {name: _profile(catalogue, groups, name, shape) for name in dict.fromkeys(names) if name != ALL}
    if ALL not in names:
        return named, frozenset(named)
    every = {name: _profile(catalogue, groups, name, shape) for name in sorted(groups)}
    return named | every, frozenset(named)


def _profile(catalogue: Catalogue, groups: dict[str, list[Provider]], name: str, shape: str | None) -> Provider:
    if name in groups:
        profiles = sorted(groups[name], key=lambda profile: (not profile.default, profile.id))
        return next((profile for profile in profiles if _is_meant(profile, shape)), profiles[0])
    if name in catalogue.providers:
        return catalogue.providers[name]
    known = [*groups, *catalogue.providers]
    near = close_match(name, known)
    raise UsageError(
        f"unknown provider {name!r}",
        hint=f"did you mean {near}?" if near else "`dataaudit providers` lists them",
    )


def _is_meant(profile: Provider, shape: str | None) -> bool:
    """Whether data of a shape is meant for a method; reinforcement reads chats, but they are for learning answers."""
    reads = any(entry.name == shape for entry in profile.shapes)
    return reads and (profile.method != REINFORCEMENT or (shape or "").endswith(REINFORCEMENT))
