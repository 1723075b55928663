"""Rows of Label Studio's flat exports: JSON-MIN, and the CSV and TSV that hold the same values as JSON text.

Every annotation is a row of its own, so the tasks' `id` may stand in several; `annotation_id` does not.
Source: label-studio-sdk, converter.convert_to_json_min, exports/csv2.py and utils.prettify_result (2026-11-21).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataaudit.shapes.columns import column_rules, label_name
from dataaudit.shapes.content import canonical, parsed
from dataaudit.shapes.fields import Draft, FieldShape, label_text, parts_of, text_of, with_system
from dataaudit.shapes.label_studio import chat_role, shown_text

if TYPE_CHECKING:
    from collections.abc import Collection

    from dataaudit.shapes.base import Example, Json, Record

_TRANSCRIPT = "_transcript"
_TEXTS = ("choices", "text")
"""Keys under which a control gives several values at once."""
_SINGLE = ("rating", "number", "datetime", "selected", "taxonomy", "choices", "text")
"""Keys under which each item of a control's list gives its value."""


class LabelStudioMin(FieldShape):
    """The flat export: fields of the data and controls of the form beside each other, with `annotation_id`."""

    name = "label-studio-min"

    def claims(self, record: Record) -> bool:
        """An annotation's id, with its time or its annotator."""
        return "annotation_id" in record and any(key in record for key in ("lead_time", "annotator", "created_at"))

    def fill(self, record: Record, draft: Draft) -> None:
        """The text by name, the annotation from the column that is given, known by name, or nested; a chat as held."""
        own = {key: value for key, value in record.items() if key not in column_rules().tool_fields}
        draft.named_by_team.update(own)
        own = {key: value for key, value in own.items() if not _is_transcript(key, own)}
        name = self._label(own)
        value = own.get(name) if name is not None else None
        if _is_chat(_plain(value)):
            _chat(str(name), value, draft)
        else:
            text, column = shown_text({key: value for key, value in own.items() if key != name}, self.columns.prompt)
            draft.turn("user", text, text, None if column is None else (column,))
            if name is not None:
                self._annotation(name, value, draft)
            else:
                draft.note("label-missing", None, "no column holds an annotation")
        draft.identify("annotation_id" if self.columns.id in (None, "id") else self.columns.id)

    def _label(self, own: Record) -> str | None:
        given = self.columns.label or self.columns.completion
        if given is not None:
            return given
        nested = [key for key, value in own.items() if _is_result(_plain(value))]
        return nested[0] if len(nested) == 1 else label_name(tuple(own))

    def _annotation(self, name: str, value: Json, draft: Draft) -> None:
        told = _told(_plain(value))
        text = label_text(told)
        path = (name,) if name in draft.record else None
        if text is None:
            draft.note("label-missing", name)
            return
        if not (isinstance(told, list) and any(isinstance(item, dict) for item in told)):
            draft.example.label = text
            draft.label_path = path if told is value and isinstance(value, str) else None
        draft.turn("assistant", text, value, path if told is value and isinstance(value, str | None) else None)

    def known(self) -> Collection[str]:
        """What Label Studio adds to each row."""
        return column_rules().tool_fields

    def build(self, example: Example) -> Record:
        """A row with its text and its label."""
        parts = parts_of(example)
        label = example.label if example.label is not None else parts.answer
        return {self.columns.prompt or "text": with_system(parts), self.columns.label or "label": label}


def _plain(value: Json) -> Json:
    """The value itself; of JSON text that holds what a control gave, that."""
    if isinstance(value, str) and value[:1] in ("[", "{"):
        found = parsed(value)
        return found if _is_result(found) else value
    return value


def _is_transcript(key: Json, own: Record) -> bool:
    """Whether a column tells a chat once more, as CSV does."""
    return isinstance(key, str) and key.endswith(_TRANSCRIPT) and key.removesuffix(_TRANSCRIPT) in own


def _is_result(value: Json) -> bool:
    """Whether a nested value is what a control gave: several choices or texts, spans, ratings, a chat."""
    if isinstance(value, dict):
        return any(isinstance(value.get(key), list) for key in _TEXTS)
    if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
        return False
    return (
        _is_chat(value)
        or all("start" in item and "end" in item for item in value)
        or all(any(key in item for key in _SINGLE) for item in value)
    )


def _is_chat(value: Json) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(i, dict) and "role" in i for i in value)


def _told(value: Json) -> Json:
    """What a control says in its value: the choices or texts without their wrapping; spans stay as they are."""
    if isinstance(value, dict):
        return next((value[key] for key in _TEXTS if isinstance(value.get(key), list)), value)
    if isinstance(value, list) and value and all(isinstance(item, dict) and "start" not in item for item in value):
        found = [next((item[key] for key in _SINGLE if key in item), item) for item in value]
        texts = [inner[0] if isinstance(inner, list) and len(inner) == 1 else inner for inner in found]
        return [text if text_of(text) is not None else canonical(text) for text in texts]
    return value


def _chat(name: str, value: Json, draft: Draft) -> None:
    for index, message in enumerate(_plain(value)):
        content = message.get("content")
        path = (name, index, "content") if isinstance(value, list) and "content" in message else None
        draft.turn(chat_role(message["role"]), content if isinstance(content, str) else None, content, path)
        draft.example.turns[-1].written_role = message["role"]


SHAPES: tuple[type[FieldShape], ...] = (LabelStudioMin,)
