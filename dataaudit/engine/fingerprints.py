"""What a finding is known by in the next run: its rule and content, wherever its row has moved to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataaudit.suppression.paths import stable
from dataaudit.text.fingerprint import finding_fingerprint

if TYPE_CHECKING:
    from dataaudit.checks.evidence import Evidence


def of_row(rule: str, row: int, evidence: Evidence) -> str:
    """Of a finding about a row, or about the rows that it repeats or contradicts."""
    return finding_fingerprint(rule, f"{evidence.content_key(rule, row):016x}")


def of_file(rule: str, path: str | None, content: str) -> str:
    """Of a finding about a file, or about the whole set (None); `content` is what of it."""
    return finding_fingerprint(rule, f"{None if path is None else stable(path)}:{content}")
