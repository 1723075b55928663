"""Which files git ignores: .gitignore from the root of the repository down, and .git/info/exclude.

Read where a folder or glob is walked, never for files that are named. Ignore files of the user, for all repositories,
do not count: what is audited should not hang on the machine.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re

# The lines of a file, the last first: whether one ignores (or takes back, with "!"), and what it matches.
Patterns = list[tuple[bool, "re.Pattern[str]"]]

_FILE = ".gitignore"
# The group of pathspec's expressions for a slash behind what a line names.
_BEHIND = "ps_d"


class GitIgnores:
    """What git ignores in a folder and below; outside a repository nothing.

    If git ignores the folder itself, which was named and so is wanted, nothing above it counts.
    """

    def __init__(self, folder: str) -> None:
        self._top = Path(os.path.abspath(folder))  # noqa: PTH100  Path.absolute keeps ".."
        self._root = next((place for place in (self._top, *self._top.parents) if (place / ".git").exists()), None)
        self._specs: dict[Path, Patterns] = {}
        self._base: Patterns = []
        if self._root is not None:
            self._base = _read(_exclude_file(self._root / ".git"))
            if self._top != self._root and self._folder_ignored():
                self._root, self._base = self._top, []

    def ignores(self, path: str, *, folder: bool = False) -> bool:
        """Whether a file or folder is ignored by itself; the folders above it are asked for before."""
        if self._root is None:
            return False
        place = Path(os.path.abspath(path))  # noqa: PTH100  as above
        if place == self._root or not place.is_relative_to(self._root):
            return False
        for above in place.parents:
            verdict = _verdict(self._spec(above), place, above, folder)
            if verdict is not None:
                return verdict
            if above == self._root:
                break
        return bool(_verdict(self._base, place, self._root, folder))

    def _folder_ignored(self) -> bool:
        assert self._root is not None
        inside = [place for place in (self._top, *self._top.parents) if place != self._root]
        return any(self.ignores(str(place), folder=True) for place in inside if place.is_relative_to(self._root))

    def _spec(self, folder: Path) -> Patterns:
        if folder not in self._specs:
            self._specs[folder] = _read(folder / _FILE)
        return self._specs[folder]


def _verdict(patterns: Patterns, place: Path, folder: Path, is_folder: bool) -> bool | None:
    """Ignored, taken back by a line with "!", or not spoken of."""
    if not patterns:
        return None
    path = place.relative_to(folder).as_posix() + ("/" if is_folder else "")
    return next((ignored for ignored, pattern in patterns if _names(pattern, path)), None)


def _names(pattern: re.Pattern[str], path: str) -> bool:
    """Whether a line names the entry itself; pathspec's expressions also match what lies in a folder that it names.

    For git these differ: a line such as `!folder` takes the folder back, and says nothing of the files in it.
    """
    match = pattern.match(path)
    if match is None:
        return False
    if _BEHIND not in pattern.groupindex:
        # A line such as `folder/**` is for what lies in the folder.
        return match.end() < len(path)
    return match.start(_BEHIND) == -1 or match.end(_BEHIND) == len(path)


def _exclude_file(git: Path) -> Path:
    """The exclude file of a repository; in a work tree of another one, .git is a file that says where that is."""
    if git.is_dir():
        return git / "info/exclude"
    try:
        own = git.parent / git.read_text(encoding="utf-8").partition("gitdir:")[2].strip()
        common = own / (own / "commondir").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return git / "info/exclude"
    return common / "info/exclude"


def _read(file: Path) -> Patterns:
    """The lines of a file; one that cannot be read has none, as for git, and broken lines are passed over."""
    try:
        if not file.is_file():
            return []
        lines = file.read_text(encoding="utf-8-sig", errors="surrogateescape").split("\n")
    except OSError:
        return []
    return [found for line in reversed(lines) if (found := _pattern(line.removesuffix("\r"))) is not None]


def _pattern(line: str) -> tuple[bool, re.Pattern[str]] | None:
    from pathspec.patterns.gitignore import GitIgnorePatternError
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

    try:
        made = GitIgnoreSpecPattern(line)
    except GitIgnorePatternError:
        return None
    return None if made.include is None or made.regex is None else (made.include, made.regex)
