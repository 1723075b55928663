"""The report as one JSON object, and other values in the same way. The keys are those of the values themselves."""

from __future__ import annotations

from json import dumps
from typing import TYPE_CHECKING, Any

from dataaudit.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataaudit.catalogue import Catalogue
    from dataaudit.model import Report


def json(report: Report, _catalogue: Catalogue) -> str:
    """The whole report, as docs/json.md has it."""
    return report.to_json() + "\n"


def values_json(values: Value | Iterable[Value]) -> str:
    """One value as an object, several as a list of them."""
    data: Any = values.as_json() if isinstance(values, Value) else [value.as_json() for value in values]
    return dumps(data, indent=2, ensure_ascii=True) + "\n"
