"""Auditor: one row at a time, as a labeling tool calls it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dataaudit import Auditor, audit
from dataaudit.errors import SourceError


def _rules(auditor: Auditor, row: dict[str, Any]) -> list[str]:
    return [finding.rule for finding in auditor.check(row)]


def test_rows_are_checked_against_rows_added() -> None:
    auditor = Auditor()
    row = {"prompt": "What is a refund?", "completion": "Money back."}
    assert _rules(auditor, row) == []
    auditor.add(row)
    assert _rules(auditor, row) == ["DUP001"]
    assert _rules(auditor, {"prompt": "what is a refund", "completion": "money back"}) == ["DUP002"]
    assert _rules(auditor, {"prompt": "What is a refund?", "completion": "Store credit."}) == ["DUP003"]
    assert _rules(auditor, {"prompt": "What is a return?", "completion": "Goods back."}) == []
    assert len(auditor) == 1


def test_checking_does_not_remember() -> None:
    auditor = Auditor()
    row = {"prompt": "a question", "completion": "an answer"}
    assert _rules(auditor, row) == _rules(auditor, row) == []


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ({"messages": [{"role": "user", "content": "hi"}]}, "SCH015"),
        ({"messages": [{"role": "usr", "content": "hi"}, {"role": "assistant", "content": "ho"}]}, "SCH013"),
        ({"messages": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": " "}]}, "SCH012"),
        ({"messages": "hi"}, "SCH010"),
    ],
)
def test_rules_of_single_rows(row: dict[str, Any], rule: str) -> None:
    auditor = Auditor()
    auditor.add({"messages": [{"role": "user", "content": "x"}, {"role": "assistant", "content": "y"}]})
    assert rule in _rules(auditor, row)


def test_a_row_has_the_findings_of_a_run_over_the_file(tmp_path: Path) -> None:
    good = [{"text": f"ticket number {n}", "label": ["billing", "delivery"][n % 2]} for n in range(60)]
    bad = [
        {"text": "late", "label": "delivrey"},
        {"text": "ticket number 4", "label": "billing"},
        {"text": "", "label": "billing"},
    ]
    path = tmp_path / "train.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in good))
    auditor = Auditor()
    assert auditor.seed(path) == 60
    for row in bad:
        path.write_text("".join(json.dumps(one) + "\n" for one in [*good, row]))
        of_file = {finding.rule for finding in audit(path).findings if finding.line == 61}
        assert set(_rules(auditor, row)) == of_file - {"LAB002", "MIN003"}


def test_provider_demands_on_a_row() -> None:
    auditor = Auditor(providers=["together"])
    row = {"prompt": "q", "completion": "a", "id": 5}
    assert "SCH011" in _rules(auditor, row)
    assert "SCH011" not in _rules(Auditor(), row)


def test_select_and_severity_hold() -> None:
    auditor = Auditor(select=["DUP"], severity={"DUP001": "off"})
    auditor.add({"prompt": "q", "completion": "a"})
    assert _rules(auditor, {"prompt": "q", "completion": "a"}) == []
    assert _rules(auditor, {"prompt": "q", "completion": ""}) == []


@pytest.mark.parametrize(
    "row", [{}, {"messages": None}, {"a": float("nan")}, {"prompt": "\ud800", "completion": 10**30}]
)
def test_hostile_rows_never_raise(row: dict[str, Any]) -> None:
    auditor = Auditor()
    auditor.check(row)
    auditor.add(row)
    auditor.check(row)


def test_what_a_provider_says_is_filled_in() -> None:
    auditor = Auditor(providers=["together", "openai", "mistral"])
    row = {"messages": [{"role": "boss", "content": "x"}, {"role": "assistant", "content": "y"}], "id": 1}
    messages = [finding.message for finding in auditor.check(row)]
    assert messages
    assert not any("{" in message for message in messages)


def test_an_id_that_was_seen_is_found() -> None:
    auditor = Auditor()
    auditor.add({"id": 3, "prompt": "a", "completion": "b"})
    assert _rules(auditor, {"id": 3, "prompt": "c", "completion": "d"}) == ["SCH021"]
    assert _rules(auditor, {"id": 4, "prompt": "c", "completion": "d"}) == []


def test_a_rule_on_a_field_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    from dataaudit.catalogue import load_catalogue
    from dataaudit.errors import RuleError

    rule = load_catalogue().rules["DUP001"].as_json()
    check = {"kind": "pattern", "field": "answer", "forbid": "x", "says": "x"}
    text = "".join(
        f"{key} = {json.dumps(rule[key])}\n" for key in ("title", "severity", "since", "summary", "why", "how_to_fix")
    )
    two = '[{ title = "a" }, { title = "b" }]'
    text += f'code = "OWN001"\nname = "own"\nbad = {two}\ngood = {two}\n'
    text += 'sources = [{ title = "t", date = 2026-11-21 }]\n[check]\n'
    text += "".join(f"{key} = {json.dumps(value)}\n" for key, value in check.items())
    (tmp_path / "OWN001-own.toml").write_text(text)
    with pytest.raises(RuleError, match="'answer' is none of prompt, completion"):
        load_catalogue(tmp_path)


def test_seeding_from_a_folder_skips_nothing_in_silence(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"prompt": "a", "completion": "b"}\n')
    (tmp_path / "b.jsonl").write_bytes(b"PK\x03\x04" + b"\x00" * 64)
    with pytest.raises(SourceError, match=r"b\.jsonl"):
        Auditor().seed(tmp_path)


def test_a_row_near_to_an_earlier_one_is_told() -> None:
    auditor = Auditor()
    ask = "The heating in the reading room has been off since the storm, who can mend it before the weekend?"
    auditor.add({"prompt": ask, "completion": "Mrs Okafor will see to it."})
    (near,) = auditor.check({"prompt": ask + " Please", "completion": "Mrs Okafor will see to it."})
    assert (near.rule, near.related[0].line) == ("SIM001", 1)
    assert near.message.startswith("nearly the same as line 1: similarity 0.9")
    (conflict,) = auditor.check({"prompt": ask + " Please", "completion": "Nobody knows; ask the town hall."})
    assert (conflict.rule, conflict.related[0].path) == ("SIM003", "<rows>")


def test_an_answer_unlike_the_others_is_told() -> None:
    auditor = Auditor(select=["FMT"])
    for number in range(40):
        auditor.add({"prompt": f"Sort message {number}", "completion": json.dumps({"label": "billing", "id": number})})
    assert _rules(auditor, {"prompt": "Sort message 50", "completion": '{"label": "billing", "id": 50}'}) == []
    assert _rules(auditor, {"prompt": "Sort message 51", "completion": "It is about billing."}) == ["FMT001"]
    assert _rules(auditor, {"prompt": "Sort message 52", "completion": "Dear {{name}}, it is about billing."}) == [
        "FMT001",
        "FMT008",
    ]


def test_a_contract_is_enforced_row_by_row(tmp_path: Path) -> None:
    contract = tmp_path / "contract.toml"
    contract.write_text('version = 1\n\n[[group]]\nrows = "all"\nkind = "json object"\n', encoding="utf-8")
    auditor = Auditor(select=["FMT"], format_contract=contract)
    assert _rules(auditor, {"prompt": "Sort this", "completion": '{"label": "billing"}'}) == []
    assert _rules(auditor, {"prompt": "Sort this", "completion": "billing"}) == ["FMT001"]
