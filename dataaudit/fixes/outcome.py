"""What fixing did, or would do: values for reports, nothing that works."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, NamedTuple

from dataaudit.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataaudit.model import Finding


class FixedFile(Value):
    """One file that was changed, or would be.

    fixed: how often each rule changed something. removed, changed: rows. record: path of the file that holds them as
    they were; None where nothing was written.
    """

    path: str
    fixed: dict[str, int]
    removed: int
    changed: int
    record: str | None = None


class Outcome(Value):
    """What became of the findings that can be mended.

    written: files were changed; else it is what would be done. files: those with changes. fixed: in all, by rule.
    unsafe: findings left that only --unsafe-fixes mends. left: findings left in all. reviews: files with rows to decide
    on. notes: what was left as it is, and why. settled: looking once more would change nothing.
    """

    written: bool
    files: tuple[FixedFile, ...] = ()
    fixed: dict[str, int] = dataclasses.field(default_factory=dict)
    unsafe: int = 0
    left: int = 0
    reviews: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    passes: int = 1
    settled: bool = True
    report: Any = dataclasses.field(default=None, metadata={"shown": False})

    @property
    def total(self) -> int:
        """Findings that were mended."""
        return sum(self.fixed.values())


class Fixable(NamedTuple):
    """How many findings `dataaudit fix` can mend: safely, and with --unsafe-fixes besides."""

    safe: int
    unsafe: int


def fixable(findings: Iterable[Finding]) -> Fixable:
    """How many of the findings can be mended; for a hint in reports."""
    safeties = [finding.fix.safety for finding in findings if finding.fix is not None]
    return Fixable(safeties.count("safe"), safeties.count("unsafe"))
