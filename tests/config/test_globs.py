from __future__ import annotations

from pathlib import Path

import pytest

from dataaudit.config import glob_matches
from dataaudit.config.globs import is_silent_in, parts_of
from dataaudit.errors import UsageError


@pytest.mark.parametrize(
    ("path", "pattern", "fits"),
    [
        pytest.param("a/b.jsonl", "*.jsonl", True, id="name"),
        pytest.param("drafts/b.jsonl", "drafts", True, id="folder-anywhere"),
        pytest.param("drafts/b.jsonl", "drafts/", True, id="folder-with-a-slash"),
        pytest.param("a/drafts/b.jsonl", "a/drafts", True, id="folder-by-path"),
        pytest.param("a/drafts/b.jsonl", "drafts/*.jsonl", False, id="path-from-here"),
        pytest.param("a/drafts/b.jsonl", "**/drafts/*.jsonl", True, id="stars-for-folders"),
        pytest.param("drafts/b.jsonl", "**/drafts/*.jsonl", True, id="stars-for-none"),
        pytest.param("a/b.jsonl", "*.csv", False, id="other-name"),
        pytest.param("./a/../a/b.jsonl", "a/*.jsonl", True, id="dots"),
    ],
)
def test_globs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, pattern: str, fits: bool) -> None:
    monkeypatch.chdir(tmp_path)
    assert glob_matches(path, ["none", pattern]) is fits
    if "/" in pattern:
        assert glob_matches(str(tmp_path / path), [str(tmp_path / pattern)]) is fits


@pytest.mark.parametrize(
    ("path", "pattern", "fits"),
    [
        pytest.param("a/b.jsonl", "*.{csv,jsonl}", True, id="one-of"),
        pytest.param("a/b.json", "*.{csv,jsonl}", False, id="none-of"),
        pytest.param("a/b.csv", "{a,c}/*.csv", True, id="folders"),
        pytest.param("x3.csv", "{a,x{1,3}}.csv", True, id="nested"),
        pytest.param("x.csv", "x{,.old}.csv", True, id="empty"),
        pytest.param("{a}.csv", "{a}.csv", True, id="no-comma"),
        pytest.param("{a,b.csv", "{a,b.csv", True, id="not-closed"),
    ],
)
def test_braces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, pattern: str, fits: bool) -> None:
    monkeypatch.chdir(tmp_path)
    assert glob_matches(path, [pattern]) is fits
    assert is_silent_in(path, pattern) is fits
    assert is_silent_in(path, f"!{pattern}") is not fits


def test_braces_that_stand_for_too_much_are_told() -> None:
    with pytest.raises(UsageError, match="stand for too many globs"):
        glob_matches("a", ["{a,b}" * 30])


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param("a,b", ["a", "b"], id="plain"),
        pytest.param("*.{a,b},c", ["*.{a,b}", "c"], id="braces"),
        pytest.param("{a,{b,c},d},e", ["{a,{b,c},d}", "e"], id="nested"),
        pytest.param("{a,b", ["{a", "b"], id="not-closed"),
        pytest.param("", [""], id="empty"),
    ],
)
def test_commas_in_braces_part_nothing(text: str, parts: list[str]) -> None:
    assert parts_of(text) == parts
