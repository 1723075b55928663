"""Files as a run of UTF-8 bytes: opens, decompresses, brings UTF-16 and UTF-32 to UTF-8. Knows no lines and no records.

Memory is bounded whatever the input holds: a decompressor is asked for one piece at a time, so a bomb stays small.
"""

from __future__ import annotations

import codecs
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from dataaudit.loaders.base import Source
from dataaudit.shapes.base import Note

# Measured: larger pieces are slower, since memory for them is mapped anew each time.
PIECE: Final = 96 << 10
# zstandard gives all that a piece of input holds, at most 128 KiB for each 4 bytes: a bomb opens to 32 MiB a step.
_ZSTD_STEP: Final = 1 << 10


class ByteStream:
    """Iterates over the bytes of a source in pieces of at most a few MiB.

    fault: a note `truncated-file` when the compressed data or the encoding breaks off; the bytes before it were given.
    consumed: bytes of the file (not of its content) read so far.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self.fault: Note | None = None
        self.consumed = 0

    def __iter__(self) -> Iterator[bytes]:
        with Path(self._source.location).open("rb") as file:
            pieces = self._stored(file)
            if self._source.compression == "gzip":
                pieces = self._gunzip(pieces)
            elif self._source.compression == "zstd":
                pieces = self._unzstd(pieces)
            if self._source.encoding != "utf-8":
                pieces = self._transcode(pieces)
            yield from pieces

    @property
    def has_offsets(self) -> bool:
        """Whether positions in the stream are positions in the uncompressed file."""
        return self._source.encoding == "utf-8"

    def _stored(self, file: BinaryIO) -> Iterator[bytes]:
        while piece := file.read(PIECE):
            self.consumed += len(piece)
            yield piece

    def _gunzip(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        inflater = zlib.decompressobj(wbits=31)
        try:
            for piece in pieces:
                while piece:
                    if inflater.eof:
                        piece = piece.lstrip(b"\x00")
                        inflater = zlib.decompressobj(wbits=31)
                    if content := inflater.decompress(piece, PIECE):
                        yield content
                    piece = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
            # What is left after the last piece of input, when the output limit cut the last call short.
            while not inflater.eof and (content := inflater.decompress(b"", PIECE)):
                yield content
        except zlib.error as error:
            self.fault = Note("truncated-file", detail=f"gzip: {error}")
            return
        if not inflater.eof:
            self.fault = Note("truncated-file", detail="gzip: ends before its end marker")

    def _unzstd(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        import zstandard

        inflater = zstandard.ZstdDecompressor().decompressobj()
        try:
            for piece in pieces:
                for start in range(0, len(piece), _ZSTD_STEP):
                    part = piece[start : start + _ZSTD_STEP]
                    while part:
                        if inflater.eof:
                            inflater = zstandard.ZstdDecompressor().decompressobj()
                        if content := inflater.decompress(part):
                            yield content
                        part = inflater.unused_data if inflater.eof else b""
        except (zstandard.ZstdError, MemoryError) as error:
            self.fault = Note("truncated-file", detail=f"zstd: {error}")
            return
        if not inflater.eof:
            self.fault = Note("truncated-file", detail="zstd: ends before its end marker")

    def _transcode(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        decoder = codecs.getincrementaldecoder(self._source.encoding)("surrogatepass")
        try:
            for piece in pieces:
                yield decoder.decode(piece).encode("utf-8", "surrogatepass")
            yield decoder.decode(b"", final=True).encode("utf-8", "surrogatepass")
        except UnicodeDecodeError as error:
            self.fault = Note("truncated-file", detail=f"{self._source.encoding}: {error.reason}")


def head(source: Source, size: int) -> bytes:
    """The first `size` bytes of the content (decompressed, as UTF-8), or all where there are fewer."""
    kept = bytearray()
    for piece in ByteStream(source):
        kept += piece
        if len(kept) >= size:
            break
    return bytes(kept[:size])
