from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dataaudit.catalogue import load_catalogue
from dataaudit.cli.main import main
from dataaudit.cli.output import colored, printable
from dataaudit.cli.progress import Progress, progress_line


def run(*args: str) -> Result:
    return CliRunner().invoke(main, list(args))


@pytest.mark.parametrize("args", [["--help"], ["-h"], ["check", "-h"], ["rule", "-h"], ["providers", "-h"]])
def test_help(args: list[str]) -> None:
    result = run(*args)
    assert result.exit_code == 0
    assert "Usage:" in result.stdout
    assert all(len(line) <= 80 for line in result.stdout.splitlines())


@pytest.mark.parametrize("args", [["version"], ["--version"]])
def test_version(args: list[str]) -> None:
    result = run(*args)
    assert result.exit_code == 0
    assert result.stdout.startswith("dataaudit ")


def test_an_unknown_command_gets_a_suggestion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "train.jsonl").touch()
    assert "did you mean `dataaudit check`?" in run("chek").stderr
    assert "did you mean `dataaudit check train.jsonl`?" in run("train.jsonl").stderr
    assert run("chek").exit_code == 2


@pytest.mark.parametrize("word", ["SCH001", "sch001", "invalid-json"])
def test_rule(word: str) -> None:
    result = run("rule", word)
    assert result.exit_code == 0
    assert result.stdout.startswith("SCH001 invalid-json [error]\n")
    heads = [
        line
        for line in result.stdout.splitlines()
        if line in ("Why", "How to fix", "Has findings", "Has none", "Sources")
    ]
    assert heads == ["Why", "How to fix", "Has findings", "Has none", "Sources"]


def test_each_rule_can_be_explained() -> None:
    rules = load_catalogue().rules
    assert len(rules) > 20
    for code in rules:
        result = run("rule", code)
        assert result.exit_code == 0
        assert "\x1b" not in result.stdout


def test_rules_as_json() -> None:
    one = json.loads(run("rule", "SCH001", "--output-format", "json").stdout)
    every = json.loads(run("rule", "--all", "--output-format", "json").stdout)
    assert one in every
    assert [entry["code"] for entry in every] == list(load_catalogue().rules)
    assert len(run("rule", "--all").stdout.splitlines()) >= len(every)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["rule", "SCH01"], "'SCH01' stands for several rules, one is wanted here; it has SCH010, SCH011"),
        (["rule"], "name one rule, or give --all"),
        (["rule", "SCH001", "--all"], "name one rule, or give --all"),
        (["rule", "--all", "--rules", "no-folder"], "no-folder: no such folder of rules"),
        (["providers", "no-such"], "unknown provider 'no-such'"),
    ],
)
def test_wrong_words(args: list[str], message: str) -> None:
    result = run(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_providers() -> None:
    known = load_catalogue().providers
    listed = run("providers").stdout
    assert all(any(line.startswith(f"{name} ") for line in listed.splitlines()) for name in known)
    assert [entry["id"] for entry in json.loads(run("providers", "--output-format", "json").stdout)] == list(known)
    for name, provider in known.items():
        shown = run("providers", name)
        assert shown.exit_code == 0
        assert shown.stdout.startswith(f"{name}: {provider.name}, {provider.method}\n")
        assert json.loads(run("providers", name, "--output-format", "json").stdout)["id"] == name


def test_messages_of_errors_are_safe() -> None:
    assert printable("a\x1b[31m\u202e\udc80\nb ü 中") == "a\\x1b[31m\\u202e\\udc80\nb ü 中"


class Terminal:
    def __init__(self, *, tty: bool) -> None:
        self.tty, self.text = tty, ""

    def isatty(self) -> bool:
        return self.tty

    def write(self, text: str) -> None:
        self.text += text

    def flush(self) -> None:
        self.text += ""


@pytest.mark.parametrize(
    ("tty", "environment", "expected"),
    [
        pytest.param(True, {"TERM": "xterm"}, True, id="terminal"),
        pytest.param(False, {"TERM": "xterm"}, False, id="pipe"),
        pytest.param(True, {"TERM": "xterm", "NO_COLOR": "1"}, False, id="no-color"),
        pytest.param(True, {"TERM": "dumb"}, False, id="dumb"),
    ],
)
def test_colored(monkeypatch: pytest.MonkeyPatch, tty: bool, environment: dict[str, str], expected: bool) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert colored(Terminal(tty=tty)) is expected  # type: ignore[arg-type]


def test_progress_line() -> None:
    assert progress_line(25_000_000, 100_000_000, 4) == (
        " 25% [######..................] 25.0 of 100.0 MB, 6 MB/s, 12 s left"
    )
    assert progress_line(100, 100, 4) == "100% [########################] 0.0 of 0.0 MB, 0 MB/s"
    assert progress_line(5_000_000, 0, 1) == "5.0 MB read"


@pytest.mark.parametrize(("wanted", "tty", "drawn"), [(True, True, True), (False, True, False), (True, False, False)])
def test_progress_is_drawn_late_and_wiped(
    monkeypatch: pytest.MonkeyPatch, wanted: bool, tty: bool, drawn: bool
) -> None:
    screen, now = Terminal(tty=tty), [100.0]
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    with Progress(wanted=wanted) as progress:
        progress(1, 10)
        assert screen.text == ""
        now[0] += 5
        progress(5, 10)
        progress(6, 10)
    assert screen.text.count("50%") == drawn
    assert "60%" not in screen.text
    assert screen.text.endswith("\r\x1b[K") == drawn


def test_progress_says_that_all_is_read_and_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal(tty=True)
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setattr("dataaudit.cli.progress._DELAY", 0.0)
    with Progress(wanted=True) as progress:
        progress(10, 10)
        progress(10, 10)
        for _ in range(200):
            if screen.text:
                break
            time.sleep(0.01)
    assert screen.text.count("100 % read") == 1
    assert screen.text.endswith("\r\x1b[K")
