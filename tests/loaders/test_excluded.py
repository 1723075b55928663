"""Globs of `exclude`: what they leave out of folders, and that a file named by itself stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from dataaudit import audit
from dataaudit.errors import SourceError
from tests.loaders.reading import write

ROW = b'{"prompt": "Capital of Peru?", "completion": "Lima"}\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("data/a.jsonl", "data/b.jsonl", "data/drafts/c.jsonl", "data/drafts/old/d.jsonl"):
        write(tmp_path, name, ROW)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def audited(paths: list[str], *exclude: str) -> str:
    files = audit(paths, select=["SCH022"], exclude=exclude).files
    return " ".join(sorted(Path(file.path).stem for file in files))


@pytest.mark.parametrize(
    ("exclude", "left"),
    [
        ("a.jsonl", "b c d"),
        ("drafts", "a b"),
        ("drafts/", "a b"),
        ("data/a.jsonl", "b c d"),
        ("./data/a.*", "b c d"),
        ("data/drafts", "a b"),
        ("data/drafts/*.jsonl", "a b"),
        ("data/**/c.jsonl", "a b d"),
        ("data/**/a.jsonl", "b c d"),
        ("other/*.jsonl", "a b c d"),
    ],
)
def test_globs(folder: Path, exclude: str, left: str) -> None:
    assert audited(["data"], exclude) == left
    assert audited([str(folder / "data")], exclude) == left


def test_a_file_named_by_itself_stays(folder: Path) -> None:
    assert audited(["data", "./data/drafts/c.jsonl"], "data/drafts/*") == "a b c"
    assert audited([str(folder / "data/a.jsonl")], "data/*", "*.jsonl") == "a"


@pytest.mark.usefixtures("folder")
def test_nothing_left_is_an_error() -> None:
    with pytest.raises(SourceError, match="data: all data files are left out"):
        audited(["data"], "data/*")
