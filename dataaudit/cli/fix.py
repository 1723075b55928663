"""`dataaudit fix`: mends what can be mended without a person, or shows as a patch what would change."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import click

from dataaudit.cli import command
from dataaudit.cli.auditing import audited_paths, chosen, sources_of
from dataaudit.cli.known import baseline_file, in_force
from dataaudit.cli.left_out import LeftOutFiles
from dataaudit.cli.main import FINDINGS
from dataaudit.cli.options import Command, Flags, chosen_rules, stacked
from dataaudit.cli.output import say
from dataaudit.errors import AllExcluded

if TYPE_CHECKING:
    from dataaudit.config import Settings
    from dataaudit.fixes import Outcome

_EXAMPLES = (
    "dataaudit fix train.jsonl                 # what is safe",
    "dataaudit fix data/ --diff                # show it as a patch, write nothing",
    "dataaudit fix data/ --unsafe-fixes --select SIM001",
    "dataaudit fix data/ --diff | git apply    # the same, by way of git",
)


def fixing_options(function: Command) -> Command:
    """--unsafe-fixes, --diff and --exit-non-zero-on-fix; `check` has them too, beside --fix."""
    return stacked(
        function,
        click.option("--unsafe-fixes", is_flag=True, help="Also mend what may change the meaning."),
        click.option("--diff", is_flag=True, help="Print a patch for `git apply`; write nothing."),
        click.option(
            "--exit-non-zero-on-fix/--no-exit-non-zero-on-fix",
            default=None,
            help="Exit with 1 where anything was mended.",
        ),
    )


@click.command("fix", cls=command.Command, short_help="Mend data files.", examples=_EXAMPLES)
@fixing_options
@chosen_rules
@audited_paths
@click.option("--ignore-file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="What to leave.")
@baseline_file
@click.option("--no-baseline", is_flag=True, help="Read no baseline.")
@click.option("--output-format", type=click.Choice(["full", "json"]), default="full", show_default=True)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing where nothing is wrong.")
def fix(**flags: Any) -> int:
    """Mend the data files of PATHS: faults that need no person to decide.

    Rows that go or change are kept in NAME.removed.jsonl beside the file. Exits with 0, or with 1 where --diff shows
    changes, or where --exit-non-zero-on-fix is given and something was mended; 2 for wrong usage.
    """
    sources = sources_of(flags)
    loaded, _ = chosen(sources, flags)
    settings = in_force(loaded, sources, {**flags, "add_ignore": False, "reason": None})
    left = LeftOutFiles()
    try:
        outcome = fixed(sources, settings, {**flags, "alone": flags["output_format"] == "json"}, left_out=left.add)
    except AllExcluded as error:
        if not settings.force_exclude:
            raise
        say(f"nothing was mended: {error}")
        return 0
    for note in left.notes(verbose=False) if not flags["quiet"] else ():
        say(note)
    return tell(outcome, settings, flags)


def fixed(sources: list[str], settings: Settings, flags: Flags, **how: Any) -> Outcome:
    """Mend the sources by `fixing_options`; with --diff the patch goes to standard output, unless JSON goes there."""
    from dataaudit import fixes
    from dataaudit.cli.progress import Progress

    with Progress(wanted=not flags["no_progress"] and not flags["quiet"]) as progress:
        how = {"unsafe": flags["unsafe_fixes"], "workers": flags["workers"], "progress": progress} | how
        if not flags["diff"]:
            return fixes.fix(sources, settings, **how)
        from tempfile import SpooledTemporaryFile

        with SpooledTemporaryFile(_SPOOLED) as patch:
            outcome = fixes.fix(sources, settings, patch=cast("BinaryIO", patch), **how)
            patch.seek(0)
            if flags.get("alone"):
                return outcome
            _print(patch)
    if outcome.total:
        say("the patch holds the rows as they are, whatever is personal or secret in them included")
    return outcome


def tell(outcome: Outcome, settings: Settings, flags: Flags) -> int:
    """Say what was done, on standard error where standard output has the patch; the exit code."""
    from dataaudit.catalogue import load_catalogue
    from dataaudit.cli.output import colored, width_of, write
    from dataaudit.reporters import View
    from dataaudit.reporters.fixes import fixes_json, fixes_text, summary_lines

    if flags["output_format"] == "json":
        write(fixes_json(outcome))
    elif flags["diff"]:
        for line in (*outcome.notes, *summary_lines(outcome)) if not flags["quiet"] else outcome.notes:
            say(line)
    elif outcome.total or outcome.notes or not flags["quiet"]:
        view = View(color=colored(sys.stdout), width=width_of(sys.stdout))
        write(fixes_text(outcome, load_catalogue(*settings.rules).rules, view))
    return exit_after(outcome, settings)


def exit_after(outcome: Outcome, settings: Settings) -> int:
    """1 where a patch shows changes, or where something was mended that should have been clean."""
    return FINDINGS if outcome.total and (not outcome.written or settings.exit_non_zero_on_fix) else 0


def _print(patch: Any) -> None:
    """Put the patch on standard output: as it is, or so that it harms no terminal."""
    if sys.stdout.isatty():
        from dataaudit.text.safe import escape, mask

        for line in patch:
            click.echo(mask(escape(line.decode("utf-8", "replace").rstrip("\n"))))
        say("shown masked; send it to a file or a pipe for a patch that applies")
        return
    _copy(patch, sys.stdout.buffer)


def _copy(patch: Any, out: BinaryIO) -> None:
    import shutil

    from dataaudit.cli.output import _close_stdout

    try:
        shutil.copyfileobj(patch, out)
        out.flush()
    except BrokenPipeError:
        _close_stdout()


_SPOOLED = 8 << 20
