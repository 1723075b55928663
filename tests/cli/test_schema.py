from __future__ import annotations

import dataclasses
from typing import Any

import jsonschema
import pytest

from dataaudit.catalogue import load_catalogue
from dataaudit.cli.schema import settings_schema
from dataaudit.config import Settings
from dataaudit.config.keys import MEANINGS


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    made = settings_schema(load_catalogue())
    jsonschema.Draft202012Validator.check_schema(made)
    return made


def test_each_key_has_a_meaning_and_stands_in_the_schema(schema: dict[str, Any]) -> None:
    keys = {entry.name for entry in dataclasses.fields(Settings)}
    assert set(MEANINGS) == keys
    assert set(schema["properties"]) == keys | {"extend"}
    assert all(part["description"] for part in schema["properties"].values())


@pytest.mark.parametrize(
    ("settings", "valid"),
    [
        pytest.param({}, True, id="empty"),
        pytest.param(
            {"extend": "../a.toml", "select": ["ALL", "DUP", "DUP001", "exact-duplicate", "SCH0"]}, True, id="rules"
        ),
        pytest.param({"select": ["DUP999"]}, False, id="unknown-code"),
        pytest.param({"severity": {"exact-duplicate": "off"}}, True, id="severity"),
        pytest.param({"severity": {"DUP": "off"}}, False, id="severity-of-a-family"),
        pytest.param({"providers": ["openai"], "task": "classification", "shape": "openai-chat"}, True, id="names"),
        pytest.param({"providers": ["opnai"]}, False, id="unknown-provider"),
        pytest.param({"per_file_ignores": {"*.csv": ["DUP"]}, "fail_below": "C", "max_warnings": 3}, True, id="exit"),
        pytest.param({"selct": []}, False, id="unknown-key"),
        pytest.param({"project": {"calls_per_day": 3}, "figures": {"rate": [1, 2]}}, True, id="project"),
    ],
)
def test_what_the_schema_takes(schema: dict[str, Any], settings: dict[str, Any], valid: bool) -> None:
    assert jsonschema.Draft202012Validator(schema).is_valid(settings) is valid
