"""From what a caller gives, paths or rows in memory, to sources and what reads them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Union

from dataaudit.errors import UsageError
from dataaudit.loaders.choice import choice_of
from dataaudit.loaders.choose import memory_source
from dataaudit.loaders.paths import LeftOut, open_sources

if TYPE_CHECKING:
    import pandas as pd

    from dataaudit.config import Settings
    from dataaudit.loaders.base import Loader, Source

Rows = Iterable[Mapping[str, Any]]
Data = Union[str, "PathLike[str]", Sequence[Union[str, "PathLike[str]"]], "pd.DataFrame", Rows]


def sources_of(
    data: Data, settings: Settings, spool: Path, left_out: LeftOut | None = None
) -> tuple[list[Source], dict[int, Loader]]:
    """The sources of paths, a DataFrame or rows; and, by number of the source, the loaders of what lies in memory.

    left_out: see `open_sources`.

    Raises:
        UsageError: it is nothing of that. SourceError: a path that cannot be read; AllExcluded: the settings leave out
        every file.
    """
    if isinstance(data, (str, PathLike)):
        data = [data]
    anything: object = data
    if isinstance(anything, (bytes, bytearray)) or not hasattr(anything, "__iter__"):
        raise UsageError(f"no data: {type(anything).__name__}", hint="give paths, a DataFrame, or rows (dicts)")
    if isinstance(data, Mapping):
        raise UsageError("one row was given", hint="give a list of rows, or use Auditor.check(row)")
    if isinstance(data, (list, tuple)) and data and all(isinstance(item, (str, PathLike)) for item in data):
        paths = [str(item) for item in data]
        stdin = sys.stdin.buffer if "-" in paths else None
        choice = choice_of(settings)
        found = open_sources(paths, splits=settings.splits, stdin=stdin, spool=spool, choice=choice, left_out=left_out)
        return found, {}
    source, loader = memory_source(data, "<rows>", spool=spool)
    return [source], {0: loader}
