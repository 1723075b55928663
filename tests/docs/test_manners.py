"""The table against ruff names flags and commands that exist, and misses none of ruff's own."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from dataaudit.cli.main import main

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "ruff-manners.md"
ROWS = [
    [cell.strip() for cell in line.strip("|\n").split(" | ")]
    for line in PAGE.read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| ruff |")
]
FLAG = re.compile(r"--[a-z][a-z-]+")
# Of ruff's formatter and of Python, which a linter of data has no like of.
NOT_OURS = {"--help", "--version"}


def options() -> set[str]:
    context = click.Context(main)
    commands = [main.get_command(context, name) for name in main.list_commands(context)]
    found = {"--help"}
    while commands:
        command = commands.pop()
        assert command is not None
        found |= {flag for param in command.params for flag in (*param.opts, *param.secondary_opts)}
        if isinstance(command, click.Group):
            commands += command.commands.values()
    return found


def test_each_flag_and_command_named_as_ours_exists() -> None:
    ours = [row[1] for row in ROWS]
    assert {flag for cell in ours for flag in FLAG.findall(cell)} - options() == set()
    named = {name for cell in ours for name in re.findall(r"`dataaudit ([a-z]+)", cell)}
    assert named - set(main.list_commands(click.Context(main))) == set()


@pytest.mark.parametrize("command", ["", "check", "rule", "config"])
def test_each_flag_and_command_of_ruff_is_answered(command: str) -> None:
    help_text = subprocess.run(
        [sys.executable, "-m", "ruff", *command.split(), "--help"], capture_output=True, text=True, check=True
    ).stdout
    theirs = " ".join(row[0] for row in ROWS) + " " + " ".join(row[1] for row in ROWS)
    flags = set(re.findall(r"^ +(?:-\w, )?(--[a-z-]+)", help_text, re.MULTILINE))
    assert {flag for flag in flags - NOT_OURS if flag not in theirs and flag.removeprefix("--") not in theirs} == set()
    if not command:
        listed = help_text.partition("Commands:\n")[2].partition("\n\n")[0]
        names = re.findall(r"^  (\w+)", listed, re.MULTILINE)
        assert names
        assert [name for name in names if f"`{name}" not in theirs] == []
