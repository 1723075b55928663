"""A contract: written, read, enforced; and what it says about a mistake in it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataaudit.errors import SettingsError
from dataaudit.formats import Formats, Sample, learn_formats, read_contract
from dataaudit.formats.toml_text import toml_value
from tests.formats.uniform import LABELS, MAKERS, ROWS, json_answer, learned, prose_answer, threshold

SCHEMA = {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]}


def written(formats: Formats, folder: Path) -> Path:
    toml, schemas = formats.to_contract("answers")
    for name, schema in schemas.items():
        (folder / name).write_text(json.dumps(schema), encoding="utf-8")
    path = folder / "contract.toml"
    path.write_text(toml, encoding="utf-8")
    return path


def contract(folder: Path, text: str, schema: object = None) -> Path:
    path = folder / "contract.toml"
    path.write_text(text, encoding="utf-8")
    if schema is not None:
        (folder / "a.json").write_text(schema if isinstance(schema, str) else json.dumps(schema), encoding="utf-8")
    return path


@pytest.mark.parametrize("language", LABELS)
@pytest.mark.parametrize("family", MAKERS)
@pytest.mark.parametrize("mark", ["", " ###"])
def test_what_was_learned_holds_once_written_and_read(family: str, language: str, mark: str, tmp_path: Path) -> None:
    answers = [MAKERS[family](language, number) + mark for number in range(ROWS)]
    answers += [
        "Sorry, that is not possible, since it was never sent.",
        '{"label": 1}',
        answers[0] + "\n",
        f"Oh: {answers[1]}",
    ]
    formats = learned(answers)
    settled = read_contract(written(formats, tmp_path))
    assert settled.enforced
    assert not formats.enforced
    before = [bool(formats.deviations(0, answer)) for answer in answers]
    assert [bool(settled.deviations(settled.chain("", "q"), answer)) for answer in answers] == before
    assert any(before)


def test_groups_come_back(tmp_path: Path) -> None:
    samples = []
    for number in range(ROWS):
        samples.append(Sample("You extract.\nJSON only.", "q", json_answer("English", number), "a"))
        samples.append(Sample("Be kind.", "q", prose_answer("English", number), 'b "quoted" \x00'))
        samples.append(Sample("Be kind.", "q", MAKERS["SQL"]("English", number), "c"))
    formats = learn_formats(samples, threshold)
    settled = read_contract(written(formats, tmp_path))
    answers = [json_answer("Chinese", 1), "No.", "SELECT 1", '{"label": "billing"}']
    for sample in samples[:3]:
        place = sample.context, sample.question, sample.label
        for answer in answers:
            before = formats.deviations(formats.chain(*place), answer)
            assert bool(settled.deviations(settled.chain(*place), answer)) == bool(before)
    assert {len(resolved.keys) for resolved in settled.resolved} >= {1, 2}


def test_a_broken_answer_has_the_best_error(tmp_path: Path) -> None:
    path = contract(tmp_path, 'version = 1\n[[group]]\nkind = "json object"\nschema = "a.json"\n', SCHEMA)
    formats = read_contract(path)
    assert formats.deviations(0, '{"a": 1}') == []
    (deviation,) = formats.deviations(0, '{"a": "x"}')
    assert (deviation.rule, deviation.message) == ("FMT006", "a: 'x' is not of type 'integer' (a.json)")
    assert [one.rule for one in formats.deviations(0, "prose")] == ["FMT001"]
    assert [one.rule for one in formats.deviations(0, '{"a": 1')] == ["FMT003"]


def test_a_deep_answer_against_a_recursive_schema(tmp_path: Path) -> None:
    schema = {"type": "object", "additionalProperties": {"$ref": "#"}}
    path = contract(tmp_path, 'version = 1\n[[group]]\nkind = "json object"\nschema = "a.json"\n', schema)
    formats = read_contract(path)
    assert formats.deviations(0, '{"a": {"b": {}}}') == []
    rules = {one.rule for one in formats.deviations(0, '{"a":' * 150 + "{}" + "}" * 150)}
    assert rules <= {"FMT006", "FMT003"}


def test_everything_that_can_be_laid_down(tmp_path: Path) -> None:
    text = """
version = 1
[[group]]
rows = "all"
kind = "prose"
prefix = "Answer:"
suffix = "END"
leading_space = ""
trailing_space = ""
letter_case = "capital"
final_mark = "none"
lines = "one"
min_characters = 10
usual_characters = 20
max_characters = 60
"""
    formats = read_contract(contract(tmp_path, text))
    assert formats.deviations(0, "Answer: All is well END") == []
    for answer in (
        "All is well END",
        "Answer: All is well",
        " Answer: All is well END",
        "Answer: " + "x" * 99 + " END",
    ):
        assert formats.deviations(0, answer), answer


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("version = 1\nversion = 2", r"contract\.toml: is not TOML"),
        ("version = 2\n[[group]]", r"contract\.toml.*version"),
        ("version = 1", r"no \[\[group\]\]; make one with: dataaudit learn"),
        ("version = 1\ngruop = 1", r"unknown key 'gruop'; did you mean 'group'"),
        (
            'version = 1\n[[group]]\nkind = "jsn object"',
            r"toml:3: kind 'jsn object'.*did you mean 'json object'",
        ),
        (
            'version = 1\n\n[[group]]\nrows = "all"\nsufix = "!"',
            r"contract\.toml:5: unknown key 'sufix'; did you mean 'suffix'",
        ),
        ("version = 1\n[[group]]\nlabels = 3", r"contract\.toml:3: labels should be a list of texts"),
        ("version = 1\n[[group]]\nmin_characters = true", r"contract\.toml:3: min_characters should be a whole number"),
        ('version = 1\n[[group]]\nkind = "label"', r"contract\.toml:3: kind \"label\" needs labels"),
        ("version = 1\n[[group]]\nfence = true", r"contract\.toml:3: fence should be false, or"),
        ('version = 1\n[[group]]\n[[group]]\nrows = "all"', r"contract\.toml:4: two groups are for the same rows"),
        ('version = 1\n[[group]]\nrows = { lable = "x" }', r"contract\.toml:3: rows: unknown key 'lable'"),
        (
            'version = 1\n[[group]]\nrows = { context = "x" }',
            r"toml:3: rows: a context needs its fingerprint",
        ),
        ('version = 1\n[[group]]\nstyle = { colour = "x" }', r"contract\.toml:3: style 'colour' is not known"),
        ('version = 1\n[[group]]\nschema = "none.json"', r"contract\.toml:3: schema none\.json: No such file"),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, complaint: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=complaint):
        read_contract(contract(tmp_path, text))


@pytest.mark.parametrize(
    ("schema", "complaint"),
    [
        ("{", r"a\.json: is not JSON"),
        ("[]", r"a\.json: is not a JSON Schema: it should be an object"),
        ({"type": "objekt"}, r"a\.json: is not a usable JSON Schema: at type"),
        ({"required": "a"}, r"a\.json: is not a usable JSON Schema: at required"),
        ({"$ref": "#/$defs/none"}, r"a\.json: .*a reference leads nowhere"),
        ({"properties": {"q": {"$ref": "https://example.com/x.json"}}}, r"a\.json: .*a reference leads"),
        ({"$ref": "#"}, r"a\.json: .*refers to itself"),
    ],
)
def test_a_schema_that_cannot_be_used_is_named(schema: object, complaint: str, tmp_path: Path) -> None:
    path = contract(tmp_path, 'version = 1\n[[group]]\nkind = "json object"\nschema = "a.json"\n', schema)
    with pytest.raises(SettingsError, match=complaint):
        read_contract(path)


def test_a_contract_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        read_contract(tmp_path / "none.toml")


@given(st.text())
def test_any_text_is_written_so_that_toml_reads_it_back(text: str) -> None:
    read = tomllib.loads(f"key = {toml_value(text)}")["key"]
    assert read == "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)


@given(
    st.dictionaries(st.text(min_size=1, max_size=5), st.text(max_size=5) | st.booleans() | st.integers(), max_size=4)
)
def test_any_table_is_written_so_that_toml_reads_it_back(table: dict[str, object]) -> None:
    if all(char < "\ud800" or char > "\udfff" for text in map(str, (*table, *table.values())) for char in text):
        assert tomllib.loads(f"key = {toml_value(table)}")["key"] == table


@settings(max_examples=50, deadline=None)
@given(marks=st.lists(st.text(max_size=12), min_size=1, max_size=4))
def test_hostile_answers_make_a_readable_contract(marks: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    answers = [f"{marks[0]}{number} {marks[number % len(marks)]}" for number in range(40)]
    formats = learned(answers)
    read_contract(written(formats, tmp_path_factory.mktemp("contract")))
