"""Help, completion, colours: what stands around the commands."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from dataaudit.cli.command import PREFIX, SECTIONS, sections
from dataaudit.cli.main import main
from dataaudit.cli.output import colored
from dataaudit.cli.table import COMMANDS, GROUPS


def commands() -> dict[str, click.Command]:
    """Every command by its words, those of groups among them."""
    found: dict[str, click.Command] = {}
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        assert command is not None
        if isinstance(command, click.Group):
            found |= {f"{name} {inner}": made for inner, made in command.commands.items()}
        else:
            found[name] = command
    return found


def test_commands_are_grouped() -> None:
    text = CliRunner().invoke(main, ["--help"]).stdout
    places = [text.index(f"\n{title}:\n") for title in (*GROUPS, "Examples")]
    assert places == sorted(places)
    assert all(f"\n  {name} " in text for name in COMMANDS)


@pytest.mark.parametrize("name", commands())
def test_help_of_a_command_fits_80_columns_and_ends_with_examples(name: str) -> None:
    result = CliRunner().invoke(main, [*name.split(), "--help"])
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert PREFIX in result.stdout
    if name not in ("version", "config", "completion"):
        assert f"dataaudit {name}" in result.stdout.partition("\nExamples:\n")[2]


def test_options_of_check_stand_in_sections() -> None:
    command = commands()["check"]
    found = sections(command, click.Context(command))
    assert set(found) <= {*SECTIONS}
    assert {"Rules", "Files and columns", "Providers", "Output", "Exit code", "Miscellaneous"} <= set(found)


@pytest.mark.parametrize("name", commands())
def test_each_flag_has_a_variable_of_its_name(name: str) -> None:
    options = [param for param in commands()[name].params if isinstance(param, click.Option)]
    assert options
    for option in options:
        long = [word for word in option.opts if word.startswith("--")]
        unnamed = long[0] == "--force" or (long[0] == "--output-file" and name in ("init", "learn"))
        assert option.envvar == (None if unnamed else PREFIX + long[0][2:].upper().replace("-", "_"))


def offered(*words: str) -> list[str]:
    complete = ShellComplete(main, {}, "dataaudit", "_DATAAUDIT_COMPLETE")
    return [item.value for item in complete.get_completions(list(words[:-1]), words[-1])]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(["co"], ["consistency", "config", "completion"], id="commands"),
        pytest.param(["check", "--select", "DUP00"], ["DUP001", "DUP002", "DUP003"], id="codes"),
        pytest.param(["check", "--select", "SCH001,dup001"], ["SCH001,DUP001"], id="codes-after-a-comma"),
        pytest.param(["check", "--ignore", "exact"], ["exact-duplicate"], id="names-of-rules"),
        pytest.param(["check", "--provider", "openai-d"], ["openai-dpo"], id="providers"),
        pytest.param(["check", "--output-format", "js"], ["json", "jsonl"], id="formats"),
        pytest.param(["check", "--config", "max_f"], ["max_findings="], id="settings"),
        pytest.param(["check", "--output", "ht"], ["html"], id="reports"),
        pytest.param(["check", "--split", "v"], ["validation="], id="splits"),
        pytest.param(["check", "--provider", "mistral,openai-d"], ["mistral,openai-dpo"], id="providers-after-a-comma"),
        pytest.param(["check", "--per-file-ignores", "a:DUP,SCH001"], ["a:DUP,SCH001"], id="rules-of-a-file"),
        pytest.param(["check", "--fail-below", "b"], ["B"], id="grades"),
        pytest.param(["check", "--shape", "openai-c"], ["openai-chat"], id="shapes"),
        pytest.param(["check", "--task", "cl"], ["classification"], id="tasks"),
        pytest.param(["check", "--fail-b"], ["--fail-below"], id="flags"),
        pytest.param(["rule", "DUP001"], ["DUP001"], id="rule"),
        pytest.param(["providers", "openai-s"], ["openai-sft"], id="provider"),
        pytest.param(["completion", "f"], ["fish"], id="shell"),
    ],
)
def test_a_shell_completes(words: list[str], expected: list[str]) -> None:
    assert offered(*words) == expected


def test_branches_and_tags_are_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert offered("check", "--baseline-commit", "") == []
    name = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for words in (["init", "-q", "-b", "trunk"], [*name, "commit", "-q", "--allow-empty", "-m", "a"], ["tag", "v1"]):
        subprocess.run(["git", *words], check=True)
    assert sorted(offered("check", "--baseline-commit", "")) == ["trunk", "v1"]
    assert offered("check", "--baseline-commit", "t") == ["trunk"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell(shell: str) -> None:
    result = CliRunner().invoke(main, ["completion", shell])
    assert result.exit_code == 0
    assert f"_DATAAUDIT_COMPLETE={shell}_complete" in result.stdout


def test_bash_takes_the_script(tmp_path: Path) -> None:
    script = tmp_path / "script"
    script.write_text(CliRunner().invoke(main, ["completion", "bash"]).stdout, encoding="utf-8")
    done = subprocess.run(["bash", "-n", str(script)], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("color", "environment", "expected"),
    [
        pytest.param("auto", {}, False, id="pipe"),
        pytest.param("auto", {"FORCE_COLOR": "1"}, True, id="force-color"),
        pytest.param("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, id="no-color-goes-first"),
        pytest.param("always", {"NO_COLOR": "1"}, True, id="the-flag-goes-first"),
        pytest.param("never", {"FORCE_COLOR": "1"}, False, id="never"),
    ],
)
def test_colors(monkeypatch: pytest.MonkeyPatch, color: str, environment: dict[str, str], expected: bool) -> None:
    for name in ("FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    result = CliRunner().invoke(main, ["rule", "SCH001", "--color", color], color=True)
    assert ("\x1b" in result.stdout) is expected
    if color == "auto":
        assert colored(sys.stdout) is (expected or (sys.stdout.isatty() and not environment))
