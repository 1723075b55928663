"""`dataaudit check`: its flags, and whether it runs once or again and again. A run itself: `cli.checking`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dataaudit.cli import command
from dataaudit.cli.auditing import audited_paths, sources_of
from dataaudit.cli.checking import checked, run_options
from dataaudit.cli.fix import fixing_options
from dataaudit.cli.known import known_findings
from dataaudit.cli.options import exit_options, loudness, rule_options
from dataaudit.cli.reporting import report_options, wanted_reports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataaudit.cli.options import Flags
    from dataaudit.config import Loaded

_EXAMPLES = (
    "dataaudit check                              # the data files of this folder",
    "dataaudit check data/ --provider openai      # would OpenAI take them?",
    "dataaudit check train.jsonl --select DUP,SIM --fail-on warning",
    "dataaudit check data/ --output html=report.html --output sarif=report.sarif",
    "dataaudit check data/ --fix                  # mend what is safe first",
    "dataaudit check data/ --baseline-commit main # only what is new",
    "cat train.jsonl | dataaudit check - --output-format concise",
)


@click.command("check", cls=command.Command, short_help="Audit data files.", examples=_EXAMPLES)
@audited_paths
@rule_options
@click.option("--fix", is_flag=True, help="Mend what needs no person first, and tell the rest.")
@fixing_options
@known_findings
@report_options
@exit_options
@loudness
@run_options
def check(**flags: Any) -> int:
    """Audit the data files of PATHS together: files, folders, or - for standard input.

    Without PATHS: the files named by --split, else the working folder. Exits with 0 where nothing reaches the
    failing severity, 1 for findings, 2 for wrong usage or unreadable input.
    """
    return _watch(flags) if flags["watch"] else checked(flags)


def _watch(flags: Flags) -> int:
    """Run again whenever data or settings change, until Ctrl-C."""
    from dataaudit.cli.watch import dependencies, watched

    sources = sources_of(flags)
    if "-" in sources:
        raise click.UsageError("--watch looks at files, not at standard input")
    last: list[Loaded] = []

    own = {entry.file.absolute() for entry in wanted_reports(sources, flags) if entry.file is not None}

    def files() -> Iterator[str]:
        found = dependencies(sources, last[-1] if last else None)
        return (file for file in found if Path(file).absolute() not in own)

    watched(lambda: checked(flags, last), files)
