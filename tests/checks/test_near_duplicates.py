"""Which pairs of rows are near-duplicates or near-conflicts, and what hostile sets do to the search."""

from __future__ import annotations

import random
from typing import Any

import pytest

import dataaudit
from dataaudit.checks.near_pairs import NearPairs
from tests.similarity.texts import made_texts

LONG = (
    "The heating in the left wing of the library has been off since the storm, and the caretaker, who promised to ring "
    "the plumber on Monday, has not been seen since; could you find out who is in charge and when it will be mended?"
)
ANSWER = "Mrs Okafor stands in for him; she has called a plumber, who comes on Thursday before noon."


def _pair(prompt: str, answer: str | None, **more: Any) -> dict[str, Any]:
    return {"prompt": prompt, "completion": answer, **more}


def _chat(system: str, prompt: str, answer: str) -> dict[str, Any]:
    turns = (("system", system), ("user", prompt), ("assistant", answer))
    return {"messages": [{"role": role, "content": content} for role, content in turns]}


CASES: dict[str, tuple[str | None, dict[str, Any], dict[str, Any]]] = {
    "a word more": ("SIM001", _pair(LONG, ANSWER), _pair(LONG.replace("wing", "side wing"), ANSWER)),
    "a typing error in a short prompt": (
        "SIM001",
        _pair("How do I reset the password of my account?", "Use the link."),
        _pair("How do I reset the pasword of my account?", "Use the link."),
    ),
    "Chinese": (
        "SIM001",
        _pair("请问图书馆左翼的暖气什么时候可以修好,最近几天特别冷,阅览室里几乎没有人", "周四上午会有人来修。"),
        _pair("请问图书馆左翼的暖气什么时候能修好,最近几天特别冷,阅览室里几乎没有人", "周四上午会有人来修。"),
    ),
    "Thai": (
        "SIM001",
        _pair("ห้องสมุดปีกซ้ายไม่มีเครื่องทำความร้อนมาหลายวันแล้ว ช่วยซ่อมด้วยครับ", "ช่างจะมาวันพฤหัส"),
        _pair("ห้องสมุดปีกซ้ายไม่มีเครื่องทำความร้อนมาหลายวันแล้ว ช่วยซ่อมด้วยค่ะ", "ช่างจะมาวันพฤหัส"),
    ),
    "Arabic": (
        "SIM001",
        _pair("متى سيتم إصلاح التدفئة في الجناح الأيسر من المكتبة العامة", "يوم الخميس صباحا"),
        _pair("متى سيتم اصلاح التدفئة في الجناح الأيسر من المكتبة العامة", "يوم الخميس صباحا"),
    ),
    "an answer reworded but for a word": ("SIM001", _pair(LONG, ANSWER), _pair(LONG, ANSWER.replace("noon", "ten"))),
    "another answer": ("SIM003", _pair(LONG, ANSWER), _pair(LONG + " Thanks", "We do not know. Ask the town hall.")),
    "another number on both sides": (
        None,
        _pair("Compute 12 + 15 for me", "27"),
        _pair("Compute 12 + 16 for me", "28"),
    ),
    "another question": (None, _pair(LONG, ANSWER), _pair("Where is the town hall of Bergen?", "At the lake.")),
    "another system prompt": (
        None,
        _chat("Answer in Vietnamese.", LONG, ANSWER),
        _chat("You are a pirate and say so in each sentence.", LONG + " Please", ANSWER),
    ),
    "nearly the same system prompt": (
        "SIM001",
        _chat("You are the help desk of the library of Bergen, be brief and kind.", LONG, ANSWER),
        _chat("You are the help desk of the library of Bergen, be brief and kind!", LONG + " Please", ANSWER),
    ),
    "plain text": ("SIM001", {"text": LONG}, {"text": LONG.replace("storm", "great storm")}),
    "very short": (None, _pair("ok go", "a"), _pair("ok so", "a")),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("turned", [False, True], ids=["", "turned"])
def test_a_pair(case: str, turned: bool) -> None:
    rule, *rows = CASES[case]
    report = dataaudit.audit(rows[::-1] if turned else rows, select=["SIM001", "SIM003"])
    assert [(finding.rule, finding.line) for finding in report.findings] == ([(rule, 2)] if rule else [])
    for finding in report.findings:
        assert finding.related[0].line == 1
        assert 0.8 <= (finding.related[0].score or 0) <= 1


def test_other_labels_of_nearly_one_text_conflict() -> None:
    texts = [text.decode() for text in made_texts(60, random.Random(6), (9, 20))]
    rows = [{"text": text, "label": ["billing", "delivery", "returns"][n % 3]} for n, text in enumerate(texts)]
    rows += [{"text": texts[0] + " now", "label": "delivery"}, {"text": texts[1] + " now", "label": "Delivery"}]
    report = dataaudit.audit(rows, select=["SIM001", "SIM003"])
    assert [(finding.rule, finding.line) for finding in report.findings] == [("SIM003", 61), ("SIM001", 62)]
    assert report.findings[0].message.endswith("another answer: 'billing' there, 'delivery' here")


def test_a_group_names_its_first_row() -> None:
    rows = [_pair(LONG, ANSWER), _pair(LONG + " Please", ANSWER), _pair("Please: " + LONG, ANSWER)]
    report = dataaudit.audit(rows, select=["SIM001"])
    assert [finding.line for finding in report.findings] == [2, 3]
    assert "one of 3 such rows, the first is line 1" in report.findings[1].message
    assert report.statistics["splits"]["train"]["near_duplicates"] == 2


def test_splits_are_searched_apart(tmp_path: Any) -> None:
    (tmp_path / "train.jsonl").write_text('{"text": "' + LONG + '"}\n')
    (tmp_path / "test.jsonl").write_text('{"text": "' + LONG + ' Please"}\n')
    assert dataaudit.audit(tmp_path, select=["SIM"]).counts == {}


class _Counted:
    """Counts the pairs that are verified."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.pairs = 0
        verify = NearPairs.verify

        def counted(self_: NearPairs, first: Any, second: Any) -> Any:
            self.pairs += len(first)
            return verify(self_, first, second)

        monkeypatch.setattr(NearPairs, "verify", counted)


def test_rows_of_one_template_are_no_cluster_but_a_flood(monkeypatch: pytest.MonkeyPatch) -> None:
    counted, random_ = _Counted(monkeypatch), random.Random(8)
    names = [text.decode() for text in made_texts(3000, random_, (3, 3))]
    rows = [
        _pair(
            f"Dear people of the shop, my order {random_.randint(10**6, 10**7)} for {name} was to arrive last week and "
            "has not been seen by anyone in the house. Please find out where it is and write to me today.",
            f"Thank you for your patience, we are looking for {name} and will write to you before the evening comes.",
        )
        for name in names
    ]
    report = dataaudit.audit(rows, select=["SIM001", "SIM004"])
    assert report.counts == {"SIM004": 1}
    assert "3,000 of 3,000 different rows of train (100.0%) are one template" in report.findings[0].message
    assert counted.pairs < 3000


def test_equal_rows_are_compared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = _Counted(monkeypatch)
    report = dataaudit.audit([_pair(LONG, ANSWER)] * 5000 + [_pair(LONG + " Please", ANSWER)], select=["SIM001"])
    assert report.counts == {"SIM001": 1}
    assert counted.pairs == 1


@pytest.mark.parametrize("text", ["", " ", "a", "?!", "\ud800", "\x00", "é" * 3, "字"], ids=ascii)
def test_rows_of_almost_nothing_are_no_trouble(text: str) -> None:
    rows = [_pair(text, text), _pair(text + "b", text), _pair(text, text + "c"), {"text": text}]
    assert set(dataaudit.audit(rows, select=["SIM"]).counts) <= {"SIM001", "SIM003"}


def test_a_row_of_megabytes_is_compared_by_its_beginning() -> None:
    huge = " ".join(text.decode() for text in made_texts(4000, random.Random(1), (60, 80)))
    assert len(huge) > 1_200_000
    rows = [{"text": huge}, {"text": huge[:-9] + " the end"}, {"text": "short and of no concern"}]
    assert dataaudit.audit(rows, select=["SIM001"]).counts == {"SIM001": 1}
