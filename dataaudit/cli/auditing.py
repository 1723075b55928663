"""What the commands that audit data share: paths and options, the settings they come to, and the audit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dataaudit.cli.options import (
    WORDS,
    Command,
    Flags,
    SplitPath,
    Workers,
    base_settings,
    columns_and_shape,
    settings_file,
)
from dataaudit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dataaudit.config import Settings
    from dataaudit.model import Report


def audited_paths(command: Command) -> Command:
    """PATHS and the options that say how data are judged; for `sources_of`, `settings_of` and `audited`."""
    options = [
        click.argument("paths", nargs=-1, metavar="[PATHS]..."),
        click.option("--provider", **WORDS, help="Providers to judge for, or all."),
        click.option("--task", metavar="NAME", help="behaviour, domain-knowledge or classification."),
        click.option(
            "--split", type=SplitPath(), multiple=True, metavar="NAME=PATH", help="The split that a file is of."
        ),
        columns_and_shape,
        click.option("--labels", **WORDS, help="The labels that may occur."),
        click.option(
            "--rules",
            type=click.Path(path_type=Path),
            multiple=True,
            metavar="DIR",
            help="A folder with rules of yours.",
        ),
        settings_file,
        click.option(
            "--workers", type=Workers(), default="auto", show_default=True, metavar="N|auto", help="Processes."
        ),
        click.option("--no-progress", is_flag=True, help="Draw no progress bar."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def sources_of(flags: Flags) -> list[str]:
    """What to audit: PATHS and the files named by --split; one that lies in a folder too is opened once."""
    return list(dict.fromkeys((*flags["paths"], *(path for _, path in flags["split"])))) or ["."]


def settings_of(sources: Sequence[str], flags: Flags, **over: Any) -> Settings:
    """The settings file with the flags over it, and `over` over both."""
    settings = base_settings(sources, flags)
    if flags["task"] is not None:
        over["task"] = flags["task"]
    if providers := joined(flags["provider"]):
        over["providers"] = tuple(name.lower() for name in providers)
    if labels := joined(flags["labels"]):
        over["labels"] = labels
    if flags["rules"]:
        over["rules"] = settings.rules + flags["rules"]
    if flags["split"]:
        over["splits"] = settings.splits | {_absolute(path): name for name, path in flags["split"]}
    return settings.changed(**over)


def joined(lists: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The words of an option that was given several times."""
    return tuple(word for words in lists for word in words)


def refuse_overwriting(output: Path, sources: Sequence[str]) -> None:
    """Tell a wrong --output-file before the data are read.

    Raises:
        UsageError: it is one of the sources, or its folder does not exist.
    """
    if any(output.resolve() == Path(source).resolve() for source in sources if source != "-"):
        raise UsageError("--output-file is one of the files to audit", path=str(output))
    if not output.absolute().parent.is_dir():
        raise UsageError("--output-file: there is no such folder", path=str(output.parent))


def audited(sources: list[str], settings: Settings, flags: Flags, *, quiet: bool = False) -> Report:
    """The report on the sources, with a progress bar on standard error where it is wanted."""
    from dataaudit.api import audit
    from dataaudit.cli.progress import Progress

    with Progress(wanted=not flags["no_progress"] and not quiet) as progress:
        return audit(sources, settings=settings, workers=flags["workers"], progress=progress)


def _absolute(path: str) -> str:
    # As the settings file has them, so that a flag stands over its line.
    return path if path == "-" else str(Path(path).absolute())
