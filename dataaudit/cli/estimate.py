"""`dataaudit estimate`: tokens of data, or as given; settings file and flags; one call; the costs of all providers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dataaudit.cli import command
from dataaudit.cli.auditing import audited, audited_paths, refuse_overwriting, settings_of, sources_of
from dataaudit.errors import UsageError

if TYPE_CHECKING:
    from dataaudit.cli.options import Command, Flags
    from dataaudit.config import Settings
    from dataaudit.model import Report

_NUMBER = click.FloatRange(min=0)
_COUNT = click.IntRange(min=0)

# Flag, kind of value, name of the value, help.
_PROJECT: tuple[tuple[str, Any, str | None, str], ...] = (
    ("calls-per-day", _NUMBER, "N", "Calls a day in production."),
    ("prompt-tokens", _NUMBER, "N", "Tokens of the prompt of today, of one call."),
    ("tuned-prompt-tokens", _NUMBER, "N", "Tokens of the shorter prompt after tuning."),
    ("answer-tokens", _NUMBER, "N", "Tokens of an answer."),
    ("base-model", str, "NAME", "The model that is prompted today. [default: the base of each tuned one]"),
    ("cost-per-call-prompted", _NUMBER, "USD", "Price of a prompted call, in place of tokens x price."),
    ("cost-per-call-tuned", _NUMBER, "USD", "Price of a tuned call, in place of tokens x price."),
    ("project-cost", _NUMBER, "USD", "Cost of the project: data and engineering."),
    ("epochs", click.IntRange(min=1), "N", "Epochs of training. [default: each provider's own]"),
    ("padded-tokens", _NUMBER, "N", "Longest length, where examples are trained without packing."),
    ("evaluations", _COUNT, "N", "Runs over the validation set while training."),
    ("examples", _COUNT, "N", "Training examples, where there is no data yet."),
    ("tokens-per-example", _NUMBER, "N", "Tokens of each of them."),
)


def _project(command: Command) -> Command:
    for flag, kind, metavar, words in reversed(_PROJECT):
        command = click.option(f"--{flag}", type=kind, metavar=metavar, help=words)(command)
    return command


_EXAMPLES = (
    "dataaudit estimate data/ --calls-per-day 5000",
    "dataaudit estimate --examples 500 --tokens-per-example 400",
)


@click.command(
    "estimate", cls=command.Command, short_help="What do training and running the model cost?", examples=_EXAMPLES
)
@_project
@click.option("--exact-tokens", is_flag=True, help="Count the tokens of every row, not of a sample.")
@audited_paths
@click.option("--output-format", type=click.Choice(["full", "json", "csv"]), default="full", show_default=True)
@click.option(
    "--output-file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write the estimate there."
)
def estimate(**flags: Any) -> int:
    """Costs of training on the data of PATHS, of hosting and of calls, for all providers side by side.

    Without PATHS: --examples and --tokens-per-example, else the working folder. With --calls-per-day also from which
    volume tuning pays, and when the project has paid for itself. What is not known is named, not guessed.
    """
    from dataaudit.catalogue import load_catalogue
    from dataaudit.cli.output import colored, write
    from dataaudit.reporters import View
    from dataaudit.reporters.estimate import render_estimate
    from dataaudit.scoring.cost import estimate_report

    _refuse_half(flags)
    sources = sources_of(flags)
    output: Path | None = flags["output_file"]
    if output is not None:
        refuse_overwriting(output, sources)
    settings = _settings(sources, flags)
    report = None if _as_given(settings, flags) else _counted(sources, settings, flags)
    found = estimate_report(report, load_catalogue(*settings.rules), settings.project, settings.providers)
    view = View(color=output is None and colored(sys.stdout))
    write(render_estimate(found, flags["output_format"], view), output)
    return 0


def _refuse_half(flags: Flags) -> None:
    """Tokens are either counted in data, or examples times tokens of each."""
    given = [f"--{name.replace('_', '-')}" for name in ("examples", "tokens_per_example") if flags[name] is not None]
    named = flags["paths"] or flags["split"]
    if given and named:
        raise UsageError(f"{given[0]} stands in for data, and data is named", hint="give either one")
    if len(given) == 1:
        raise UsageError(
            f"{given[0]} alone is not enough", hint="give --examples and --tokens-per-example, or name data"
        )


def _settings(sources: list[str], flags: Flags) -> Settings:
    """The settings file with the flags over it; those of the project over its part of the file."""
    names = [flag.replace("-", "_") for flag, *_ in _PROJECT]
    given = {name: flags[name] for name in names if flags[name] is not None}
    settings = settings_of(sources, flags)
    return settings.changed(project=settings.project.replaced(**given)) if given else settings


def _as_given(settings: Settings, flags: Flags) -> bool:
    """Whether there is no data to count: none is named, and the user says how many tokens there will be."""
    project = settings.project
    named = flags["paths"] or flags["split"]
    return not named and project.examples is not None and project.tokens_per_example is not None


def _counted(sources: list[str], settings: Settings, flags: Flags) -> Report:
    """The audit that counts tokens. Of the rules only one is kept, so that nothing else takes time."""
    exact = flags["exact_tokens"] or settings.tokens == "exact"
    counting = settings.only("SCH001").replaced(tokens="exact" if exact else "sample")
    return audited(sources, counting, flags)
