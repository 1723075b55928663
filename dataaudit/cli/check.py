"""`dataaudit check`: settings from file and flags, one call of the API, the report, the exit code."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dataaudit.cli.auditing import audited, audited_paths, joined, refuse_overwriting, settings_of, sources_of
from dataaudit.cli.main import FINDINGS
from dataaudit.cli.options import WORDS, Flags

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dataaudit.config import Settings
    from dataaudit.model import Report, Severity
    from dataaudit.reporters import View


@click.command("check", short_help="Audit data files.")
@click.option("--select", **WORDS, help="Rules to check: codes, prefixes (DUP), names or ALL. Over the settings file.")
@click.option("--ignore", **WORDS, help="Rules not to check, besides those of the settings file.")
@audited_paths
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
@click.option(
    "--summary", is_flag=True, help="One page in place of findings: data, grade, labeling plan, costs and advice."
)
def check(**flags: Any) -> int:
    """Audit the data files of PATHS together: files, folders, or - for standard input.

    Without PATHS: the files named by --split, else the working folder. Exits with 0 where nothing reaches the
    failing severity, 1 for findings, 2 for wrong usage or unreadable input.
    """
    sources = sources_of(flags)
    output: Path | None = flags["output_file"]
    if output is not None:
        refuse_overwriting(output, sources)
    if flags["summary"] and (flags["statistics"] or flags["quiet"] or flags["output_format"] == "concise"):
        raise click.UsageError("--summary is a page of its own: leave out --statistics, --quiet and concise output")
    settings = _settings(sources, flags)
    report = audited(sources, settings, flags, quiet=flags["quiet"])
    _write(report, settings, flags)
    return 0 if flags["exit_zero"] or not _fails(report, settings.fail_on) else FINDINGS


def _settings(sources: Sequence[str], flags: Flags) -> Settings:
    """The settings file with the flags over it."""
    over: Flags = {name: flags[name] for name in ("fail_on", "format_contract") if flags[name] is not None}
    select, ignore = joined(flags["select"]), joined(flags["ignore"])
    settings = settings_of(sources, flags, **over)
    if flags["summary"] and settings.tokens == "off":
        settings = settings.replaced(tokens="sample")
    if select:
        # Rules asked for by hand are wanted, whatever the settings file ignores.
        return settings.changed(select=select, ignore=ignore)
    return settings.changed(ignore=settings.ignore + ignore) if ignore else settings


def _write(report: Report, settings: Settings, flags: Flags) -> None:
    from dataaudit.cli.output import colored, write
    from dataaudit.reporters import View

    output: Path | None = flags["output_file"]
    view = View(color=output is None and colored(sys.stdout), quiet=flags["quiet"])
    write(_text(report, settings, flags, view), output)


def _text(report: Report, settings: Settings, flags: Flags, view: View) -> str:
    from dataaudit.catalogue import load_catalogue
    from dataaudit.reporters import render

    form = flags["output_format"]
    if flags["summary"]:
        from dataaudit.decisions import decide
        from dataaudit.reporters.page import page

        decisions = decide(report, settings)
        if form != "json":
            return page(report, *decisions, view)
        report = decisions.added_to(report)
    return render(report, load_catalogue(*settings.rules), form, view, statistics=flags["statistics"])


def _fails(report: Report, least: Severity) -> bool:
    worst = report.worst()
    return worst is not None and worst.rank >= least.rank
