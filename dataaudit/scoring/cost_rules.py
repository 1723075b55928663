"""The figures of rules/economics.toml, read once."""

from __future__ import annotations

from functools import cache
from typing import Any

from dataaudit._resources import rule_data


@cache
def economics(table: str) -> dict[str, Any]:
    """One table of the file, such as `calendar`, with its source and date."""
    found: dict[str, Any] = rule_data("economics.toml")[table]
    return found
