"""`dataaudit clean`: what it removes and says."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from dataaudit.cli.main import main
from dataaudit.engine.cache.codec import packed
from dataaudit.engine.cache.store import Store


def test_it_says_how_much_it_removed_and_where(tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    store.write(5, "0" * 32, "measured", packed(b"x" * 300_000))
    result = CliRunner().invoke(main, ["clean", "--cache-dir", str(tmp_path / "cache")])
    assert result.exit_code == 0
    assert result.stdout == f"removed 1 entry (0.3 MB) from {tmp_path / 'cache'}\n"
    assert not list((tmp_path / "cache" / "entries").glob("*.measured"))


def test_a_folder_that_is_not_there_is_clean(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["clean"], env={"DATAAUDIT_CACHE_DIR": str(tmp_path / "none")})
    assert (result.exit_code, result.stdout) == (0, f"removed 0 entries (0.0 MB) from {tmp_path / 'none'}\n")
    assert not (tmp_path / "none").exists()


def test_without_a_home_there_is_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA", "DATAAUDIT_CACHE_DIR"):
        monkeypatch.delenv(name, raising=False)
    result = CliRunner().invoke(main, ["clean"])
    assert (result.exit_code, result.stdout) == (0, "there is no cache\n")
