"""The command `dataaudit`: finds the subcommand, and turns what went wrong into messages and exit codes.

Exit codes: 0 nothing at or above the failing severity; 1 findings; 2 wrong usage, settings or unreadable
input; 3 a fault of dataaudit, with a log; 130 interrupted. Only click is imported before a subcommand runs.
"""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from dataaudit.errors import DataAuditError, close_match

if TYPE_CHECKING:
    from collections.abc import Sequence

FINDINGS, USAGE, FAULT, INTERRUPTED = 1, 2, 3, 130

# Name of each subcommand: the module that holds it under the same name, and its line in the help.
_COMMANDS = {
    "check": ("dataaudit.cli.check", "Audit data files: will they be taken, can a model learn from them?"),
    "plan": ("dataaudit.cli.plan", "What is still to be labeled and reviewed, in hours and money?"),
    "estimate": ("dataaudit.cli.estimate", "What do training and running the model cost, by provider?"),
    "advise": ("dataaudit.cli.advise", "Prompting, retrieval or fine-tuning: which fits?"),
    "learn": ("dataaudit.cli.learn", "Learn what answers look like, and write it down as a contract."),
    "consistency": ("dataaudit.cli.consistency", "How consistent are a model's outputs with the training set?"),
    "rule": ("dataaudit.cli.rule", "Explain a rule, or list all."),
    "providers": ("dataaudit.cli.providers", "List providers, or show what one demands."),
    "version": ("dataaudit.cli.main", "Show the version."),
}


class _LazyGroup(click.Group):
    """A group that imports a subcommand only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command = getattr(importlib.import_module(_COMMANDS[cmd_name][0]), cmd_name)
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in _COMMANDS and not args[0].startswith("-"):
            near = close_match(args[0], list(_COMMANDS))
            if Path(args[0]).exists():
                near = f"check {args[0]}"
            hint = f"; did you mean `dataaudit {near}`?" if near else ""
            raise click.UsageError(f"no such command: {args[0]!r}{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in _COMMANDS.items()])

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> NoReturn:
        sys.exit(_run(super().main, args, *rest, **{**extra, "standalone_mode": False}))


def _run(call: Any, *args: Any, **extra: Any) -> int:
    """Run a command and give its exit code; everything that it raises becomes a message on standard error."""
    # Threads for linear algebra, of which there is none, would only make the start slower.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter gets its number, not a crash.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        result = call(*args, **extra)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (click.Abort, KeyboardInterrupt):
        _say("interrupted")
        return INTERRUPTED
    except click.ClickException as error:
        if isinstance(error, click.UsageError) and error.ctx is not None:
            _say(error.ctx.get_usage(), prefix="")
        _say(error.format_message())
        return USAGE
    except DataAuditError as error:
        _say(str(error))
        return USAGE
    except Exception as error:  # noqa: BLE001 - the last line of defence: logged, and told to the user
        from dataaudit.cli.fault import write_log

        _say(f"a fault of dataaudit, not of your data: {type(error).__name__}; {write_log(error)}")
        return FAULT


def _say(message: str, prefix: str = "dataaudit: ") -> None:
    from dataaudit.cli.output import printable

    click.echo(prefix + printable(message), err=True)


def _show_version(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted:
        _echo_version()
        ctx.exit()


def _echo_version() -> None:
    from importlib.metadata import version as installed

    from dataaudit.cli.output import write

    write(f"dataaudit {installed('dataaudit')}\n")


@click.command("version", help="Show the version.")
def version() -> None:
    """Show the version."""
    _echo_version()


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version.",
)
def main() -> None:
    """A linter for fine-tuning data: will the provider take it, and is it good enough to learn from?"""
