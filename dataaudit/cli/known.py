"""Known findings on the command line: flags, the files in force, what is added to the ignore file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dataaudit.cli.kinds import Word
from dataaudit.cli.options import Command, Flags, stacked
from dataaudit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dataaudit.config import Loaded, Settings
    from dataaudit.model import Report
    from dataaudit.suppression import Baseline

_FILE: Any = {"type": click.Path(path_type=Path, dir_okay=False), "metavar": "FILE"}


def known_findings(command: Command) -> Command:
    """--add-ignore, --reason, --ignore-file, --baseline, --no-baseline and --baseline-commit."""
    return stacked(
        command,
        click.option("--add-ignore", is_flag=True, help="Add what is found to the ignore file; needs --reason."),
        click.option("--reason", metavar="TEXT", help="Why --add-ignore may silence it."),
        click.option("--ignore-file", **_FILE, help="Findings to be silent about. [default: .dataaudit-ignore]"),
        baseline_file,
        click.option("--no-baseline", is_flag=True, help="Read no baseline."),
        click.option(
            "--baseline-commit",
            type=Word("revisions"),
            metavar="REV",
            help="Only findings that are new since a git revision, e.g. main.",
        ),
    )


def baseline_file(command: Command) -> Command:
    """--baseline."""
    return click.option("--baseline", **_FILE, help="The baseline. [default: .dataaudit-baseline.json]")(command)


def in_force(loaded: Loaded, sources: Sequence[str], flags: Flags) -> Settings:
    """The settings with the ignore file and the baseline that are in force for a run.

    With --add-ignore no finding is left out, and an ignore file that is not there yet is none.

    Raises:
        UsageError: flags that exclude each other, or a file that is named and not there.
    """
    from dataaudit.suppression import located

    settings = loaded.settings
    if flags["no_baseline"] and flags["baseline"]:
        raise click.UsageError("--baseline and --no-baseline exclude each other")
    if bool(flags["reason"]) != flags["add_ignore"]:
        raise click.UsageError("--add-ignore needs --reason TEXT, and --reason needs --add-ignore")
    if flags["add_ignore"]:
        from dataaudit.baselines import everything

        settings = everything(settings)
        if settings.ignore_file is not None and not settings.ignore_file.exists():
            settings = settings.replaced(ignore_file=None)
    return located(
        settings,
        sources,
        settings_file=loaded.file,
        isolated=flags["isolated"],
        baseline=flags["baseline"],
        no_baseline=flags["no_baseline"],
    )


def known_since(sources: Sequence[str], settings: Settings, flags: Flags) -> Baseline | None:
    """The findings at the revision of --baseline-commit, for `audit(..., known=)`; None where it is not given.

    Raises:
        UsageError: no such revision, no repository, or no git; it says what to do.
    """
    if flags["baseline_commit"] is None:
        return None
    from dataaudit.baselines import baseline_at

    return baseline_at(flags["baseline_commit"], sources, settings, workers=flags["workers"])


def add_to_ignores(report: Report, loaded: Loaded, sources: Sequence[str], flags: Flags) -> str:
    """Add the findings of a report to the ignore file; what to tell the user.

    Raises:
        UsageError: the file cannot be written. SettingsError: it is broken.
    """
    from dataaudit.cli.effective import base_settings
    from dataaudit.suppression import add_ignores, ignore_file_for
    from dataaudit.suppression.paths import near

    if sum(report.counts.values()) > len(report.findings):
        raise UsageError("some findings have no row to be known by", hint="ignore them by rule, or make a baseline")
    # Those of the run do not name a file that was not there yet.
    file = ignore_file_for(base_settings(sources, flags), sources, loaded.file)
    added = add_ignores(report.findings, file, flags["reason"])
    entries = f"{added:,} {'entry' if added == 1 else 'entries'}"
    return f"{near(file)}: {entries} added for {len(report.findings):,} findings"
