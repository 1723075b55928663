"""One run of `dataaudit check`: settings, fixes, the audit, the reports, the exit code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dataaudit.cli.auditing import audited, chosen, sources_of
from dataaudit.cli.command import from_environment
from dataaudit.cli.destinations import apart
from dataaudit.cli.exit_code import exit_code
from dataaudit.cli.known import add_to_ignores, in_force, known_since
from dataaudit.cli.options import Command, Flags, stacked
from dataaudit.cli.output import say
from dataaudit.cli.reporting import wanted_reports, write_report
from dataaudit.cli.verbose import Account
from dataaudit.errors import AllExcluded

if TYPE_CHECKING:
    from dataaudit.cli.destinations import Destination
    from dataaudit.config import Loaded, Selection, Settings
    from dataaudit.model import Report


def run_options(command: Command) -> Command:
    """The cache, and --watch."""
    return stacked(
        command,
        click.option("--no-cache", is_flag=True, help="Read every file anew, and remember nothing."),
        click.option(
            "--cache-dir",
            type=click.Path(path_type=Path, file_okay=False),
            metavar="DIR",
            help="Where to remember what files hold. [default: the user's cache]",
        ),
        click.option("--watch", is_flag=True, help="Run again whenever a file is saved, until Ctrl-C."),
    )


def checked(flags: Flags, used: list[Loaded] | None = None) -> int:
    """Check once; the exit code. used: gets the settings of the run, even of one that fails later."""
    account = Account(wanted=flags["verbose"])
    sources = sources_of(flags)
    wanted = wanted_reports(sources, flags)
    _refuse_alone(flags)
    loaded, selection = chosen(sources, flags)
    settings = apart(in_force(loaded, sources, flags), wanted)
    if used is not None:
        used.append(loaded._replace(settings=settings))
    _tell(selection, flags)
    if flags["summary"] and settings.tokens == "off":
        settings = settings.replaced(tokens="sample")
    account.part("settings")
    try:
        return _run(sources, loaded._replace(settings=settings), flags, wanted, account)
    except AllExcluded as error:
        if not settings.force_exclude:
            raise
        if not flags["silent"]:
            say(f"nothing was checked: {error}")
        return 0


def _run(sources: list[str], loaded: Loaded, flags: Flags, wanted: list[Destination], account: Account) -> int:
    settings, after = loaded.settings, 0
    if flags["diff"] or flags["fix"]:
        after = _fixed(sources, settings, flags)
        account.part("fixing")
        if flags["diff"]:
            return after
    report = _report(sources, settings, flags, wanted, account)
    account.part("judging")
    if flags["add_ignore"]:
        say(add_to_ignores(report, loaded, sources, flags))
        return 0
    write_report(report, settings, flags, wanted)
    account.part("writing")
    account.tell(loaded, report)
    code, reasons = exit_code(report, settings)
    for reason in reasons if not flags["silent"] else ():
        say(reason)
    return code or (0 if settings.exit_zero else after)


def _report(
    sources: list[str], settings: Settings, flags: Flags, wanted: list[Destination], account: Account
) -> Report:
    from dataaudit.engine.cache.folder import cache_folder

    extra: dict[str, Any] = {"cache": cache_folder(flags["cache_dir"], off=flags["no_cache"])}
    if (known := known_since(sources, settings, flags)) is not None:
        extra["known"] = known
    if any(entry.form == "html" for entry in wanted):
        extra["groups"] = True
    return audited(sources, settings, flags, quiet=_hushed(flags), account=account, **extra)


def _fixed(sources: list[str], settings: Settings, flags: Flags) -> int:
    """Mend, or print the patch, and say what was done; the exit code for it."""
    from dataaudit.cli.fix import exit_after, fixed
    from dataaudit.reporters.fixes import summary_lines

    known = known_since(sources, settings, flags)
    how = {} if known is None else {"known": known}
    outcome = fixed(sources, settings, {**flags, "quiet": _hushed(flags)}, **how)
    if not _hushed(flags):
        for line in (*outcome.notes, *summary_lines(outcome)):
            say(line)
    return exit_after(outcome, settings)


def _refuse_alone(flags: Flags) -> None:
    """Tell flags that do nothing without another one, where they were typed."""
    ctx = click.get_current_context(silent=True)
    typed = flags["unsafe_fixes"] and (ctx is None or not from_environment(ctx, "unsafe_fixes"))
    if typed and not (flags["fix"] or flags["diff"]):
        raise click.UsageError("--unsafe-fixes needs --fix or --diff")


def _tell(selection: Selection | None, flags: Flags) -> None:
    """What the user should know of the rules named."""
    for note in selection.notes if selection is not None and not _hushed(flags) else ():
        say(note)


def _hushed(flags: Flags) -> bool:
    return bool(flags["quiet"] or flags["silent"])
