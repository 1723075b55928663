"""Writes the changes of a file as a unified patch that `git apply` takes. Memory holds the lines around a change."""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, BinaryIO, Final

from dataaudit.fixes.limits import limits

if TYPE_CHECKING:
    from dataaudit.fixes.track import Change

_SPOOLED: Final = 8 << 20
_NO_END: Final = b"\n\\ No newline at end of file\n"
_PLAIN: Final = frozenset(range(0x20, 0x7F)) - {ord('"'), ord("\\")}
_ESCAPES: Final = {7: b"a", 8: b"b", 9: b"t", 10: b"n", 11: b"v", 12: b"f", 13: b"r", 34: b'"', 92: b"\\"}


def write_patch(path: str, changes: Iterable[Change | int], out: BinaryIO) -> None:
    """Write the patch of one file; `changes` as `Track.pieces` gives them, numbers for lines that are left out."""
    name = repository_path(Path(path))
    old, new = (_quoted(f"{side}/{name}") for side in ("a", "b"))
    tab = b"\t" if b" " in old and not old.startswith(b'"') else b""
    out.write(b"diff --git %s %s\n--- %s%s\n+++ %s%s\n" % (old, new, old, tab, new, tab))
    hunks = _Hunks(out)
    for change in changes:
        if isinstance(change, int):
            hunks.skip(change)
        else:
            hunks.add(change.old, change.new)
    hunks.finish()


def repository_path(file: Path) -> str:
    """The path of a file seen from the root of its git repository; else from the working folder; else its name."""
    place = file.resolve()
    for folder in place.parents:
        if (folder / ".git").exists():
            return place.relative_to(folder).as_posix()
    here = Path.cwd()
    return place.relative_to(here).as_posix() if place.is_relative_to(here) else place.name


def _quoted(name: str) -> bytes:
    """A path as git writes it: in quotes and with octal bytes where it holds others than printable ASCII."""
    raw = name.encode("utf-8", "surrogateescape")
    if all(byte in _PLAIN for byte in raw):
        return raw
    parts = [bytes((byte,)) if byte in _PLAIN else b"\\" + (_ESCAPES.get(byte) or b"%03o" % byte) for byte in raw]
    return b'"' + b"".join(parts) + b'"'


class _Hunks:
    """Collects changed lines, with the lines around them, to hunks."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._most = limits().context
        self._before: deque[bytes] = deque(maxlen=self._most)
        self._after: list[bytes] = []
        self._body: IO[bytes] | None = None
        self._start = (0, 0)
        self._counts = [0, 0]
        self._lines = [0, 0]
        self._held: tuple[list[bytes], list[bytes]] = ([], [])

    def add(self, old: bytes, new: bytes) -> None:
        """The next piece of the file; pieces are put together until a line ends in both."""
        self._held[0].append(old)
        self._held[1].append(new)
        if all(side.endswith(b"\n") for side in (old, new) if side) and (old or new):
            self._flush()

    def skip(self, lines: int) -> None:
        """Lines that did not change and are around no change."""
        self._close()
        self._before.clear()
        self._lines = [self._lines[0] + lines, self._lines[1] + lines]

    def _flush(self) -> None:
        old, new = (side[0] if len(side) == 1 else b"".join(side) for side in self._held)
        self._held = ([], [])
        if old != new:
            self._changed(_lines(old), _lines(new))
        else:
            for line in _lines(old):
                self._same(line)

    def _same(self, line: bytes) -> None:
        self._lines = [self._lines[0] + 1, self._lines[1] + 1]
        if self._body is None:
            self._before.append(line)
            return
        self._after.append(line)
        if len(self._after) > 2 * self._most:
            self._close()

    def _changed(self, old: Sequence[bytes], new: Sequence[bytes]) -> None:
        body = self._open()
        for line in self._after:
            self._write(body, b" ", line)
        self._after = []
        for mark, lines, side in ((b"-", old, 0), (b"+", new, 1)):
            for line in lines:
                self._write(body, mark, line)
            self._lines[side] += len(lines)

    def _open(self) -> IO[bytes]:
        if self._body is None:
            self._body = SpooledTemporaryFile(_SPOOLED)  # noqa: SIM115  closed with its hunk
            self._start = self._lines[0] - len(self._before), self._lines[1] - len(self._before)
            self._counts = [0, 0]
            for line in self._before:
                self._write(self._body, b" ", line)
            self._before.clear()
        return self._body

    def _write(self, body: IO[bytes], mark: bytes, line: bytes) -> None:
        self._counts[0] += mark != b"+"
        self._counts[1] += mark != b"-"
        body.write(mark + (line if line.endswith(b"\n") else line + _NO_END))

    def _close(self) -> None:
        """End the hunk with the lines after it; what is beyond them may stand before the next one."""
        if self._body is None:
            return
        for line in self._after[: self._most]:
            self._write(self._body, b" ", line)
        sides = [
            b"%d,%d" % (start + bool(count), count) for start, count in zip(self._start, self._counts, strict=True)
        ]
        self._out.write(b"@@ -%s +%s @@\n" % tuple(sides))
        self._body.seek(0)
        shutil.copyfileobj(self._body, self._out)
        self._body.close()
        self._body = None
        self._before.extend(self._after[self._most :])
        self._after = []

    def finish(self) -> None:
        """The end of the file."""
        self._flush()
        self._close()


def _lines(data: bytes) -> list[bytes]:
    """Lines as git counts them: LF alone ends one."""
    lines = data.split(b"\n")
    last = lines.pop()
    return [line + b"\n" for line in lines] + ([last] if last else [])
