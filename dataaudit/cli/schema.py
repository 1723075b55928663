"""The JSON Schema of a settings file, for editors: `dataaudit config --schema`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dataaudit.config.keys import EXTEND, MEANINGS
from dataaudit.config.settings import Settings
from dataaudit.shapes import SHAPE_NAMES
from dataaudit.values import adapter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataaudit.catalogue import Catalogue

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_RULES = ("select", "ignore", "extend_select", "extend_ignore")
_RULE, _WORD, _PROVIDER = "rule", "ruleWord", "provider"


def settings_schema(catalogue: Catalogue) -> dict[str, Any]:
    """The schema of dataaudit.toml, with the codes, providers, tasks and shapes that are known now.

    Keys may be written with dashes too; the schema, which is for completing and for telling slips, has the underscores.
    """
    schema = adapter(Settings).json_schema(mode="validation")
    keys = schema["properties"]
    for name, meaning in MEANINGS.items():
        keys[name]["description"] = meaning
        keys[name].pop("title", None)
    for name in _RULES:
        keys[name]["items"] = _ref(_WORD)
    keys["per_file_ignores"]["additionalProperties"]["items"] = _ref(_WORD)
    for name in ("severity", "thresholds"):
        keys[name]["propertyNames"] = _ref(_RULE)
    keys["providers"]["items"] = _ref(_PROVIDER)
    keys["task"] = {"description": MEANINGS["task"], "enum": list(catalogue.tasks)}
    keys["shape"] = {"description": MEANINGS["shape"], "enum": list(SHAPE_NAMES)}
    keys["splits"]["additionalProperties"] = {"examples": ["train", "validation", "test"], "type": "string"}
    schema["properties"] = {"extend": {"description": EXTEND, "type": "string"}, **{key: keys[key] for key in MEANINGS}}
    schema.setdefault("$defs", {}).update(_words(catalogue))
    schema.pop("description", None)
    return {"$schema": _DIALECT, **schema, "title": "Settings of dataaudit"}


def schema_text(catalogue: Catalogue) -> str:
    """The schema as it is printed."""
    return json.dumps(settings_schema(catalogue), indent=2) + "\n"


def _words(catalogue: Catalogue) -> dict[str, Any]:
    rules = catalogue.rules.values()
    codes = [rule.code for rule in rules]
    families = dict.fromkeys(rule.family for rule in rules)
    profiles = catalogue.providers.values()
    providers = sorted({profile.provider for profile in profiles} | {profile.id for profile in profiles})
    exact = [*_told((rule.code, f"{rule.name}: {rule.summary}") for rule in rules), {"enum": [r.name for r in rules]}]
    wide = [{"enum": ["ALL", *families]}, {"pattern": f"^({'|'.join(families)})[0-9]{{1,2}}$", "type": "string"}]
    return {
        _RULE: {"anyOf": exact, "examples": codes},
        _WORD: {"anyOf": [*wide, *exact], "examples": ["ALL", *families]},
        _PROVIDER: {"enum": ["all", *providers]},
    }


def _told(words: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"const": word, "description": meaning} for word, meaning in words]


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/$defs/{name}"}
