"""The settings that a command runs with: the settings file, and over it what flags and environment say."""

from __future__ import annotations

import os
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dataaudit.cli.command import from_environment, variable_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dataaudit.config import Loaded, Settings

# Keys of the settings that a flag of the same name sets to its value.
_PLAIN = (
    "task", "shape", "prompt_column", "completion_column", "system_column", "label_column", "text_column", "id_column",
    "format_contract", "preview", "force_exclude", "respect_gitignore", "max_warnings", "fail_below",
    "ignore_file", "exit_zero", "exit_non_zero_on_fix",
)  # fmt: skip
_LISTS = ("select", "extend_select", "ignore", "extend_ignore", "labels")


def base_settings(sources: Sequence[str], flags: Mapping[str, Any]) -> Settings:
    """The settings file for data at `sources`, with the flags over it. Raises as `loaded_settings`."""
    return loaded_settings(sources, flags).settings


def loaded_settings(sources: Sequence[str], flags: Mapping[str, Any]) -> Loaded:
    """The same with the file, and with where each key comes from; flags that the command does not have are not given.

    Raises:
        SettingsError: the settings file is wrong. UsageError: flags that exclude each other.
    """
    from dataaudit.config import Layer, read_settings

    values = _given(flags)
    ctx = click.get_current_context(silent=True)
    over = Layer(values, {key: _origin(ctx, _FLAGS.get(key, key), value) for key, value in values.items()}, flags=True)
    config, isolated = _files(ctx, flags)
    said_by = _origin(ctx, "config")
    return read_settings(common_folder(sources), config=config, isolated=isolated, over=over, said_by=said_by)


def common_folder(sources: Sequence[str]) -> Path:
    """The nearest folder above all sources; the working folder for standard input."""
    files = [Path(source).absolute() for source in sources if source != "-"]
    try:
        common = Path(os.path.commonpath(files)) if files else Path.cwd()
    except ValueError:
        # Two drives of Windows have nothing in common.
        return Path.cwd()
    return common if common.is_dir() else common.parent


def joined(lists: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The words of an option that was given several times."""
    return tuple(word for words in lists for word in words)


def _given(flags: Mapping[str, Any]) -> dict[str, Any]:
    """What the flags set, by key of the settings."""
    values = {key: flags[key] for key in _PLAIN if flags.get(key) is not None}
    values |= {key: joined(flags[key]) for key in _LISTS if flags.get(key)}
    for key, (flag, made) in _MADE.items():
        if flags.get(flag):
            values[key] = made(flags[flag])
    return values


def _severity(word: str) -> Any:
    from dataaudit.model import Severity

    return Severity(word)


def _providers(lists: Sequence[Sequence[str]]) -> tuple[str, ...]:
    return tuple(name.lower() for name in joined(lists))


def _splits(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    # As the settings file has them, so that a flag stands over its line.
    return {path if path == "-" else str(Path(path).absolute()): name for name, path in pairs}


def _exclude(lists: Sequence[Sequence[str]]) -> tuple[str, ...]:
    from dataaudit.config.files import absolute_glob

    return tuple(absolute_glob(glob, Path.cwd()) for glob in joined(lists))


def _per_file(lists: Sequence[Sequence[tuple[str, tuple[str, ...]]]]) -> dict[str, tuple[str, ...]]:
    from dataaudit.config.files import absolute_glob

    found: dict[str, tuple[str, ...]] = {}
    for glob, codes in chain.from_iterable(lists):
        place = absolute_glob(glob, Path.cwd())
        found[place] = (*found.get(place, ()), *codes)
    return found


# Key of the settings: the flag, and what makes the value of it.
_MADE: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "fail_on": ("fail_on", _severity),
    "providers": ("provider", _providers),
    "rules": ("rules", tuple),
    "splits": ("split", _splits),
    "exclude": ("exclude", _exclude),
    "per_file_ignores": ("per_file_ignores", _per_file),
}
_FLAGS = {key: flag for key, (flag, _) in _MADE.items()}


def _origin(ctx: click.Context | None, name: str, value: Any = None) -> str:
    """The flag, of two twins the one that gives the value, or its variable where the value is from there."""
    option = next((p for p in ctx.command.params if p.name == name), None) if ctx is not None else None
    if ctx is None or not isinstance(option, click.Option):
        return f"--{name.replace('_', '-')}"
    if from_environment(ctx, name):
        return variable_of(option) or option.opts[0]
    if value is False and option.secondary_opts:
        return max(option.secondary_opts, key=len)
    return max(option.opts, key=len)


def _files(ctx: click.Context | None, flags: Mapping[str, Any]) -> tuple[tuple[str, ...], bool]:
    """Of --config and --isolated the one that was typed, where the other is from the environment."""
    config, isolated = tuple(flags.get("config") or ()), bool(flags.get("isolated"))
    if ctx is not None and config and isolated:
        if from_environment(ctx, "config") and not from_environment(ctx, "isolated"):
            config = ()
        elif from_environment(ctx, "isolated") and not from_environment(ctx, "config"):
            isolated = False
    return config, isolated
