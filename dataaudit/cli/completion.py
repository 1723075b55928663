"""`dataaudit completion`: the script with which a shell completes commands, flags and the words that they take."""

from __future__ import annotations

import click

from dataaudit.cli.command import Command
from dataaudit.cli.output import write

_EXAMPLES = (
    'eval "$(dataaudit completion bash)"                  # in ~/.bashrc',
    'eval "$(dataaudit completion zsh)"                   # in ~/.zshrc',
    "dataaudit completion fish > ~/.config/fish/completions/dataaudit.fish",
)


@click.command("completion", cls=Command, short_help="Complete commands in a shell.", examples=_EXAMPLES)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script for a shell: it completes commands, flags, paths, rules, providers, formats and settings."""
    from click.shell_completion import get_completion_class

    from dataaudit.cli.main import main

    made = get_completion_class(shell)
    assert made is not None
    write(made(main, {}, "dataaudit", "_DATAAUDIT_COMPLETE").source() + "\n")
