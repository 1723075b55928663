"""Which profile a provider's name stands for: the one of its training methods that reads the data's shape."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

from dataaudit.errors import UsageError, close_match

if TYPE_CHECKING:
    from dataaudit.catalogue import Catalogue, Provider

ALL = "all"
REINFORCEMENT = "rft"


def choose_profiles(
    catalogue: Catalogue, names: Sequence[str], shape: str | None, *, available: bool = False
) -> tuple[dict[str, Provider], frozenset[str]]:
    """(profiles by name, the names that were given one by one: what those refuse is a finding).

    With `all` there is a verdict of every provider, but of one that was not named no finding.
    available: a method that is no longer offered is passed over where the provider has another one.

    Raises:
        UsageError: no provider or profile has that name; the nearest one is suggested.
    """
    if not names:
        return {}, frozenset()
    groups: dict[str, list[Provider]] = {}
    for profile in catalogue.providers.values():
        groups.setdefault(profile.provider, []).append(profile)
    if available:
        groups = {name: _available(profiles) for name, profiles in groups.items()}
    methods = _methods(catalogue, shape)
    meant = {
        name: _meant(profiles, shape, methods)
        for name, profiles in sorted(groups.items())
        if name in names or ALL in names
    }
    named = {name: meant.get(name) or _named(catalogue, groups, name) for name in dict.fromkeys(names) if name != ALL}
    return (named | meant if ALL in names else named), frozenset(named)


def reads(profile: Provider, shape: str | None) -> bool:
    """Whether rows of a shape are read as they are."""
    return any(entry.name == shape for entry in profile.shapes)


def _available(profiles: list[Provider]) -> list[Provider]:
    return [profile for profile in profiles if profile.status.state != "retired"] or profiles


def _meant(profiles: Sequence[Provider], shape: str | None, methods: frozenset[str]) -> Provider:
    """The profile that reads the shape; else one that trains by a method that the shape is for; else the default."""
    ranked = sorted(profiles, key=lambda profile: (not profile.default, profile.id))
    exact = (profile for profile in ranked if _is_meant(profile, shape))
    alike = (profile for profile in ranked if profile.method in methods)
    return next(chain(exact, alike), ranked[0])


def _methods(catalogue: Catalogue, shape: str | None) -> frozenset[str]:
    """The training methods that a shape is for, wherever it is read."""
    return frozenset(profile.method for profile in catalogue.providers.values() if _is_meant(profile, shape))


def _named(catalogue: Catalogue, groups: dict[str, list[Provider]], name: str) -> Provider:
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
    return reads(profile, shape) and (profile.method != REINFORCEMENT or (shape or "").endswith(REINFORCEMENT))
