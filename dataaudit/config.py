"""Settings: what a user may set in a file, on the command line and in calls, as one value.

Nothing here knows rules, providers or data: names are checked where they are used.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from dataaudit.errors import SettingsError, UsageError, close_match
from dataaudit.model import Grade, Severity
from dataaudit.project import Project
from dataaudit.values import Exact, Text, Value, fields_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import ValidationError

FILE_NAMES = ("dataaudit.toml", ".dataaudit.toml", "pyproject.toml")
_TABLE = ("tool", "dataaudit")

_PLAIN = {
    "tuple_type": "should be a list",
    "dict_type": "should be a table",
    "dataclass_type": "should be a table",
    "bool_type": "should be true or false",
    "bool_parsing": "should be true or false",
    "path_type": "should be a path",
    "string_type": "should be text",
    "string_too_short": "should not be empty",
    "float_type": "should be a number",
    "int_type": "should be a whole number",
}

# What a wrong range of `figures` is told by; a range is the one list of a fixed length.
_RANGE = {"tuple_type", "missing", "too_long", "float_type"}
_RANGES = "figures"

Names = tuple[Text, ...]


class Settings(Value):
    """How data is judged. Paths of a settings file are absolute here, whatever the working folder.

    select, ignore: codes, prefixes ("DUP"), names, or "ALL"; the more exact word wins, see `selected`.
    splits: path to split. exclude: globs; with a slash matched with whole paths, without one with any part.
    severity: code or name to severity or "off". thresholds: code or name to {threshold: value}.
    labels: the labels that may occur; None where they are not declared. max_findings: kept findings a rule.
    figures: name of a task's figure to a range of the user's own. scoring: table and name in scoring.toml to a number.
    project: what the user says of the project, for costs and advice. tokens: whether tokens are counted, and how.
    extend_select, extend_ignore: added to select and ignore. per_file_ignores: glob to rules that are silent there.
    preview: rules in preview count as selected by "ALL" and prefixes. respect_gitignore: files that git ignores are
    left out of folders. force_exclude: `exclude` holds for files that are named too. max_warnings: more of them fail.
    fail_below: a worse grade fails. ignore_file, baseline: findings that are silent, see `suppression`.
    """

    select: Names = ("ALL",)
    ignore: Names = ()
    providers: Names = ()
    task: str | None = None
    splits: dict[str, Text] = dataclasses.field(default_factory=dict)
    shape: str | None = None
    prompt_column: str | None = None
    completion_column: str | None = None
    system_column: str | None = None
    label_column: str | None = None
    text_column: str | None = None
    id_column: str | None = None
    labels: Names | None = None
    rules: tuple[Path, ...] = ()
    format_contract: Path | None = None
    severity: dict[str, Literal["error", "warning", "info", "off"]] = dataclasses.field(default_factory=dict)
    thresholds: dict[str, dict[str, Annotated[float, Exact()]]] = dataclasses.field(default_factory=dict)
    fail_on: Severity = Severity.ERROR
    max_findings: Annotated[int, Exact(1)] = 1000
    exclude: Names = ()
    figures: dict[str, tuple[Annotated[float, Exact(0)], Annotated[float, Exact(0)]]] = dataclasses.field(
        default_factory=dict
    )
    scoring: dict[str, dict[str, Annotated[float, Exact(0)]]] = dataclasses.field(default_factory=dict)
    project: Project = dataclasses.field(default_factory=Project)
    tokens: Literal["off", "sample", "exact"] = "off"
    extend_select: Names = ()
    extend_ignore: Names = ()
    per_file_ignores: dict[str, Names] = dataclasses.field(default_factory=dict)
    preview: bool = False
    respect_gitignore: bool = True
    force_exclude: bool = False
    max_warnings: Annotated[int, Exact(0)] | None = None
    fail_below: Grade | None = None
    ignore_file: Path | None = None
    baseline: Path | None = None

    def changed(self, **overrides: Any) -> Settings:
        """These settings with some fields replaced.

        Raises:
            UsageError: a field that does not exist, or a value of the wrong kind.
        """
        if not overrides:
            return self
        from pydantic import ValidationError

        try:
            return Settings.validated(
                {entry.name: getattr(self, entry.name) for entry in fields_of(Settings)} | overrides
            )
        except ValidationError as error:
            what, hint = _words(error)
            raise UsageError(what, hint=hint) from error


def load_settings(start: Path, *, config: Path | None = None, isolated: bool = False) -> tuple[Settings, Path | None]:
    """The settings for data at `start`, and the file they are from.

    The file is `config`, or the nearest `dataaudit.toml`, `.dataaudit.toml` or `pyproject.toml` with a table
    `[tool.dataaudit]` in the folder of `start` or one above it. `isolated`: no file is looked for.

    Raises:
        SettingsError: the file cannot be read, or holds an unknown key or a wrong value; it is named.
    """
    if config is not None:
        table = _table_of(config)
        if table is None:
            raise SettingsError("there is no table [tool.dataaudit]", path=str(config))
        return _settings(table, config), config
    if isolated:
        return Settings(), None
    here = start.absolute()
    for folder in (here, *here.parents):
        for name in FILE_NAMES:
            file = folder / name
            if file.is_file() and (table := _table_of(file)) is not None:
                return _settings(table, file), file
    return Settings(), None


def selected(select: tuple[str, ...], ignore: tuple[str, ...], rules: Mapping[str, str]) -> frozenset[str]:
    """The codes that stay after select and ignore; `rules` maps codes to names.

    The more exact word wins: a code or name over a prefix, a longer prefix over a shorter, any over "ALL";
    between equally exact words ignore wins.

    Raises:
        UsageError: a word fits no rule, or no rule stays.
    """
    rank: dict[str, tuple[int, bool]] = dict.fromkeys(rules, (-1, False))
    for words, wanted in ((select, True), (ignore, False)):
        for word in words:
            exactness, codes = _fitting(word, rules, "select" if wanted else "ignore")
            for code in codes:
                if exactness > rank[code][0] or (exactness == rank[code][0] and not wanted):
                    rank[code] = (exactness, wanted)
    chosen = frozenset(code for code, (_, wanted) in rank.items() if wanted)
    if not chosen:
        raise UsageError("select and ignore leave no rule to check")
    return chosen


def _fitting(word: str, rules: Mapping[str, str], option: str) -> tuple[int, list[str]]:
    """How exact a word is, and the codes that it stands for."""
    upper = word.upper()
    if upper == "ALL":
        return 0, list(rules)
    if exact := [code for code, name in rules.items() if upper == code or word.lower() == name]:
        return 100, exact
    if codes := [code for code in rules if code.startswith(upper)]:
        return len(word), codes
    near = close_match(upper, list(rules)) or close_match(word.lower(), list(rules.values()))
    hint = f"did you mean {near}?" if near else "see `dataaudit rule --all`"
    raise UsageError(f"{option}: unknown rule {word!r}", hint=hint)


def _table_of(file: Path) -> dict[str, Any] | None:
    """The settings table of a file; None for a pyproject.toml that has none."""
    import tomllib

    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"cannot be read: {error.strerror or error}", path=str(file)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SettingsError(f"not valid TOML: {error}", path=str(file)) from error
    if file.name != "pyproject.toml":
        return data
    table: Any = data
    for key in _TABLE:
        table = table.get(key) if isinstance(table, dict) else None
    if table is not None and not isinstance(table, dict):
        raise SettingsError("tool.dataaudit should be a table", path=str(file))
    return table


def _settings(table: dict[str, Any], file: Path) -> Settings:
    values: dict[str, Any] = {}
    for key, value in table.items():
        name = key.replace("-", "_")
        if name in values:
            raise SettingsError(f"{key} is set twice, with a dash and with an underscore", path=str(file))
        values[name] = value
    from pydantic import ValidationError

    try:
        settings = Settings.validated(values)
    except ValidationError as error:
        what, hint = _words(error)
        raise SettingsError(what, path=str(file), hint=hint) from error
    return _from_folder(settings, file.absolute().parent)


def _from_folder(settings: Settings, folder: Path) -> Settings:
    """The settings with paths made absolute, seen from the folder of their file."""
    return settings.replaced(
        splits={str(folder / path): split for path, split in settings.splits.items()},
        rules=tuple(folder / path for path in settings.rules),
        format_contract=None if settings.format_contract is None else folder / settings.format_contract,
        exclude=tuple(
            (folder / glob.removeprefix("./")).as_posix() if "/" in glob.rstrip("/") else glob
            for glob in settings.exclude
        ),
    )


def _words(error: ValidationError) -> tuple[str, str | None]:
    """What is wrong with the first bad value, and a hint."""
    first = error.errors(include_url=False)[0]
    kind, place = first["type"], first["loc"]
    if kind == "unexpected_keyword_argument":
        return _unknown(str(place[-1]), inside_project=len(place) > 1)
    key = ".".join(str(part) for part in place if not isinstance(part, int))
    if place[0] == _RANGES and len(place) > 1 and kind in _RANGE:
        return f"{key}: should be two numbers, for example [3, 5]", None
    entry = f"entry {place[-1] + 1} " if isinstance(place[-1], int) else ""
    said = _PLAIN.get(kind) or first["msg"].replace("Input should", "should").removeprefix("Value error, ")
    return f"{key}: {entry}{said}", None


def _unknown(key: str, *, inside_project: bool) -> tuple[str, str]:
    known = [entry.name for entry in fields_of(Project if inside_project else Settings)]
    near = close_match(key.replace("-", "_"), known)
    hint = f"did you mean {near}?" if near else f"known keys: {', '.join(known)}"
    return f"unknown key {key!r}{' in [project]' if inside_project else ''}", hint
