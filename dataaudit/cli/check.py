"""`dataaudit check`: settings from file and flags, one call of the API, the report, the exit code."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dataaudit.cli.main import FINDINGS
from dataaudit.cli.options import (
    WORDS,
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
    from dataaudit.model import Report, Severity


@click.command("check", short_help="Audit data files.")
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option("--select", **WORDS, help="Rules to check: codes, prefixes (DUP), names or ALL. Over the settings file.")
@click.option("--ignore", **WORDS, help="Rules not to check, besides those of the settings file.")
@click.option("--provider", **WORDS, help="Providers to judge for, or all.")
@click.option("--task", metavar="NAME", help="behaviour, domain-knowledge or classification.")
@click.option("--split", type=SplitPath(), multiple=True, metavar="NAME=PATH", help="The split that a file is of.")
@columns_and_shape
@click.option("--labels", **WORDS, help="The labels that may occur.")
@click.option(
    "--rules",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="DIR",
    help="A folder with rules of yours.",
)
@click.option(
    "--format-contract",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="What answers must look like, as `dataaudit learn` writes it.",
)
@click.option("--output-format", type=click.Choice(["full", "concise", "json"]), default="full", show_default=True)
@click.option(
    "--output-file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the report there.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
    help="Least severity that exits with 1. [default: error]",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found.")
@click.option("-q", "--quiet", is_flag=True, help="Findings only; nothing where there are none.")
@click.option("--statistics", is_flag=True, help="Counts by rule in place of findings.")
@settings_file
@click.option("--workers", type=Workers(), default="auto", show_default=True, metavar="N|auto", help="Processes.")
@click.option("--no-progress", is_flag=True, help="Draw no progress bar.")
def check(paths: tuple[str, ...], **flags: Any) -> int:
    """Audit the data files of PATHS together: files, folders, or - for standard input.

    Without PATHS: the files named by --split, else the working folder. Exits with 0 where nothing reaches the
    failing severity, 1 for findings, 2 for wrong usage or unreadable input.
    """
    sources = _sources(paths, flags["split"])
    output: Path | None = flags["output_file"]
    if output is not None:
        _refuse_overwriting(output, sources)
    settings = _settings(sources, flags)
    report = _audit(sources, settings, flags)
    _write(report, settings, flags)
    return 0 if flags["exit_zero"] or not _fails(report, settings.fail_on) else FINDINGS


def _sources(paths: Sequence[str], splits: Sequence[tuple[str, str]]) -> list[str]:
    """What to audit: PATHS and the files named by --split; one that lies in a folder too is opened once."""
    return list(dict.fromkeys((*paths, *(path for _, path in splits)))) or ["."]


def _refuse_overwriting(output: Path, sources: Sequence[str]) -> None:
    if any(output.resolve() == Path(source).resolve() for source in sources if source != "-"):
        raise UsageError("--output-file is one of the files to audit", path=str(output))
    if not output.absolute().parent.is_dir():
        raise UsageError("--output-file: there is no such folder", path=str(output.parent))


def _settings(sources: Sequence[str], flags: Flags) -> Settings:
    """The settings file with the flags over it."""
    settings = base_settings(sources, flags)
    over: Flags = {name: flags[name] for name in ("task", "fail_on", "format_contract") if flags[name] is not None}
    lists = {
        name: tuple(word for words in flags[name] for word in words)
        for name in ("select", "ignore", "provider", "labels")
    }
    if lists["select"]:
        # Rules asked for by hand are wanted, whatever the settings file ignores.
        over |= {"select": lists["select"], "ignore": lists["ignore"]}
    elif lists["ignore"]:
        over["ignore"] = settings.ignore + lists["ignore"]
    if lists["provider"]:
        over["providers"] = tuple(name.lower() for name in lists["provider"])
    if lists["labels"]:
        over["labels"] = lists["labels"]
    if flags["rules"]:
        over["rules"] = settings.rules + flags["rules"]
    if flags["split"]:
        over["splits"] = settings.splits | {_absolute(path): name for name, path in flags["split"]}
    return settings.changed(**over)


def _absolute(path: str) -> str:
    # As the settings file has them, so that a flag stands over its line.
    return path if path == "-" else str(Path(path).absolute())


def _audit(sources: list[str], settings: Settings, flags: Flags) -> Report:
    from dataaudit.api import audit
    from dataaudit.cli.progress import Progress

    with Progress(wanted=not flags["no_progress"] and not flags["quiet"]) as progress:
        return audit(sources, settings=settings, workers=flags["workers"], progress=progress)


def _write(report: Report, settings: Settings, flags: Flags) -> None:
    from dataaudit.catalogue import load_catalogue
    from dataaudit.cli.output import colored, write
    from dataaudit.reporters import View, render

    output: Path | None = flags["output_file"]
    view = View(color=output is None and colored(sys.stdout), quiet=flags["quiet"])
    form = flags["output_format"]
    write(render(report, load_catalogue(*settings.rules), form, view, statistics=flags["statistics"]), output)


def _fails(report: Report, least: Severity) -> bool:
    worst = report.worst()
    return worst is not None and worst.rank >= least.rank
