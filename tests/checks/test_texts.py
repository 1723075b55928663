"""TXT001 and the family PII over whole sets: every shape and field, all counted, no value shown, silent by default."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import dataaudit

MOJIBAKE = "caf\u00c3\u00a9 \u00e2\u20ac\u201c Gr\u00c3\u00bc\u00c3\u0178e"
VALUE = "jane.roe@acme-shop.com"


def places(rows: list[dict[str, Any]], select: list[str], **options: Any) -> list[tuple[str, int | None, str | None]]:
    report = dataaudit.audit(rows, select=select, **options)
    return sorted((finding.rule, finding.line, finding.field) for finding in report.findings)


def row(shape: str, prompt: str, answer: str) -> dict[str, Any]:
    """A row of a shape."""
    turns = [("user", prompt), ("assistant", answer)]
    shapes: dict[str, dict[str, Any]] = {
        "pair": {"prompt": prompt, "completion": answer},
        "alpaca": {"instruction": prompt, "input": "", "output": answer},
        "chat": {"messages": [{"role": role, "content": text} for role, text in turns]},
        "parts": {"messages": [{"role": r, "content": [{"type": "text", "text": t}]} for r, t in turns]},
        "sharegpt": {"conversations": [{"from": {"user": "human"}.get(r, "gpt"), "value": t} for r, t in turns]},
        "gemini": {"contents": [{"role": {"user": "user"}.get(r, "model"), "parts": [{"text": t}]} for r, t in turns]},
        "labeled": {"text": prompt, "label": answer},
    }
    return shapes[shape]


SHAPES = ["pair", "alpaca", "chat", "parts", "sharegpt", "gemini", "labeled"]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("text", "code"), [(MOJIBAKE, "TXT001"), (f"mail {VALUE}", "PII001")])
def test_every_shape_is_read(shape: str, text: str, code: str) -> None:
    rows = [row(shape, "Où ?", "Là"), row(shape, text, "Là"), row(shape, "Quand ?", "Hier"), row(shape, "Qui ?", text)]
    assert [(rule, line) for rule, line, _ in places(rows, [code])] == [(code, 2), (code, 4)]


def test_a_row_is_told_once_with_all_its_fields() -> None:
    chat = [{"role": "system", "content": MOJIBAKE}, {"role": "user", "content": MOJIBAKE * 2}]
    rows = [{"messages": [*chat, {"role": "assistant", "content": f"{MOJIBAKE}\n{MOJIBAKE}"}]}]
    report = dataaudit.audit(rows, select=["TXT001"])
    assert [finding.field for finding in report.findings] == ["system"]
    assert report.findings[0].message.endswith('"café"; so was the prompt and the completion')


def test_a_turn_amid_good_ones_is_found() -> None:
    turns = [
        ("user", "Größe?"),
        ("assistant", "Gr\u00c3\u00b6\u00c3\u0178e 5"),
        ("user", "Grün?"),
        ("assistant", "Ja, grün."),
    ]
    rows = [{"messages": [{"role": role, "content": text} for role, text in turns]}]
    assert places(rows, ["TXT001"]) == [("TXT001", 1, "prompt")]


def test_all_are_counted_and_the_first_are_kept() -> None:
    rows = [{"prompt": f"Question {n}?", "completion": f"{MOJIBAKE} {n}"} for n in range(50)]
    report = dataaudit.audit(rows, select=["TXT001"], max_findings=5)
    assert [finding.line for finding in report.findings] == [1, 2, 3, 4, 5]
    assert report.counts == {"TXT001": 50}


def test_the_message_shows_the_words() -> None:
    report = dataaudit.audit([{"prompt": "Où ?", "completion": MOJIBAKE}], select=["TXT001"])
    assert report.findings[0].message == (
        'the completion was decoded with the wrong encoding: "caf\u00c3\u00a9" should be "café"'
    )


def test_no_output_shows_a_value(tmp_path: Path) -> None:
    secret = "Tr0ub4dor&3"
    file = tmp_path / "train.jsonl"
    file.write_text(json.dumps({"prompt": f"password: {secret}", "completion": f"{VALUE}, a.b@c-d.org"}) + "\n")
    report = dataaudit.audit(file, select=["PII001", "PII009"])
    assert [finding.rule for finding in report.findings] == ["PII001", "PII009"]
    assert "and 1 more" in report.findings[0].message
    assert secret not in report.to_json()
    assert VALUE not in report.to_json()
    assert all(word not in finding.message for word in ("jan", "Tr0") for finding in report.findings)


def test_privacy_is_silent_unless_it_is_asked_for() -> None:
    rows = [{"prompt": "Who?", "completion": VALUE}]
    assert [rule for rule, _, _ in places(rows, ["ALL"]) if rule.startswith("PII")] == []
    assert [rule for rule, _, _ in places(rows, ["PII001"])] == ["PII001"]
    assert [rule for rule, _, _ in places(rows, ["PII"], preview=True)] == ["PII001"]
