"""Regular expressions that are compiled when they are first used: most runs meet few kinds of answers."""

from __future__ import annotations

import re
from typing import Any, cast


class _Lazy:
    """Stands for a pattern; after the first use its methods are those of the compiled one."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._source = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        method = getattr(re.compile(*self._source), name)
        setattr(self, name, method)
        return method


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What re.compile gives, compiled at the first use of each of its methods (re keeps what it has compiled)."""
    return cast("re.Pattern[str]", _Lazy(pattern, flags))
