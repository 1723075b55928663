"""Words of the settings that name rules: unknown ones are told with the file or flag that they stand in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dataaudit.config.selection import Selection, fitting, selection_of
from dataaudit.errors import SettingsError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataaudit.catalogue import Catalogue
    from dataaudit.config.layers import Origin
    from dataaudit.config.read import Loaded


def checked_words(loaded: Loaded, catalogue: Catalogue) -> Selection:
    """The rules that the settings choose, once each word that names a rule is known to be one.

    Raises:
        SettingsError: a word of a settings file is unknown; the file is named. UsageError: one of a flag is.
    """
    from dataaudit.catalogue import given

    notes: list[str] = []
    for key, word in _ruled(loaded):
        try:
            if key in ("severity", "thresholds"):
                catalogue.rule(word)
            else:
                fitting(word, catalogue.rules, key, notes)
        except UsageError as error:
            raise _placed(error, key, loaded.origins.get(key, ())) from error
    try:
        given(catalogue, loaded.settings.severity, loaded.settings.thresholds)
    except UsageError as error:
        raise _placed(error, "thresholds", loaded.origins.get("thresholds", ())) from error
    chosen = selection_of(loaded.settings, catalogue.rules)
    return chosen._replace(notes=tuple(dict.fromkeys((*chosen.notes, *notes))))


def _ruled(loaded: Loaded) -> Iterator[tuple[str, str]]:
    """Key and word of all that names rules."""
    settings = loaded.settings
    for key in ("select", "extend_select", "ignore", "extend_ignore", "severity", "thresholds"):
        yield from ((key, word) for word in getattr(settings, key))
    yield from (("per_file_ignores", word) for words in settings.per_file_ignores.values() for word in words)


def _placed(error: UsageError, key: str, origins: tuple[Origin, ...]) -> SettingsError | UsageError:
    """The error, naming the place that the word came from."""
    what = error.what if error.what.startswith(key) else f"{key}: {error.what}"
    files = [origin for origin in origins if isinstance(origin, Path)]
    if len(files) == len(origins) == 1:
        return SettingsError(what, path=str(files[0]), hint=error.hint)
    if len(origins) == 1 and origins[0] == f"--{key.replace('_', '-')}":
        what = what.removeprefix(f"{key}: ")
    place = ", ".join(str(origin) for origin in origins)
    return SettingsError(what, path=place, hint=error.hint) if place else UsageError(what, hint=error.hint)
