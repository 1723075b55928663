"""Where labels are found, and where there are none: answers in two forms, declared labels, verdicts."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from typing import Any

import pytest

import dataaudit
from dataaudit.catalogue import Given, load_catalogue
from dataaudit.checks.evidence import LabelSource
from dataaudit.checks.labels import find_label_source, read_labels
from dataaudit.shapes import reader_for
from dataaudit.shapes.base import Columns, Layout
from dataaudit.shapes.detect import detect

LABELS = ("billing", "delivery", "refund", "login")
WORDS = ("hoàn tiền", "giao hàng", "退款", "ログイン")
SHARES = (0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.95)
ANSWERS = LabelSource("answer")


def source_of(records: list[dict[str, Any]], declared: tuple[str, ...] = ()) -> LabelSource | None:
    layout = detect(records, columns=Columns(), shape=None, path="train.jsonl")
    read = reader_for(layout)
    thresholds = Given(load_catalogue()).of("LAB001")
    return find_label_source([read(record) for record in records], layout, thresholds, declared)


def pairs(answers: list[str]) -> list[dict[str, Any]]:
    return [{"prompt": text(number), "completion": answer} for number, answer in enumerate(answers)]


def text(number: int) -> str:
    """Ten words that no other text has, and three of the nine that only every fourth text may have."""
    digest = sha256(str(number).encode()).hexdigest()
    cues = [f"cue{number % 4}{digit}" for digit in sorted({int(digit, 16) % 9 for digit in digest[-3:]})]
    return " ".join([*cues, *(digest[start : start + 6] for start in range(0, 60, 6))])


def mixed(count: int, share: float, labels: tuple[str, ...] = LABELS, **written: Any) -> list[str]:
    """Answers in a cycle of labels, the first of them as JSON; spread over the file so that no order is needed."""
    objects = round(count * share)
    answers = [labels[number % len(labels)] for number in range(count)]
    for number in sorted(range(count), key=lambda number: sha256(f"order {number}".encode()).digest())[:objects]:
        answers[number] = json.dumps({"label": answers[number]}, **written)
    return answers


@cache
def audited(share: float, chat: bool) -> dataaudit.Report:
    records = pairs(mixed(400, share))
    if chat:
        turns = [(row["prompt"], row["completion"]) for row in records]
        records = [
            {"messages": [{"role": "user", "content": asked}, {"role": "assistant", "content": said}]}
            for asked, said in turns
        ]
    return dataaudit.audit(records)


def score(report: dataaudit.Report) -> float:
    assert report.readiness is not None
    return report.readiness.score


@pytest.mark.parametrize("chat", [False, True], ids=["pairs", "chat"])
@pytest.mark.parametrize("share", SHARES)
def test_the_rarer_form_is_found_at_every_share(share: float, chat: bool) -> None:
    report = audited(share, chat)
    rarer = round(400 * min(share, 1 - share))
    found = [count for code, count in report.counts.items() if code in ("LAB003", "LAB004") or code[:3] == "FMT"]
    assert rarer in found
    assert score(report) <= score(audited(0, chat))


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7])
@pytest.mark.parametrize(
    ("labels", "written"),
    [
        (LABELS, {}),
        (LABELS, {"separators": (",", ":")}),
        (LABELS, {"indent": 2}),
        (WORDS, {"ensure_ascii": False}),
        (WORDS, {}),
        (tuple(f"{label}, which is a reason that takes nearly sixty letters" for label in LABELS), {}),
    ],
    ids=["usual", "compact", "indented", "words", "escaped", "long"],
)
def test_objects_are_labels_however_they_are_written(
    share: float, labels: tuple[str, ...], written: dict[str, Any]
) -> None:
    report = dataaudit.audit(pairs(mixed(100, share, labels, **written)), select=["LAB003"])
    assert report.counts == {"LAB003": round(100 * min(share, 1 - share))}


@pytest.mark.parametrize(
    ("answers", "source"),
    [
        (mixed(100, 0), ANSWERS),
        (mixed(100, 0.1), ANSWERS),
        (mixed(100, 0.5), ANSWERS),
        (mixed(100, 0.75), ANSWERS),
        (mixed(100, 0.9), LabelSource("json", "label")),
        (mixed(100, 1), LabelSource("json", "label")),
        (mixed(60, 0.5) + [f"{text(number)} and so on, in many words" for number in range(40)], None),
        (["yes", "no"] * 25 + [json.dumps({"name": text(number)}) for number in range(50)], None),
        (["yes", "no"] * 25 + [json.dumps({"label": "yes", "why": text(number)}) for number in range(50)], None),
        (["yes", "no"] * 25 + ['{"label": null}', '{"label": ["yes"]}'] * 25, None),
        ([str(number) for number in range(50)] + [json.dumps({"sum": number}) for number in range(50)], None),
        (mixed(18, 0.5), None),
    ],
    ids=[
        *("short", "few objects", "half", "three quarters", "nine tenths", "objects"),
        *("free answers", "free values", "more fields", "no labels inside", "sums", "few rows"),
    ],
)
def test_the_source_of_labels(answers: list[str], source: LabelSource | None) -> None:
    assert source_of(pairs(answers)) == source


def test_declared_labels_are_a_closed_set_whatever_their_number() -> None:
    once = [f"reason {number}" for number in range(40)]
    half = [answer if number % 2 else json.dumps({"label": answer}) for number, answer in enumerate(once)]
    for answers in (once, half):
        assert source_of(pairs(answers)) is None
        assert source_of(pairs(answers), tuple(once)) == ANSWERS
        assert source_of(pairs(answers), tuple(once[:10])) is None
    report = dataaudit.audit(pairs([*once, "reasen 3"]), labels=tuple(once), select=["LAB003"])
    assert report.counts == {"LAB003": 1}


@pytest.mark.parametrize(
    ("answer", "label"),
    [
        ("x", "x"),
        ('{"label": "x"}', '{"label": "x"}'),
        (' {"label":"x"}\n', '{"label": "x"}'),
        ('{"label": "' + "x" * 60 + '"}', '{"label": "' + "x" * 60 + '"}'),
        ('{"label": "' + "x" * 61 + '"}', None),
        ('{"' + "x" * 61 + '": 1}', None),
        ('{"label": 3}', '{"label": 3}'),
        ('{"a": "x", "b": "y"}', '{"a": "x", "b": "y"}'),
        ("{x}", "{x}"),
        ('{"label": ' + "1" * 5000 + "}", None),
        ('{"label": "\ud800"}', '{"label": "?"}'),
        ("[" * 3000, None),
        ('{"a":' * 3000, None),
        (" ", None),
        ("", None),
        ("x" * 61, None),
        (None, None),
    ],
)
def test_the_label_of_an_answer(answer: str | None, label: str | None) -> None:
    assert read_labels(ANSWERS, [None], [answer], 60) == [label]


KTO = [
    {"prompt": text(number), "completion": f"{text(number + 1000)} is the answer", "label": number % 3 > 0}
    for number in range(60)
]
SHAREGPT_KTO = [
    {
        "conversations": [{"from": "human", "value": row["prompt"]}, {"from": "gpt", "value": row["completion"]}],
        "kto_tag": row["label"],
    }
    for row in KTO
]
YES_KTO = [{**row, "completion": "yes" if number % 2 else "no"} for number, row in enumerate(KTO)]


def judged(number: int, **fields: Any) -> dict[str, Any]:
    answer = "accept" if number % 4 == 0 else "reject"
    return {"text": text(number), "answer": answer, "_input_hash": number, "_task_hash": number, **fields}


SPANS = [{"start": 0, "end": 6, "label": "PRODUCT", "answer": "accept"}]


@pytest.mark.parametrize(
    "records",
    [
        KTO,
        YES_KTO,
        SHAREGPT_KTO,
        [judged(number, spans=SPANS) for number in range(60)],
        [judged(number, spans=SPANS, label="PRODUCT") for number in range(60)],
    ],
    ids=["answers judged", "short answers judged", "conversations judged", "spans judged", "spans of a label judged"],
)
def test_a_verdict_is_no_class(records: list[dict[str, Any]]) -> None:
    assert source_of(records) is None
    report = dataaudit.audit(records)
    assert report.statistics["splits"]["train"]["labels"] is None
    assert not [code for code in report.counts if code.startswith("LAB")]


@pytest.mark.parametrize(
    ("records", "source"),
    [
        ([judged(number, label="DOCS") for number in range(60)], ANSWERS),
        (
            [{**judged(number, label=LABELS[number % 4]), "answer": "accept"} for number in range(60)],
            LabelSource("column", "label"),
        ),
        (
            [judged(number, options=[{"id": "A"}, {"id": "B"}], accept=["AB"[number % 2]]) for number in range(60)],
            LabelSource("column", "label"),
        ),
        (
            [{"text": text(number), "label": number % 2 == 0} for number in range(60)],
            LabelSource("column", "label"),
        ),
    ],
    ids=["one class asked about", "classes accepted", "classes chosen", "yes or no about a text"],
)
def test_a_class_that_was_asked_about_is_one(records: list[dict[str, Any]], source: LabelSource) -> None:
    assert source_of(records) == source


def test_a_layout_of_no_known_shape_has_no_labels() -> None:
    assert find_label_source([], Layout("unknown"), Given(load_catalogue()).of("LAB001")) is None


@pytest.mark.parametrize("named", [True, False])
def test_a_column_that_the_user_names_holds_the_labels(named: bool) -> None:
    rows = [
        {"text": text(number), "label": f"label {number // 2 * 2 if number < 30 else number}"} for number in range(60)
    ]
    report = dataaudit.audit(rows, label_column="label" if named else None)
    assert (report.statistics["splits"]["train"]["labels"] is not None) == named
