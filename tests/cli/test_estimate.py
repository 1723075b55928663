"""`dataaudit estimate`: flags, settings file, data, and where the output goes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dataaudit.cli.main import main

SIZE = ("--examples", "1000", "--tokens-per-example", "500")


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["estimate", "--isolated", "--no-progress", *args])


@pytest.fixture
def chats(tmp_path: Path) -> Path:
    turns = [{"role": "user", "content": "Where is it?"}, {"role": "assistant", "content": "There."}]
    file = tmp_path / "train.jsonl"
    file.write_text("".join(json.dumps({"messages": turns}) + "\n" for _ in range(50)), encoding="utf-8")
    return file


def test_without_data() -> None:
    result = run(*SIZE)
    assert result.exit_code == 0
    assert result.stdout.startswith("Costs of training on 1,000 examples, 500,000 tokens\n")
    assert all(len(line) <= 80 for line in result.stdout.splitlines())


def test_with_data(chats: Path) -> None:
    result = run(str(chats), "--provider", "openai", "--output-format", "json")
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    counted = next(count for count in data["tokens"] if count["tokenizer"] == "o200k")
    assert (counted["examples"], counted["exact"]) == (50, True)
    row = next(row for row in data["providers"] if row["model"] == "gpt-4.1-mini")
    assert row["training"]["low"] == pytest.approx(counted["total"] * 3 * 5 / 1e6)


def test_every_row_is_counted_where_asked(chats: Path) -> None:
    exact = run(str(chats), "--provider", "openai", "--exact-tokens", "--output-format", "json")
    assert any("every row counted" in count["because"] for count in json.loads(exact.stdout)["tokens"])


def test_the_worked_example_by_flags() -> None:
    result = run(
        *SIZE, "--provider", "azure-openai,together", "--calls-per-day", "500", "--cost-per-call-prompted", "0.08",
        "--cost-per-call-tuned", "0.02", "--output-format", "csv",
    )  # fmt: skip
    rows = {(row["provider"], row["model"]): row for row in csv.DictReader(io.StringIO(result.stdout))}
    azure, together = rows["azure-openai", "gpt-4o-mini"], rows["together", "<= 16B"]
    assert azure["prompted_per_month"] == "1200"
    assert (azure["hosting_per_month_low"], azure["break_even_calls_per_day_low"]) == ("1224", "680")
    assert azure["payback"] == "never at this volume"
    assert (together["hosting_per_month_low"], together["break_even_calls_per_day_low"]) == ("150", "83.333333")


def test_flags_stand_over_the_settings_file(tmp_path: Path) -> None:
    settings = tmp_path / "dataaudit.toml"
    settings.write_text(
        'providers = ["openai"]\n[project]\nexamples = 10\ntokens_per_example = 100.0\nepochs = 7\n', encoding="utf-8"
    )
    for flags, epochs in (((), 7), (("--epochs", "2"), 2)):
        args = ["estimate", "--config", str(settings), "--output-format", "json", *flags]
        data = json.loads(CliRunner().invoke(main, args).stdout)
        assert {row["provider"] for row in data["providers"]} == {"openai"}
        assert {row["epochs"]["low"] for row in data["providers"]} == {epochs}
        assert data["tokens"][0]["total"] == 1000


def test_output_to_a_file(tmp_path: Path) -> None:
    file = tmp_path / "costs.json"
    result = run(*SIZE, "--output-format", "json", "--output-file", str(file))
    assert (result.exit_code, result.stdout) == (0, "")
    assert json.loads(file.read_text(encoding="utf-8"))["currency"] == "USD"


def test_the_same_input_gives_the_same_bytes(chats: Path) -> None:
    one, two = (run(str(chats), "--calls-per-day", "100", "--workers", workers).stdout_bytes for workers in ("1", "2"))
    assert one == two


def test_a_file_of_validation_rows_alone_says_what_to_do(chats: Path) -> None:
    result = run(str(chats.rename(chats.with_name("validation.jsonl"))))
    assert result.exit_code == 0
    assert result.stdout.startswith(
        "Nothing to train on\n  all rows are validation rows; --split train=PATH says otherwise.\n\n"
    )
    assert "Open" not in result.stdout


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--examples", "5"], "--examples alone is not enough"),
        (["--tokens-per-example", "5"], "--tokens-per-example alone is not enough"),
        ([*SIZE, "train.jsonl"], "--examples stands in for data, and data is named"),
        ([*SIZE, "--provider", "opnai"], "did you mean openai"),
        ([*SIZE, "--calls-per-day", "-1"], "-1"),
        ([*SIZE, "--calls-per-day", "nan"], "--calls-per-day is nan; give a finite number"),
        ([*SIZE, "--base-model", "gpt4"], "did you mean gpt-4"),
        ([*SIZE, "--calls-per-day", "9", "--prompt-tokens", "9", "--base-model", "zzz"], "no price of the base model"),
        (["no-such-file.jsonl"], "no-such-file.jsonl"),
    ],
)
def test_wrong_usage_says_what_to_do(args: list[str], message: str) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert message in result.stderr


def test_help_fits_the_screen() -> None:
    result = CliRunner().invoke(main, ["estimate", "-h"])
    assert result.exit_code == 0
    assert all(len(line) <= 80 for line in result.stdout.splitlines())
