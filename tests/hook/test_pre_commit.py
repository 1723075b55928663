"""The hooks of .pre-commit-hooks.yaml, run by the real pre-commit in a real git repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hook")]


@dataclass(frozen=True)
class Tools:
    """Commands that see neither the user's settings nor a git hook that may be running the tests."""

    environment: dict[str, str]

    def run(self, *command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(word) for word in command],
            cwd=folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def git(self, *words: str | Path, folder: Path) -> str:
        done = self.run("git", *words, folder=folder)
        assert done.returncode == 0, done.stdout
        return done.stdout.strip()

    def new_repository(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main", folder=folder)
        return folder

    def commit(self, folder: Path) -> str:
        self.git("add", "--all", folder=folder)
        self.git("commit", "--quiet", "--no-verify", "--message=state", folder=folder)
        return self.git("rev-parse", "HEAD", folder=folder)


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Tools:
    home = tmp_path_factory.mktemp("pre-commit")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PRE_COMMIT"))}
    person = {"NAME": "Tester", "EMAIL": "tester@example.org"}
    return Tools(
        kept
        | {f"GIT_{who}_{key}": value for who in ("AUTHOR", "COMMITTER") for key, value in person.items()}
        | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "PRE_COMMIT_HOME": str(home)}
        | {"PRE_COMMIT_COLOR": "never"}
    )


@pytest.fixture(scope="module")
def hook_source(tools: Tools, repository: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A git repository that holds the tree as it is now, uncommitted work included, and its commit."""
    source = tools.new_repository(tmp_path_factory.mktemp("source"))
    left_out = shutil.ignore_patterns(".git", ".venv", "__pycache__", "*_cache", ".hypothesis", "dist")
    shutil.copytree(repository, source, dirs_exist_ok=True, ignore=left_out)
    return source, tools.commit(source)


@pytest.fixture
def dataset(tools: Tools, hook_source: tuple[Path, str], tmp_path: Path) -> Path:
    """A dataset repository that uses both hooks."""
    folder = tools.new_repository(tmp_path / "dataset")
    source, commit = hook_source
    settings = f"repos:\n- repo: {source.as_posix()}\n  rev: {commit}\n  hooks:\n"
    settings += "  - id: dataaudit\n  - id: dataaudit-all\n"
    (folder / ".pre-commit-config.yaml").write_text(settings, encoding="utf-8")
    tools.commit(folder)
    return folder


def run_hook(tools: Tools, dataset: Path, hook: str) -> subprocess.CompletedProcess[str]:
    tools.git("add", "--all", folder=dataset)
    return tools.run(sys.executable, "-m", "pre_commit", "run", hook, "--verbose", folder=dataset)


@pytest.mark.parametrize("hook", ["dataaudit", "dataaudit-all"])
def test_a_clean_file_passes(tools: Tools, dataset: Path, samples: Path, hook: str) -> None:
    shutil.copy(samples / "clean.jsonl", dataset / "train.jsonl")
    done = run_hook(tools, dataset, hook)
    assert done.returncode == 0, done.stdout
    assert "Passed" in done.stdout


@pytest.mark.parametrize("hook", ["dataaudit", "dataaudit-all"])
def test_a_bad_file_fails_and_its_finding_is_shown(tools: Tools, dataset: Path, samples: Path, hook: str) -> None:
    shutil.copy(samples / "train.jsonl", dataset / "train.jsonl")
    done = run_hook(tools, dataset, hook)
    assert done.returncode == 1, done.stdout
    assert "train.jsonl:5" in done.stdout
    assert "SCH001" in done.stdout


def test_only_the_files_of_the_commit_are_checked(tools: Tools, dataset: Path, samples: Path) -> None:
    shutil.copy(samples / "train.jsonl", dataset / "old.jsonl")
    tools.commit(dataset)
    shutil.copy(samples / "clean.jsonl", dataset / "new.jsonl")
    done = run_hook(tools, dataset, "dataaudit")
    assert done.returncode == 0, done.stdout
    assert "old.jsonl" not in done.stdout


def test_other_files_are_left_alone(tools: Tools, dataset: Path) -> None:
    (dataset / "notes.md").write_text("{not a row}\n", encoding="utf-8")
    done = run_hook(tools, dataset, "dataaudit")
    assert done.returncode == 0, done.stdout
    assert "no files to check" in done.stdout


def test_the_whole_repository_is_compared_across_files(tools: Tools, dataset: Path, samples: Path) -> None:
    rows = (samples / "clean.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (dataset / "dataaudit.toml").write_text('select = ["DUP"]\nfail_on = "warning"\n', encoding="utf-8")
    (dataset / "train-1.jsonl").write_text("".join(rows), encoding="utf-8")
    tools.commit(dataset)
    (dataset / "train-2.jsonl").write_text("".join(rows[:12]), encoding="utf-8")
    alone = run_hook(tools, dataset, "dataaudit")
    assert alone.returncode == 0, alone.stdout
    together = run_hook(tools, dataset, "dataaudit-all")
    assert together.returncode == 1, together.stdout
    assert "train-2.jsonl:1: DUP001" in together.stdout
