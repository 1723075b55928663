"""Opens the compiled libraries that lie beside the modules that call them, and tells where arrays lie."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

POINTER: Final = ctypes.c_void_p
BYTES: Final = ctypes.c_char_p
NUMBER: Final = ctypes.c_int64


def open_library(source: Path, interface: int, functions: Mapping[str, tuple[Any, ...]]) -> ctypes.CDLL | None:
    """The library made of the C file `source`; None where it was not made, or made by another version.

    Args:
        source: `.../name.c`; the library is `_name.so` beside it, `.dll` on Windows.
        interface: What its function `dataaudit_interface` must give.
        functions: Types of arguments by name, without `dataaudit_`. All give a 64-bit number.
    """
    file = source.with_name(f"_{source.stem}" + (".dll" if sys.platform == "win32" else ".so"))
    if not file.is_file():
        return None
    try:
        library = ctypes.CDLL(str(file))
        library.dataaudit_interface.restype = NUMBER
        if library.dataaudit_interface() != interface:
            return None
        for name, arguments in functions.items():
            function = getattr(library, f"dataaudit_{name}")
            function.restype, function.argtypes = NUMBER, arguments
    except (OSError, AttributeError):  # made for another machine, or of another source: a checkout that is shared, say
        return None
    return library


def address(array: Any) -> int:
    """Where the data of a numpy array lies; its own attributes take three times as long to tell."""
    if array.size and array.flags.writeable:
        return ctypes.addressof(ctypes.c_char.from_buffer(array))
    place: int = array.__array_interface__["data"][0]
    return place
