"""What the user should know of rows and files that were left, or of files that have other names: in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dataaudit.text.safe import escape, mask

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dataaudit.fixes.choose import Choice
    from dataaudit.fixes.track import Track
    from dataaudit.fixes.whole import Left

_NAMED: Final = 3
_PACKED = "compressed: no patch can hold its rows; `dataaudit fix` without --diff rewrites it"
_LINKED = "has further names (hard links): those keep the old content"


def notes(
    tracks: Mapping[int, Track], refused: Mapping[int, str], choice: Choice | None, *, written: bool
) -> list[str]:
    """A line for each thing, in the order of the files. refused: why a file is left, by its number."""
    found: list[str] = []
    for number, track in sorted(tracks.items()):
        path = track.source.path
        if number in refused:
            found.append(f"{path}: {refused[number]}")
        if track.changed and not written and track.source.compression:
            found.append(f"{path}: {_PACKED}")
        if track.changed and written and track.links > 1:
            found.append(f"{path}: {_LINKED}")
        if choice is not None and number in choice.left:
            found += [f"{path}: {words}" for words in _left(choice.left[number])]
    for code in choice.unknown if choice is not None else ():
        found.append(f"{code}: nothing was mended, as the baseline has more findings of it than rows that it names")
    return found


def _left(left: Left) -> Iterator[str]:
    if left.other:
        names = sorted(left.names, key=lambda name: (-left.names[name], name))
        shown = ", ".join(mask(escape(name)) for name in names[:_NAMED]) + (", ..." if len(names) > _NAMED else "")
        where = f"in other fields ({shown})" if shown else "in other fields"
        one = left.other == 1
        yield f"1 copy differs {where} and is left" if one else f"{left.other:,} copies differ {where} and are left"
    if left.apart:
        copies = "1 copy of a row" if left.apart == 1 else f"{left.apart:,} copies of rows"
        stay = "is left" if left.apart == 1 else "are left"
        yield f"{copies} of another file {stay}: it is not said that both files are of one split (--split)"
