"""Options that several commands share. What they come to together with the settings file: `cli.effective`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dataaudit.cli.effective import base_settings
from dataaudit.cli.kinds import Column, ConfigKind, FileIgnores, GradeWord, Kind, SplitPath, Word, Words, Workers

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "PROVIDERS",
    "RULES",
    "WORDS",
    "Command",
    "Flags",
    "Kind",
    "SplitPath",
    "Words",
    "Workers",
    "base_settings",
    "chosen_files",
    "chosen_rules",
    "columns_and_shape",
    "exit_options",
    "loudness",
    "own_rules",
    "rule_options",
    "settings_file",
    "stacked",
]

Flags = dict[str, Any]
Command = TypeVar("Command", bound="Callable[..., Any]")


def _list_of(known: str | None = None) -> Any:
    return {"type": Words(known), "multiple": True, "metavar": "LIST"}


WORDS, RULES, PROVIDERS = _list_of(), _list_of("rules"), _list_of("providers")

_PARTS = ("prompt", "completion", "system", "label", "text", "id")


def stacked(command: Command, *options: Callable[[Any], Any]) -> Command:
    """A command with options, in the order given."""
    for option in reversed(options):
        command = option(command)
    return command


def columns_and_shape(command: Command) -> Command:
    """--shape and the options that name columns."""
    shape = click.option(
        "--shape", type=Word("shapes"), metavar="NAME", help="The record shape, where it should not be guessed."
    )
    return stacked(command, shape, *(_column(part) for part in _PARTS))


def settings_file(command: Command) -> Command:
    """--config and --isolated."""
    return stacked(
        command,
        click.option(
            "--config",
            type=ConfigKind(),
            multiple=True,
            metavar="FILE|'KEY = VALUE'",
            help="The settings file, or a line of TOML over it; may be repeated. [default: the nearest file]",
        ),
        click.option("--isolated", is_flag=True, help="Read no settings file."),
    )


def chosen_rules(command: Command) -> Command:
    """--select, --ignore and what extends them."""
    return stacked(
        command,
        click.option("--select", **RULES, help="Rules to check: codes, prefixes (DUP), names or ALL."),
        click.option("--extend-select", **RULES, help="Rules to check besides those of the settings file."),
        click.option("--ignore", **RULES, help="Rules not to check, besides those of the settings file."),
        click.option("--extend-ignore", **RULES, help="The same as --ignore."),
        click.option(
            "--per-file-ignores",
            type=FileIgnores(),
            multiple=True,
            metavar="GLOB:CODES",
            help="Rules that are silent in some files, besides those of the settings file.",
        ),
        click.option("--preview/--no-preview", default=None, help="Take rules in preview with ALL and prefixes too."),
    )


def chosen_files(command: Command) -> Command:
    """--exclude and what git ignores."""
    return stacked(
        command,
        click.option(
            "--exclude", **WORDS, help="Globs of files and folders to leave out, besides those of the settings file."
        ),
        click.option(
            "--force-exclude/--no-force-exclude", default=None, help="Leave them out where they are named too."
        ),
        click.option(
            "--respect-gitignore/--no-respect-gitignore",
            default=None,
            help="Leave out what git ignores. [default: yes]",
        ),
    )


def own_rules(command: Command) -> Command:
    """--rules."""
    kind = click.Path(path_type=Path)
    return click.option("--rules", type=kind, multiple=True, metavar="DIR", help="A folder with rules of yours.")(
        command
    )


def rule_options(command: Command) -> Command:
    """Which rules are checked, and the format that answers are held against."""
    contract = click.Path(path_type=Path, exists=True, dir_okay=False)
    return stacked(
        command,
        chosen_rules,
        click.option(
            "--format-contract",
            type=contract,
            metavar="FILE",
            help="What answers must look like, as `dataaudit learn` writes it.",
        ),
    )


def exit_options(command: Command) -> Command:
    """What makes a run fail."""
    return stacked(
        command,
        click.option(
            "--fail-on",
            type=click.Choice(["error", "warning", "info"]),
            help="Least severity that exits with 1. [default: error]",
        ),
        click.option(
            "--max-warnings", type=click.IntRange(min=0), metavar="N", help="Exit with 1 for more warnings than that."
        ),
        click.option(
            "--fail-below",
            type=GradeWord(),
            metavar="GRADE",
            help="Exit with 1 for a grade worse than that, A to F.",
        ),
        click.option("--exit-zero/--no-exit-zero", default=None, help="Exit with 0 whatever is found."),
    )


def loudness(command: Command) -> Command:
    """--quiet, --silent and --verbose."""
    return stacked(
        command,
        click.option("-q", "--quiet", is_flag=True, help="Findings only; nothing where there are none."),
        click.option("-s", "--silent", is_flag=True, help="No report, no notes: the exit code only."),
        click.option("-v", "--verbose", is_flag=True, help="Say on standard error what is used, and the time taken."),
    )


def _column(part: str) -> Callable[[Any], Any]:
    return click.option(
        f"--{part}-column", type=Column(), metavar="NAME", help=f"The column or field that holds the {part}."
    )
