"""`dataaudit consistency`: holds the outputs of models against the format of their training set."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from dataaudit.cli import command
from dataaudit.cli.main import FINDINGS
from dataaudit.cli.options import base_settings, columns_and_shape, settings_file

_EXAMPLES = ("dataaudit consistency outputs.jsonl --against train.jsonl",)


@click.command(
    "consistency", cls=command.Command, short_help="How consistent are a model's outputs?", examples=_EXAMPLES
)
@click.argument("outputs", nargs=-1, required=True, metavar="OUTPUTS...")
@click.option("--against", multiple=True, metavar="TRAIN", help="The training set that shows the format.")
@click.option(
    "--format-contract",
    "contract",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="The format as `dataaudit learn` writes it, in place of --against.",
)
@click.option("--fail-below", type=click.FloatRange(0, 1), metavar="SHARE", help="Exit with 1 if a rate is lower.")
@click.option("--output-format", type=click.Choice(["full", "json"]), default="full", show_default=True)
@columns_and_shape
@settings_file
def consistency(
    outputs: tuple[str, ...],
    against: tuple[str, ...],
    contract: Path | None,
    fail_below: float | None,
    output_format: str,
    **flags: Any,
) -> int:
    """Hold each file of OUTPUTS (one output of a model a row) against a format, side by side.

    The rate is the share of outputs that keep to the format in every way, with its 95 % interval.
    """
    from dataaudit.answers import consistency as compare
    from dataaudit.cli.output import colored, write
    from dataaudit.reporters import View
    from dataaudit.reporters.consistency import consistency_json, consistency_text

    settings = base_settings(outputs, flags)
    report = compare(outputs, against=against or None, contract=contract, settings=settings)
    view = View(color=colored(sys.stdout))
    write(consistency_json(report) if output_format == "json" else consistency_text(report, view))
    low = fail_below is not None and any(file.rate < fail_below for file in report.files)
    return FINDINGS if low else 0
