"""Where a wrong value of the settings stands: the file and its line, the flag, or the variable.

Files are read again, as the settings do not keep their text; this is done only where an error is told.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from dataaudit.errors import SettingsError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dataaudit.config.layers import Origin

_PREFIX = ("tool", "dataaudit")


def placed(
    error: UsageError, keys: Sequence[str], origins: Sequence[Origin], value: str | None = None
) -> SettingsError | UsageError:
    """The error, naming the place that the value comes from.

    keys: the key of the settings and those below it. value: what stands there, or is an entry of the list or table.
    origins: of the key, the lowest first.
    """
    what = error.what if error.what.startswith(keys[0]) else f"{keys[0]}: {error.what}"
    for origin in reversed(origins):
        if (text := _text(origin)) is not None and (line := _line(origin, text, keys, value)) is not None:
            return SettingsError(what, path=str(origin), line=line or None, hint=error.hint)
    said = [origin for origin in origins if _text(origin) is None] or list(origins)
    if not said:
        return UsageError(what, hint=error.hint)
    if len(said) == 1 and str(said[0]).startswith("--"):
        what = what.removeprefix(f"{keys[0]}: ")
    return SettingsError(what, path=", ".join(map(str, said)), hint=error.hint)


def _text(origin: Origin) -> str | None:
    """The TOML of a file, or of a line of --config; None of other flags."""
    if isinstance(origin, Path):
        try:
            return origin.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return None
    _, blank, text = origin.partition(" ")
    return text if blank else None


def _line(origin: Origin, text: str, keys: Sequence[str], value: str | None) -> int | None:
    """The line of the value, 0 where it cannot be told; None if the text does not have it."""
    from dataaudit.config.files import parsed
    from dataaudit.config.messages import line_of

    inside = _PREFIX if isinstance(origin, Path) and origin.name == "pyproject.toml" else ()
    table: Any = parsed(text, origin)
    for key in (*inside, *keys):
        names = {key, key.replace("_", "-")} if isinstance(table, dict) else set()
        found = next((name for name in table if name in names), None) if names else None
        if found is None:
            return None
        table = table[found]
    if value is not None and value not in _entries(table):
        return None
    if isinstance(origin, str):
        return 0
    first = line_of(text, (*inside, *keys)) or 0
    if value is None or not first:
        return first
    quoted = (f'"{value}"', f"'{value}'")
    below = enumerate(text.splitlines()[first - 1 :], start=first)
    return next((number for number, line in below if any(word in line for word in quoted)), first)


def _entries(value: Any) -> list[Any]:
    """All values in a value, in whatever depth."""
    if isinstance(value, dict):
        return [entry for inner in value.values() for entry in _entries(inner)]
    return [entry for inner in value for entry in _entries(inner)] if isinstance(value, list) else [value]
