from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dataaudit.cli.main import main


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["plan", "--no-progress", *args])


@pytest.fixture
def train(samples: Path) -> str:
    return str(samples / "train.jsonl")


@pytest.fixture
def spam(tmp_path: Path) -> Path:
    """Sixty messages of one label, four of another, one of them not read as data should be."""
    lines = [f'{{"text": "message {n} about the weather in town {n * 7}", "label": "ham"}}\n' for n in range(60)]
    lines += [f'{{"text": "win {n} prizes at once, call {n * 13}", "label": "spam"}}\n' for n in range(4)]
    file = tmp_path / "train.jsonl"
    file.write_text("".join(lines), encoding="utf-8")
    return file


def test_help_fits_the_page() -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert all(len(line) <= 80 for line in result.stdout.splitlines())


def test_the_sample(train: str) -> None:
    result = run(train, "--isolated")
    assert result.exit_code == 0
    assert result.stdout.startswith("Labeling plan for train\nTask: behaviour (assumed")
    assert "69 rows, 61 of them effective. 5 categories: each needs 10 examples" in result.stdout
    assert "mend rows that cannot be used (SCH001, SCH008," in result.stdout
    assert "decide between contradicting answers (DUP003)" in result.stdout
    assert "  2   0.2-0.3  20-40  duplicates (DUP001, DUP002)" in result.stdout
    assert all(len(line) <= 80 for line in result.stdout.splitlines())


def test_a_labeled_set(spam: Path) -> None:
    data = json.loads(run(str(spam), "--isolated", "--output-format", "json").stdout)
    assert (data["task"], data["minimum"], data["target"]) == ("classification", 100, 250)
    lacking = {line["category"]: (line["missing_to_minimum"], line["missing_to_target"]) for line in data["categories"]}
    assert lacking == {"spam": (96, 246), "ham": (40, 190)}
    assert data["validation_missing"] is True


def test_flags_stand_over_the_settings(spam: Path) -> None:
    settings = spam.with_name("dataaudit.toml")
    settings.write_text(
        "[figures]\nminutes_per_example = [1, 2]\nrate_usd_per_hour = [10, 20]\nminutes_per_conflict = [3, 4]\n",
        encoding="utf-8",
    )
    options = ("--output-format", "json", "--minutes-per-example", "3", "--target", "30")
    data = json.loads(run(str(spam), *options).stdout)
    assert data["minutes_per_example"] == {"low": 3.0, "high": 3.0, "sources": [], "own": True}
    assert data["rate_usd_per_hour"] == {"low": 10.0, "high": 20.0, "sources": [], "own": True}
    assert data["target"] == 30
    assert data["to_target"] == {"number": 26, "minutes": [3.0, 3.0], "hours": [1.3, 1.3], "cost": [13.0, 26.0]}


def test_csv_for_a_queue(train: str, tmp_path: Path) -> None:
    output = tmp_path / "queue.csv"
    result = run(train, "--isolated", "--output-format", "csv", "--output-file", str(output))
    assert (result.exit_code, result.stdout) == (0, "")
    rows = list(csv.DictReader(io.StringIO(output.read_text(encoding="utf-8"))))
    assert [row["category"] for row in rows if row["kind"] == "write"] == [
        "returns",
        "account",
        "delivery",
        "repair",
        "billing",
    ]
    reviews = {int(row["line"]): row["rule"] for row in rows if row["kind"] == "review"}
    assert reviews[5] == "SCH001"
    assert reviews[13] == "DUP003"
    assert all(row["path"] == train for row in rows if row["kind"] == "review")


def test_a_row_of_validation_is_reviewed_and_not_planned_for(spam: Path, tmp_path: Path) -> None:
    held = tmp_path / "valid.jsonl"
    held.write_text('{"text": "win now", "label": "spam"}\n{"text": "win now", "label": "ham"}\n', encoding="utf-8")
    data = json.loads(run(str(spam), str(held), "--isolated", "--output-format", "json").stdout)
    assert data["rows"] == 64
    assert data["validation_missing"] is False
    assert [(task["path"], task["line"]) for task in data["queue"] if task["rule"] == "DUP003"] == [(str(held), 2)]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--rate", "30-20"], "neither a number nor LOW-HIGH"),
        (["--rate", "cheap"], "neither a number nor LOW-HIGH"),
        (["--minutes-per-example", "nan"], "neither a number nor LOW-HIGH"),
        (["--minutes-per-example", "1-inf"], "neither a number nor LOW-HIGH"),
        (["--target", "0"], "0 is not in the range"),
        (["--task", "clasification"], "did you mean classification?"),
        (["--output-format", "xml"], "'xml' is not one of"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_wrong_flags(train: str, options: list[str], words: str) -> None:
    result = run(train, "--isolated", *options)
    assert result.exit_code == 2
    assert words in result.stderr


def test_an_unknown_figure_gets_a_suggestion(spam: Path) -> None:
    spam.with_name("dataaudit.toml").write_text("[figures]\nrate_usd_an_hour = [10, 20]\n", encoding="utf-8")
    result = run(str(spam))
    assert result.exit_code == 2
    assert "figures: unknown figure 'rate_usd_an_hour'; did you mean rate_usd_per_hour?" in result.stderr


def test_the_data_are_never_overwritten(spam: Path) -> None:
    before = spam.read_bytes()
    result = run(str(spam), "--isolated", "--output-file", str(spam))
    assert result.exit_code == 2
    assert "--output-file is one of the files to audit" in result.stderr
    assert spam.read_bytes() == before


def test_workers_change_nothing(spam: Path) -> None:
    one, two = (run(str(spam), "--isolated", "--workers", number).stdout for number in ("1", "2"))
    assert one == two


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("train.jsonl", "", "train.jsonl: the file holds no rows."),
        ("train.csv", "text,label\n", "train.csv: the file holds no rows."),
        (
            "train.jsonl",
            f"version https://git-lfs.github.com/spec/v1\noid sha256:{'4d' * 32}\nsize 12345\n",
            "train.jsonl: the file is a pointer of git-lfs,",
        ),
    ],
    ids=["empty", "header-only", "git-lfs"],
)
def test_a_file_without_rows_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_text(text, encoding="utf-8")
    result = run(name, "--isolated")
    assert result.exit_code == 0
    assert f"Note: {words}" in result.stdout
    assert "Note: there are no training rows.\n" in result.stdout
    assert "To review" not in result.stdout


def test_a_file_that_is_left_out_is_no_row_to_mend(spam: Path) -> None:
    spam.with_name("other.csv").write_text("a,b,c\n1,2,3\n4,5,6\n", encoding="utf-8")
    data = json.loads(run(str(spam.parent), "--isolated", "--output-format", "json").stdout)
    assert [note for note in data["notes"] if "other.csv: the file is not audited: columns 'a', 'b', 'c'" in note]
    assert all(review["kind"] != "invalid" for review in data["reviews"])


def test_labels_of_which_no_row_is_valid(tmp_path: Path) -> None:
    file = tmp_path / "train.jsonl"
    empty = [{"role": "user", "content": "hello"}, {"role": "assistant", "content": ""}]
    rows = [{"messages": empty, "label": "abc"[number % 3]} for number in range(30)]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    data = json.loads(run(str(file), "--isolated", "--output-format", "json").stdout)
    assert [line["category"] for line in data["categories"]] == ["a", "b", "c"]
    assert sum(line["missing_to_minimum"] for line in data["categories"]) == data["to_minimum"]["number"]


def test_hostile_labels_reach_no_terminal_and_no_formula(tmp_path: Path) -> None:
    file = tmp_path / "train.jsonl"
    rows = [
        {"text": f"text number {n} on {n * 3}", "label": "=HYPERLINK(1)" if n % 2 else "\x1b]0;x\x07"}
        for n in range(40)
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    text = run(str(file), "--isolated").stdout
    assert "=HYPERLINK(1)" in text
    assert "\x1b" not in text
    listed = list(csv.DictReader(io.StringIO(run(str(file), "--isolated", "--output-format", "csv").stdout)))
    assert {row["category"] for row in listed} == {"'=HYPERLINK(1)", "\\x1b]0;x\\x07"}
