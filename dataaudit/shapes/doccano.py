"""Items exported from doccano: classes, spans, translations, intents; today's formats and the older one.

Source: sample exports in the doccano and doccano-transformer repositories (2026-11-21).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataaudit.shapes.content import canonical
from dataaudit.shapes.fields import (
    Draft,
    FieldShape,
    Path,
    kind_of,
    label_text,
    parts_of,
    span_order,
    with_system,
)

if TYPE_CHECKING:
    from collections.abc import Collection

    from dataaudit.shapes.base import Example, Json, Record

_TEXTS = ("text", "data")
_ANSWERS = ("label", "labels", "annotations")
_STARTS = {"start_offset", "start"}
_META = {"id", "meta", "Comments", "comments", "annotation_approver", "user"}


class Doccano(FieldShape):
    """A text with a list: `label` or `labels` (classes, texts or [start, end, TYPE]), `annotations`, or `cats`.

    Where the layout names a label column the labels are classes, and an empty list is a missing one; otherwise an
    empty list is an answer: a text without a span.
    """

    name = "doccano"

    def _text(self, record: Record) -> str:
        return self.columns.prompt or next((name for name in _TEXTS if name in record), "text")

    def _answer(self, record: Record) -> str:
        chosen = self.columns.label or self.columns.completion
        if chosen is not None:
            return chosen
        return next((name for name in _ANSWERS if name in record), "label")

    def claims(self, record: Record) -> bool:
        """A text beside a list of labels, spans or annotations, or beside entities and categories."""
        if not isinstance(record.get(self._text(record)), str):
            return False
        if isinstance(record.get("cats"), list) and isinstance(record.get("entities"), list):
            return True
        answer = self._answer(record)
        return isinstance(record.get(answer), list) and not _is_other_tool(record)

    def fill(self, record: Record, draft: Draft) -> None:
        """The text, and its annotation as the answer."""
        draft.field("user", self._text(record))
        if "cats" in record and "entities" in record:
            self._intent(record, draft)
        else:
            self._labels(record, draft)
        draft.identify(self.columns.id)

    def _intent(self, record: Record, draft: Draft) -> None:
        cats, entities = record["cats"], record["entities"]
        draft.used.update(("cats", "entities"))
        label = draft.label(cats, ("cats",))
        answer = canonical({"cats": cats, "entities": entities}) if entities else label
        if answer is not None:
            draft.turn("assistant", answer, answer, None)

    def _labels(self, record: Record, draft: Draft) -> None:
        name = self._answer(record)
        draft.used.add(name)
        value = record.get(name)
        if not isinstance(value, list):
            draft.note(
                f"missing-field:{name}" if name not in record else f"wrong-type:{name}", name, _not_list(record, name)
            )
            return
        if value and isinstance(value[0], dict) and isinstance(value[0].get("text"), str) and "label" not in value[0]:
            # The older export of translations: several answers of several people; the first one is taken.
            draft.turn("assistant", value[0]["text"], value[0]["text"], (name, 0, "text"))
        elif _is_spans(value) or (not value and self.columns.label is None):
            answer = canonical(sorted((_span(item) for item in value), key=span_order))
            draft.turn("assistant", answer, answer, None)
        else:
            self._classes(name, value, draft)

    def _classes(self, name: str, value: list[Json], draft: Draft) -> None:
        labels = [item.get("label") if isinstance(item, dict) else item for item in value]
        text = label_text(labels)
        draft.example.label = text
        if text is None:
            draft.note("label-missing", name)
            return
        path: Path | None = None
        if len(value) == 1:
            path = (name, 0, "label") if isinstance(value[0], dict) and "label" in value[0] else (name, 0)
            draft.label_path = path
        draft.turn("assistant", text, labels[0] if len(labels) == 1 else text, path)

    def known(self) -> Collection[str]:
        """The text, its annotations, and what doccano adds to an item."""
        given = {
            name for name in (self.columns.prompt, self.columns.label, self.columns.completion) if name is not None
        }
        return _META | set(_TEXTS) | set(_ANSWERS) | {"cats", "entities", "relations"} | given

    def build(self, example: Example) -> Record:
        """A text with one label, or with the answer in its place."""
        parts = parts_of(example)
        label = example.label if example.label is not None else parts.answer
        return {self.columns.prompt or "text": with_system(parts), "label": [] if label is None else [label]}


def _is_other_tool(record: Record) -> bool:
    return "answer" in record or "result" in record or "messages" in record or "input_ids" in record


def _not_list(record: Record, name: str) -> str:
    return f"{kind_of(record[name])} where a list belongs" if name in record else ""


def _is_spans(value: list[Json]) -> bool:
    return any(
        (isinstance(item, list) and len(item) == 3) or (isinstance(item, dict) and not _STARTS.isdisjoint(item))
        for item in value
    )


def _span(item: Json) -> list[Json]:
    if isinstance(item, dict):
        start, end = item.get("start_offset", item.get("start")), item.get("end_offset", item.get("end"))
        return [start, end, item.get("label")]
    return item if isinstance(item, list) else [item]


SHAPES: tuple[type[FieldShape], ...] = (Doccano,)
