"""Puts the rule data into real wheels as `dataaudit/_rules`; an editable install reads `rules/` beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# Listed by kind: a scratch file that lies in rules/ must not reach a wheel.
SHIPPED = (".toml", ".json")


class RulesHook(BuildHookInterface[Any]):
    """Maps each rule file of the tree to its place in the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the mapping, unless the wheel is for an editable install."""
        if version == "editable":
            return
        rules = Path(self.root, "rules")
        for path in sorted(rules.rglob("*")):
            if path.is_file() and path.suffix in SHIPPED:
                target = f"dataaudit/_rules/{path.relative_to(rules).as_posix()}"
                build_data["force_include"][str(path)] = target
