"""Which profile a provider's name stands for: the one of its training methods that reads the data's shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dataaudit.errors import UsageError, close_match

if TYPE_CHECKING:
    from dataaudit.catalogue import Catalogue, Provider

ALL = "all"


def choose_profiles(catalogue: Catalogue, names: Sequence[str], shape: str | None) -> tuple[dict[str, Provider], bool]:
    """(profiles by the name given, whether this is a survey of all providers).

    Raises:
        UsageError: no provider or profile has that name; the nearest one is suggested.
    """
    if not names:
        return {}, False
    groups: dict[str, list[Provider]] = {}
    for profile in catalogue.providers.values():
        groups.setdefault(profile.provider, []).append(profile)
    survey = ALL in names
    wanted = sorted(groups) if survey else list(dict.fromkeys(names))
    return {name: _profile(catalogue, groups, name, shape) for name in wanted}, survey


def _profile(catalogue: Catalogue, groups: dict[str, list[Provider]], name: str, shape: str | None) -> Provider:
    if name in groups:
        profiles = sorted(groups[name], key=lambda profile: (not profile.default, profile.id))
        reading = [profile for profile in profiles if any(entry.name == shape for entry in profile.shapes)]
        return (reading or profiles)[0]
    if name in catalogue.providers:
        return catalogue.providers[name]
    known = [*groups, *catalogue.providers]
    near = close_match(name, known)
    raise UsageError(
        f"unknown provider {name!r}",
        hint=f"did you mean {near}?" if near else "`dataaudit providers` lists them",
    )
