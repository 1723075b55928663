"""The hooks of .pre-commit-hooks.yaml, run by the real pre-commit in a real git repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
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
    """A dataset repository that uses all hooks."""
    folder = tools.new_repository(tmp_path / "dataset")
    use_hooks(folder, hook_source, "- id: dataaudit\n- id: dataaudit-all\n- id: dataaudit-fix\n")
    tools.commit(folder)
    return folder


def use_hooks(folder: Path, hook_source: tuple[Path, str], hooks: str) -> None:
    """Write the settings of pre-commit; hooks: a list in YAML."""
    source, commit = hook_source
    settings = f"repos:\n- repo: {source.as_posix()}\n  rev: {commit}\n  hooks:\n"
    settings += textwrap.indent(hooks, "  ")
    (folder / ".pre-commit-config.yaml").write_text(settings, encoding="utf-8")


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


def test_the_fix_hook_mends_a_file_and_stops_the_commit_once(tools: Tools, dataset: Path, samples: Path) -> None:
    rows = (samples / "clean.jsonl").read_bytes()
    file = dataset / "train.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + rows.replace(b"\n", b"\r\n") + b"\r\n" + rows.splitlines()[0] + b"\r\n")
    first = run_hook(tools, dataset, "dataaudit-fix")
    assert first.returncode == 1, first.stdout
    assert "files were modified by this hook" in first.stdout
    assert file.read_bytes() == rows
    assert "DUP001" in (dataset / "train.jsonl.removed.jsonl").read_text(encoding="utf-8")
    second = run_hook(tools, dataset, "dataaudit-fix")
    assert second.returncode == 0, second.stdout
    assert file.read_bytes() == rows


@pytest.mark.parametrize("hook", ["dataaudit", "dataaudit-all"])
def test_rows_that_were_taken_out_are_no_data(tools: Tools, dataset: Path, samples: Path, hook: str) -> None:
    shutil.copy(samples / "clean.jsonl", dataset / "train.jsonl")
    for name in ("train.jsonl.removed.jsonl", "train.jsonl.review.jsonl"):
        (dataset / name).write_text("{not a row}\n", encoding="utf-8")
    done = run_hook(tools, dataset, hook)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("hook", ["dataaudit", "dataaudit-fix"])
def test_excluded_files_stay_out_though_they_are_named(tools: Tools, dataset: Path, samples: Path, hook: str) -> None:
    (dataset / "dataaudit.toml").write_text('exclude = ["drafts"]\n', encoding="utf-8")
    (dataset / "drafts").mkdir()
    file = dataset / "drafts" / "train.jsonl"
    shutil.copy(samples / "train.jsonl", file)
    done = run_hook(tools, dataset, hook)
    assert done.returncode == 0, done.stdout
    assert file.read_bytes() == (samples / "train.jsonl").read_bytes()


def test_flags_can_be_given_in_the_settings_of_the_hook(
    tools: Tools, dataset: Path, hook_source: tuple[Path, str], samples: Path
) -> None:
    rows = (samples / "clean.jsonl").read_text(encoding="utf-8")
    (dataset / "train.jsonl").write_text(rows + rows.splitlines()[0] + "\n", encoding="utf-8")
    assert run_hook(tools, dataset, "dataaudit").returncode == 0
    use_hooks(dataset, hook_source, "- id: dataaudit\n  args: [--max-warnings, '0']\n")
    done = run_hook(tools, dataset, "dataaudit")
    assert done.returncode == 1, done.stdout


def test_a_baseline_keeps_old_faults_quiet(tools: Tools, dataset: Path, samples: Path) -> None:
    rows = (samples / "train.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (dataset / "train.jsonl").write_text("".join(rows), encoding="utf-8")
    made = tools.run(sys.executable, "-m", "dataaudit", "baseline", "create", folder=dataset)
    assert made.returncode == 0, made.stdout
    (dataset / "train.jsonl").write_text("".join(reversed(rows)), encoding="utf-8")
    done = run_hook(tools, dataset, "dataaudit")
    assert done.returncode == 0, done.stdout
    (dataset / "train.jsonl").write_text("".join(rows) + '{"messages": []\n', encoding="utf-8")
    done = run_hook(tools, dataset, "dataaudit")
    assert done.returncode == 1, done.stdout
    assert done.stdout.count("SCH001") >= 1


@pytest.mark.parametrize("page", ["README.md", "docs/hook.md", "docs/guides/in-a-dataset-repository.md"])
def test_the_settings_in_the_documentation_run(
    tools: Tools, dataset: Path, hook_source: tuple[Path, str], repository: Path, samples: Path, page: str
) -> None:
    source, commit = hook_source
    text = (repository / page).read_text(encoding="utf-8")
    shown = [block for block in re.findall(r"^```yaml[^\n]*\n(.*?)^```", text, re.M | re.S) if "repos:" in block]
    assert shown
    for block in shown:
        settings = re.sub(r"repo: \S+", f"repo: {source.as_posix()}", re.sub(r"rev: \S+", f"rev: {commit}", block))
        (dataset / ".pre-commit-config.yaml").write_text(settings, encoding="utf-8")
        shutil.copy(samples / "clean.jsonl", dataset / "train.jsonl")
        tools.git("add", "--all", folder=dataset)
        done = tools.run(sys.executable, "-m", "pre_commit", "run", folder=dataset)
        assert done.returncode == 0, done.stdout
        assert "Passed" in done.stdout
