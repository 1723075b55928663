"""The command `advise`: answers from flags, settings file, data, measurements and a terminal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from dataaudit.cli import advise as command
from dataaudit.cli.main import main
from dataaudit.scoring.advice_rules import advice_rules

FORMATS = Path("fixtures/formats").absolute()
TRAIN = str(FORMATS / "train.jsonl")


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _run(*arguments: str, answers: str | None = None) -> Result:
    return CliRunner().invoke(main, ["advise", *arguments], input=answers)


def _advice(*arguments: str, answers: str | None = None) -> Any:
    result = _run(*arguments, "--output-format", "json", answers=answers)
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def _given(advice: Any) -> dict[str, Any]:
    return {entry["question"]: entry["value"] for entry in advice["answers"]}


def test_there_is_a_flag_for_each_question() -> None:
    flags = {name for option in command.advise.params if isinstance(option, click.Option) for name in option.opts}
    assert {question.flag for question in advice_rules().questions} <= flags
    assert [f"--{flag}" for flag, _, _ in command._QUESTIONS] == [q.flag for q in advice_rules().questions]


def test_choices_are_those_of_the_rules() -> None:
    kinds = {f"--{flag}": kind for flag, kind, _ in command._QUESTIONS}
    for question in advice_rules().questions:
        if question.answers:
            assert list(kinds[question.flag].choices) == list(question.answers)


def test_answers_from_flags() -> None:
    advice = _advice("--need", "both", "--no-judge", "--examples", "50", "--calls-per-day", "1500", "--latency")
    assert _given(advice) == {
        "need": "both",
        "judge": False,
        "examples": 50,
        "calls_per_day": 1500,
        "latency": True,
    }
    assert [entry["name"] for entry in advice["blockers"]] == ["no-judge", "few-examples"]


def test_flags_stand_over_the_settings_file(tmp_path: Path) -> None:
    file = tmp_path / "dataaudit.toml"
    file.write_text('[project]\nneed = "knowledge"\ncalls_per_day = 300\njudge = true\n', encoding="utf-8")
    assert _given(_advice("--need", "behaviour")) == {"need": "behaviour", "calls_per_day": 300, "judge": True}
    assert _given(_advice("--isolated")) == {}


def test_data_answer_what_no_flag_says() -> None:
    advice = _advice(TRAIN)
    assert _given(advice) == {"examples": 80, "categories": 4}
    assert all(entry["note"] for entry in advice["answers"])
    notes = {entry["question"]: entry["note"] for entry in advice["missing"]}
    assert "one JSON object" in notes["exact_format"]
    assert _given(_advice(TRAIN, "--examples", "900"))["examples"] == 900


def _consistency(tmp_path: Path, *outputs: str) -> str:
    files = [str(FORMATS / name) for name in outputs]
    result = CliRunner().invoke(main, ["consistency", *files, "--against", TRAIN, "--output-format", "json"])
    file = tmp_path / "consistency.json"
    file.write_text(result.stdout, encoding="utf-8")
    return str(file)


def test_measured_consistency_is_read(tmp_path: Path) -> None:
    file = _consistency(tmp_path, "prompted.jsonl")
    advice = _advice("--consistency", file)
    assert _given(advice) == {"prompted_consistency": 0.7, "prompted_runs": 120}
    assert "consistency-gap" in {reason["name"] for reason in advice["reasons"]}
    assert all("prompted.jsonl" in entry["note"] for entry in advice["answers"])
    said = _advice("--consistency", file, "--prompted-consistency", "0.99")
    assert {entry["value"]: entry["note"] is None for entry in said["answers"]} == {0.99: True, 120: False}


def test_two_files_of_outputs_are_refused(tmp_path: Path) -> None:
    result = _run("--consistency", _consistency(tmp_path, "prompted.jsonl", "tuned.jsonl"))
    assert result.exit_code == 2
    assert "measure the prompted outputs alone" in result.stderr


@pytest.mark.parametrize("content", [b"", b"{}", b"[1", b"\xff\xfe", b'{"files": 1}', b"[" * 100_000])
def test_what_is_no_report_is_named(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "other.json"
    file.write_bytes(content)
    result = _run("--consistency", str(file))
    assert result.exit_code == 2
    assert "not a report of `dataaudit consistency`" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--prompted-consistency", "70"), "'--prompted-consistency'"),
        (("--prompted-consistency", "nan"), "--prompted-consistency: should be a finite number"),
        (("--calls-per-day", "inf"), "--calls-per-day: should be a finite number"),
        (("--examples", "-1"), "'--examples'"),
        (("--need", "luck"), "'--need'"),
        (("no-such-file.jsonl",), "no-such-file.jsonl"),
    ],
)
def test_wrong_usage_is_named(arguments: tuple[str, ...], words: str) -> None:
    result = _run(*arguments)
    assert result.exit_code == 2
    assert words in result.stderr


def test_a_terminal_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_on_a_terminal", lambda: True)
    lines = ["both", "", "", "many", "150", "no", *[""] * 11]
    result = _run("--output-format", "json", "--small-team", answers="\n".join(lines) + "\n")
    assert result.exit_code == 0, result.stderr
    advice = json.loads(result.stdout)
    assert _given(advice) == {"need": "both", "judge": False, "examples": 150, "small_team": True}
    assert "What does the model lack? (behaviour, knowledge, both) [skip]:" in result.stderr
    assert "'many'" in result.stderr
    assert "small" not in result.stderr


def test_a_terminal_is_asked_only_what_matters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_on_a_terminal", lambda: True)
    result = _run(answers="knowledge\n\n")
    assert result.exit_code == 0
    assert result.stdout.startswith("Use retrieval")
    assert result.stderr.count("[skip]:") == 2


def test_a_terminal_is_not_asked_where_that_is_not_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_on_a_terminal", lambda: True)
    result = _run("--no-input")
    assert result.exit_code == 0
    assert result.stderr == ""


def test_the_end_of_the_input_skips_the_other_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_on_a_terminal", lambda: True)
    result = _run("--output-format", "json", answers="both\n")
    assert result.exit_code == 0, result.stderr
    assert _given(json.loads(result.stdout)) == {"need": "both"}
    assert result.stderr.endswith("\n")


def test_an_interrupt_at_a_question_ends_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_args: Any, **_named: Any) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("click.termui.visible_prompt_func", interrupted)
    with pytest.raises(click.Abort):
        command._answer("Why?", command._Skippable(None))


def test_output_to_a_file(tmp_path: Path) -> None:
    file = tmp_path / "advice.txt"
    result = _run("--need", "knowledge", "--output-file", str(file))
    assert (result.exit_code, result.stdout) == (0, "")
    assert file.read_text(encoding="utf-8").startswith("Use retrieval")


@pytest.mark.parametrize("flag", ["path", "--consistency"])
def test_what_is_read_is_not_written_over(tmp_path: Path, flag: str) -> None:
    file = tmp_path / "kept.jsonl"
    file.write_text("{}\n", encoding="utf-8")
    result = _run(*([] if flag == "path" else [flag]), str(file), "--output-file", str(file))
    assert result.exit_code == 2
    assert "--output-file is one of the files to audit" in result.stderr
    assert file.read_text(encoding="utf-8") == "{}\n"


def test_a_pipe_is_not_asked() -> None:
    result = _run(answers="both\n")
    assert result.stderr == ""
    assert result.stdout.startswith("Not enough is known to advise: 0 of 16 questions are answered.\n")
