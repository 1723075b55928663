"""The page docs/commands.md, made of the commands themselves. Prints it: `python -m dataaudit.cli.reference`."""

from __future__ import annotations

import inspect
import sys
from typing import TYPE_CHECKING

import click

from dataaudit.cli.command import Command, sections, variable_of
from dataaudit.cli.main import main
from dataaudit.cli.table import GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterator

_INTRO = """\
# Commands

<!-- Made by `python -m dataaudit.cli.reference > docs/commands.md`; a test holds it equal to the commands. -->

The report goes to standard output, everything else (notes, progress, errors) to standard error.
`dataaudit COMMAND --help` shows the flags of a command with examples. `-s` and `-v` are flags of `check` only, `-q` of
`check` and `fix`.

## Exit codes

| code | meaning |
|---|---|
| 0 | nothing that fails the run |
| 1 | findings at or above `--fail-on`, or another reason that was set; see [settings](settings.md#exit-codes) |
| 2 | wrong usage or settings, or an input that cannot be read |
| 3 | a fault of dataaudit, with a log that holds none of the data |
| 130 | interrupted |

## Variables of the environment

Each flag has a variable: `DATAAUDIT_` and the flag in capitals with underscores, so `--fail-on warning` is
`DATAAUDIT_FAIL_ON=warning`. Flags go before variables, and variables before the [settings file](settings.md).

- A flag without a value is on for `1`, `true`, `yes`, `on`, and off for `0`, `false`, `no`, `off`; one with a
  `--no-` twin has the variable of the first of the two. So `DATAAUDIT_EXIT_ZERO=0` goes before `exit_zero = true` of
  the settings file, as `--no-exit-zero` does.
- Lists have commas. A flag that may be repeated takes one value a line.
- An empty variable is as none.
- A variable counts for every command that has the flag. Where a flag takes other values in another command, as
  `--output-format` and `--fail-below` do, a value that only fits there is passed over; one that fits nowhere is an
  error.
- `--force` has no variable, nor has `--output-file` of `init` and `learn`: they write over files.

`NO_COLOR` and `FORCE_COLOR` are understood; `--color` goes before both.

## Completion

`dataaudit completion bash` (or `zsh`, `fish`) prints a script that completes commands, flags, paths, rules, providers,
formats, splits, settings, branches and tags. It is loaded by a line in the start file of the shell:

| shell | line |
|---|---|
| bash | `eval "$(dataaudit completion bash)"` in `~/.bashrc` |
| zsh | `eval "$(dataaudit completion zsh)"` in `~/.zshrc` |
| fish | `dataaudit completion fish \\| source` in `~/.config/fish/config.fish` |
"""


def reference() -> str:
    """The page as Markdown: for each command its usage, what it does, and its flags with their variables."""
    lines = [_INTRO.rstrip("\n")]
    for title, names in GROUPS.items():
        lines += ["", f"## {title}"]
        for name in names:
            command = main.get_command(click.Context(main, info_name="dataaudit"), name)
            if command is not None:
                lines += _command(command, name)
    return "\n".join(lines) + "\n"


def _command(command: click.Command, name: str) -> Iterator[str]:
    ctx = click.Context(command, info_name=f"dataaudit {name}", help_option_names=["-h", "--help"])
    yield ""
    yield f"### {name}"
    yield ""
    if isinstance(command, click.Group):
        yield _text(command)
        for inner, made in command.commands.items():
            yield from _command(made, f"{name} {inner}")
        return
    yield f"`dataaudit {name} {' '.join(command.collect_usage_pieces(ctx))}`"
    yield ""
    yield _text(command)
    if isinstance(command, Command) and command.examples:
        yield from ("", "```sh", *command.examples, "```")
    yield from _flags(command, ctx)


def _flags(command: click.Command, ctx: click.Context) -> Iterator[str]:
    for title, options in sections(command, ctx).items():
        rows = [row for option in options if isinstance(option, click.Option) and (row := _row(option, ctx))]
        if rows:
            yield from ("", f"| {title} | variable | meaning |", "|---|---|---|", *rows)


def _row(option: click.Option, ctx: click.Context) -> str | None:
    record = option.get_help_record(ctx)
    variable = variable_of(option)
    if record is None or "--help" in option.opts:
        return None
    flag, words = (_cell(part) for part in record)
    return f"| `{flag}` | {'none' if variable is None else f'`{variable}`'} | {words} |"


def _text(command: click.Command) -> str:
    return inspect.cleandoc(command.help or "").strip()


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(reference())
