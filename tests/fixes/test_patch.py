"""The patch is one that git takes, and does what the fix does, whatever the name and the bytes of the file."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest

from dataaudit.config import Settings
from dataaudit.fixes import fix

SETTINGS = Settings().changed(select=("SCH", "DUP001"))
ROWS = [f'{{"prompt": "Câu hỏi {n}", "completion": "答 {n}"}}' for n in range(12)]
TWICE = [*ROWS[:5], "", *ROWS[5:], ROWS[0], ROWS[3]]
CONTENTS = {
    "lf": "\n".join(TWICE) + "\n",
    "crlf": "\r\n".join(TWICE) + "\r\n",
    "cr": "\r".join(TWICE) + "\r",
    "mark": "\ufeff" + "\n".join(ROWS[:8]) + "\n",
    "no-end": "\n".join(TWICE),
    "no-end-kept": "\n".join([ROWS[0], "", *ROWS[1:]]),
    "only-the-first": "\n".join(["", *ROWS]) + "\n",
    "far-apart": "\n".join([ROWS[0], "", *ROWS[1:], "", *ROWS[:2]]) + "\n",
}
NAMES = ["train.jsonl", "my train.jsonl", "données à moi.jsonl", 'qu"ote\\d.jsonl', "tab\tname.jsonl", "数据.jsonl"]


def git(folder: Path, *args: str) -> None:
    done = subprocess.run(["git", *args], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def both_ways(root: Path, file: Path, content: bytes) -> tuple[bytes, bytes]:
    """(what the fix writes, what git apply makes of the patch at the root of the repository)."""
    git(root, "init", "-q")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    patch = io.BytesIO()
    fix([str(file)], SETTINGS, patch=patch)
    assert file.read_bytes() == content
    (root / "fix.patch").write_bytes(patch.getvalue())
    git(root, "apply", "--check", "fix.patch")
    fix([str(file)], SETTINGS)
    fixed = file.read_bytes()
    file.write_bytes(content)
    git(root, "apply", "fix.patch")
    return fixed, file.read_bytes()


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_contents(content: str, tmp_path: Path) -> None:
    fixed, applied = both_ways(tmp_path, tmp_path / "train.jsonl", content.encode())
    assert applied == fixed != content.encode()


@pytest.mark.parametrize("name", NAMES)
def test_names(name: str, tmp_path: Path) -> None:
    content = CONTENTS["lf"].encode()
    fixed, applied = both_ways(tmp_path, tmp_path / "data" / "train set" / name, content)
    assert applied == fixed != content


def test_paths_are_those_of_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "repo" / "data"
    folder.mkdir(parents=True)
    git(tmp_path / "repo", "init", "-q")
    (folder / "train.jsonl").write_text(CONTENTS["lf"], encoding="utf-8")
    monkeypatch.chdir(folder)
    patch = io.BytesIO()
    fix(["train.jsonl"], SETTINGS, patch=patch)
    assert patch.getvalue().startswith(b"diff --git a/data/train.jsonl b/data/train.jsonl\n")


def test_several_files_are_one_patch(tmp_path: Path) -> None:
    """Rows of the set are judged together: the later file loses the row that both have."""
    git(tmp_path, "init", "-q")
    for name in ("train-a.jsonl", "train-b.jsonl"):
        (tmp_path / name).write_text("\n".join(ROWS[:3]) + f'\n{{"prompt": "{name}", "completion": "x"}}\n', "utf-8")
    patch = io.BytesIO()
    outcome = fix([str(tmp_path)], SETTINGS, patch=patch)
    assert [(file.path, file.removed) for file in outcome.files] == [(str(tmp_path / "train-b.jsonl"), 3)]
    (tmp_path / "fix.patch").write_bytes(patch.getvalue())
    git(tmp_path, "apply", "fix.patch")
    assert (tmp_path / "train-b.jsonl").read_text("utf-8") == '{"prompt": "train-b.jsonl", "completion": "x"}\n'
