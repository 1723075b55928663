"""What every loader gives: blocks of records with their lines, bytes and parsed values. Nothing of meaning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from dataaudit.shapes.base import Note

Kind = Literal["lines", "delimited", "json", "parquet", "rows"]


class Unread:
    """Stands for the value of a record that could not be read; its notes say why."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNREAD"

    def __reduce__(self) -> str:
        return "UNREAD"


UNREAD = Unread()


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a delimited file is written. `header` None: the file has none and `names` were made up."""

    delimiter: str
    quote: str | None
    names: tuple[str, ...]
    header: bool
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class Source:
    """One input, after it was looked at.

    path: as shown to the user ("-" for standard input). location: where the bytes lie (a spooled copy for "-").
    kind: which loader reads it. encoding: utf-8 unless a byte-order mark says otherwise.
    file_notes: what is odd about the file as a whole, with the 1-based line or None.
    wrapper: the key of the list that holds the records, when one object wraps them all.
    """

    path: str
    location: str
    kind: Kind
    split: str
    size: int | None = None
    compression: Literal["gzip", "zstd"] | None = None
    encoding: str = "utf-8"
    dialect: Dialect | None = None
    file_notes: tuple[tuple[int | None, Note], ...] = ()
    guessed: tuple[str, ...] = ()
    wrapper: str | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of one source: a byte range whose first byte starts line `first_line`, or the whole (stop None).

    For Parquet the range counts row groups. file_notes: found while cutting; `read` gives them with the first block.
    """

    source: int
    start: int = 0
    stop: int | None = None
    first_line: int = 1
    file_notes: tuple[tuple[int | None, Note], ...] = ()


def without_rows(source: Source) -> list[tuple[int | None, Note]]:
    """The file note for a source that gave no row, unless it was clear from its first look."""
    known = any(note.trait in ("empty-file", "git-lfs-pointer", "unreadable-file") for _, note in source.file_notes)
    return [] if known else [(None, Note("empty-file"))]


def too_large(size: int, limit: int) -> str:
    """The detail of `row-too-large`, for a record of `size` bytes (0: not known)."""
    more = f"more than {_bytes(limit)}"
    return f"{_bytes(size)}, {more}" if size else more


def _bytes(size: int) -> str:
    return f"{size} bytes" if size < 10_000 else f"{size / 2**20:.2f} MiB"


@dataclass(slots=True)
class Block:
    """Consecutive records in columns, all lists of one length.

    lines: 1-based physical line where the record starts. offsets: its first byte in the (uncompressed) file, or -1.
    raws: its bytes without line end (empty for kinds without lines). values: parsed record or UNREAD.
    notes: index in the block -> notes, for odd records only. file_notes: found while reading, with line or None.
    bytes_read: how far reading has come, for the progress bar.
    """

    lines: list[int] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    raws: list[bytes] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)
    notes: dict[int, tuple[Note, ...]] = field(default_factory=dict)
    file_notes: list[tuple[int | None, Note]] = field(default_factory=list)
    bytes_read: int = 0

    def add(self, line: int, offset: int, raw: bytes, value: Any, notes: tuple[Note, ...] = ()) -> None:
        """Append one record."""
        if notes:
            self.notes[len(self.lines)] = notes
        self.lines.append(line)
        self.offsets.append(offset)
        self.raws.append(raw)
        self.values.append(value)


class Loader(Protocol):
    """Reads one kind of source."""

    def units(self, source: Source, index: int) -> list[Unit]:
        """Cut a source into pieces of work that do not depend on the number of workers."""
        ...

    def read(self, source: Source, unit: Unit) -> Iterator[Block]:
        """The records of a unit, in order. Never raises for what the bytes hold."""
        ...
