"""What is new since a git revision, in real repositories."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from pathlib import Path

import pytest

from dataaudit import audit
from dataaudit.baselines import baseline_at
from dataaudit.config import Settings
from dataaudit.errors import UsageError
from tests.suppression import made

SETTINGS = Settings(select=made.FOUND)


def git(folder: Path, *words: str) -> str:
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    call = ["git", "-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "init.defaultBranch=main", *words]
    return subprocess.run(call, cwd=folder, env=own, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """One commit with findings in data/train.jsonl; the work tree has moved rows, one new copy, and a new file."""
    root = tmp_path / "eval"  # its name would be a split
    made.write(root / "data" / "train.jsonl", made.faulty())
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "one")
    made.write(root / "data" / "train.jsonl", [made.faulty()[4], *made.faulty()[::-1]])
    made.write(root / "data" / "more.jsonl", [json.dumps({"prompt": "Neu?", "completion": ""})])
    return root


NEW = {"DUP001": 1, "SCH012": 1, "SCH021": 1}


@pytest.mark.parametrize("paths", [["data"], ["."], ["data/*.jsonl"], ["data/train.jsonl", "data/more.jsonl"]])
def test_only_what_is_new_is_told(repository: Path, monkeypatch: pytest.MonkeyPatch, paths: list[str]) -> None:
    monkeypatch.chdir(repository)
    report = audit(paths, settings=SETTINGS, known=baseline_at("HEAD", paths, SETTINGS))
    assert report.counts == NEW
    assert {finding.path for finding in report.findings if finding.rule == "SCH012"} == {"data/more.jsonl"}
    assert sum(made.silent(report).values()) == 7


def test_from_outside_and_in_a_hook(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository.parent)
    monkeypatch.setenv("GIT_DIR", "/nowhere/.git")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")
    paths = [str(repository / "data")]
    assert audit(paths, settings=SETTINGS, known=baseline_at("main", paths, SETTINGS)).counts == NEW


def test_findings_of_files_agree_with_those_of_then(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their fingerprints hold the path, and splits depend on names."""
    monkeypatch.chdir(repository)
    lines = [json.dumps(row) for row in made.rows()]
    (repository / "data" / "valid.jsonl").write_bytes("\r\n".join(lines).encode())
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "two")
    settings = Settings(select=("SCH006", "MIN"), splits={str(repository / "data/more.jsonl"): "test"})
    report = audit(["data"], settings=settings)
    assert "SCH006" in report.counts
    assert audit(["data"], settings=settings, known=baseline_at("HEAD", ["data"], settings)).counts == {}


def test_a_file_that_was_not_there_has_only_new_findings(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository)
    known = baseline_at("HEAD", ["data/more.jsonl"], SETTINGS)
    assert known.entries == ()


def test_what_is_excluded_now_was_excluded_then(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository)
    settings = SETTINGS.changed(exclude=["train.jsonl"])
    assert baseline_at("HEAD", ["data"], settings).entries == ()


@pytest.mark.parametrize("revision", ["nope", "HEAD~7", "--all", "-h", "HEAD:data", "", "a\nb"])
def test_a_revision_that_is_not_there(repository: Path, revision: str) -> None:
    with pytest.raises(UsageError, match="no such revision"):
        baseline_at(revision, [str(repository / "data")], SETTINGS)


def test_a_shallow_clone_says_what_to_do(repository: Path, tmp_path: Path) -> None:
    git(repository, "commit", "-qam", "two")
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{repository}", "clone")
    paths = [str(tmp_path / "clone" / "data")]
    assert baseline_at("HEAD", paths, SETTINGS).entries
    with pytest.raises(UsageError, match="the clone is shallow: fetch the revision first"):
        baseline_at("HEAD^", paths, SETTINGS)


def test_outside_of_a_repository(tmp_path: Path) -> None:
    data = made.write(tmp_path / "train.jsonl", made.faulty())
    with pytest.raises(UsageError, match="no git repository"):
        baseline_at("HEAD", [str(data)], SETTINGS)
    with pytest.raises(UsageError, match="standard input"):
        baseline_at("HEAD", ["-"], SETTINGS)


def test_without_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository / "empty"))
    with pytest.raises(UsageError, match="git is not installed"):
        baseline_at("HEAD", [str(repository)], SETTINGS)


def test_hostile_names_and_no_hook_or_filter_runs(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository)
    trap = repository / "trap"
    for name in ("data/-n.jsonl", "data/we ird\n.jsonl", 'data/quo"te[1].jsonl', "data/héé.jsonl"):
        made.write(repository / name, [json.dumps({"prompt": f"Was, {name}?", "completion": ""})])
    (repository / ".gitattributes").write_text("*.jsonl filter=trap diff=trap\n", encoding="utf-8")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "two")
    for key in ("filter.trap.smudge", "filter.trap.clean", "diff.trap.textconv", "core.fsmonitor", "core.pager"):
        git(repository, "config", key, f"touch {trap}")
    for hook in ("post-checkout", "reference-transaction", "pre-commit"):
        file = made.write(repository / ".git" / "hooks" / hook, ["#!/bin/sh", f"touch {trap}"])
        file.chmod(0o755)
    report = audit(["data"], settings=SETTINGS, known=baseline_at("HEAD", ["data"], SETTINGS))
    assert report.counts == {}
    assert made.silent(report)["baseline", "SCH012"] == 6
    assert not trap.exists()


def test_a_tree_that_leads_outside_is_not_followed(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository)
    blob = git(repository, "rev-parse", "HEAD:data/train.jsonl").strip()
    entry = f"100644 blob {blob}\t..evil.jsonl\n120000 blob {blob}\tlink.jsonl\n"
    made_by_git = subprocess.run(
        ["git", "mktree"], cwd=repository, input=entry, capture_output=True, text=True, check=True
    )
    raw = bytes.fromhex(blob)
    inner = b"100644 evil.jsonl\0" + raw
    outer_of = subprocess.run(
        ["git", "hash-object", "-t", "tree", "--stdin", "-w", "--literally"],
        cwd=repository, input=inner, capture_output=True, check=True,
    ).stdout.decode().strip()  # fmt: skip
    outer = b"40000 ..\0" + bytes.fromhex(outer_of)
    hostile = subprocess.run(
        ["git", "hash-object", "-t", "tree", "--stdin", "-w", "--literally"],
        cwd=repository, input=outer, capture_output=True, check=True,
    ).stdout.decode().strip()  # fmt: skip
    git(repository, "rm", "-rq", "--cached", ".")  # or the files of now would be renamed ones
    for tree in (made_by_git.stdout.strip(), hostile):
        commit = git(repository, "commit-tree", tree, "-m", "hostile").strip()
        assert baseline_at(commit, ["data"], SETTINGS).entries == ()
        baseline_at(commit, ["."], SETTINGS)
    assert not (repository.parent / "evil.jsonl").exists()


def test_git_lfs_content_is_taken_from_the_clone(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository)
    content = "".join(f"{line}\n" for line in made.faulty()).encode()
    oid = hashlib.sha256(content).hexdigest()
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize {len(content)}"
    made.write(repository / "data" / "train.jsonl", [pointer])
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "two")
    made.write(repository / "data" / "train.jsonl", made.faulty())
    with pytest.raises(UsageError, match="Git LFS pointer; fetch it first"):
        baseline_at("HEAD", ["data"], SETTINGS)
    store = repository / ".git" / "lfs" / "objects" / oid[:2] / oid[2:4]
    store.mkdir(parents=True)
    (store / oid).write_bytes(content)
    assert audit(["data"], settings=SETTINGS, known=baseline_at("HEAD", ["data"], SETTINGS)).counts == {}


def test_a_copy_of_a_committed_file_is_what_is_new(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository)
    made.write(repository / "data" / "train.jsonl", made.faulty())
    made.write(repository / "data" / "a.jsonl", made.faulty()[15:16])
    settings = Settings(select=("SCH012", "DUP001"))
    known = baseline_at("HEAD", ["data/a.jsonl", "data/train.jsonl"], settings)
    report = audit(["data/a.jsonl", "data/train.jsonl"], settings=settings, known=known)
    assert [finding.path for finding in report.findings if finding.rule == "SCH012"] == ["data/a.jsonl"]
    (double,) = (finding for finding in report.findings if finding.rule == "DUP001")
    assert {double.path, *(other.path for other in double.related)} == {"data/a.jsonl", "data/train.jsonl"}


@pytest.mark.skipif(os.name != "posix", reason="links need rights on other systems")
@pytest.mark.parametrize(
    "paths", [["data/l.jsonl"], ["data/l.jsonl", "data/train.jsonl"], ["data"], ["data/far.jsonl"]], ids=str
)
def test_links_are_followed_inside_the_revision(
    repository: Path, monkeypatch: pytest.MonkeyPatch, paths: list[str]
) -> None:
    monkeypatch.chdir(repository)
    made.write(repository / "data" / "train.jsonl", made.faulty())
    (repository / "data" / "more.jsonl").unlink()
    (repository / "up").symlink_to("data")
    (repository / "data" / "l.jsonl").symlink_to("train.jsonl")
    (repository / "data" / "far.jsonl").symlink_to("../up/l.jsonl")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "two")
    report = audit(paths, settings=SETTINGS, known=baseline_at("HEAD", paths, SETTINGS))
    assert report.counts == {}
    assert sum(made.silent(report).values()) == 7


@pytest.mark.skipif(os.name != "posix", reason="links need rights on other systems")
def test_links_that_lead_outside_are_not_followed(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository)
    outside = made.write(repository.parent / "outside.jsonl", made.faulty())
    for name, target in {"a": "../../outside.jsonl", "b": str(outside), "c": "c.jsonl", "d": "train.jsonl/x"}.items():
        (repository / "data" / f"{name}.jsonl").symlink_to(target)
    (repository / "data" / "z.jsonl").symlink_to("more.jsonl")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "two")
    for name in "abcd":
        assert baseline_at("HEAD", [f"data/{name}.jsonl"], SETTINGS).entries == ()
    assert {entry.path for entry in baseline_at("HEAD", ["data/z.jsonl"], SETTINGS).entries} == {"data/z.jsonl"}


@pytest.mark.parametrize(
    ("new", "paths"),
    [
        ("data/new.jsonl", ["data/new.jsonl"]),
        ("data/new.jsonl", ["data"]),
        ("other/new.jsonl", ["other"]),
        ("other/é n.jsonl", ["other/*.jsonl"]),
    ],
    ids=["file", "folder", "moved", "glob"],
)
def test_a_renamed_file_is_known(repository: Path, monkeypatch: pytest.MonkeyPatch, new: str, paths: list[str]) -> None:
    monkeypatch.chdir(repository)
    git(repository, "checkout", "-q", ".")
    (repository / "data" / "more.jsonl").unlink()
    (repository / new).parent.mkdir(exist_ok=True)
    git(repository, "mv", "data/train.jsonl", new)
    made.write(repository / new, [*made.faulty(), *made.faulty()[15:16]])
    settings = Settings(select=(*made.FOUND, "SCH006"))
    report = audit(paths, settings=settings, known=baseline_at("HEAD", paths, settings))
    assert report.counts == {"DUP001": 1, "SCH012": 1, "SCH021": 1}
