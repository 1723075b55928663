from __future__ import annotations

from pathlib import Path

import pytest

from dataaudit.config import glob_matches


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
