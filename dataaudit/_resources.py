"""The only place that knows where the rule data lies: inside an installed wheel, or beside the package in a checkout."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from dataaudit.errors import RuleError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_MARKER = "rule.schema.json"


def rules_folder() -> Traversable:
    """The folder of the rules that ship with dataaudit.

    Raises:
        RuleError: the installation holds no rules.
    """
    shipped = files("dataaudit") / "_rules"
    if (shipped / _MARKER).is_file():
        return shipped
    checkout = Path(__file__).resolve().parent.parent / "rules"
    if (checkout / _MARKER).is_file():
        return checkout
    raise RuleError("the installation is incomplete: no rule files found", hint="install dataaudit again")
