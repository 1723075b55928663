"""Physical lines of a run of bytes, with their offsets. A line over a limit comes cut, not in pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dataaudit.loaders.line_ends import separator as line_separator


def physical_lines(pieces: Iterable[bytes], limit: int) -> Iterator[tuple[int, bytes]]:
    """(offset, line with its end) for each line, whatever the pieces.

    Lines end in LF, or in CR where the first piece says so. Of a longer line than `limit` + 1 bytes only the
    beginning is given, so memory is bounded; its end is kept.
    """
    separator = b""
    offset = 0
    size = 0
    parts: list[bytes] = []
    for piece in pieces:
        if not separator:
            separator = line_separator(piece)
        begin = 0
        while end := piece.find(separator, begin) + 1:
            size += end - begin
            parts.append(piece[begin:end])
            yield offset, _joined(parts, size, limit, separator)
            offset += size
            parts, size, begin = [], 0, end
        size += len(piece) - begin
        if begin < len(piece) and size - (len(piece) - begin) <= limit:
            parts.append(piece[begin:])
    # The LF of a last CR LF where CR alone ends the other lines is no line of its own.
    if size and not (separator == b"\r" and parts == [b"\n"]):
        yield offset, _joined(parts, size, limit, b"")


def _joined(parts: list[bytes], size: int, limit: int, end: bytes) -> bytes:
    line = parts[0] if len(parts) == 1 else b"".join(parts)
    if size <= limit + 1:
        return line
    return line[: limit + 1] + (end if not line[: limit + 1].endswith(end) else b"")
