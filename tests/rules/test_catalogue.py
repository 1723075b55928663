"""The rule files themselves: complete, dated, free of overlaps, and in step with the list of traits and the schema."""

from __future__ import annotations

import datetime
import json
import re
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from dataaudit.catalogue import Rule, Task, load_catalogue, trait_matches
from dataaudit.catalogue.schema import rule_schema, rule_schema_text
from dataaudit.errors import RuleError, UsageError

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(path for path in (ROOT / "rules").glob("*/*.toml") if re.match(r"[A-Z]{3}\d{3}-", path.name))
CATALOGUE = load_catalogue()
RULES = list(CATALOGUE.rules.values())
EARLIEST, LATEST = datetime.date(1960, 1, 1), datetime.date(2026, 12, 31)
FAMILIES = {
    "SCH": ("schema", range(1, 26)),
    "DUP": ("duplicates", range(1, 4)),
    "MIN": ("minimum_examples", range(1, 8)),
    "LAB": ("label_balance", (1, 2, 3, 4, 5, 9)),
}


def documented_traits() -> list[str]:
    """The traits of the table in docs/traits.md, with a made-up detail for those that have one."""
    text = (ROOT / "docs/traits.md").read_text(encoding="utf-8")
    cells = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    names = [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]
    return [re.sub(r"(?<=[:>])[A-Z][A-Z>]*$", "sample", name) for name in names]


def test_the_table_of_traits_is_read() -> None:
    traits = documented_traits()
    assert len(traits) > 80
    assert {"invalid-json", "role:sample", "weight:0", "schema-version:sample"} <= set(traits)


@pytest.mark.parametrize("trait", documented_traits())
def test_every_trait_belongs_to_exactly_one_rule(trait: str) -> None:
    owners = {rule.code for rule in RULES for entry in rule.traits if trait_matches(entry.name, trait)}
    assert len(owners) == 1


def test_no_trait_is_named_twice() -> None:
    names = Counter(entry.name for rule in RULES for entry in rule.traits)
    assert [name for name, count in names.items() if count > 1] == []


def test_rules_speak_of_documented_traits_only() -> None:
    known = documented_traits()
    named = [entry.name for rule in RULES for entry in rule.traits]
    unknown = [name for name in named if not any(trait_matches(name, trait) for trait in known)]
    assert [name for name in unknown if f"{name.partition(':')[0]}:sample" not in known] == []


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_is_complete(family: str) -> None:
    folder, numbers = FAMILIES[family]
    codes = {path.name[:6] for path in (ROOT / "rules" / folder).glob("*.toml")}
    assert {f"{family}{number:03}" for number in numbers} <= codes
    assert all(code.startswith(family) for code in codes)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_file_is_named_after_its_rule(path: Path) -> None:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    assert path.name == f"{data['code']}-{data['name']}.toml"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_file_keeps_the_schema(path: Path) -> None:
    data = json.loads(json.dumps(tomllib.loads(path.read_text(encoding="utf-8")), default=_as_text))
    jsonschema.validate(data, rule_schema(), format_checker=jsonschema.FormatChecker())


def _as_text(value: Any) -> str:
    assert isinstance(value, datetime.date)
    return value.isoformat()


def test_the_schema_is_printed() -> None:
    command = [sys.executable, "-m", "dataaudit.catalogue.schema"]
    assert subprocess.run(command, capture_output=True, check=True, text=True, cwd=ROOT).stdout == rule_schema_text()


def test_the_schema_file_is_up_to_date() -> None:
    assert (ROOT / "rules/rule.schema.json").read_text(encoding="utf-8") == rule_schema_text()
    jsonschema.Draft202012Validator.check_schema(rule_schema())


@pytest.mark.parametrize("key", ["code", "name", "title", "summary"])
def test_no_two_rules_share_it(key: str) -> None:
    values = Counter(getattr(rule, key) for rule in RULES)
    assert [value for value, count in values.items() if count > 1] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_sources_and_thresholds_are_dated(rule: Rule) -> None:
    dates = [source.date for source in rule.sources] + [entry.date for entry in rule.thresholds.values()]
    assert all(EARLIEST <= date <= LATEST for date in dates)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_severity_of_a_rule_is_that_of_one_of_its_traits(rule: Rule) -> None:
    severities = {entry.severity for entry in rule.traits} - {"off"}
    assert not severities or rule.severity in severities


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_messages_use_only_known_places(rule: Rule) -> None:
    for entry in rule.traits:
        assert set(re.findall(r"\{(\w*)\}", entry.says)) <= {"detail", "note"}
        assert "{note}" not in entry.says or entry.says.endswith("{note}"), "a note can be empty, so it stands last"
        if "{detail}" in entry.says:
            assert entry.name.endswith(":*")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_texts_are_sentences_for_people(rule: Rule) -> None:
    assert not rule.title.endswith(".")
    assert rule.summary.endswith(".")
    assert len(rule.why) > 80
    assert len(rule.how_to_fix) > 25


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_bad_examples_expect_something_and_good_ones_nothing(rule: Rule) -> None:
    assert all(example.expect for example in rule.bad)
    assert not any(example.expect for example in rule.good)
    titles = Counter(example.title for example in (*rule.bad, *rule.good))
    assert max(titles.values()) == 1


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_expected_places_exist(rule: Rule) -> None:
    for example in rule.bad:
        for place in example.expect:
            name, _, line = place.partition(":")
            assert name == "*" or name in example.files or name in example.hex
            if line and name in example.files:
                lines = example.files[name].count("\n") * example.times.get(name, 1)
                assert 1 <= int(line) <= lines


@pytest.mark.parametrize("task", CATALOGUE.tasks.values(), ids=lambda task: task.id)
def test_figures_of_a_task_are_ranges_that_agree(task: Task) -> None:
    for figures in task.figures.values():
        assert all(0 < figure.low <= figure.high for figure in figures)
    assert {
        "minimum_examples",
        "unreliable_below",
        "hours",
        "cost_usd",
        "minutes_per_example",
        "rate_usd_per_hour",
    } <= set(task.figures)


@pytest.mark.parametrize("task", CATALOGUE.tasks.values(), ids=lambda task: task.id)
def test_cost_follows_from_hours_and_rate(task: Task) -> None:
    (hours,), (cost,), (rate,) = (task.figures[name] for name in ("hours", "cost_usd", "rate_usd_per_hour"))
    assert {round(cost.low / hours.low), round(cost.high / hours.high)} == {round(rate.low), round(rate.high)}


def test_the_tasks_are_the_three_of_the_guides() -> None:
    assert set(CATALOGUE.tasks) == {"behaviour", "classification", "domain-knowledge"}


RULE = """
code = "OWN001"
name = "own-rule"
title = "A rule of one's own"
severity = "warning"
since = "1"
summary = "s"
why = "w"
how_to_fix = "h"
sources = [{title = "t", date = 2026-01-01}]
bad = [{title = "a"}, {title = "b"}]
good = [{title = "c"}, {title = "d"}]
"""


def test_a_user_rule_is_added(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "OWN001-own-rule.toml").write_text(RULE, encoding="utf-8")
    catalogue = load_catalogue(tmp_path / "own")
    assert catalogue.rule("own-rule").code == "OWN001"
    assert len(catalogue.rules) == len(RULES) + 1


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        pytest.param("code = ", "not valid TOML", id="broken-toml"),
        pytest.param(RULE.replace('severity = "warning"', 'severity = "grave"'), "severity", id="severity"),
        pytest.param(RULE.replace("since", "sinse"), "sin[cs]e", id="misspelt-key"),
        pytest.param(RULE.replace("OWN001", "own1"), "code", id="code"),
        pytest.param(RULE.replace('bad = [{title = "a"}, {title = "b"}]', "bad = []"), "bad", id="no-examples"),
        pytest.param(RULE.replace("OWN001", "DUP001"), "the code DUP001 is used twice", id="code-taken"),
        pytest.param(RULE.replace("own-rule", "imbalance"), "the name imbalance is used twice", id="name-taken"),
        pytest.param(RULE + "[thresholds.x]\nvalue = 1\n", r"thresholds\.x\.unit", id="threshold-without-unit"),
        pytest.param(RULE + "[check]\nkind='limit'\nfield='prompt'\nsays='x'\n", "check", id="check-without-keys"),
    ],
)
def test_a_broken_user_rule_names_file_and_key(text: str, complaint: str, tmp_path: Path) -> None:
    file = tmp_path / "OWN001-own-rule.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RuleError, match=complaint) as caught:
        load_catalogue(tmp_path)
    assert caught.value.path == str(file)


def test_a_rule_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_bytes(RULE.encode() + b"# \xe9\n")
    with pytest.raises(RuleError, match=r"x\.toml"):
        load_catalogue(tmp_path)


def test_a_missing_folder_of_rules_is_named(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="nowhere"):
        load_catalogue(tmp_path / "nowhere")


@pytest.mark.parametrize(("word", "near"), [("DUP0001", "DUP001"), ("exact-duplicates", "exact-duplicate")])
def test_an_unknown_rule_suggests_the_nearest(word: str, near: str) -> None:
    with pytest.raises(UsageError, match=f"did you mean {near}"):
        CATALOGUE.rule(word)


@pytest.mark.parametrize(
    ("trait", "code", "severity"),
    [
        ("invalid-json", "SCH001", "error"),
        ("not-an-object:array", "SCH002", "error"),
        ("role:developer", "SCH013", "off"),
        ("unknown-role:bot", "SCH013", "warning"),
        ("repeated-role:user", "SCH014", "warning"),
        ("repeated-role:tool", "SCH014", "off"),
        ("weight:other", "SCH017", "error"),
        ("weight:1", "SCH017", "off"),
        ("media-in-answer", "SCH010", "warning"),
        ("media-in:tool", "SCH010", "off"),
        ("label-missing", "LAB004", "warning"),
    ],
)
def test_of_trait_prefers_the_exact_entry(trait: str, code: str, severity: str) -> None:
    found = CATALOGUE.of_trait(trait)
    assert found is not None
    assert (found[0].code, str(found[1].severity)) == (code, severity)


def test_a_trait_of_no_rule_is_a_plain_fact() -> None:
    assert CATALOGUE.of_trait("made-up:thing") is None
