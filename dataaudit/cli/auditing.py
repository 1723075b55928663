"""What the commands that audit data share: paths and options, the settings they come to, and the audit."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dataaudit.cli.effective import joined, loaded_settings
from dataaudit.cli.kinds import SplitPath, Word, Workers
from dataaudit.cli.named import KEYS, check_names
from dataaudit.cli.options import (
    PROVIDERS,
    WORDS,
    Command,
    Flags,
    chosen_files,
    columns_and_shape,
    own_rules,
    settings_file,
    stacked,
)
from dataaudit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dataaudit.cli.verbose import Account
    from dataaudit.config import Loaded, Selection, Settings
    from dataaudit.model import Report

__all__ = [
    "audited",
    "audited_paths",
    "chosen",
    "joined",
    "judged_by",
    "refuse_overwriting",
    "settings_of",
    "sources_of",
]


def audited_paths(command: Command) -> Command:
    """PATHS and the options that say how data are judged; for `sources_of`, `settings_of` and `audited`."""
    return stacked(
        command,
        click.argument("paths", nargs=-1, metavar="[PATHS]...", type=click.Path()),
        judged_by,
        settings_file,
        click.option(
            "--workers", type=Workers(), default="auto", show_default=True, metavar="N|auto", help="Processes."
        ),
        click.option("--no-progress", is_flag=True, help="Draw no progress bar."),
    )


def judged_by(command: Command) -> Command:
    """What is looked at, and how it is judged."""
    return stacked(
        command,
        click.option("--provider", **PROVIDERS, help="Providers to judge for, or all."),
        click.option(
            "--task", type=Word("tasks"), metavar="NAME", help="behaviour, domain-knowledge or classification."
        ),
        click.option(
            "--split", type=SplitPath(), multiple=True, metavar="NAME=PATH", help="The split that a file is of."
        ),
        chosen_files,
        columns_and_shape,
        click.option("--labels", **WORDS, help="The labels that may occur."),
        own_rules,
    )


def sources_of(flags: Flags) -> list[str]:
    """What to audit: PATHS and the files named by --split; one that lies in a folder too is opened once."""
    return list(dict.fromkeys((*flags["paths"], *(path for _, path in flags["split"])))) or ["."]


def settings_of(sources: Sequence[str], flags: Flags, **over: Any) -> Settings:
    """The settings file with the flags over it, and `over` over both; words that name no rule are told."""
    loaded, _ = chosen(sources, flags)
    return loaded.settings.changed(**over)


def chosen(sources: Sequence[str], flags: Flags) -> tuple[Loaded, Selection | None]:
    """The settings with their origins, and the rules that they choose; None where all are the default.

    Raises:
        SettingsError: the settings file is wrong, or names what there is not. UsageError: flags do.
    """
    loaded = loaded_settings(sources, flags)
    named = loaded.origins.keys()
    if not named & (_NAMING | KEYS):
        return loaded, None
    from dataaudit.catalogue import load_catalogue

    catalogue = load_catalogue(*loaded.settings.rules)
    if named & KEYS:
        check_names(loaded, catalogue)
    if not named & _NAMING:
        return loaded, None
    from dataaudit.config.words import checked_words

    return loaded, checked_words(loaded, catalogue)


def refuse_overwriting(output: Path, sources: Sequence[str], option: str = "--output-file") -> None:
    """Tell a wrong --output-file, or another option for it, before the data are read.

    Raises:
        UsageError: it is one of the sources, or its folder does not exist.
    """
    if any(os.path.realpath(output) == os.path.realpath(source) for source in sources if source != "-"):
        raise UsageError(f"{option} is one of the files to audit", path=str(output))
    if not output.absolute().parent.is_dir():
        raise UsageError(f"{option}: there is no such folder", path=str(output.parent))


def audited(
    sources: list[str],
    settings: Settings,
    flags: Flags,
    *,
    quiet: bool = False,
    account: Account | None = None,
    **extra: Any,
) -> Report:
    """The report on the sources, with a progress bar on standard error where it is wanted, and what was left out.

    account: notes the times. extra: further arguments of `dataaudit.audit`.
    """
    from dataaudit.api import audit
    from dataaudit.cli.left_out import LeftOutFiles
    from dataaudit.cli.output import say
    from dataaudit.cli.progress import Progress

    left = LeftOutFiles()
    with Progress(wanted=not flags["no_progress"] and not quiet) as progress:
        seen = progress if account is None else account.watching(progress)
        how = {"workers": flags["workers"], "progress": seen, "left_out": left.add}
        report = audit(sources, settings=settings, **how, **extra)
    for note in left.notes(verbose=bool(flags.get("verbose"))) if not quiet else ():
        say(note)
    return report


# Keys of the settings in which rules are named.
_NAMING = {"select", "extend_select", "ignore", "extend_ignore", "per_file_ignores", "severity", "thresholds"}
