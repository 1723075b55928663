"""What a measurement depends on, as keys. Two runs with equal keys measure the same, to the bit."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dataaudit._resources import rules_folder
from dataaudit._version import __version__
from dataaudit.formats.essence import essence

if TYPE_CHECKING:
    from dataaudit.catalogue import Given
    from dataaudit.checks.base import AnyCheck
    from dataaudit.engine.plan import Plan
    from dataaudit.shapes.base import Columns

_PACKAGE = Path(__file__).resolve().parents[2]


class Undescribed(Exception):
    """A value that no key can be made of."""


def key_of(*parts: Any) -> str:
    """32 hex digits that say what the parts are: plain data, arrays, records, paths' texts.

    Raises:
        Undescribed: a part is of a kind whose content is not known.
    """
    digest = hashlib.sha256()
    _describe(parts, digest.update)
    return digest.hexdigest()[:32]


def _describe(value: Any, write: Any) -> None:
    """Write a value so that different ones are written differently. Sets have no order; mappings keep theirs."""
    kind = type(value)
    if value is None or kind in (bool, int, float):
        write(f"{value!r};".encode())
    elif kind in (str, bytes):
        text = value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
        write(f"{kind.__name__}{len(text)}:".encode() + text)
    elif isinstance(value, np.ndarray):
        write(f"array{value.dtype.str}{value.shape}:".encode() + value.tobytes())
    elif isinstance(value, Mapping):
        write(f"map{len(value)}:".encode())
        for pair in value.items():
            _describe(pair, write)
    elif isinstance(value, Set):
        _describe(["set", *sorted(key_of(item) for item in value)], write)
    elif isinstance(value, (tuple, list)):
        write(f"{kind.__name__}{len(value)}:".encode())
        for item in value:
            _describe(item, write)
    elif is_dataclass(value):
        write(kind.__qualname__.encode())
        for entry in fields(value):
            _describe(getattr(value, entry.name), write)
    else:
        raise Undescribed(kind.__name__)


@cache
def installation() -> str:
    """The key of what measures: this package and its rules, Python, and all packages that are installed.

    Files are told by size and time of change: reading them all would cost what the cache saves on small data.
    """
    files: list[tuple[str, int, int]] = []
    for folder in dict.fromkeys((_PACKAGE, rules_folder())):
        files += _stamps(folder)
    python = (sys.implementation.name, *sys.version_info[:3], sys.byteorder)
    return key_of(__version__, python, np.__version__, sorted(files), sorted(_installed()))


def _stamps(folder: Path) -> Iterable[tuple[str, int, int]]:
    folders = [os.fspath(folder)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    if entry.name != "__pycache__":
                        folders.append(entry.path)
                else:
                    status = entry.stat()
                    yield entry.path, status.st_size, status.st_mtime_ns


def _installed() -> Iterable[str]:
    """Names and versions of installed packages, as their folders are called."""
    for folder in sys.path:
        if Path(folder).is_dir():
            with os.scandir(folder or os.curdir) as entries:
                yield from (entry.name for entry in entries if entry.name.endswith((".dist-info", ".egg-info")))


def folders_key(folders: Iterable[Path]) -> str:
    """The key of folders of rules: the content of all rule files in them."""
    files = [(folder, file) for folder in folders for file in sorted(folder.rglob("*.toml"))]
    return key_of([(str(file.relative_to(folder)), file.read_bytes()) for folder, file in files])


def _drawn(plan: Plan, index: int) -> tuple[Any, ...]:
    """Which rows of a source have their tokens counted, and how."""
    tokens = plan.tokens
    if tokens is None:
        return ()
    return tokens.mode, tokens.encodings, index, plan.sources[index].split, tokens.draw(index)


def looking_key(given: Given, columns: Columns, shape: str | None, labels: Sequence[str], kept: int) -> str:
    """The key of what decides how a file is looked at, besides its content. kept: one in so many rows of the sample."""
    thresholds = sorted((code, sorted(values.items())) for code, values in given.thresholds.items())
    folders = folders_key(given.catalogue.folders)
    return key_of("look", installation(), folders, thresholds, columns, shape, list(labels), kept)


def measuring_keys(plan: Plan, checks: Sequence[AnyCheck], looked: str) -> list[str] | None:
    """For each source the key of what decides what is measured of it, besides its content; None where nobody knows.

    Checks of other packages may depend on anything, and tokens are drawn by the place of a file among the others.
    """
    if any(not type(check).__module__.startswith("dataaudit.") for check in checks):
        return None
    formats = plan.learned.formats
    try:
        common = key_of(
            *("measure", looked, sorted(plan.wanted), [type(check).__name__ for check in checks], plan.reserved),
            *(plan.learned.templates, None if formats is None else formats.enforced, formats and essence(formats)),
            *(plan.learned.ignored, plan.learned.texts_as_answers),
        )
        own = zip(plan.layouts, plan.label_sources, map(_drawn, repeat(plan), range(len(plan.sources))), strict=True)
        return [key_of(common, layout, label, drawn) for layout, label, drawn in own]
    except Undescribed:
        return None
