"""The only place that knows where the rule data lies: inside an installed wheel, or beside the package in a checkout.

A wheel also carries all TOML of rules/ as two JSON files, made and validated when it is built: reading those takes
a tenth of the time, and no validation.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from dataaudit.errors import RuleError

_MARKER = "rule.schema.json"
_HERE = Path(__file__).resolve().parent
_PROVIDERS = ("providers", "Provider")


@cache
def rules_folder() -> Path:
    """The folder of the rules that ship with dataaudit.

    Raises:
        RuleError: the installation holds no rules.
    """
    shipped = _HERE / "_rules"
    if (shipped / _MARKER).is_file():
        return shipped
    checkout = _HERE.parent / "rules"
    if (checkout / _MARKER).is_file():
        return checkout
    raise RuleError("the installation is incomplete: no rule files found", hint="install dataaudit again")


def rule_data(path: str) -> dict[str, Any]:
    """The data of one TOML file of the rules that ship with dataaudit, by its path in rules/."""
    made = compiled(path.partition("/")[0])
    if made is not None:
        data: dict[str, Any] = made[path]
        return data
    return read_toml(rules_folder().joinpath(*path.split("/")))


def compiled(part: str) -> dict[str, Any] | None:
    """Data by path of the TOML files of `providers` (or class `Provider`), or of all others; None in a checkout."""
    return _parsed("_providers.json" if part in _PROVIDERS else "_rules.json")


@cache
def _parsed(name: str) -> dict[str, Any] | None:
    import jiter

    file = _HERE / name
    return jiter.from_json(file.read_bytes()) if file.is_file() else None


def read_toml(file: Path) -> dict[str, Any]:
    """The data of a TOML file.

    Raises:
        RuleError: it is not valid TOML, or not UTF-8.
    """
    import tomllib

    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RuleError(f"not valid TOML: {error}", path=str(file)) from error
