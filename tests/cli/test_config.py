"""`dataaudit config`: effective settings, where each is from, and the order flags > environment > file."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dataaudit.cli.main import main
from dataaudit.config.keys import MEANINGS


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*args: str, code: int = 0, environment: dict[str, str] | None = None) -> Result:
    result = CliRunner(env=environment).invoke(main, list(args))
    assert result.exit_code == code, result.output
    return result


def effective(*args: str, **environment: str) -> dict[str, Any]:
    shown = json.loads(run("config", "--output-format", "json", *args, environment=environment).stdout)
    settings: dict[str, Any] = shown["settings"]
    return settings


def test_every_key_is_shown_with_its_value_and_origin(here: Path) -> None:
    (here / "base.toml").write_text('ignore = ["LAB"]\n[project]\nepochs = 3', encoding="utf-8")
    (here / "dataaudit.toml").write_text('extend = "base.toml"\nfail_on = "info"', encoding="utf-8")
    shown = effective("--max-warnings", "3", DATAAUDIT_PREVIEW="1")
    assert list(shown) == list(MEANINGS)
    assert shown["fail_on"] == {"value": "info", "from": [str(here / "dataaudit.toml")]}
    assert shown["ignore"] == {"value": ["LAB"], "from": [str(here / "base.toml")]}
    assert shown["max_warnings"] == {"value": 3, "from": ["--max-warnings"]}
    assert shown["preview"] == {"value": True, "from": ["DATAAUDIT_PREVIEW"]}
    assert shown["select"] == {"value": ["ALL"], "from": ["default"]}


def test_the_text_is_toml_within_80_columns(here: Path) -> None:
    (here / "dataaudit.toml").write_text('labels = ["a \\u001b[31m b"]\n[severity]\nDUP001 = "off"', encoding="utf-8")
    text = run("config").stdout
    assert max(map(len, text.splitlines())) <= 80
    assert "\x1b" not in text
    read = tomllib.loads(text)
    assert (read["severity"], read["labels"]) == ({"DUP001": "off"}, ["a \x1b[31m b"])
    assert text.startswith("# settings file: dataaudit.toml\n")
    assert "fail_on" not in run("config", "--changed").stdout


def test_what_does_not_fit_a_line_is_toml_all_the_same(here: Path) -> None:
    words = ["x" * 50, "a b " * 30 + "c", "\x1b\x01\x85\x7f", "\u200b\u2066\ufeff", "\U000e0041"]
    quoted = [json.dumps(word).replace("\x7f", "\\u007f") for word in words]
    splits = "".join(f"{word} = 'train'\n" for word in quoted[:3])
    file = f"labels = [{', '.join(quoted[:4])}]\n[splits]\n{splits}"
    (here / "dataaudit.toml").write_text(file, encoding="utf-8")
    text = run("config", "--label-column", words[4]).stdout
    read = tomllib.loads(text)
    assert read["labels"] == words[:4]
    assert read["label_column"] == words[4]
    assert read["splits"] == {str(here / word): "train" for word in words[:3]}
    assert not set(text) & {"\x1b", "\x01", "\u200b", "\u2066", "\U000e0041"}


@pytest.mark.parametrize(
    ("file", "environment", "flags", "value", "origin"),
    [
        pytest.param("", {}, [], "error", "default", id="default"),
        pytest.param("fail_on = 'info'", {}, [], "info", "dataaudit.toml", id="file"),
        pytest.param("fail_on = 'info'", {}, ["--config", "fail_on = 'warning'"], "warning", "--config", id="config"),
        pytest.param(
            "fail_on = 'info'", {"DATAAUDIT_FAIL_ON": "warning"}, [], "warning", "DATAAUDIT_FAIL_ON", id="environment"
        ),
        pytest.param(
            "fail_on = 'info'",
            {"DATAAUDIT_FAIL_ON": "warning"},
            ["--fail-on", "error"],
            "error",
            "--fail-on",
            id="flag",
        ),
        pytest.param(
            "", {"DATAAUDIT_CONFIG": "fail_on = 'info'"}, ["--fail-on", "warning"], "warning", "--fail-on", id="both"
        ),
    ],
)
def test_flags_go_before_the_environment_and_that_before_the_file(
    here: Path, file: str, environment: dict[str, str], flags: list[str], value: str, origin: str
) -> None:
    (here / "dataaudit.toml").write_text(file, encoding="utf-8")
    shown = effective(*flags, **environment)["fail_on"]
    assert shown["value"] == value
    assert origin in shown["from"][0]


@pytest.mark.parametrize(
    ("variable", "value", "key", "expected"),
    [
        pytest.param("SELECT", "DUP, SCH001", "select", ["DUP", "SCH001"], id="list"),
        pytest.param("SELECT", "DUP\nSCH001,SCH002", "select", ["DUP", "SCH001", "SCH002"], id="lines"),
        pytest.param("PER_FILE_IGNORES", "*.csv:DUP\nb c.jsonl:SCH", "per_file_ignores",
                     {"*.csv": ["DUP"], "b c.jsonl": ["SCH"]}, id="pairs"),
        pytest.param("SPLIT", "train=a b.jsonl", "splits", {"a b.jsonl": "train"}, id="path-with-a-blank"),
        pytest.param("PREVIEW", "yes", "preview", True, id="yes"),
        pytest.param("RESPECT_GITIGNORE", "false", "respect_gitignore", False, id="no"),
        pytest.param("EXIT_ZERO", "0", "exit_zero", False, id="switch-off"),
        pytest.param("EXIT_ZERO", "true", "exit_zero", True, id="switch-on"),
        pytest.param("FAIL_ON", "", "fail_on", "error", id="empty-is-not-set"),
    ],
)  # fmt: skip
def test_variables_are_read_as_flags_are(here: Path, variable: str, value: str, key: str, expected: Any) -> None:
    found = effective(**{f"DATAAUDIT_{variable}": value})[key]["value"]
    if key == "splits":
        found = {Path(path).name: split for path, split in found.items()}
    assert found == expected


def test_a_wrong_variable_is_named() -> None:
    result = run("check", code=2, environment={"DATAAUDIT_FAIL_ON": "bad"})
    assert "(from DATAAUDIT_FAIL_ON)" in result.stderr


def test_what_was_typed_goes_before_a_variable_that_it_excludes(here: Path) -> None:
    (here / "a.toml").write_text("max_findings = 7", encoding="utf-8")
    assert effective("--isolated", DATAAUDIT_CONFIG="a.toml")["max_findings"]["value"] == 1000
    assert effective("--config", "a.toml", DATAAUDIT_ISOLATED="1")["max_findings"]["value"] == 7
    assert "exclude each other" in run("config", "--isolated", "--config", "a.toml", code=2).stderr


@pytest.mark.parametrize(
    ("file", "args", "message"),
    [
        pytest.param(
            "select = ['DUP099']", [], "dataaudit.toml:1: select: unknown rule 'DUP099'; did you mean", id="file"
        ),
        pytest.param(
            "[severity]\nDUP = 'off'", [], "dataaudit.toml:2: severity: 'DUP' stands for several rules", id="severity"
        ),
        pytest.param("[thresholds.X]\na = 1", [], "dataaudit.toml:1: thresholds: unknown rule 'X'", id="thresholds"),
        pytest.param(
            "[thresholds.DUP001]\na = 1", [], "toml:2: thresholds: DUP001 has no threshold 'a'", id="threshold"
        ),
        pytest.param("per_file_ignores = {a = ['X']}", [], "toml:1: per_file_ignores: unknown rule 'X'", id="per-file"),
        pytest.param("", ["--ignore", "DUP099"], "--ignore: unknown rule 'DUP099'; did you mean", id="flag"),
        pytest.param("", ["--per-file-ignores", "*.csv"], "'*.csv' is not GLOB:CODES", id="no-codes"),
    ],
)
def test_unknown_rules_are_told_with_their_place(here: Path, file: str, args: list[str], message: str) -> None:
    (here / "dataaudit.toml").write_text(file, encoding="utf-8")
    result = run("config", *args, code=2)
    assert message in result.stderr
    assert result.stdout == ""


def test_flags_add_to_what_the_file_leaves_out(here: Path) -> None:
    (here / "dataaudit.toml").write_text('exclude = ["a"]\nper_file_ignores = {"*.csv" = ["DUP"]}', encoding="utf-8")
    shown = effective("--exclude", "b,a", "--per-file-ignores", "*.csv:LAB", "--per-file-ignores", "x:SCH")
    assert shown["exclude"] == {"value": ["a", "b"], "from": [str(here / "dataaudit.toml"), "--exclude"]}
    assert shown["per_file_ignores"]["value"] == {"*.csv": ["DUP", "LAB"], "x": ["SCH"]}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param("d.jsonl:DUP001,d.jsonl:SCH001", {"d.jsonl": ["DUP001", "SCH001"]}, id="pairs"),
        pytest.param("a:DUP,TXT001,b:SCH", {"a": ["DUP", "TXT001"], "b": ["SCH"]}, id="lists"),
        pytest.param("*.{csv,jsonl}:DUP", {"*.{csv,jsonl}": ["DUP"]}, id="braces"),
        pytest.param("a,b.csv:DUP", {"a,b.csv": ["DUP"]}, id="comma-in-the-name"),
        pytest.param("!a.csv:DUP", {"!a.csv": ["DUP"]}, id="all-others"),
    ],
)
def test_ignores_of_files_are_written_as_for_ruff(given: str, expected: dict[str, list[str]]) -> None:
    assert effective("--per-file-ignores", given)["per_file_ignores"]["value"] == expected


def test_braces_do_not_part_a_list() -> None:
    assert effective("--exclude", "*.{csv,tsv},old")["exclude"]["value"] == ["*.{csv,tsv}", "old"]


def test_schema() -> None:
    schema = json.loads(run("config", "--schema").stdout)
    assert schema["additionalProperties"] is False
    assert schema["properties"]["fail_on"]["description"]
