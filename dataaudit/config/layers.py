"""Settings laid over each other: a file over the one that it extends, flags and environment over both.

A key that is set above replaces the one below, as with ruff; tables of values for single names (TABLES) are merged name
by name, and folders of rules are added. Flags add what they leave out to what the file leaves out. The four lists that
choose rules are one thing: see `choice_over`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dataaudit.config.settings import Names, Settings
from dataaudit.project import Project
from dataaudit.values import fields_of

# A settings file, or the words of a flag or variable, such as "--select".
Origin = Path | str
Codes = Callable[[], Mapping[str, str]]

BY_RULE = ("severity", "thresholds")
TABLES = ("severity", "thresholds", "splits", "figures", "scoring", "project")
# Folders of rules of a file stay when another file or a flag adds some: words of the file may name these rules.
ADDED = ("rules",)
ADDED_BY_FLAGS = ("exclude", "per_file_ignores")
CHOICE = ("select", "ignore", "extend_select", "extend_ignore")


@dataclass(frozen=True, slots=True)
class Layer:
    """Some keys of the settings with their values, and where each comes from. `project` is a mapping here.

    flags: it is what flags and environment say.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict)
    flags: bool = False


def combined(layers: list[Layer], codes: Codes) -> tuple[Settings, dict[str, tuple[Origin, ...]]]:
    """The settings of layers, the lowest first, and where the value of each key comes from; not set: not listed.

    codes: gives the code of each name of a rule; asked only where names can meet prefixes or codes.
    """
    values: dict[str, Any] = {}
    origins: dict[str, tuple[Origin, ...]] = {}
    for layer in layers:
        kept = (*TABLES, *ADDED, *(ADDED_BY_FLAGS if layer.flags else ()))
        for key, value in layer.values.items():
            if key in CHOICE:
                continue
            merged = key in kept and key in values
            if merged and key in BY_RULE:
                values[key] = _renamed(values[key], value, codes)
            values[key] = _merged(key, values[key], value) if merged else value
            before = origins.get(key, ()) if merged else ()
            origins[key] = (*(origin for origin in before if origin != layer.origins[key]), layer.origins[key])
        _choose(values, origins, layer, codes)
    if "project" in values:
        values["project"] = Project(**values["project"])
    ordered = [entry.name for entry in fields_of(Settings) if entry.name in origins]
    return Settings(**values), {key: origins[key] for key in ordered}


def choice_over(under: Mapping[str, Names], over: Mapping[str, Names], codes: Codes) -> dict[str, Names]:
    """The lists that choose rules, with those of a layer over those below.

    As with ruff: `select` above starts anew; else what is ignored and added above goes before all that stands
    below, however exact. So words below that a word above covers are taken out.
    """
    if "select" in over:
        return dict(over)
    words = [word for lists in (under, over) for names in lists.values() for word in names]
    known = codes() if any(word != word.upper() for word in words) else {}
    ignored = (*over.get("ignore", ()), *over.get("extend_ignore", ()))
    added = over.get("extend_select", ())
    left: dict[str, Names] = {}
    for key in CHOICE:
        against = ignored if key in ("select", "extend_select") else added
        below = under.get(key, ("ALL",) if key == "select" else ())
        kept = tuple(word for word in below if not any(_covers(other, word, known) for other in against))
        left[key] = (*kept, *over.get(key, ()))
    return {key: left[key] for key in CHOICE if key in under or key in over or (key == "select" and not left[key])}


def _choose(values: dict[str, Any], origins: dict[str, tuple[Origin, ...]], layer: Layer, codes: Codes) -> None:
    over = {key: layer.values[key] for key in CHOICE if key in layer.values}
    if not over:
        return
    under = {key: values.pop(key) for key in CHOICE if key in values}
    before = {key: origins.pop(key) for key in under if key in origins}
    chosen = choice_over(under, over, codes)
    values.update(chosen)
    for key, names in chosen.items():
        # A list below of which words were taken out comes from both.
        own = (layer.origins[key],) if key in over else ()
        kept = () if "select" in over else before.get(key, ())
        changed = tuple(layer.origins[name] for name in over) if not own and names != under.get(key) else ()
        origins[key] = tuple(dict.fromkeys((*kept, *own, *changed)))


def _covers(word: str, other: str, codes: Mapping[str, str]) -> bool:
    """Whether all rules that `other` stands for are among those of `word`."""
    wide, narrow = (codes.get(name.lower(), name.upper()) for name in (word, other))
    return wide == "ALL" or narrow.startswith(wide)


def _renamed(under: Mapping[str, Any], over: Mapping[str, Any], codes: Codes) -> dict[str, Any]:
    """The table below, with rules called as above: by code or by name."""
    known = codes() if any(word != word.upper() for word in (*under, *over)) else {}
    called = {known.get(word.lower(), word.upper()): word for word in over}
    return {called.get(known.get(word.lower(), word.upper()), word): value for word, value in under.items()}


def _merged(key: str, under: Any, over: Any) -> Any:
    if isinstance(over, tuple):
        return (*under, *(entry for entry in over if entry not in under))
    both = dict(under)
    for name, value in over.items():
        inner = both.get(name)
        if key in ADDED_BY_FLAGS and inner is not None:
            both[name] = (*inner, *value)
        else:
            both[name] = {**inner, **value} if isinstance(inner, Mapping) and isinstance(value, Mapping) else value
    return both
