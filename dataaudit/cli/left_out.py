"""What the user should know of files that a folder or glob gave and that were left out. Leaves nothing out itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dataaudit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NAMED = 3
_LISTED = 20
_WHY = {
    "exclude": "by exclude",
    ".gitignore": "by .gitignore",
    "link": "as a link to a file that is audited",
    "report": "as a report of dataaudit",
    "record": "as a record of fixes",
}


class LeftOutFiles:
    """Gathers files and folders that are left out; `add` is for `dataaudit.audit(left_out=)`."""

    def __init__(self) -> None:
        self._places: dict[str, list[str]] = {reason: [] for reason in _WHY}

    def add(self, path: str, reason: str) -> None:
        """One file or folder; reasons as of `open_sources`."""
        self._places[reason].append(path)

    def notes(self, *, verbose: bool) -> Iterator[str]:
        """Lines for standard error: what dataaudit wrote, and what git tracks though it ignores it; verbose: each."""
        if written := [*self._places["report"], *self._places["record"]]:
            yield f"left out {_files(len(written))} that dataaudit wrote: {_named(written)}"
        if tracked := _tracked(self._places[".gitignore"]):
            means = "--no-respect-gitignore reads them"
            yield f"left out by .gitignore, though tracked by git, {_files(len(tracked))}: {_named(tracked)}; {means}"
        for reason, places in self._places.items() if verbose else ():
            yield from (f"left out {_WHY[reason]}: {place}" for place in places[:_LISTED])
            if len(places) > _LISTED:
                yield f"left out {_WHY[reason]}: and {len(places) - _LISTED:,} more"


def _tracked(ignored: Sequence[str]) -> list[str]:
    """Data files that git tracks, of files and folders that it would ignore; none where git cannot tell."""
    from dataaudit.loaders.names import file_names
    from dataaudit.loaders.sniff import extension_of
    from dataaudit.suppression.git import tracked
    from dataaudit.suppression.paths import near, real, root_of

    roots: dict[Path, list[str]] = {}
    for path in ignored:
        place = real(path)
        if (root := root_of(Path(place).parent)) is not None:
            roots.setdefault(root, []).append(place)
    found: list[str] = []
    try:
        for root, places in roots.items():
            found += [near(root / name) for name in tracked(places, root)]
    except UsageError:
        # Without git nobody can say what it tracks.
        return []
    return [name for name in found if extension_of(name) in file_names().extensions]


def _files(count: int) -> str:
    return f"{count:,} {'file' if count == 1 else 'files'}"


def _named(places: Sequence[str]) -> str:
    more = len(places) - _NAMED
    return ", ".join(places[:_NAMED]) + (f" and {more:,} more" if more > 0 else "")
