"""Where the report of `check` goes and how it looks: its options, and the writing of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dataaudit.cli.destinations import Destination, DestinationKind, destinations, refuse, write_reports
from dataaudit.cli.options import Command, Flags, stacked
from dataaudit.reporters import FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dataaudit.config import Settings
    from dataaudit.model import Report

_PAGE = ("full", "json", "html")
_COUNTS = ("full", "concise", "grouped", "json")


def report_options(command: Command) -> Command:
    """--output and what goes with it; for `wanted_reports` and `write_report`."""
    return stacked(
        command,
        click.option(
            "--output-format",
            type=click.Choice(FORMATS),
            metavar="FORMAT",
            help=f"{', '.join(FORMATS[:-1])} or {FORMATS[-1]}. [default: full]",
        ),
        click.option(
            "--output-file",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help="Write the report there.",
        ),
        click.option(
            "--output",
            type=DestinationKind(),
            multiple=True,
            metavar="FORMAT=FILE",
            help="A further report, such as html=report.html; may be repeated.",
        ),
        click.option("--statistics", is_flag=True, help="Counts by rule in place of findings."),
        click.option(
            "--summary",
            is_flag=True,
            help="One page in place of findings: data, grade, labeling plan, costs and advice.",
        ),
    )


def wanted_reports(sources: Sequence[str], flags: Flags) -> list[Destination]:
    """The reports that the flags ask for.

    Raises:
        UsageError: flags that exclude each other, or a file that cannot be written to.
    """
    wanted = destinations(flags["output"], flags["output_format"], flags["output_file"])
    if flags["summary"] and (flags["statistics"] or flags["quiet"] or len(wanted) > 1 or wanted[0].form not in _PAGE):
        raise click.UsageError(
            "--summary is a page of its own: leave out --statistics, --quiet and other formats than json and html"
        )
    if flags["statistics"] and (other := next((entry.form for entry in wanted if entry.form not in _COUNTS), None)):
        raise click.UsageError(f"--statistics is a table of its own: {other} has none, {', '.join(_COUNTS)} do")
    refuse(wanted, sources, flags["output_file"])
    return wanted


def write_report(report: Report, settings: Settings, flags: Flags, wanted: Sequence[Destination]) -> None:
    """Put the report into all its places; with --silent not on standard output."""
    from dataaudit.catalogue import load_catalogue
    from dataaudit.cli.output import colored, width_of, write
    from dataaudit.reporters import View

    wanted = [entry for entry in wanted if entry.file is not None or not flags["silent"]]
    if not wanted:
        return
    quiet = flags["quiet"] or flags["silent"]
    view = View(color=colored(sys.stdout), width=width_of(sys.stdout), quiet=quiet)
    catalogue = load_catalogue(*settings.rules)
    if flags["summary"]:
        from dataaudit.decisions import decide

        decisions = decide(report, settings)
        (entry,) = wanted
        if entry.form == "full":
            from dataaudit.reporters.page import page

            write(page(report, *decisions, view if entry.file is None else View()), entry.file)
            return
        report = decisions.added_to(report)
    write_reports(report, catalogue, wanted, view, statistics=flags["statistics"])
