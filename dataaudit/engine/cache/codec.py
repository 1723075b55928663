"""Measurements as bytes, and back: arrays and plain data; nothing that is loaded is ever executed.

Written by pickle, because states are nested records with arrays. Read by an unpickler that finds no name but those of
plain types, arrays and the records of this package: what calls anything else is no entry of ours.
"""

from __future__ import annotations

import io
import pickle
import sys
from collections import Counter
from dataclasses import is_dataclass
from typing import Any, Final

import numpy as np
from xxhash import xxh3_128_digest

from dataaudit.checks.batch import Outlines, SourceNumber

MAGIC: Final = b"dataaudit-cache-1\n"
_SUM: Final = 16
_RECORDS: Final = ("dataaudit.checks.", "dataaudit.shapes.base", "dataaudit.loaders.base", "dataaudit.engine.")


class Damaged(Exception):
    """Bytes that are no entry, or not all of one."""


def packed(value: Any) -> bytes:
    """A value as an entry: a mark, a checksum, the data.

    Raises:
        TypeError, pickle.PicklingError: it holds what cannot be written.
    """
    data = pickle.dumps(value, protocol=5)
    return b"".join((MAGIC, xxh3_128_digest(data), data))


def unpacked(entry: bytes, source: int = 0) -> Any:
    """The value of an entry, the number of the source in it being `source`.

    Raises:
        Damaged: it is none, or calls what no entry needs.
    """
    start = len(MAGIC) + _SUM
    data = memoryview(entry)[start:]
    if entry[: len(MAGIC)] != MAGIC or xxh3_128_digest(data) != entry[len(MAGIC) : start]:
        raise Damaged("no whole entry")
    try:
        return _Reader(data, source).load()
    except Damaged:
        raise
    except Exception as error:  # whatever pickle meets in bytes that another version wrote
        raise Damaged(str(error)) from error


class _Reader(pickle.Unpickler):
    def __init__(self, data: memoryview, source: int) -> None:
        super().__init__(io.BytesIO(data))
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
