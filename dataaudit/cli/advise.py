"""`dataaudit advise`: answers from flags, settings file, data and terminal; one call; the advice."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from dataaudit.cli import command
from dataaudit.cli.auditing import audited, audited_paths, refuse_overwriting, settings_of, sources_of
from dataaudit.cli.options import Flags, Kind
from dataaudit.errors import SourceError, UsageError
from dataaudit.project import Changes, Need, Project, Prompting
from dataaudit.values import fields_of

if TYPE_CHECKING:
    from dataaudit.answers import OutputFile
    from dataaudit.cli.options import Command

_SKIP = "skip"
_NUMBER = click.FloatRange(min=0)
_COUNT = click.IntRange(min=0)

# Flag, kind of value (None: yes or no), help.
_QUESTIONS: tuple[tuple[str, Any, str], ...] = (
    ("need", click.Choice(get_args(Need)), "What the model lacks."),
    ("prompting", click.Choice(get_args(Prompting)), "What was tried; structured: with format and examples."),
    ("judge", None, "Somebody can tell good answers from bad ones."),
    ("examples", _COUNT, "Validated examples. [default: the effective rows of PATHS]"),
    ("changes", click.Choice(get_args(Changes)), "How often requirements or facts change."),
    ("exact-format", None, "Every answer must have one exact format."),
    ("prompted-consistency", click.FloatRange(0, 1), "Share of prompted outputs that keep to the format."),
    ("prompted-runs", _COUNT, "Prompted outputs over which that was measured."),
    ("calls-per-day", _NUMBER, "Calls a day."),
    ("prompt-tokens", _NUMBER, "Tokens of the prompt."),
    ("categories", _COUNT, "Classes of a classification. [default: the labels of PATHS]"),
    ("terminology", None, "The terminology is very specialised."),
    ("prompting-weeks", _NUMBER, "Weeks of work on the prompt."),
    ("retraining", None, "Somebody will train anew about each quarter."),
    ("latency", None, "Answers must come faster."),
    ("small-team", None, "The team is small."),
)


class _Skippable(Kind):
    """Another kind of value (None: yes or no), or the word that skips the question."""

    name = "answer"

    def __init__(self, kind: Any) -> None:
        self.kind = click.BOOL if kind is None else kind

    @property
    def choices(self) -> str:
        """The answers to choose from, in brackets."""
        choices = ("yes", "no") if self.kind is click.BOOL else getattr(self.kind, "choices", ())
        return f" ({', '.join(choices)})" if choices else ""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return value if value == _SKIP else self.kind.convert(value, param, ctx)


def _questions(command: Command) -> Command:
    for flag, kind, words in reversed(_QUESTIONS):
        name = f"--{flag}/--no-{flag}" if kind is None else f"--{flag}"
        command = click.option(name, type=kind, default=None, help=words)(command)
    return command


_EXAMPLES = (
    "dataaudit advise data/ --need behaviour --prompting structured",
    "dataaudit advise --no-input --output-format json",
)


@click.command("advise", cls=command.Command, short_help="Prompting, retrieval or fine-tuning?", examples=_EXAMPLES)
@_questions
@click.option(
    "--consistency",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Measured consistency: JSON of `dataaudit consistency` for prompted outputs.",
)
@click.option("--no-input", is_flag=True, help="Ask nothing on a terminal.")
@audited_paths
@click.option("--output-format", type=click.Choice(["full", "json"]), default="full", show_default=True)
@click.option(
    "--output-file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write the advice there."
)
def advise(**flags: Any) -> None:
    """Prompt engineering, retrieval, fine-tuning or a mix: what fits, why, and what would change that.

    Answers are taken from flags, from [tool.dataaudit.project] of the settings file, and from the data of PATHS where
    there are any; on a terminal the others are asked for. What stays open is named, not guessed.
    """
    from dataaudit.cli.output import colored, write
    from dataaudit.reporters import View
    from dataaudit.reporters.advice import advice_text
    from dataaudit.reporters.json import values_json
    from dataaudit.scoring.advice import advise as advice_for
    from dataaudit.scoring.advice_answers import notes_from, project_from

    notes: dict[str, str] = {}
    sources = sources_of(flags)
    output: Path | None = flags["output_file"]
    if output is not None:
        refuse_overwriting(output, [*sources, *([str(flags["consistency"])] if flags["consistency"] else [])])
    settings = settings_of(sources, flags)
    project = _project(settings.project, flags, notes)
    if flags["paths"] or flags["split"]:
        report = audited(sources, settings, flags)
        notes |= notes_from(report, project)
        project = project_from(report, project)
    if not flags["no_input"] and _on_a_terminal():
        project = _asked(project, notes)
    advice = advice_for(project, notes=notes)
    view = View(color=output is None and colored(sys.stdout))
    write(values_json(advice) if flags["output_format"] == "json" else advice_text(advice, view), output)


def _project(said: Project, flags: Flags, notes: dict[str, str]) -> Project:
    """The project of the settings file, with measured consistency over it, and flags over both."""
    given: dict[str, Any] = {}
    if (file := flags["consistency"]) is not None:
        held = _measured(file)
        given = {"prompted_consistency": held.rate, "prompted_runs": held.outputs}
        notes |= dict.fromkeys(given, f"{held.path}, measured")
    for entry in fields_of(Project):
        if (value := flags.get(entry.name)) is not None:
            given[entry.name] = value
            notes.pop(entry.name, None)
    return _valid(said, given) if given else said


def _valid(said: Project, given: dict[str, Any]) -> Project:
    from pydantic import ValidationError

    try:
        return Project.validated(said.as_json() | given)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        flag = "--" + ".".join(map(str, first["loc"])).replace("_", "-")
        raise UsageError(f"{flag}: {first['msg'].replace('Input should', 'should')}") from error


def _measured(file: Path) -> OutputFile:
    """The one file of outputs in the JSON of `dataaudit consistency`.

    Raises:
        SourceError: not such a file. UsageError: it holds several files of outputs.
    """
    from pydantic import ValidationError

    from dataaudit.answers import Consistency
    from dataaudit.values import adapter

    try:
        report = adapter(Consistency).validate_json(file.read_bytes())
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror or error}", path=str(file)) from error
    except ValidationError as error:
        hint = "write it with `dataaudit consistency --output-format json`"
        raise SourceError("not a report of `dataaudit consistency`", path=str(file), hint=hint) from error
    if len(report.files) != 1:
        what = f"holds {len(report.files)} files of outputs, and it is not known which was prompted"
        raise UsageError(what, path=str(file), hint="measure the prompted outputs alone")
    held: OutputFile = report.files[0]
    return held


def _on_a_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _asked(project: Project, notes: dict[str, str]) -> Project:
    """The project with what the user says to open questions, the most weighty first; Enter skips one, Ctrl-D the rest.

    What has no weight after the answers so far is not asked.
    """
    from dataaudit.scoring.advice import advise as advice_for

    kinds = {flag.replace("-", "_"): kind for flag, kind, _ in _QUESTIONS}
    skipped: set[str] = set()
    while True:
        missing = advice_for(project, notes=notes).missing
        entry = next((entry for entry in missing if entry.matters and entry.question not in skipped), None)
        if entry is None:
            return project
        if entry.note:
            click.echo(f"({entry.note})", err=True)
        answer = _answer(entry.ask, _Skippable(kinds[entry.question]))
        if answer is None:
            return project
        if answer == _SKIP:
            skipped.add(entry.question)
        else:
            project = _valid(project, {entry.question: answer})


def _answer(ask: str, kind: _Skippable) -> Any:
    """The answer to one question, or None where the input has ended (Ctrl-D)."""
    try:
        return click.prompt(f"{ask}{kind.choices}", type=kind, default=_SKIP, err=True)
    except click.Abort as stopped:
        # click makes one error of Ctrl-C and of the end of the input; only the former ends the command.
        if not isinstance(stopped.__context__, EOFError):
            raise
        click.echo(err=True)
        return None
