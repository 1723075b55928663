"""The JSON Schema of rule files, made from the model, for editors and for checking rules outside Python.

Prints it: `python -m dataaudit.catalogue.schema > rules/rule.schema.json`. Reading and judging rule files is
the work of `dataaudit.catalogue.load`, which uses the model itself.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from dataaudit.catalogue.models import Rule
from dataaudit.values import adapter

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def rule_schema() -> dict[str, Any]:
    """The schema of one rule file; TOML dates count as strings of format `date`."""
    schema = adapter(Rule).json_schema(mode="validation")
    return {"$schema": _DIALECT, **schema, "title": "dataaudit rule"}


def rule_schema_text() -> str:
    """The schema exactly as it stands in rules/rule.schema.json."""
    return json.dumps(rule_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(rule_schema_text())
