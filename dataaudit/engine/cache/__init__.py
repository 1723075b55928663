"""Remembers what files hold, so that a file that did not change costs its hash.

An entry is found by the content of a file, what it is measured by, and the version of the code and rules. It is a hint
and never a truth of its own: what is damaged, foreign or of another version is measured again, and a report is the
same with the cache and without it. Loading an entry executes nothing (`codec`).
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from dataaudit._resources import rule_data

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from dataaudit.engine.cache.files import FileCache
    from dataaudit.loaders import Source

__all__ = ["opened_cache"]


@contextmanager
def opened_cache(folder: Path | None, sources: Sequence[Source], *, believing: bool) -> Iterator[FileCache | None]:
    """The cache for some sources; None where there is no folder, or too little in them to be worth it.

    believing: a file of known size and time of change is taken for the known one, until `FileCache.holds` is asked.

    Raises:
        UsageError: the folder cannot be used.
    """
    known = folder is not None and all(source.kind != "rows" for source in sources)
    if folder is None or not known or sum(source.size or 0 for source in sources) < _least_bytes():
        yield None
        return
    # Loaded where it is used: most runs of a hook are on less.
    from dataaudit.engine.cache.files import FileCache

    cache = FileCache(folder, sources, believing=believing)
    try:
        yield cache
    except BaseException:
        cache.leave()
        raise
    cache.close()


def _least_bytes() -> int:
    return int(rule_data("cache.toml")["limits"]["least_bytes"]["value"])
