"""Entries in the folder of the cache: read, written whole or not at all, and pruned."""

from __future__ import annotations

import contextlib
import os
import time
from functools import cache
from mmap import ACCESS_READ, mmap
from pathlib import Path
from tempfile import mkstemp
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from dataaudit._resources import rule_data
from dataaudit.engine.cache.codec import Damaged, packed, unpacked
from dataaudit.engine.cache.folder import ENTRIES, PRUNED, STAMPS, entries_of, prepared

if TYPE_CHECKING:
    from typing import Literal

    Kind = Literal["looked", "measured", "judged"]

_HOUR: Final = 3600
_STAMPS_KEPT: Final = 20_000


class Limits(NamedTuple):
    """The numbers of rules/cache.toml."""

    least_bytes: int
    most_bytes: int
    most_file_bytes: int
    days_unused: float
    hours_between_prunings: float


@cache
def limits() -> Limits:
    """What is kept, and how long."""
    found = rule_data("cache.toml")["limits"]
    return Limits(**{name: found[name]["value"] for name in Limits._fields})


class Store:
    """The entries of one folder. `size` in a name is that of the file, so that an unknown file need not be hashed."""

    def __init__(self, folder: Path) -> None:
        """Take a folder into use.

        Raises:
            UsageError: it cannot be used.
        """
        self.folder = prepared(folder)
        self._entries = self.folder / ENTRIES
        self._names = frozenset(entry.name for entry in entries_of(self.folder))
        self._sizes = frozenset(name.partition("-")[0] for name in self._names)
        self.written = 0

    def may_know(self, size: int) -> bool:
        """Whether any file of this size has an entry."""
        return f"{size:x}" in self._sizes

    def load(self, size: int, key: str, kind: Kind, source: int = 0) -> Any:
        """The value of an entry, as one of the source of that number; None where there is none that can be used."""
        name = _name(size, key, kind)
        if name not in self._names:
            return None
        path = self._entries / name
        try:
            value = unpacked(_mapped(path) if kind == "measured" else path.read_bytes(), source)
            os.utime(path)
        except (OSError, ValueError, Damaged):
            # Another run may have removed it; what is damaged is written anew.
            return None
        return value

    def write(self, size: int, key: str, kind: Kind, entry: bytes) -> None:
        """Write an entry that is packed already; where the disk is full there is none."""
        self._put(_name(size, key, kind), entry)

    def _put(self, name: str, entry: bytes) -> None:
        try:
            # For its owner alone. Not synced: of an entry that a power cut spoils the checksum tells.
            handle, temporary = mkstemp(prefix=f"{name}.", suffix=".tmp", dir=self._entries)
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(entry)
                Path(temporary).replace(self._entries / name)
            except OSError:
                Path(temporary).unlink(missing_ok=True)
                raise
        except OSError:
            return
        self.written += 1

    def stamps(self) -> dict[str, tuple[int, int, int, int, str, str]]:
        """Of files seen before, by absolute path: a stamp and its hashes, see `files`."""
        try:
            found = unpacked((self._entries / STAMPS).read_bytes())
        except (OSError, Damaged):
            return {}
        return found if isinstance(found, dict) else {}

    def keep_stamps(self, seen: dict[str, tuple[int, int, int, int, str, str]]) -> None:
        """Remember stamps, those that were new first forgotten first where they are too many."""
        self._put(STAMPS, packed(dict(list(seen.items())[-_STAMPS_KEPT:])))

    def prune(self) -> None:
        """Remove what was not used for long, and the longest unused of what is too much; once in a while."""
        marker, now = self._entries / PRUNED, time.time()
        with contextlib.suppress(OSError):
            if marker.exists() and now - marker.stat().st_mtime < limits().hours_between_prunings * _HOUR:
                return
            marker.touch(mode=0o600)
            os.utime(marker)
        kept = []
        for entry in entries_of(self.folder):
            with contextlib.suppress(OSError):
                status = entry.stat()
                kept.append((status.st_mtime, status.st_size, entry.path))
        room = limits().most_bytes
        for used, size, path in sorted(kept, reverse=True):
            room -= size
            if room < 0 or now - used > limits().days_unused * 24 * _HOUR:
                with contextlib.suppress(OSError):
                    Path(path).unlink(missing_ok=True)


def _mapped(path: Path) -> mmap:
    """The bytes of a file without a copy: the arrays of an entry are most of it. Others are replaced while in use."""
    with path.open("rb") as stream:
        return mmap(stream.fileno(), 0, access=ACCESS_READ)


def _name(size: int, key: str, kind: Kind) -> str:
    return f"{size:x}-{key}.{kind}"
