"""The schemas of rules/shapes: valid themselves, agreeing with what the shapes claim, one for every shape."""

from __future__ import annotations

import jsonschema
import pytest

from dataaudit.errors import RuleError
from dataaudit.shapes import SHAPE_NAMES
from dataaudit.shapes.schemas import known_keys, required_keys, schema
from tests.shapes.rows import ROWS


@pytest.mark.parametrize("name", SHAPE_NAMES)
def test_every_shape_has_a_valid_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(name))
    assert schema(name)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("name", ROWS)
def test_good_rows_follow_their_schema(name: str) -> None:
    jsonschema.Draft202012Validator(schema(name)).validate(ROWS[name])
    assert set(required_keys(name)) <= ROWS[name].keys()
    assert set(required_keys(name)) <= known_keys(name)


def test_an_absent_schema_is_an_error() -> None:
    with pytest.raises(RuleError, match="no usable schema"):
        schema("no-such-shape")
