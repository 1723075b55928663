"""Rows that show files are copies or contradictions only where the files are the same."""

from __future__ import annotations

from typing import Any

import pytest

import dataaudit
from dataaudit import Auditor

Row = dict[str, Any]


def chat(picture: str, answer: str = "yes") -> Row:
    asked = [
        {"type": "text", "text": "Is there a crack in the frame of this bicycle?"},
        {"type": "image_url", "image_url": {"url": picture}},
    ]
    return {"messages": [{"role": "user", "content": asked}, {"role": "assistant", "content": answer}]}


def contents(picture: str, answer: str = "yes") -> Row:
    file = {"fileData": {"mimeType": "image/png", "fileUri": f"gs://shop/{picture}.png"}}
    return {
        "contents": [
            {"role": "user", "parts": [file, {"text": "Is there a crack in the frame of this bicycle?"}]},
            {"role": "model", "parts": [{"text": answer}]},
        ]
    }


FORMS = pytest.mark.parametrize("row", [chat, contents], ids=["openai", "gemini"])
RULES = ["DUP", "SIM001", "SIM003"]


@FORMS
def test_one_question_about_many_pictures_is_no_copy(row: Any) -> None:
    rows = [row(f"https://shop.example/{n}.png", "yes" if n % 2 else "no") for n in range(20)]
    assert dataaudit.audit(rows, select=RULES).counts == {}


@FORMS
def test_the_same_picture_again_is_one(row: Any) -> None:
    rows = [row("https://shop.example/1.png"), row("https://shop.example/2.png"), row("https://shop.example/1.png")]
    report = dataaudit.audit(rows, select=RULES)
    assert [(finding.rule, finding.line) for finding in report.findings] == [("DUP001", 3)]


@FORMS
def test_another_answer_about_the_same_picture_contradicts(row: Any) -> None:
    rows = [row("https://shop.example/1.png"), row("https://shop.example/1.png", "no")]
    assert dataaudit.audit(rows, select=RULES).counts == {"DUP003": 1}


@FORMS
def test_row_by_row_too(row: Any) -> None:
    auditor = Auditor(select=RULES)
    auditor.add(row("https://shop.example/1.png"))
    assert auditor.check(row("https://shop.example/2.png")) == []
    assert [finding.rule for finding in auditor.check(row("https://shop.example/1.png"))] == ["DUP001"]
