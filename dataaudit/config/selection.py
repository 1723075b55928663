"""Which rules are checked: select and ignore, rules in preview, deprecated and removed ones.

Of the catalogue only the codes, names and states of rules are looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple, Protocol

from dataaudit.errors import UsageError

if TYPE_CHECKING:
    from dataaudit.config.settings import Settings

_ALL = "ALL"
_EXACT = 100


class Stated(Protocol):
    """A rule, as far as choosing goes."""

    @property
    def name(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def replaced_by(self) -> str | None: ...


class Selection(NamedTuple):
    """The codes that are checked, why each other one is not, and what the user should know of the words given."""

    codes: frozenset[str]
    off: Mapping[str, str]
    notes: tuple[str, ...]


def selected(settings: Settings, rules: Mapping[str, Stated]) -> frozenset[str]:
    """The codes that are checked; raises as `selection_of`."""
    return selection_of(settings, rules).codes


def selection_of(settings: Settings, rules: Mapping[str, Stated]) -> Selection:
    """The rules that settings choose; `rules` maps codes to rules.

    The more exact word wins: a code or name over a prefix, a longer prefix over a shorter, any over "ALL"; between
    equally exact words ignore wins. A rule in preview is chosen by its code or name, or where `preview` is set.

    Raises:
        UsageError: a word fits no rule or a removed one, or no rule stays.
    """
    rank: dict[str, tuple[int, bool, str]] = dict.fromkeys(rules, (-1, False, "not selected"))
    notes: list[str] = []
    for key in ("select", "extend_select", "ignore", "extend_ignore"):
        wanted = key.endswith("select")
        for word in getattr(settings, key):
            exactness, codes = fitting(word, rules, key, notes)
            for code in codes:
                if exactness > rank[code][0] or (exactness == rank[code][0] and not wanted):
                    rank[code] = (exactness, wanted, f"{key} = {word}")
    off = {code: why for code, (_, wanted, why) in rank.items() if not wanted}
    for code, (exactness, wanted, _) in rank.items():
        state = rules[code].status
        if wanted and state == "removed":
            off[code] = "removed"
        elif wanted and state == "preview" and not settings.preview and exactness < _EXACT:
            off[code] = "in preview"
        elif wanted and exactness == _EXACT:
            notes += _told(code, rules[code], settings)
    chosen = frozenset(rules).difference(off)
    if not chosen:
        hint = "the rules selected are in preview: --preview takes them" if "in preview" in off.values() else None
        raise UsageError("select and ignore leave no rule to check", hint=hint)
    return Selection(chosen, off, tuple(dict.fromkeys(notes)))


def fitting(word: str, rules: Mapping[str, Stated], key: str, notes: list[str]) -> tuple[int, list[str]]:
    """How exact a word is, and the codes that it stands for; `key` names the setting in errors and notes.

    Raises:
        UsageError: it fits no rule, or asks for one that was removed without another in its place.
    """
    upper = word.upper()
    if upper == _ALL:
        return 0, list(rules)
    if exact := [code for code, rule in rules.items() if upper == code or word.lower() == rule.name]:
        return _EXACT, [standing(exact[0], rules, key, notes)]
    if codes := [code for code in rules if code.startswith(upper)]:
        return len(word), codes
    from dataaudit.config.suggest import hint_for

    raise UsageError(f"{key}: unknown rule {word!r}", hint=hint_for(word, rules, prefixes=True))


def standing(code: str, rules: Mapping[str, Stated], key: str, notes: list[str]) -> str:
    """The code itself, or, for a removed rule, that of the rule in its place.

    Raises:
        UsageError: it is to be checked, was removed, and no rule took its place.
    """
    if rules[code].status != "removed":
        return code
    instead = rules[code].replaced_by
    if instead is None or instead not in rules:
        hint = f"{instead} stands in its place" if instead else "take it out of the settings"
        if key in ("select", "extend_select"):
            raise UsageError(f"{key}: the rule {code} was removed", hint=hint)
        notes.append(f"{key}: the rule {code} was removed: {hint}")
        return code
    notes.append(f"{code} was removed and {instead} taken in its place: name {instead} in {key}")
    return instead


def _told(code: str, rule: Stated, settings: Settings) -> list[str]:
    """What to know of a rule that was named by its code or name."""
    if rule.status == "preview" and not settings.preview:
        return [f"{code} is in preview: it may change"]
    if rule.status == "deprecated":
        instead = f"; {rule.replaced_by} will take its place" if rule.replaced_by else ""
        return [f"{code} is deprecated and will be removed{instead}"]
    return []
