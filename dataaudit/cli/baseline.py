"""`dataaudit baseline`: writes down what is found today, so that a run tells only what is new."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from dataaudit.cli import command
from dataaudit.cli.auditing import audited_paths, chosen, sources_of
from dataaudit.cli.known import baseline_file
from dataaudit.cli.options import Flags, chosen_rules, settings_file
from dataaudit.cli.output import say, write
from dataaudit.suppression.paths import near

if TYPE_CHECKING:
    from pathlib import Path

    from dataaudit.config import Settings
    from dataaudit.model import Report
    from dataaudit.suppression import Baseline


@click.group("baseline", short_help="Write down known findings, so that only new ones are told.")
def baseline() -> None:
    """Findings that are known: `check` is silent about them and tells only what is new.

    They are known by rule and content of the row, with a count: a row may move, one more copy of it is new. The file
    holds no content of rows.
    """


@baseline.command(
    "create", cls=command.Command, examples=("dataaudit baseline create data/     # all that is found now is known",)
)
@click.option("--force", cls=command.Unnamed, is_flag=True, help="Make anew a baseline that is there.")
@baseline_file
@chosen_rules
@audited_paths
def create(**flags: Any) -> None:
    """Audit PATHS and write all findings down as known."""
    from dataaudit.errors import UsageError

    sources, settings, file = _place(flags)
    if file.exists() and not flags["force"]:
        hint = "`dataaudit baseline prune` drops what does not occur any more; --force makes it anew"
        raise UsageError("there is a baseline already", path=str(file), hint=hint)
    found, report = _made(sources, settings, file, flags)
    found.write(file)
    rows = sum(entry.rows for entry in report.files)
    say(f"{near(file)}: {_findings(found)} known, in {rows:,} {'row' if rows == 1 else 'rows'}")


@baseline.command(
    "prune", cls=command.Command, examples=("dataaudit baseline prune data/      # forget what was mended",)
)
@baseline_file
@chosen_rules
@audited_paths
def prune(**flags: Any) -> None:
    """Audit PATHS and drop known findings that do not occur any more. Nothing is ever added."""
    from dataaudit.baselines import judging_as, pruned
    from dataaudit.suppression import Baseline

    sources, settings, file = _place(flags)
    known = Baseline.read(file)
    settings = judging_as(known, settings)
    present, report = _made(sources, settings, file, flags)
    left, unjudged = pruned(known, present, report, settings)
    if left.entries != known.entries:
        left.write(file)
    kept = f"; {unjudged:,} of them as before, their rules were not judged" if unjudged else ""
    say(f"{near(file)}: {_total(known) - _total(left):,} dropped, {_findings(left)} left{kept}")


@baseline.command(
    "show", cls=command.Command, examples=("dataaudit baseline show             # counts by file and rule",)
)
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@baseline_file
@settings_file
@click.argument("paths", nargs=-1, metavar="[PATHS]...", type=click.Path())
def show(**flags: Any) -> None:
    """Show how many findings are known, by file and rule, in the baseline that is in force for PATHS."""
    from dataaudit.suppression import Baseline

    *_, file = _place({**flags, "split": ()})
    known = Baseline.read(file)
    write(_as_json(known, file) if flags["output_format"] == "json" else _as_text(known, file))


def _place(flags: Flags) -> tuple[list[str], Settings, Path]:
    """(sources, the settings with the ignore file in force, the baseline to read or to write)."""
    from dataaudit.suppression import baseline_file_for, located

    sources = sources_of(flags)
    loaded, _ = chosen(sources, flags)
    isolated = flags["isolated"]
    file = flags["baseline"] or baseline_file_for(loaded.settings, sources, loaded.file)
    settings = located(loaded.settings, sources, settings_file=loaded.file, isolated=isolated, no_baseline=True)
    return sources, settings, file


def _made(sources: list[str], settings: Settings, file: Path, flags: Flags) -> tuple[Baseline, Report]:
    from dataaudit.baselines import baseline_of
    from dataaudit.cli.progress import Progress

    with Progress(wanted=not flags["no_progress"]) as progress:
        return baseline_of(sources, settings, file, workers=flags["workers"], progress=progress)


def _total(known: Baseline) -> int:
    return sum(entry.times for entry in known.entries)


def _findings(known: Baseline) -> str:
    total = _total(known)
    return f"{total:,} finding{'s' * (total != 1)}"


def _counts(known: Baseline) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for entry in known.entries:
        counts[entry.path, entry.rule] += entry.times
    return counts


def _as_json(known: Baseline, file: Path) -> str:
    import json

    entries = [{"path": path or None, "rule": rule, "count": n} for (path, rule), n in sorted(_counts(known).items())]
    return json.dumps({"baseline": near(file), "total": _total(known), "counts": entries}, indent=2) + "\n"


def _as_text(known: Baseline, file: Path) -> str:
    from dataaudit.reporters.layout import table
    from dataaudit.text.safe import escape

    rows = [(escape(path) or "(the whole set)", rule, f"{n:,}") for (path, rule), n in sorted(_counts(known).items())]
    # One line each, whatever its length: a path that is cut cannot be copied.
    lines = table(rows, 10**6, right=(2,)) if rows else []
    return "".join(f"{line}\n" for line in (*lines, f"{escape(near(file))}: {_findings(known)} known"))
