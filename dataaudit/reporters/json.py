"""Reports for machines that are not the Report itself, which knows its own JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dataaudit.reporters.statistics import by_count
from dataaudit.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataaudit.catalogue import Catalogue
    from dataaudit.model import Report


def counts_json(report: Report, catalogue: Catalogue) -> str:
    """A list of {"count", "code", "name"}, the most frequent first."""
    rows = [{"count": count, "code": code, "name": name} for count, code, name in by_count(report, catalogue)]
    return json.dumps(rows, indent=2, ensure_ascii=True) + "\n"


def values_json(values: Value | Iterable[Value]) -> str:
    """One value as an object, several as a list of them."""
    data: Any = values.as_json() if isinstance(values, Value) else [value.as_json() for value in values]
    return json.dumps(data, indent=2, ensure_ascii=True) + "\n"
