"""The class of all commands: help in sections with examples, a variable of the environment for each flag, --color.

What a flag means is said where it is declared; here only where it stands in the help.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

PREFIX = "DATAAUDIT_"
# Parts the values of a flag that may be given several times, in its variable; lists have commas besides.
_BETWEEN = "\n"
_OTHERS = "Options"

# Title of a section of the help: the names of its options, in the order of the help.
SECTIONS: dict[str, tuple[str, ...]] = {
    "Rules": (
        "select", "extend_select", "ignore", "extend_ignore", "per_file_ignores", "preview", "rules",
        "format_contract",
    ),
    "Files and columns": (
        "split", "exclude", "force_exclude", "respect_gitignore", "shape", "prompt_column", "completion_column",
        "system_column", "label_column", "text_column", "id_column", "labels",
    ),
    "Providers": ("provider", "task"),
    "Fixes": ("fix", "unsafe_fixes", "diff"),
    "Known findings": ("add_ignore", "reason", "ignore_file", "baseline", "no_baseline", "baseline_commit"),
    "Output": (
        "output_format", "output", "output_file", "statistics", "summary", "quiet", "silent", "verbose", "color",
        "no_progress",
    ),
    "Exit code": ("fail_on", "max_warnings", "fail_below", "exit_zero", "exit_non_zero_on_fix"),
    "Miscellaneous": ("config", "isolated", "workers", "no_cache", "cache_dir", "watch", "help"),
}  # fmt: skip
_SECTION_OF = {name: title for title, names in SECTIONS.items() for name in names}
_COLORS = {"auto": None, "always": True, "never": False}


class Command(click.Command):
    """A command of dataaudit. examples: lines of a shell for the end of the help, with what they do after a #."""

    def __init__(self, *args: Any, examples: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = tuple(examples)
        self.params.append(_color())
        for option in self.params:
            if isinstance(option, click.Option):
                _give_variable(option)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, options in sections(self, ctx).items():
            rows = [record for option in options if (record := option.get_help_record(ctx)) is not None]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows, col_max=28)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_examples(self.examples, formatter)
        formatter.write("\n")
        formatter.write_text(f"Each flag can be set as a variable too: --some-flag is {PREFIX}SOME_FLAG.")


def sections(command: click.Command, ctx: click.Context) -> dict[str, list[click.Parameter]]:
    """The options of a command by title of their section, in the order of the help."""
    found: dict[str, list[click.Parameter]] = {title: [] for title in (_OTHERS, *SECTIONS)}
    for param in command.get_params(ctx):
        if isinstance(param, click.Option):
            found[_SECTION_OF.get(_name(param), _OTHERS)].append(param)
    places = {name: place for names in SECTIONS.values() for place, name in enumerate(names)}
    for title in SECTIONS:
        found[title].sort(key=lambda option: places[_name(option)])
    return {title: options for title, options in found.items() if options}


def write_examples(examples: Sequence[str], formatter: click.HelpFormatter) -> None:
    """The section of examples: as they are, never wrapped, so that they can be copied."""
    if examples:
        with formatter.section("Examples"):
            for line in examples:
                formatter.write(f"{'':>{formatter.current_indent}}{line}\n")


def variable_of(option: click.Option) -> str | None:
    """The variable of the environment that stands for a flag; None for --help and what is `Unnamed`."""
    if "--help" in option.opts or isinstance(option, Unnamed):
        return None
    long = next((name for name in option.opts if name.startswith("--")), None)
    return None if long is None else PREFIX + long.removeprefix("--").replace("-", "_").upper()


def from_environment(ctx: click.Context, name: str) -> bool:
    """Whether the value of an option comes from its variable."""
    return ctx.get_parameter_source(name) is click.core.ParameterSource.ENVIRONMENT


def _name(option: click.Parameter) -> str:
    # click calls its own option for help otherwise.
    return "help" if "--help" in option.opts else option.name or ""


class Unnamed(click.Option):
    """An option without a variable: of what it does once, a shell must not make a habit."""


class _Named(click.Option):
    """An option with a variable, which may be meant for another command where the flag has other values."""

    def resolve_envvar_value(self, ctx: click.Context) -> str | None:
        value = super().resolve_envvar_value(ctx)
        if value is None or _fits(self, value, ctx) or not _fits_elsewhere(self, value, ctx):
            return value
        return None


def _fits(option: click.Option, value: str, ctx: click.Context) -> bool:
    parts = option.type.split_envvar_value(value) if option.multiple else value
    try:
        option.type_cast_value(ctx, parts)
    except click.BadParameter:
        return False
    return True


def _fits_elsewhere(option: click.Option, value: str, ctx: click.Context) -> bool:
    """Whether another command has the variable and takes the value; asked only where this one does not."""
    from dataaudit.cli.main import main

    commands = [main.get_command(ctx, name) for name in main.list_commands(ctx)]
    return any(
        _fits(other, value, ctx)
        for command in commands
        if command is not None
        for other in _of(command)
        if isinstance(other, _Named) and other.envvar == option.envvar and other.type is not option.type
    )


def _of(command: click.Command) -> list[click.Parameter]:
    """The parameters of a command, or of all commands in a group."""
    inner = command.commands.values() if isinstance(command, click.Group) else [command]
    return [parameter for one in inner for parameter in one.params]


class _Line(click.types.StringParamType):
    """Text; in a variable one a line."""

    envvar_list_splitter = _BETWEEN


def _give_variable(option: click.Option) -> None:
    if isinstance(option, Unnamed):
        return
    # Options are declared as those of click, wherever they stand: here they get what all of them have.
    option.__class__ = _Named
    option.envvar = option.envvar or variable_of(option)
    if option.multiple:
        if option.type is click.STRING:
            option.type = _Line()
        else:
            option.type.envvar_list_splitter = _BETWEEN  # type: ignore[misc]


def _color() -> click.Option:
    return click.Option(
        ["--color"],
        type=click.Choice(list(_COLORS)),
        default="auto",
        expose_value=False,
        is_eager=True,
        callback=_set_color,
        help="Colours: on a terminal, always or never. [default: auto]",
    )


def _set_color(ctx: click.Context, _option: click.Parameter, value: str) -> None:
    ctx.color = _COLORS[value]
