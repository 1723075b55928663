"""`dataaudit plan`: the audit, the labeling plan made of it, and its text, JSON or CSV."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dataaudit.cli import command
from dataaudit.cli.auditing import audited, audited_paths, refuse_overwriting, settings_of, sources_of
from dataaudit.cli.options import Kind

if TYPE_CHECKING:
    from dataaudit.config import Settings
    from dataaudit.model import Report


class Bounds(Kind):
    """LOW-HIGH, or one number for both."""

    name = "range"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[float, float]:
        low, _, high = str(value).partition("-")
        try:
            least, most = float(low), float(high or low)
        except ValueError:
            least, most = 1.0, 0.0
        if not 0 <= least <= most < float("inf"):
            self.fail(f"{value!r} is neither a number nor LOW-HIGH, for example 3-5", param, ctx)
        return least, most


_EXAMPLES = (
    "dataaudit plan data/                         # what is still to be labeled",
    "dataaudit plan data/ --rate 30-50 --output-format csv --output-file queue.csv",
)


@click.command("plan", cls=command.Command, short_help="Plan labeling work.", examples=_EXAMPLES)
@audited_paths
@click.option("--minutes-per-example", type=Bounds(), metavar="LOW-HIGH", help="Minutes that writing an example takes.")
@click.option("--rate", type=Bounds(), metavar="LOW-HIGH", help="USD that an hour of the writer costs.")
@click.option(
    "--target",
    type=click.IntRange(1, 10**9),
    metavar="N",
    help="Examples wanted of each category, or in all where there are none.",
)
@click.option("--output-format", type=click.Choice(["full", "json", "csv"]), default="full", show_default=True)
@click.option("--output-file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write it there.")
def plan(**flags: Any) -> int:
    """Say what is still to be labeled and reviewed in the data files of PATHS, in hours and money.

    Figures are those of the task profile, of the table `figures` of the settings, or of flags, the last one stands.
    JSON and CSV list the tasks one by one for the queue of a labeling tool.
    """
    sources = sources_of(flags)
    output: Path | None = flags["output_file"]
    if output is not None:
        refuse_overwriting(output, sources)
    settings = settings_of(sources, flags)
    own = {
        "minutes_per_example": flags["minutes_per_example"],
        "rate_usd_per_hour": flags["rate"],
        **dict.fromkeys(("target_examples", "target_per_category"), _both(flags["target"])),
    }
    given = {name: bounds for name, bounds in own.items() if bounds is not None}
    settings = settings.changed(figures=settings.figures | given) if given else settings
    _check(settings)
    _write(audited(sources, settings, flags), settings, flags)
    return 0


def _both(number: int | None) -> tuple[float, float] | None:
    return None if number is None else (float(number), float(number))


def _check(settings: Settings) -> None:
    """Wrong figures are told before the data are read, not after."""
    if settings.figures:
        from dataaudit.catalogue import load_catalogue
        from dataaudit.scoring.figures import check_figures

        check_figures(settings.figures, load_catalogue(*settings.rules).tasks.values())


def _write(report: Report, settings: Settings, flags: dict[str, Any]) -> None:
    from dataaudit.catalogue import load_catalogue
    from dataaudit.cli.output import colored, write
    from dataaudit.reporters import View
    from dataaudit.reporters.plan import plan_csv, plan_json, plan_text
    from dataaudit.scoring.effort import labeling_plan
    from dataaudit.scoring.labeling_queue import labeling_queue

    output: Path | None = flags["output_file"]
    made = labeling_plan(report, load_catalogue(*settings.rules), settings)
    if flags["output_format"] == "full":
        view = View(color=output is None and colored(sys.stdout))
        write(plan_text(made, view), output)
        return
    queue = labeling_queue(made, report)
    write(plan_csv(queue) if flags["output_format"] == "csv" else plan_json(made, queue), output)
