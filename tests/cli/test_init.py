from __future__ import annotations

import glob
import json
import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dataaudit.api import examined
from dataaudit.cli.main import main
from dataaudit.config import Settings, load_settings


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*args: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, ["init", *args])
    assert result.exit_code == code, result.output
    return result


def _rows(rows: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def _chats(folder: Path) -> None:
    rows = [
        {"messages": [{"role": "user", "content": f"q{n}"}, {"role": "assistant", "content": f"a{n}"}]}
        for n in range(20)
    ]
    (folder / "a.jsonl").write_text(_rows(rows), encoding="utf-8")
    (folder / "valid.jsonl").write_text(_rows(rows[:3]), encoding="utf-8")


def _labeled(folder: Path) -> None:
    lines = ["Frage,Klasse\n", *(f"Wo ist die Post {n}?,{'Ort' if n % 2 else 'Zeit'}\n" for n in range(40))]
    (folder / "set.csv").write_text("".join(lines), encoding="utf-8")


def _mixed(folder: Path) -> None:
    _chats(folder)
    (folder / "pairs.jsonl").write_text(_rows([{"prompt": f"p{n}", "completion": "c"} for n in range(9)]))


def _hostile(folder: Path) -> None:
    name = 'we"ird\n[project]\\ \u202e#.jsonl'
    rows = [{"text": f"text {n}", "label": ["x\ny = 1", 'b"]', "\u2028"][n % 3]} for n in range(30)]
    (folder / name).write_text(_rows(rows), encoding="utf-8")


@pytest.mark.parametrize("made", [_chats, _labeled, _mixed, _hostile], ids=["chats", "labeled", "mixed", "hostile"])
def test_the_file_is_valid_and_says_what_was_found(here: Path, made: Callable[[Path], None]) -> None:
    (here / "data").mkdir()
    made(here / "data")
    run("data")
    settings, file = load_settings(here / "data")
    assert file == here / "dataaudit.toml"
    with examined(["data"], Settings()) as bare, examined(["data"], settings) as held:
        assert [layout.shape for layout in held.plan.layouts] == [layout.shape for layout in bare.plan.layouts]
        assert [layout.columns for layout in held.plan.layouts] == [layout.columns for layout in bare.plan.layouts]
        assert [source.split for source in held.plan.sources] == [source.split for source in bare.plan.sources]
        assert held.plan.label_sources == bare.plan.label_sources
    assert settings.labels is None
    text = file.read_text(encoding="utf-8")
    # Without the comments in front of keys, these are valid too.
    loose = "".join(
        line.removeprefix("# ") for line in text.splitlines(keepends=True) if " = " in line or line[0] == "["
    )
    assert Settings.validated(tomllib.loads(loose)) != Settings()


def test_what_is_found_is_written(here: Path) -> None:
    _labeled(here)
    text = run("--dry-run").stdout
    assert not (here / "dataaudit.toml").exists()
    read = tomllib.loads(text)
    assert read["label_column"] == "Klasse"
    assert read["splits"] == {"set.csv": "train"}
    assert '# labels = ["Ort", "Zeit"]' in text
    assert "from 1 file, 40 rows" in text
    assert max(map(len, text.splitlines())) <= 80


def test_providers_that_read_the_shape_are_named(here: Path) -> None:
    _chats(here)
    assert "openai" in run("--dry-run").stdout


def test_nothing_is_overwritten(here: Path) -> None:
    _chats(here)
    (here / "dataaudit.toml").write_text("max_findings = 3", encoding="utf-8")
    assert "--force replaces it" in run(code=2).stderr
    assert (here / "dataaudit.toml").read_text(encoding="utf-8") == "max_findings = 3"
    run("--force")
    assert load_settings(here)[0].shape == "openai-chat"


def test_it_is_written_where_it_counts(here: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    away = tmp_path_factory.mktemp("away")
    _chats(away)
    run(str(away))
    assert load_settings(away)[0].shape == "openai-chat"
    run(str(away), "--output-file", "own.toml")
    settings, _ = load_settings(away, config=here / "own.toml")
    assert {Path(path).resolve(): split for path, split in settings.splits.items()} == {
        away / "a.jsonl": "train",
        away / "valid.jsonl": "validation",
    }


def test_standard_input_has_no_settings() -> None:
    assert "settings are for files" in run("-", code=2).stderr


def test_a_pyproject_keeps_all_that_stands_in_it(here: Path) -> None:
    _chats(here)
    before = b'[project]\r\nname = "x"  # mine\r\n\r\n[tool.ruff]\r\nline-length = 99'
    (here / "pyproject.toml").write_bytes(before)
    run("--output-file", "pyproject.toml", "--force")
    content = (here / "pyproject.toml").read_bytes()
    assert content.startswith(before)
    read = tomllib.loads(content.decode().replace("\r\n", "\n"))
    assert (read["project"], read["tool"]["ruff"]) == ({"name": "x"}, {"line-length": 99})
    settings, file = load_settings(here)
    assert (settings.shape, file) == ("openai-chat", here / "pyproject.toml")
    assert settings.splits == {str(here / "a.jsonl"): "train", str(here / "valid.jsonl"): "validation"}
    assert "has a table [tool.dataaudit] already" in run("--output-file", "pyproject.toml", "--force", code=2).stderr
    assert (here / "pyproject.toml").read_bytes() == content


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("tool = {}", "not valid TOML", id="table-in-braces"),
        pytest.param("a = ", "not valid TOML", id="no-toml"),
        pytest.param("[tool]\ndataaudit.select = ['ALL']", "has a table [tool.dataaudit] already", id="dotted"),
    ],
)
def test_a_pyproject_that_cannot_be_added_to_stays(here: Path, text: str, message: str) -> None:
    _chats(here)
    (here / "pyproject.toml").write_text(text, encoding="utf-8")
    assert message in run("--output-file", "pyproject.toml", code=2).stderr
    assert (here / "pyproject.toml").read_text(encoding="utf-8") == text


def test_a_pyproject_is_made_where_there_is_none(here: Path) -> None:
    _chats(here)
    run("--output-file", "pyproject.toml")
    assert load_settings(here)[0].shape == "openai-chat"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_names_of_files_mean_these_files_alone(here: Path) -> None:
    row = '{"prompt": "a", "completion": "b"}\n'
    names = ["a[12].jsonl", "a*.jsonl", "what?.jsonl", "\x1b\x01.jsonl", "{a,b}.jsonl"]
    for name in names:
        (here / name).write_text(row, encoding="utf-8")
    raw = os.fsdecode(b"bad\xff.jsonl")
    (here / raw).write_text(row, encoding="utf-8")
    run()
    text = (here / "dataaudit.toml").read_text(encoding="utf-8")
    assert "\ufffd" not in text
    assert "The name of a file cannot be written in TOML: bad\\udcff.jsonl, train." in text
    patterns = {Path(path).name for path in load_settings(here)[0].splits}
    assert patterns == {glob.escape(name) for name in names}
