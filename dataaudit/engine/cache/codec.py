"""Measurements as bytes, and back: arrays and plain data; nothing that is loaded is ever executed.

Written by pickle, because states are nested records with arrays. Read by an unpickler that finds no name but those of
plain types, arrays and the records of this package: what calls anything else is no entry of ours.
"""

from __future__ import annotations

import io
import pickle
import struct
import sys
from collections import Counter
from dataclasses import is_dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from xxhash import xxh3_128, xxh3_128_digest

from dataaudit.checks.batch import Outlines, SourceNumber

if TYPE_CHECKING:
    from collections.abc import Iterator
    from mmap import mmap

# As long as a line of the processor's cache, with the checksum.
_ALIGNED: Final = 64
MAGIC: Final = b"dataaudit-cache-3\n".ljust(_ALIGNED - 16, b"\0")
_START: Final = _ALIGNED
_RECORDS: Final = ("dataaudit.checks.", "dataaudit.shapes.base", "dataaudit.loaders.base", "dataaudit.engine.")


class Damaged(Exception):
    """Bytes that are no entry, or not all of one."""


def packed(value: Any) -> bytes:
    """A value as an entry: a mark, a checksum, the lengths of its pieces, data, and the arrays that it names.

    Raises:
        TypeError, pickle.PicklingError: it holds what cannot be written.
    """
    arrays: list[pickle.PickleBuffer] = []
    data = pickle.dumps(value, protocol=5, buffer_callback=arrays.append)
    pieces: list[bytes | memoryview] = [data, *(array.raw() for array in arrays)]
    lengths = [len(piece) for piece in pieces]
    head = struct.pack(f"<{1 + len(lengths)}Q", len(lengths), *lengths)
    filled: list[bytes | memoryview] = [
        part for piece in (head, *pieces) for part in (piece, bytes(-len(piece) % _ALIGNED))
    ]
    digest = xxh3_128()
    for part in filled:
        digest.update(part)
    return b"".join((MAGIC, digest.digest(), *filled))


def unpacked(entry: bytes | mmap, source: int = 0) -> Any:
    """The value of an entry, the number of the source in it being `source`. Its arrays are views, not to be changed.

    Raises:
        Damaged: it is none, or calls what no entry needs.
    """
    rest = memoryview(entry)[_START:]
    if entry[: len(MAGIC)] != MAGIC or xxh3_128_digest(rest) != entry[len(MAGIC) : _START]:
        raise Damaged("no whole entry")
    try:
        data, *arrays = _pieces(rest)
        return _Reader(data, arrays, source).load()
    except Damaged:
        raise
    except Exception as error:  # whatever pickle meets in bytes that another version wrote
        raise Damaged(str(error)) from error


def _pieces(rest: memoryview) -> Iterator[memoryview]:
    count: int = struct.unpack_from("<Q", rest)[0]
    start = 8 * (1 + count)
    for length in struct.unpack_from(f"<{count}Q", rest, 8):
        start += -start % _ALIGNED
        yield rest[start : start + length]
        start += length


class _Reader(pickle.Unpickler):
    def __init__(self, data: memoryview, arrays: list[memoryview], source: int) -> None:
        super().__init__(io.BytesIO(data), buffers=arrays)
        self._source = SourceNumber(source)

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == (SourceNumber.__module__, SourceNumber.__name__):
            return lambda _: self._source
        known = _PLAIN.get((module, name))
        if known is not None:
            return known
        if module.startswith(_RECORDS) and module in sys.modules:
            found = getattr(sys.modules[module], name, None)
            if isinstance(found, type) and found.__module__ == module and _is_record(found):
                return found
        raise Damaged(f"{module}.{name}")

    def persistent_load(self, pid: Any) -> Any:
        raise Damaged("a reference to something outside")


def _is_record(found: type) -> bool:
    """Whether a class only holds data: a dataclass or a named tuple."""
    return is_dataclass(found) or (issubclass(found, tuple) and hasattr(found, "_fields"))


def _type_of(value: None) -> type[None]:
    """Stands for `type`, which pickle calls to write the type of null and which could make classes."""
    if value is not None:
        raise Damaged("a type other than that of null")
    return type(None)


def _plain() -> dict[tuple[str, str], Any]:
    """The names that an entry may hold, those of arrays as this and other versions of numpy write them."""
    reduced = np.arange(1).__reduce_ex__(5)[0], np.uint8(1).__reduce__()[0], np.arange(1).__reduce__()[0]
    names: dict[tuple[str, str], Any] = {("numpy", "dtype"): np.dtype, ("numpy", "ndarray"): np.ndarray}
    for function in reduced:
        if callable(function):
            names[function.__module__, function.__name__] = function
    names["collections", "Counter"] = Counter
    for kind in (str, int, float, bool, list, dict, set, frozenset):
        names["builtins", kind.__name__] = kind
    names["builtins", "type"] = _type_of
    names[Outlines.__module__, Outlines.__name__] = Outlines
    return names


_PLAIN: Final = _plain()
