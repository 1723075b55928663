"""Mends what rules find, and loses nothing: rows that go are kept beside, and what is not mended stays as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dataaudit.fixes.outcome import Fixable, FixedFile, Outcome, fixable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import BinaryIO

    from dataaudit.config import Settings

__all__ = ["Fixable", "FixedFile", "Outcome", "fix", "fixable"]


def fix(
    sources: Sequence[str], settings: Settings, *, unsafe: bool = False, patch: BinaryIO | None = None, **how: Any
) -> Outcome:
    """Fix files, folders and globs by path; `Outcome.report` is on what they are then.

    unsafe: also what may change the meaning. patch: write the changes there as a patch, and no file. how: workers,
    progress and left_out, as for `dataaudit.audit`.

    Raises:
        UsageError: settings that cannot be followed, or a file that cannot be written.
        SourceError: an input that cannot be read, or that somebody changed in the meantime.
    """
    from dataaudit.fixes.run import run

    return run(sources, settings, unsafe=unsafe, patch=patch, **how)
