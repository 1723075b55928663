"""Finds where the labels of a file are, and reads them: a column, a field of JSON answers, or short answers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import Any

import jiter

from dataaudit.checks.evidence import LabelSource
from dataaudit.shapes.base import Layout, Reading
from dataaudit.shapes.columns import column_rules, rank
from dataaudit.shapes.registry import verdict_of


def find_label_source(
    readings: Sequence[Reading],
    layout: Layout,
    threshold: Callable[[str], float],
    declared: Collection[str] = (),
    *,
    named: bool = False,
) -> LabelSource | None:
    """The label source of a file, judged on a sample by the thresholds of LAB001; None where it has no labels.

    declared: the labels that may occur, where the user named them. named: the user named the column of the labels.
    """
    if named and layout.columns.label is not None:
        return LabelSource("column", layout.columns.label)
    verdict = verdict_of(layout.shape)
    if verdict == "label":
        return None
    answered = [reading.answer for reading in readings if reading.answer is not None]
    given = [reading.label for reading in readings if reading.label is not None]
    closed = _closed_set(threshold, declared)
    if given and len(given) * 2 >= len(readings) and (layout.columns.label or closed(given)):
        return (
            LabelSource("column", layout.columns.label or "label") if _repeats(given, threshold("min_rows")) else None
        )
    if len(answered) < threshold("min_rows") or (verdict == "answer" and not (given and layout.columns.label)):
        return None
    parsed = [_object(answer) for answer in answered]
    objects = [value for value in parsed if value is not None]
    most = threshold("min_share")
    if len(objects) >= most * len(answered):
        field = _label_field(objects, closed, most)
        return LabelSource("json", field) if field is not None else None
    labels = _in_answers(answered, parsed, int(threshold("max_answer_chars")), most)
    return LabelSource("answer") if len(labels) >= most * len(answered) and closed(labels) else None


def _in_answers(
    answers: Sequence[str], parsed: Sequence[dict[str, Any] | None], longest: int, most: float
) -> Sequence[str]:
    """The short answers; where too few are short, those and the values of objects that hold one label."""
    short = [answer for answer in answers if _is_short(answer, longest)]
    if len(short) >= most * len(answers):
        return short
    inner = [_only_label(value, longest) if value is not None else None for value in parsed]
    return [
        label if label is not None else answer
        for answer, label in zip(answers, inner, strict=True)
        if label is not None or _is_short(answer, longest)
    ]


def _is_short(answer: str, longest: int) -> bool:
    return 0 < len(answer) <= longest and "\n" not in answer.strip() and answer[0] not in "[{"


def _closed_set(threshold: Callable[[str], float], declared: Collection[str]) -> Callable[[Sequence[str]], bool]:
    known = {label.strip().casefold() for label in declared}

    def closed(values: Sequence[str]) -> bool:
        folded = [value.strip().casefold() for value in values]
        if known and sum(value in known for value in folded) >= threshold("min_share") * len(folded):
            return True
        distinct = len(set(folded))
        numbers = all(value.strip().lstrip("-").isdigit() for value in values)
        most = threshold("max_number_labels" if numbers else "max_labels")
        return distinct <= most and len(values) >= distinct * threshold("min_mean_rows_per_label")

    return closed


def _repeats(labels: Sequence[str], few: float) -> bool:
    return len(labels) < few or len(set(labels)) <= column_rules().detection.label_distinct * len(labels)


def _object(answer: str) -> dict[str, Any] | None:
    if not answer.lstrip().startswith("{"):
        return None
    try:
        value = jiter.from_json(answer.encode("utf-8", "replace"))
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _only_label(value: dict[str, Any], longest: int) -> str | None:
    """The label that is all an object holds; None where it holds more, or more than a label is long."""
    if len(value) != 1:
        return None
    [(name, inner)] = value.items()
    label = label_text(inner)
    return label if label is not None and len(label) <= longest and len(name) <= longest else None


def _label_field(objects: Sequence[dict[str, Any]], closed: Callable[[Sequence[str]], bool], most: float) -> str | None:
    counts = Counter(key for value in objects for key in value)
    fields = []
    for key, count in sorted(counts.items()):
        values = [text for value in objects if (text := label_text(value.get(key))) is not None]
        if count >= most * len(objects) and len(values) >= most * len(objects) and closed(values):
            fields.append(key)
    known = [field for field in fields if rank("label", field) is not None]
    if known:
        return min(known, key=lambda field: (rank("label", field), field))
    return fields[0] if len(fields) == 1 else None


def label_text(value: Any) -> str | None:
    """A scalar as a label; None for what can be no label (blank text, containers, fractions)."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else None


def read_labels(
    source: LabelSource | None, labels: Sequence[str | None], answers: Sequence[str | None], longest: int
) -> Sequence[str | None]:
    """The label of each row of a batch by the file's label source.

    Where answers are labels, an object that holds nothing but a label is another way to write one: its label is the
    object as text. Spaces and escapes inside it are no difference, so it is written in the usual way.
    """
    if source is None:
        return [None] * len(labels)
    if source.kind == "column":
        return labels
    if source.kind == "answer":
        return [_label_of(answer, longest) if answer is not None else None for answer in answers]
    field = source.field or ""
    return [_field_of(answer, field) for answer in answers]


def _label_of(answer: str, longest: int) -> str | None:
    value = _object(answer) if "{" in answer else None
    if value is not None and _only_label(value, longest) is not None:
        return json.dumps(value, ensure_ascii=False)
    return answer if len(answer) <= longest and answer.strip() else None


def _field_of(answer: str | None, field: str) -> str | None:
    if not answer or "{" not in answer:
        return None
    try:
        value = jiter.from_json(answer.encode("utf-8", "replace"))
    except ValueError:
        return None
    return label_text(value.get(field)) if isinstance(value, dict) else None


def label_in(answer: str, name: str) -> str | None:
    """The label in a JSON answer (also a fenced one): in the field `name`, else in one that is named like a label."""
    start, stop = answer.find("{"), answer.rfind("}")
    if start < 0 or stop < start or answer[:start].strip("` \n\r\t").lower() not in ("", "json"):
        return None
    try:
        value = jiter.from_json(answer[start : stop + 1].encode("utf-8", "replace"))
    except ValueError:
        return None
    if not isinstance(value, dict):
        return None
    named = [key for key in value if key != name and rank("label", key) is not None]
    return next((text for key in (name, *sorted(named)) if (text := label_text(value.get(key))) is not None), None)
