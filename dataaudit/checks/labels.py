"""Finds where the labels of a file are, and reads them: a column, a field of JSON answers, or short answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import jiter

from dataaudit.checks.evidence import LabelSource
from dataaudit.shapes.base import Layout, Reading
from dataaudit.shapes.columns import column_rules, rank


def find_label_source(
    readings: Sequence[Reading], layout: Layout, threshold: Callable[[str], float]
) -> LabelSource | None:
    """The label source of a file, judged on a sample by the thresholds of LAB001; None where it has no labels."""
    answered = [reading for reading in readings if reading.answer is not None]
    given = [reading.label for reading in readings if reading.label is not None]
    closed = _closed_set(threshold)
    if given and len(given) * 2 >= len(readings) and (layout.columns.label or closed(given)):
        return (
            LabelSource("column", layout.columns.label or "label") if _repeats(given, threshold("min_rows")) else None
        )
    if len(answered) < threshold("min_rows"):
        return None
    objects = [value for value in map(_object, answered) if value is not None]
    most = threshold("min_share")
    if len(objects) >= most * len(answered):
        field = _label_field(objects, closed, most)
        return LabelSource("json", field) if field is not None else None
    longest = int(threshold("max_answer_chars"))
    short = [
        a for r in answered if (a := r.answer) and len(a) <= longest and "\n" not in a.strip() and a[0] not in "[{"
    ]
    return LabelSource("answer") if len(short) >= most * len(answered) and closed(short) else None


def _closed_set(threshold: Callable[[str], float]) -> Callable[[Sequence[str]], bool]:
    def closed(values: Sequence[str]) -> bool:
        distinct = len({value.strip().casefold() for value in values})
        numbers = all(value.strip().lstrip("-").isdigit() for value in values)
        most = threshold("max_number_labels" if numbers else "max_labels")
        return distinct <= most and len(values) >= distinct * threshold("min_mean_rows_per_label")

    return closed


def _repeats(labels: Sequence[str], few: float) -> bool:
    return len(labels) < few or len(set(labels)) <= column_rules().detection.label_distinct * len(labels)


def _object(reading: Reading) -> dict[str, Any] | None:
    answer = reading.answer
    if not answer or not answer.lstrip().startswith("{"):
        return None
    try:
        value = jiter.from_json(answer.encode("utf-8", "replace"))
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


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
    """The label of each row of a batch by the file's label source."""
    if source is None:
        return [None] * len(labels)
    if source.kind == "column":
        return labels
    if source.kind == "answer":
        return [a if a is not None and len(a) <= longest and a.strip() else None for a in answers]
    field = source.field or ""
    return [_field_of(answer, field) for answer in answers]


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
