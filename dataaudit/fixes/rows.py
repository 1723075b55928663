"""One row as fixers see it: its texts by their fields, each of which can be replaced in the bytes of the row."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from dataaudit.fixes.csv_text import Cell, cells, replaced
from dataaudit.fixes.json_text import Leaf, Member, Scan, rewritten, scan, without
from dataaudit.loaders import UNREAD, parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from dataaudit.loaders.base import Dialect


class Row:
    """A row without its line end. `raw`: its bytes as they are now; what is not edited stays equal to the byte."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw

    @property
    def record(self) -> dict[str, Any] | None:
        """What the row holds; None where it cannot be read."""
        raise NotImplementedError

    @property
    def texts(self) -> list[tuple[str, str]]:
        """(path, value) of every text, paths as in findings."""
        raise NotImplementedError

    def put(self, path: str, new: str) -> bool:
        """Replace one text; False where that cannot be done."""
        raise NotImplementedError

    def drop_keys(self, doomed: Callable[[Member], bool]) -> bool:
        """Take keys out; False where there is nothing to take."""
        del doomed
        return False


class JsonRow(Row):
    """A line of JSON. ascii_only: its file escapes all characters beyond ASCII."""

    def __init__(self, raw: bytes, *, ascii_only: bool = True) -> None:
        super().__init__(raw)
        self._ascii_only = ascii_only

    @property
    def text(self) -> str:
        """The row as text; bytes that are no UTF-8 survive the way there and back."""
        return self.raw.decode("utf-8", "surrogateescape")

    def write(self, text: str) -> None:
        """Take the text for the row from now on."""
        self.raw = text.encode("utf-8", "surrogateescape")
        for name in ("record", "_scan"):
            self.__dict__.pop(name, None)

    @cached_property
    def record(self) -> dict[str, Any] | None:  # cached until the row is written
        value, _ = parse(self.raw)
        return value if value is not UNREAD else None

    @cached_property
    def _scan(self) -> Scan:
        return scan(self.text)

    @property
    def texts(self) -> list[tuple[str, str]]:
        if self.record is None:
            return []
        return [(leaf.path, leaf.value) for leaf in self._scan.leaves]

    def put(self, path: str, new: str) -> bool:
        text = self.text
        # Of keys that occur twice readers take the last.
        leaf = next((leaf for leaf in reversed(self._scan.leaves) if leaf.path == path), None)
        if leaf is None or leaf.value == new:
            return False
        literal = text[leaf.start : leaf.stop]
        escapes = self._ascii_only or (literal.isascii() and "\\u" in literal)
        literal = rewritten(literal, new, ascii_only=escapes)
        self.write(text[: leaf.start] + literal + text[leaf.stop :])
        return True

    def drop_keys(self, doomed: Callable[[Member], bool]) -> bool:
        if self.record is None or not any(doomed(member) for member in self._scan.members):
            return False
        self.write(without(self.text, self._scan.members, doomed))
        return True

    @property
    def leaves(self) -> list[Leaf]:
        """The strings of the row that are values, with their spans in `text`."""
        return self._scan.leaves

    @property
    def members(self) -> list[Member]:
        """The keys of all objects of the row."""
        return self._scan.members


class CsvRow(Row):
    """A record of a delimited file; its fields are its columns."""

    def __init__(self, raw: bytes, dialect: Dialect) -> None:
        super().__init__(raw)
        self._dialect = dialect

    def _cells(self) -> dict[str, Cell]:
        text = self.raw.decode("utf-8", "surrogateescape")
        found = cells(text, self._dialect.delimiter, self._dialect.quote)
        if len(found) != len(self._dialect.names):
            return {}  # ragged: which cell belongs to which column is not certain
        return dict(zip(self._dialect.names, found, strict=True))

    @property
    def record(self) -> dict[str, Any] | None:
        return {name: cell.value for name, cell in self._cells().items()} or None

    @property
    def texts(self) -> list[tuple[str, str]]:
        return [(name, cell.value) for name, cell in self._cells().items()]

    def put(self, path: str, new: str) -> bool:
        cell = self._cells().get(path)
        if cell is None or cell.value == new:
            return False
        text = self.raw.decode("utf-8", "surrogateescape")
        changed = replaced(text, cell, new, self._dialect.delimiter, self._dialect.quote)
        if changed is None:
            return False
        self.raw = changed.encode("utf-8", "surrogateescape")
        return True
