"""Which of the files that a folder or glob gives are wanted: what `exclude` and git leave out."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from dataaudit.config import glob_matches
from dataaudit.errors import AllExcluded
from dataaudit.loaders.gitignore import GitIgnores

if TYPE_CHECKING:
    from dataaudit.config import Settings


@dataclass(frozen=True, slots=True)
class FileChoice:
    """What the settings say of files; the default takes every one.

    exclude: globs, see `glob_matches`. gitignore: what git ignores is left out of folders and globs. force: `exclude`
    holds for files that are named too.
    """

    exclude: tuple[str, ...] = ()
    gitignore: bool = False
    force: bool = False

    def drops_named(self, path: str) -> bool:
        """Whether a file that is named is left out all the same."""
        return self.force and path != "-" and glob_matches(path, self.exclude)

    def within(self, folder: str) -> Filter:
        """What is left out in a folder that is named, and below it."""
        return Filter(self.exclude, GitIgnores(folder) if self.gitignore else None)


@dataclass(slots=True)
class Filter:
    """Leaves out files and folders, and keeps what it left out, by reason."""

    exclude: tuple[str, ...] = ()
    git: GitIgnores | None = None
    left_out: dict[str, list[str]] = field(default_factory=lambda: {"exclude": [], ".gitignore": []})

    def drops(self, path: str, *, folder: bool = False) -> bool:
        """Whether a file or folder is left out; that the folders above it are wanted is known."""
        reason = None
        if self.exclude and glob_matches(path, self.exclude):
            reason = "exclude"
        elif self.git is not None and self.git.ignores(path, folder=folder):
            reason = ".gitignore"
        if reason is not None:
            self.left_out[reason].append(path)
        return reason is not None

    def drops_file(self, path: str, above: str) -> bool:
        """Whether a file is left out, by itself or with a folder between it and `above`."""
        between = [place for place in Path(path).parents if Path(above) in place.parents]
        return any(self.drops(str(place), folder=True) for place in between[::-1]) or self.drops(path)


def choice_of(settings: Settings) -> FileChoice:
    """The choice that settings make."""
    return FileChoice(settings.exclude, settings.respect_gitignore, settings.force_exclude)


def all_left_out(path: str, left_out: dict[str, list[str]]) -> AllExcluded | None:
    """The error for a folder or glob of which nothing is left; None if nothing was left out."""
    ways = {
        "exclude": "`exclude`, of the settings or --exclude, leaves out {} of its files and folders",
        ".gitignore": ".gitignore leaves out {} of its files and folders (--no-respect-gitignore reads them)",
    }
    hint = "; ".join(ways[reason].format(f"{len(places):,}") for reason, places in left_out.items() if places)
    if not hint:
        return None
    return AllExcluded("all data files are left out", path=path, hint=hint)
