"""`dataaudit version`: which version runs, on what."""

from __future__ import annotations

import json
import platform

import click

from dataaudit.cli.command import Command
from dataaudit.cli.output import write


@click.command("version", cls=Command, short_help="Show the version.")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
def version(output_format: str) -> None:
    """Show the version; as JSON also those of the report, of Python and of the system."""
    write(version_json() if output_format == "json" else version_text())


def version_text() -> str:
    """The line of `dataaudit --version`."""
    return f"dataaudit {_installed()}\n"


def version_json() -> str:
    """Version of dataaudit, of its JSON report, of Python, and the system."""
    from dataaudit.model import Report

    facts = {
        "name": "dataaudit",
        "version": _installed(),
        "report": Report.version,
        "python": platform.python_version(),
        "platform": platform.platform(),
    }
    return json.dumps(facts, indent=2) + "\n"


def _installed() -> str:
    from importlib.metadata import version as installed

    return installed("dataaudit")
