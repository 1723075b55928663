"""Asks git about a repository. Runs no program that the repository names: no hook, filter, pager or monitor.

Only commands that write nothing and compare no work tree are run (`rev-parse`, `ls-tree`, `ls-files`, `cat-file`,
`diff --cached`), and nothing is fetched.
"""

from __future__ import annotations

import io
import os
import subprocess
from typing import TYPE_CHECKING, Final

from dataaudit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_QUIET: Final = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
_NO_MONITOR: Final = ("-c", "core.fsmonitor=false")


def git(arguments: Sequence[str], folder: Path, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder. given: what it reads; paths are taken as they are, without magic.

    Raises:
        UsageError: git is not installed.
    """
    try:
        return subprocess.run(
            ["git", *_NO_MONITOR, "-C", str(folder), *arguments],
            input=given or b"", capture_output=True, check=False, env=environment(),
        )  # fmt: skip
    except FileNotFoundError as error:
        hint = "install git, or use `dataaudit baseline create`"
        raise UsageError("--baseline-commit: git is not installed", hint=hint) from error


def environment() -> dict[str, str]:
    """Without what a hook sets for the repository that it runs in: the data say which one is meant."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name == "GIT_EXEC_PATH"}
    return own | _QUIET | {"GIT_LITERAL_PATHSPECS": "1"}


def renamed_since(commit: str, root: Path) -> dict[str, str]:
    """The old name of each renamed file, and the one that it has in the index now; nothing where git cannot tell."""
    options = ["--cached", "-M", "--diff-filter=R", "--name-status", "-z", "--no-ext-diff", "--no-textconv"]
    found = git(["diff", *options, commit], root)
    words = os.fsdecode(found.stdout).split("\0")[:-1] if found.returncode == 0 else []
    return dict(zip(words[1::3], words[2::3], strict=True))


def links_at(commit: str, names: Sequence[str], root: Path) -> dict[str, str]:
    """The links among names at a commit that lead to a file of it, and the blob of that file."""
    asked = [name for name in names if "\n" not in name]
    given = b"".join(os.fsencode(f"{commit}:{name}\n") for name in asked)
    found = io.BytesIO(git(["cat-file", "--batch-check", "--follow-symlinks"], root, given).stdout)
    blobs = {}
    for name in asked:
        line = found.readline()
        kind, _, size = line.rstrip(b"\n").rpartition(b" ")
        if kind.endswith(b" blob"):
            blobs[name] = kind.split(b" ")[0].decode()
        elif kind in (b"symlink", b"dangling", b"loop", b"notdir"):
            found.read(int(size) + 1)
    return blobs


def tracked(paths: Sequence[str], root: Path) -> list[str]:
    """The files among paths, and below folders among them, that git tracks; nothing where git cannot tell."""
    found: list[str] = []
    for start in range(0, len(paths), _AT_ONCE):
        listed = git(["ls-files", "-z", "--cached", "--full-name", "--", *paths[start : start + _AT_ONCE]], root)
        found += os.fsdecode(listed.stdout).split("\0")[:-1] if listed.returncode == 0 else []
    return found


# Names in one call of git, so that no system finds the line too long.
_AT_ONCE: Final = 100
