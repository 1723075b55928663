"""Settings files: which one counts, what stands in it, and the files that it extends."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from dataaudit.config.globs import NOT, absolute
from dataaudit.config.layers import Layer
from dataaudit.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dataaudit.config.settings import Settings

FILE_NAMES = ("dataaudit.toml", ".dataaudit.toml", "pyproject.toml")
EXTEND = "extend"
_PYPROJECT = "pyproject.toml"
_TABLE = ("tool", "dataaudit")


def nearest(start: Path) -> Path | None:
    """The settings file of the folder `start`, or of the nearest one above it that has one.

    Raises:
        SettingsError: a file on the way cannot be read.
    """
    here = Path(absolute(str(start)))
    for folder in (here, *here.parents):
        for name in FILE_NAMES:
            file = folder / name
            if name != _PYPROJECT:
                _refuse_unreadable(file)
            if file.is_file() and (name != _PYPROJECT or _table(file, _text(file)) is not None):
                return file
    return None


def _refuse_unreadable(file: Path) -> None:
    """A settings file that someone put there, and that cannot be one, is told: without it other rules would hold."""
    if file.is_dir():
        raise SettingsError("is a folder, and settings stand in a file", path=str(file), hint="rename one of them")
    if file.is_symlink() and not file.exists():
        raise SettingsError("is a link to a file that is not there", path=str(file), hint="mend the link or remove it")


def layers_of(file: Path) -> dict[Path, Layer]:
    """The layers of a file and of those that it extends, by file, the farthest first.

    Raises:
        SettingsError: a file cannot be read or holds a wrong value, or the files extend each other in a circle.
    """
    found: list[Layer] = []
    seen: list[Path] = []
    here: Path | None = file
    while here is not None:
        text = _extended(here, seen)
        table = _table(here, text)
        if table is None:
            raise SettingsError("there is no table [tool.dataaudit]", path=str(here), hint=_by(seen))
        seen.append(here)
        above = _named(here, table, text)
        found.append(layer_of(table, here, here.absolute().parent, text))
        here = above
    return dict(zip(seen[::-1], found[::-1], strict=True))


def layer_of(table: Mapping[str, Any], origin: Path | str, folder: Path, text: str) -> Layer:
    """One layer of a table of TOML, validated; paths in it are seen from `folder`.

    Raises:
        SettingsError: an unknown key or a wrong value; `origin` and the line are named.
    """
    from pydantic import ValidationError

    from dataaudit.config.messages import words
    from dataaudit.config.settings import Settings

    values: dict[str, Any] = {}
    for key, value in table.items():
        name = key.replace("-", "_")
        if name in values:
            raise _wrong(f"{key} is set twice, with a dash and with an underscore", None, origin, text, (key,))
        values[name] = value
    if EXTEND in values and isinstance(origin, str):
        raise _wrong("extend stands in a settings file only", None, origin, text, (EXTEND,))
    values.pop(EXTEND, None)
    try:
        settings = Settings.validated(values)
    except ValidationError as error:
        what, hint, keys = words(error)
        raise _wrong(what, hint, origin, text, keys) from error
    settings = from_folder(settings, folder)
    given = {name: getattr(settings, name) for name in values}
    if "project" in values:
        # Only what is said: what is not must not hide the project of a file that this one extends.
        given["project"] = {name: getattr(settings.project, name) for name in values["project"]}
    return Layer(given, dict.fromkeys(given, origin))


def from_folder(settings: Settings, folder: Path) -> Settings:
    """The settings with paths made absolute, seen from the folder of their file."""

    def place(path: Path | None) -> Path | None:
        return None if path is None else folder / path

    return settings.replaced(
        splits={str(folder / path): split for path, split in settings.splits.items()},
        rules=tuple(folder / path for path in settings.rules),
        format_contract=place(settings.format_contract),
        ignore_file=place(settings.ignore_file),
        baseline=place(settings.baseline),
        exclude=tuple(absolute_glob(glob, folder) for glob in settings.exclude),
        per_file_ignores={absolute_glob(glob, folder): codes for glob, codes in settings.per_file_ignores.items()},
    )


def absolute_glob(glob: str, folder: Path) -> str:
    """A glob with a slash, seen from `folder`; one without a slash fits anywhere and stays. A leading `!` is kept."""
    if glob.startswith(NOT):
        return NOT + absolute_glob(glob.removeprefix(NOT), folder)
    return (folder / glob.removeprefix("./")).as_posix() if "/" in glob.rstrip("/") else glob


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SettingsError(f"cannot be read: {error.strerror or error}", path=str(file)) from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"not valid TOML: {error}", path=str(file)) from error


def _extended(file: Path, seen: list[Path]) -> str:
    """The text of a file that the last of `seen`, if there is one, extends."""
    if any(file.resolve() == other.resolve() for other in seen):
        raise SettingsError(f"extends {file}, which extends it in turn", path=str(seen[-1]), hint="break the circle")
    try:
        return _text(file)
    except SettingsError as error:
        if not seen:
            raise
        raise SettingsError(error.what, path=str(file), hint=_by(seen)) from error


def _by(seen: list[Path]) -> str | None:
    return f"{seen[-1]} extends it" if seen else None


def _named(file: Path, table: Mapping[str, Any], text: str) -> Path | None:
    """The file that a file extends."""
    value = table.get(EXTEND)
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise _wrong("extend: should be the path of a settings file", None, file, text, (EXTEND,))
    return Path(absolute(str(file.absolute().parent / Path(value).expanduser())))


def parsed(text: str, origin: Path | str) -> dict[str, Any]:
    """The data of a TOML text.

    Raises:
        SettingsError: it is not valid; the line is named.
    """
    import re
    import tomllib

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        what = str(error)
        place = re.search(r" \(at line (\d+), column (\d+)\)$", what)
        if isinstance(origin, str):
            raise SettingsError(f"not valid TOML: {what}", path=origin) from error
        if place is None:
            last = len(text.splitlines()) or 1
            raise SettingsError(f"not valid TOML: {what}", path=str(origin), line=last) from error
        said = f"not valid TOML: {what[: place.start()]} at column {place[2]}"
        raise SettingsError(said, path=str(origin), line=int(place[1])) from error


def _table(file: Path, text: str) -> dict[str, Any] | None:
    """The settings table of a file; None for a pyproject.toml that has none."""
    data = parsed(text, file)
    if file.name != _PYPROJECT:
        return data
    table: Any = data
    for key in _TABLE:
        table = table.get(key) if isinstance(table, dict) else None
    if table is not None and not isinstance(table, dict):
        raise SettingsError("tool.dataaudit should be a table", path=str(file))
    return table


def _wrong(what: str, hint: str | None, origin: Path | str, text: str, keys: tuple[str, ...]) -> SettingsError:
    from dataaudit.config.messages import line_of

    if isinstance(origin, str):
        return SettingsError(what, path=origin, hint=hint)
    line = line_of(text, (*(_TABLE if origin.name == _PYPROJECT else ()), *keys))
    return SettingsError(what, path=str(origin), line=line, hint=hint)
