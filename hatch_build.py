"""Puts the rule data into real wheels as `dataaudit/_rules`; an editable install reads `rules/` beside it.

The same data goes in as JSON too (`dataaudit/_rules.json`, `dataaudit/_providers.json`), which starts faster than TOML.
"""

from __future__ import annotations

import datetime
import json
import tempfile
import tomllib
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
        made: dict[str, dict[str, Any]] = {"_rules.json": {}, "_providers.json": {}}
        for path in sorted(rules.rglob("*")):
            if path.is_file() and path.suffix in SHIPPED:
                name = path.relative_to(rules).as_posix()
                build_data["force_include"][str(path)] = f"dataaudit/_rules/{name}"
                if path.suffix == ".toml":
                    part = "_providers.json" if name.startswith("providers/") else "_rules.json"
                    made[part][name] = tomllib.loads(path.read_text(encoding="utf-8"))
        self._scratch = tempfile.TemporaryDirectory()
        for part, data in made.items():
            file = Path(self._scratch.name, part)
            file.write_text(json.dumps(data, default=_iso, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
            build_data["force_include"][str(file)] = f"dataaudit/{part}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was made for the wheel."""
        if version != "editable":
            self._scratch.cleanup()


def _iso(value: Any) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(f"no JSON for {value!r}")
