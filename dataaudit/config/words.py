"""Words of the settings that name rules: unknown ones are told with the file or flag that they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dataaudit.config.places import placed
from dataaudit.config.selection import Selection, fitting, selection_of, standing
from dataaudit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataaudit.catalogue import Catalogue
    from dataaudit.config.read import Loaded

_BY_RULE = ("severity", "thresholds")


class _Word(NamedTuple):
    """A word, the keys that lead to it, and whether it is an entry of a list and no key itself."""

    word: str
    keys: tuple[str, ...]
    listed: bool = True


def checked_words(loaded: Loaded, catalogue: Catalogue) -> Selection:
    """The rules that the settings choose, once each word that names a rule is known to be one.

    Raises:
        SettingsError: a word or a threshold of a settings file is wrong; file and line are named. UsageError: one of a
            flag is.
    """
    notes: list[str] = []
    for word, keys, listed in _ruled(loaded):
        try:
            if keys[0] in _BY_RULE:
                standing(catalogue.rule(word).code, catalogue.rules, keys[0], notes)
            else:
                fitting(word, catalogue.rules, keys[0], notes)
        except UsageError as error:
            raise placed(error, keys, loaded.origins.get(keys[0], ()), word if listed else None) from error
    _check_values(loaded, catalogue)
    chosen = selection_of(loaded.settings, catalogue.rules)
    return chosen._replace(notes=tuple(dict.fromkeys((*chosen.notes, *notes))))


def _check_values(loaded: Loaded, catalogue: Catalogue) -> None:
    """Thresholds, one by one, and that no rule is named twice."""
    from dataaudit.catalogue import given

    settings, origins = loaded.settings, loaded.origins
    for rule, values in settings.thresholds.items():
        for name, value in values.items():
            try:
                given(catalogue, {}, {rule: {name: value}})
            except UsageError as error:
                raise placed(error, ("thresholds", rule, name), origins.get("thresholds", ())) from error
    for key, severities, thresholds in (("severity", settings.severity, {}), ("thresholds", {}, settings.thresholds)):
        try:
            given(catalogue, severities, thresholds)
        except UsageError as error:
            raise placed(error, (key,), origins.get(key, ())) from error


def _ruled(loaded: Loaded) -> Iterator[_Word]:
    """All words that name rules."""
    settings = loaded.settings
    for key in ("select", "extend_select", "ignore", "extend_ignore"):
        yield from (_Word(word, (key,)) for word in getattr(settings, key))
    for key in _BY_RULE:
        yield from (_Word(word, (key, word), listed=False) for word in getattr(settings, key))
    words = (word for words in settings.per_file_ignores.values() for word in words)
    yield from (_Word(word, ("per_file_ignores",)) for word in words)
