"""What answers look like: one answer, the format of a set of answers, and what deviates from it. Knows no checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dataaudit.formats.deviation import Deviation
from dataaudit.formats.formats import Formats, GroupFormat, ResolvedFormat
from dataaudit.formats.groups import Sample
from dataaudit.formats.learn import learn_formats

if TYPE_CHECKING:
    from dataaudit.formats.contract_read import read_contract

__all__ = ["Deviation", "Formats", "GroupFormat", "ResolvedFormat", "Sample", "learn_formats", "read_contract"]


def __getattr__(name: str) -> Any:
    """The reader of contracts is imported when it is asked for: most runs have no contract."""
    if name == "read_contract":
        from dataaudit.formats.contract_read import read_contract

        return read_contract
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
