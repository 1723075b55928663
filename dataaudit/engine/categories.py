"""Tells of each finding which category (label) its row has, for reports that filter by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataaudit.text.safe import escape, mask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dataaudit.checks.evidence import Evidence
    from dataaudit.model import Finding


def with_categories(found: Sequence[Finding], evidence: Evidence) -> list[Finding]:
    """The findings; those about a row with a label have it, masked and escaped, as their category."""
    numbers = {source.path: number for number, source in enumerate(evidence.sources)}
    names = {key: mask(escape(name)) for key, name in evidence.label_names.items()}
    result = []
    for finding in found:
        source = numbers.get(finding.path or "")
        if source is not None and finding.line is not None:
            row = evidence.row_at(source, finding.line)
            known = row < len(evidence.table) and evidence.place(row) == (finding.path, finding.line)
            name = names.get(int(evidence.table["label"][row])) if known else None
            finding = finding if name is None else finding.replaced(category=name)
        result.append(finding)
    return result
