"""What `exclude` and git leave out of folders and globs."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataaudit.errors import AllExcluded
from dataaudit.loaders import FileChoice, open_sources
from dataaudit.loaders.gitignore import GitIgnores

ROW = '{"prompt": "a", "completion": "b"}\n'
GIT = FileChoice(gitignore=True)


def put(folder: Path, *names: str, **texts: str) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(ROW, encoding="utf-8")
    for name, text in texts.items():
        (folder / name.replace("_", "/") / ".gitignore").write_text(text, encoding="utf-8")


def found(*paths: str, folder: Path, choice: FileChoice = GIT) -> list[str]:
    sources = open_sources(paths, spool=folder, choice=choice)
    return [Path(os.path.relpath(source.path, folder)).as_posix() for source in sources]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "root"
    (root / ".git/info").mkdir(parents=True)
    monkeypatch.chdir(root)
    put(root, "a.jsonl", "raw/b.jsonl", "raw/keep.jsonl", "sub/raw/c.jsonl", "sub/d.jsonl", "sub/e.jsonl")
    return root


def test_nested_files_of_git_count(repository: Path) -> None:
    (repository / ".gitignore").write_text("raw/*\n!keep.jsonl\n", encoding="utf-8")
    (repository / "sub/.gitignore").write_text("/e.jsonl\n!raw/*\n", encoding="utf-8")
    (repository / ".git/info/exclude").write_text("a.jsonl", encoding="utf-8")
    assert found(".", folder=repository) == ["raw/keep.jsonl", "sub/d.jsonl", "sub/raw/c.jsonl"]
    assert found("sub", folder=repository) == ["sub/d.jsonl", "sub/raw/c.jsonl"]
    assert found("**/*.jsonl", folder=repository) == ["raw/keep.jsonl", "sub/d.jsonl", "sub/raw/c.jsonl"]
    assert len(found(".", folder=repository, choice=FileChoice())) == 6


def test_what_is_named_is_read(repository: Path) -> None:
    (repository / ".gitignore").write_text("raw/\na.jsonl\n", encoding="utf-8")
    assert found("a.jsonl", folder=repository) == ["a.jsonl"]
    assert found("raw", folder=repository) == ["raw/b.jsonl", "raw/keep.jsonl"]
    assert found("raw/*.jsonl", folder=repository) == ["raw/b.jsonl", "raw/keep.jsonl"]
    assert found(".", "raw/b.jsonl", folder=repository) == ["sub/d.jsonl", "sub/e.jsonl", "raw/b.jsonl"]


def test_outside_of_a_repository_nothing_is_ignored(tmp_path: Path) -> None:
    put(tmp_path, "a.jsonl")
    (tmp_path / ".gitignore").write_text("*", encoding="utf-8")
    assert found(str(tmp_path), folder=tmp_path) == ["a.jsonl"]


def test_patterns_that_git_passes_over_harm_nothing(repository: Path) -> None:
    (repository / ".gitignore").write_bytes(b"!\n\\\n[\n# note\n\n\xff\xfe\na.jsonl\n")
    assert "a.jsonl" not in found(".", folder=repository)
    (repository / ".gitignore").unlink()
    (repository / ".gitignore").mkdir()
    assert "a.jsonl" in found(".", folder=repository)


def test_nothing_left_says_who_left_it_out(repository: Path) -> None:
    (repository / ".gitignore").write_text("*.jsonl", encoding="utf-8")
    with pytest.raises(AllExcluded, match=r"\.gitignore leaves out 6 .*--no-respect-gitignore"):
        found(".", folder=repository)
    with pytest.raises(AllExcluded, match="`exclude`, of the settings or --exclude, leaves out 3"):
        found(".", folder=repository, choice=FileChoice(exclude=("*.jsonl", "raw", "sub")))


def test_exclude_holds_for_named_files_only_by_force(repository: Path) -> None:
    choice = FileChoice(exclude=("raw",))
    assert found("raw/b.jsonl", folder=repository, choice=choice) == ["raw/b.jsonl"]
    assert found(".", folder=repository, choice=choice) == ["a.jsonl", "sub/d.jsonl", "sub/e.jsonl"]
    forced = FileChoice(exclude=("raw",), force=True)
    assert found("raw/b.jsonl", "a.jsonl", folder=repository, choice=forced) == ["a.jsonl"]
    with pytest.raises(AllExcluded, match="all files are excluded"):
        found("raw/b.jsonl", folder=repository, choice=forced)


def test_a_work_tree_has_the_exclude_file_of_its_repository(repository: Path, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    own = repository / ".git/worktrees/tree"
    own.mkdir(parents=True)
    (own / "commondir").write_text("../..\n", encoding="utf-8")
    (repository / ".git/info/exclude").write_text("a.jsonl", encoding="utf-8")
    put(tree, "a.jsonl", "b.jsonl")
    (tree / ".git").write_text(f"gitdir: {own}\n", encoding="utf-8")
    assert found(str(tree), folder=tree) == ["b.jsonl"]


PARTS = ["a", "b", "data", "x.jsonl", "y.csv"]
PATTERNS = st.lists(
    st.sampled_from(
        [
            "a",
            "a/",
            "/a",
            "b/*",
            "!b/x.jsonl",
            "**/data",
            "data/**",
            "*.csv",
            "!y.csv",
            "a/b",
            "!a",
            "#",
            "x.*",
            "a/**/b",
        ]
    ),
    max_size=4,
)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
@settings(max_examples=25)
@given(PATTERNS, PATTERNS)
def test_git_itself_says_the_same(tmp_path_factory: pytest.TempPathFactory, root: list[str], nested: list[str]) -> None:
    folder = tmp_path_factory.mktemp("git")
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    names = [f"{first}/{second}/{last}" for first in "ab" for second in ("a", "b", "data") for last in PARTS[3:]]
    for name in names:
        put(folder, name)
    (folder / ".gitignore").write_text("\n".join(root), encoding="utf-8")
    (folder / "a/.gitignore").write_text("\n".join(nested), encoding="utf-8")
    listed = ["git", "-C", str(folder), "ls-files", "-z", "--others", "--exclude-standard"]
    environment = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "HOME": str(folder)}
    done = subprocess.run(listed, capture_output=True, check=True, text=True, env=environment)
    wanted = {name for name in done.stdout.split("\0") if name and not name.endswith(".gitignore")}
    git = GitIgnores(str(folder))

    def kept(name: str) -> bool:
        parts = name.split("/")
        above = ["/".join(parts[:count]) for count in range(1, len(parts))]
        return not any(git.ignores(str(folder / place), folder=True) for place in above) and not git.ignores(
            str(folder / name)
        )

    assert {name for name in names if kept(name)} == wanted
