"""The settings that count for data in a folder: of the nearest file or a named one, with what was said over it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dataaudit.config.files import layer_of, layers_of, nearest, parsed
from dataaudit.config.layers import Layer, Origin, combined
from dataaudit.errors import SettingsError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dataaudit.config.settings import Settings


class Loaded(NamedTuple):
    """Settings, the file that counts, all files read (those that it extends first), and where each set key is from."""

    settings: Settings
    file: Path | None
    files: tuple[Path, ...]
    origins: Mapping[str, tuple[Origin, ...]]


def load_settings(
    start: Path, *, config: Path | str | Sequence[Path | str] | None = None, isolated: bool = False
) -> tuple[Settings, Path | None]:
    """The settings for data at `start`, and the file they are from.

    The file is the one of `config`, or the nearest `dataaudit.toml`, `.dataaudit.toml` or `pyproject.toml` with a table
    `[tool.dataaudit]` in the folder of `start` or one above it. config: a file, or lines of TOML such as
    `fail_on = "warning"` that stand over the file, or several of them. isolated: no file is looked for.

    Raises:
        SettingsError: the file cannot be read, or holds an unknown key or a wrong value; it is named.
    """
    loaded = read_settings(start, config=config, isolated=isolated)
    return loaded.settings, loaded.file


def read_settings(
    start: Path,
    *,
    config: Path | str | Sequence[Path | str] | None = None,
    isolated: bool = False,
    over: Layer | None = None,
    said_by: str = "--config",
) -> Loaded:
    """As `load_settings`, with `over`, such as flags, over all, and with the origin of each key. Raises as it does.

    said_by: what `config` was given by.
    """
    given = (config,) if isinstance(config, (Path, str)) else config or ()
    named = [entry for entry in given if isinstance(entry, Path) or not _is_toml(entry)]
    if len(named) > 1:
        raise UsageError(f"{said_by} names two files, {named[0]} and {named[1]}", hint="let one extend the other")
    if named and isolated:
        raise UsageError("--isolated and --config exclude each other", hint="only --config 'key = value' goes with it")
    file = Path(named[0]) if named else None if isolated else nearest(start)
    read = layers_of(file) if file is not None else {}
    layers = [*read.values()]
    layers += [_snippet(entry, said_by) for entry in given if isinstance(entry, str) and entry not in named]
    if over is not None:
        layers.append(over)
    settings, origins = combined(layers, lambda: _codes(layers))
    return Loaded(settings, file, tuple(read), origins)


def _is_toml(entry: str) -> bool:
    return "=" in entry and not Path(entry).is_file()


def _snippet(text: str, said_by: str) -> Layer:
    origin = f"{said_by} {text}"
    try:
        return layer_of(parsed(text, origin), origin, Path.cwd(), text)
    except SettingsError as error:
        hint = error.hint or "a text needs quotes, for example --config 'fail_on = \"warning\"'"
        raise SettingsError(error.what, path=error.path, hint=hint) from error


def _codes(layers: Sequence[Layer]) -> dict[str, str]:
    """The code of each name of a rule, those of the user among them."""
    from dataaudit.catalogue import load_catalogue

    folders = next((layer.values["rules"] for layer in reversed(layers) if "rules" in layer.values), ())
    return {rule.name: code for code, rule in load_catalogue(*folders).rules.items()}
