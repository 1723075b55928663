"""One answer that is not as it should be: the value that every comparison of this layer gives."""

from __future__ import annotations

from typing import NamedTuple


class Deviation(NamedTuple):
    """What is odd about one answer, before it is judged.

    rule: code of the rule. aspect: which property ("kind", "keys", "enum:label", "placeholder", "asked:json", ...).
    detail: groups equal deviations; a bounded vocabulary, never text of the data at length.
    message: words for the user: what was expected, and what this answer has. field: where in the row, or None.
    """

    rule: str
    aspect: str
    detail: str
    message: str
    field: str | None = None
