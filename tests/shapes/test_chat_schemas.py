"""The samples of every chat and preference shape: claimed, valid by their schema, and without a trait of fault."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from dataaudit.catalogue.load import Catalogue, load_catalogue
from dataaudit.shapes import anatomy
from dataaudit.shapes.recognise import kind
from tests.shapes.test_recognise import SHAPES


def is_fault(catalogue: Catalogue, trait: str) -> bool:
    """Whether a rule calls the trait a warning or an error where no provider is named."""
    found = catalogue.of_trait(trait)
    return found is not None and found[1].severity in ("warning", "error") and trait not in found[1].besides


ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_samples_are_clean(name: str) -> None:
    schema = json.loads((ROOT / "rules" / "shapes" / f"{name}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["title"]
    assert schema["description"]
    catalogue = load_catalogue()
    lines = (ROOT / "fixtures" / "shapes" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    assert lines
    for line in lines:
        record = json.loads(line)
        assert kind(record) == name
        jsonschema.validate(record, schema)
        example = SHAPES[name].to_example(record)
        assert json.dumps(SHAPES[name].to_record(example)) == json.dumps(record)
        assert [trait for trait in anatomy.read(example, name).traits if is_fault(catalogue, trait)] == []


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_schemas_know_the_fields_of_their_shapes(name: str) -> None:
    properties = json.loads((ROOT / "rules" / "shapes" / f"{name}.json").read_text(encoding="utf-8"))["properties"]
    assert set(SHAPES[name].needed) <= properties.keys()
