"""Options that several commands share, and the settings that they come to together with the settings file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dataaudit.config import Settings

Flags = dict[str, Any]
Command = TypeVar("Command", bound="Callable[..., Any]")

if TYPE_CHECKING:
    Kind = click.ParamType[Any]
else:
    Kind = click.ParamType  # generic only since click 8.5


class Words(Kind):
    """A list with commas."""

    name = "list"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        words = tuple(word.strip() for word in value.split(",")) if isinstance(value, str) else tuple(value)
        if not all(words):
            self.fail(f"{value!r} has an empty word", param, ctx)
        return words


class SplitPath(Kind):
    """NAME=PATH."""

    name = "split"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        name, equals, path = value.partition("=") if isinstance(value, str) else ("", "", "")
        if not (name and equals and path):
            self.fail(f"{value!r} is not NAME=PATH, for example validation=data/held_out.jsonl", param, ctx)
        return name, path


class Workers(Kind):
    """A number, or 'auto', which is 0: one a processor, where the data are large."""

    name = "workers"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if value == "auto":
            return 0
        if not (str(value).isascii() and str(value).isdecimal()):
            self.fail(f"{value!r} is neither a number nor auto", param, ctx)
        return int(value)


class _Column(Kind):
    """A name that is not blank."""

    name = "column"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not str(value).strip():
            self.fail("the name of a column is not blank", param, ctx)
        return str(value)


def _column(part: str) -> Callable[[Any], Any]:
    return click.option(
        f"--{part}-column", type=_Column(), metavar="NAME", help=f"The column or field that holds the {part}."
    )


WORDS: Any = {"type": Words(), "multiple": True, "metavar": "LIST"}

_PARTS = ("prompt", "completion", "system", "label", "text", "id")


def columns_and_shape(command: Command) -> Command:
    """--shape and the options that name columns."""
    for part in reversed(_PARTS):
        command = _column(part)(command)
    return click.option("--shape", metavar="NAME", help="The record shape, where it should not be guessed.")(command)


def settings_file(command: Command) -> Command:
    """--config and --isolated."""
    command = click.option("--isolated", is_flag=True, help="Read no settings file.")(command)
    return click.option(
        "--config",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="The settings file. [default: the nearest]",
    )(command)


def base_settings(sources: Sequence[str], flags: Flags) -> Settings:
    """The settings file for data at `sources`, with the flags of `settings_file` and `columns_and_shape` over it."""
    from dataaudit.config import load_settings

    if flags["isolated"] and flags["config"]:
        raise click.UsageError("--isolated and --config exclude each other")
    settings, _ = load_settings(_common_folder(sources), config=flags["config"], isolated=flags["isolated"])
    names = ("shape", *(f"{part}_column" for part in _PARTS))
    return settings.changed(**{name: flags[name] for name in names if flags[name] is not None})


def _common_folder(sources: Sequence[str]) -> Path:
    """The nearest folder above all sources; the working folder for standard input."""
    files = [Path(source).absolute() for source in sources if source != "-"]
    try:
        common = Path(os.path.commonpath(files)) if files else Path.cwd()
    except ValueError:
        # Two drives of Windows have nothing in common.
        return Path.cwd()
    return common if common.is_dir() else common.parent
