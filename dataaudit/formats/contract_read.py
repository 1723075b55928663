"""Reads a contract: formats that a person has settled, enforced from then on."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn, cast

from dataaudit.errors import SettingsError, close_match
from dataaudit.formats.closed import Closed
from dataaudit.formats.contract import KEYS, VERSION
from dataaudit.formats.formats import Formats, GroupFormat, ResolvedFormat
from dataaudit.formats.groups import GroupKey, What, grouping_of
from dataaudit.formats.json_schema import Schema
from dataaudit.formats.kinds import STRUCTURED, WORDS
from dataaudit.formats.lengths import Band
from dataaudit.formats.limits import Limits
from dataaudit.formats.names import Names
from dataaudit.formats.styles import STYLED_KINDS
from dataaudit.formats.votes import Aspect

_PLACES: tuple[What, ...] = ("context", "opening", "label")
_STYLES = sorted({style for styles in STYLED_KINDS.values() for style in styles})
_WORDS_OF = {
    "kind": sorted(set(WORDS) - {"empty"}),
    "letter_case": ["upper", "lower", "capital", "small"],
    "final_mark": ["stop", "none"],
    "lines": ["one", "many"],
}
_LOCAL = "nothing is fetched: references lead into the file itself"
_TEXT = "text in quotes"
_LIST = "a list of texts"
_TRUTH = "true or false"
_NUMBER = "a whole number"
_WANTED = {
    **dict.fromkeys(KEYS.values(), _TEXT),
    "fence": "false, or the text after the three backticks",
    "labels": _LIST, "names": _LIST, "optional_names": _LIST,
    "other_labels": _TRUTH, "other_names": _TRUTH, "names_in_order": _TRUTH,
    "min_characters": _NUMBER, "usual_characters": _NUMBER, "max_characters": _NUMBER,
    "style": "a table of texts", "schema": _TEXT, "rows": '"all" or a table such as { label = "billing" }',
}  # fmt: skip
_TESTS: dict[str, Callable[[Any], bool]] = {
    _TEXT: lambda value: isinstance(value, str),
    _LIST: lambda value: isinstance(value, list) and all(isinstance(item, str) for item in value),
    _TRUTH: lambda value: isinstance(value, bool),
    _NUMBER: lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 0,
    _WANTED["fence"]: lambda value: value is False or isinstance(value, str),
    _WANTED["style"]: lambda value: isinstance(value, dict) and all(isinstance(item, str) for item in value.values()),
    _WANTED["rows"]: lambda value: (
        value == "all" or (isinstance(value, dict) and bool(value) and all(isinstance(v, str) for v in value.values()))
    ),
}


def _built_in(rule: str, name: str) -> float:
    from dataaudit.catalogue import load_catalogue

    return load_catalogue().rules[rule].threshold(name)


class _File:
    """The text of the contract, for errors that name the line."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self._lines = text.split("\n")

    def refuse(self, what: str, hint: str | None = None, group: int = -1, key: str | None = None) -> NoReturn:
        """Raise an error at a key of a group, counted from 0; -1 is the part before all groups."""
        raise SettingsError(what, path=str(self.path), line=self._line(group, key), hint=hint)

    def _line(self, group: int, key: str | None) -> int | None:
        heads = [number for number, line in enumerate(self._lines) if line.strip() == "[[group]]"]
        start = heads[group] if 0 <= group < len(heads) else 0
        stop = heads[group + 1] if group + 1 < len(heads) else len(self._lines)
        if key is not None:
            pattern = re.compile(rf'\s*"?{re.escape(key)}"?\s*[=.]')
            for number in range(start, stop):
                if pattern.match(self._lines[number]):
                    return number + 1
        return start + 1 if group >= 0 else None


def read_contract(path: Path, threshold: Callable[[str, str], float] | None = None) -> Formats:
    """The formats that a contract demands. Schemas stand in files beside it.

    threshold: by code of the rule and name, for what counts as a slip; by default that of the built-in rules.

    Raises:
        SettingsError: the file or a schema cannot be read, or has an unknown key or a wrong value; the place is named.
    """
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except OSError as error:
        raise SettingsError(f"cannot be read: {error.strerror}", path=str(path)) from error
    except UnicodeDecodeError as error:
        raise SettingsError("is not UTF-8", path=str(path), hint="save it as UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(f"is not TOML: {error}", path=str(path)) from error
    file = _File(path, text)
    groups = _checked(file, data)
    limits = Limits.by(threshold or _built_in)
    return _formats(file, groups, limits)


def _checked(file: _File, data: dict[str, Any]) -> list[dict[str, Any]]:
    for key in data:
        if key not in ("version", "group"):
            _unknown(file, key, ["version", "group"])
    if data.get("version") != VERSION:
        file.refuse("this version of a format contract is not known", f"write version = {VERSION}", key="version")
    groups = data.get("group", [])
    if not isinstance(groups, list) or not groups or not all(isinstance(group, dict) for group in groups):
        file.refuse("there is no [[group]]", "make one with: dataaudit learn PATH")
    for number, group in enumerate(groups):
        for key, value in group.items():
            if key not in _WANTED:
                _unknown(file, key, list(_WANTED), number)
            if not _TESTS[_WANTED[key]](value):
                file.refuse(f"{key} should be {_WANTED[key]}", group=number, key=key)
            if key in _WORDS_OF and value not in _WORDS_OF[key]:
                near = close_match(value, _WORDS_OF[key])
                hint = f"did you mean {near!r}?" if near else f"known: {', '.join(_WORDS_OF[key])}"
                file.refuse(f"{key} {value!r} is not known", hint, number, key)
        for style in group.get("style", {}):
            if style not in _STYLES:
                file.refuse(f"style {style!r} is not known", f"known: {', '.join(_STYLES)}", number, "style")
    return groups


def _unknown(file: _File, key: str, known: list[str], group: int = -1) -> NoReturn:
    near = close_match(key, known)
    file.refuse(f"unknown key {key!r}", f"did you mean {near!r}?" if near else None, group, key)


def _formats(file: _File, groups: list[dict[str, Any]], limits: Limits) -> Formats:
    keys: list[GroupKey] = [GroupKey("all")]
    chains: dict[tuple[int, int, int], int] = {}
    resolved: list[ResolvedFormat] = []
    for number, group in enumerate(groups):
        own = _keys_of(file, group, number)
        chain = [0, 0, 0]
        for key in own:
            if key not in keys:
                keys.append(key)
            chain[_PLACES.index(key.what)] = keys.index(key)
        one, two, three = chain
        if (one, two, three) in chains:
            file.refuse("two groups are for the same rows", "join them", number, "rows")
        chains[one, two, three] = len(resolved)
        resolved.append(ResolvedFormat((GroupKey("all"), *own), _aspects(file, group, number), limits))
    if (0, 0, 0) not in chains:
        # Rows of no group are free.
        chains[0, 0, 0] = len(resolved)
        resolved.append(ResolvedFormat((GroupKey("all"),), {}, limits))
    whole = GroupFormat(GroupKey("all"), 0, resolved[chains[0, 0, 0]].aspects)
    rest = [GroupFormat(key, 0, {}) for key in keys[1:]]
    return Formats((whole, *rest), grouping_of(keys, chains), tuple(resolved), enforced=True)


def _keys_of(file: _File, group: Mapping[str, Any], number: int) -> list[GroupKey]:
    rows = group.get("rows", "all")
    if rows == "all":
        return []
    known = [*_PLACES, "fingerprint"]
    for name in rows:
        if name not in known:
            file.refuse(f"rows: unknown key {name!r}", f"known: {', '.join(known)}", number, "rows")
    found = []
    if "context" in rows or "fingerprint" in rows:
        digits = rows.get("fingerprint", "")
        if not re.fullmatch(r"[0-9a-f]{16}", digits):
            file.refuse("rows: a context needs its fingerprint, 16 hexadecimal digits", None, number, "rows")
        found.append(GroupKey("context", rows.get("context", ""), int(digits, 16)))
    found += [GroupKey(what, rows[what]) for what in _PLACES[1:] if what in rows]
    return found


def _aspects(file: _File, group: Mapping[str, Any], number: int) -> dict[str, Aspect]:
    values: dict[str, Any] = {
        name: group[key] if group[key] is not False else None for name, key in KEYS.items() if key in group
    }
    kind = values.get("kind")
    if kind == "label" and not group.get("labels"):
        file.refuse('kind "label" needs labels', 'such as labels = ["yes", "no"]', number, "kind")
    if kind == "label":
        values["labels"] = Closed(tuple(group["labels"]), not group.get("other_labels", False))
    if kind is not None and cast("str", kind).startswith(STRUCTURED):
        values["fault"] = None
    if group.get("names"):
        required, optional = tuple(group["names"]), tuple(group.get("optional_names", ()))
        known = dict.fromkeys((*required, *optional), 1.0)
        closed = not group.get("other_names", True)
        values["names"] = Names(required, optional, closed, group.get("names_in_order", False), 0, known)
    values |= {f"style:{style}": value for style, value in group.get("style", {}).items()}
    if "min_characters" in group or "max_characters" in group:
        low, high = group.get("min_characters", 0), group.get("max_characters", float("inf"))
        values["length"] = Band(low, group.get("usual_characters", low), high)
    if "schema" in group:
        values["schema"] = _schema(file, group["schema"], number)
    return {name: Aspect(name, value, 1.0, 0) for name, value in values.items()}


def _schema(file: _File, name: str, number: int) -> Schema:
    path = file.path.parent / name
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        file.refuse(f"schema {name}: {error.strerror}", "it stands beside the contract", number, "schema")
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"is not JSON: {error}", path=str(path)) from error
    if not isinstance(content, dict):
        raise SettingsError("is not a JSON Schema: it should be an object", path=str(path))
    schema = Schema(name, content)
    fault = schema.fault()
    if fault is not None:
        raise SettingsError(
            f"is not a usable JSON Schema: {fault}",
            path=str(path),
            hint=_LOCAL,
        )
    return schema
