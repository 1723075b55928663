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

from dataaudit.cli.table import COMMANDS, EXAMPLES, GROUPS
from dataaudit.errors import DataAuditError, close_match

if TYPE_CHECKING:
    from collections.abc import Sequence

    from click.shell_completion import CompletionItem

FINDINGS, USAGE, FAULT, INTERRUPTED = 1, 2, 3, 130


class _LazyGroup(click.Group):
    """A group that imports a subcommand only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = getattr(importlib.import_module(COMMANDS[cmd_name][0]), cmd_name)
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            near = close_match(args[0], list(COMMANDS))
            if Path(args[0]).exists():
                near = f"check {args[0]}"
            hint = f"; did you mean `dataaudit {near}`?" if near else ""
            raise click.UsageError(f"no such command: {args[0]!r}{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        width = max(map(len, COMMANDS)) + 2
        for title, commands in GROUPS.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(width - 2), words) for name, (_, words) in commands.items()])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from dataaudit.cli.command import write_examples

        write_examples(EXAMPLES, formatter)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands with their lines of help, none of them imported; flags as click has them."""
        from click.shell_completion import CompletionItem

        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        return [CompletionItem(name, help=said) for name, (_, said) in COMMANDS.items() if name.startswith(incomplete)]

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
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True, color=error.ctx.color)
        return USAGE
    except click.ClickException as error:
        if isinstance(error, click.UsageError) and error.ctx is not None:
            _say(error.ctx.get_usage(), prefix="")
        _say(error.format_message() + _variable(error))
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


def _variable(error: click.ClickException) -> str:
    """The variable of the environment that a wrong value is from."""
    if not isinstance(error, click.BadParameter) or error.ctx is None or error.param is None:
        return ""
    from dataaudit.cli.command import from_environment

    return f" (from {error.param.envvar})" if from_environment(error.ctx, error.param.name or "") else ""


def _show_version(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted:
        from dataaudit.cli.output import write
        from dataaudit.cli.version import version_text

        write(version_text())
        ctx.exit()


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
