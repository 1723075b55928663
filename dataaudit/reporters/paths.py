"""Paths as other programs expect them: relative to the working folder, with forward slashes, or as a URI."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import PurePath
from urllib.parse import quote


def relative(path: str) -> str:
    """The path with forward slashes, relative to the working folder if it lies there, else as it was given."""
    return _placed(path, os.getcwd())[0]  # noqa: PTH109 - called once a finding: a Path each time is slow


def uri(path: str) -> str:
    """The same as a URI reference (RFC 3986): relative, or `file:///...` for what lies elsewhere."""
    return _placed(path, os.getcwd())[1]  # noqa: PTH109


@lru_cache(maxsize=4096)
def _placed(path: str, folder: str) -> tuple[str, str]:
    """The path, and its URI, seen from a folder."""
    given = PurePath(path)
    if given.is_absolute() and given.is_relative_to(folder):
        given = given.relative_to(folder)
    text = given.as_posix()
    if not given.is_absolute():
        return text, quote(_bytes(text), safe="/")
    return text, "file://" + ("" if text.startswith("/") else "/") + quote(_bytes(text), safe="/:")


def _bytes(text: str) -> bytes:
    """The bytes of the name on disk, also where they are no UTF-8."""
    try:
        return text.encode("utf-8", "surrogateescape") if os.name == "posix" else text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
