"""Tasks exported from Label Studio as JSON: data and annotations. The flat exports are in `label_studio_min`.

Source: label-studio-sdk converter and https://labelstud.io/guide/task_format (2026-11-21).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dataaudit.shapes.columns import column_rules, rank
from dataaudit.shapes.content import canonical
from dataaudit.shapes.fields import (
    Draft,
    FieldShape,
    Path,
    kind_of,
    label_text,
    parts_of,
    span_order,
    text_of,
    with_system,
)

if TYPE_CHECKING:
    from collections.abc import Collection

    from dataaudit.shapes.base import Example, Json, Record

_ROLES = {
    "user": "user",
    "assistant": "assistant",
    "system": "system",
    "tool": "tool",
    "human": "user",
    "bot": "assistant",
}


class LabelStudio(FieldShape):
    """{"data": {...}, "annotations": [{"result": [...], "was_cancelled"?}]}.

    The first annotation that was not cancelled counts; a task without one is not for training.
    """

    name = "label-studio"

    def claims(self, record: Record) -> bool:
        """An object of data beside a list of annotations (or `completions`, as before version 1)."""
        lists = (record.get("annotations"), record.get("completions"))
        return isinstance(record.get("data"), dict) and any(isinstance(value, list) for value in lists)

    def fill(self, record: Record, draft: Draft) -> None:
        """The data as question, the results as answer; a chat as it was held."""
        key = "annotations" if "annotations" in record or "completions" not in record else "completions"
        draft.used.update(("data", key))
        for name, kind in (("data", dict), (key, list)):
            if not isinstance(record.get(name), kind):
                detail = "" if name not in record else f"{kind_of(record[name])} where {kind.__name__} belongs"
                draft.note(f"wrong-type:{name}" if name in record else f"missing-field:{name}", name, detail)
        found, base = self._annotation(record.get(key), key, draft)
        results = [
            (entry, (*base, "result", index))
            for index, entry in enumerate(found)
            if isinstance(entry, dict) and isinstance(entry.get("value"), dict)
        ]
        chat = [
            (entry["value"]["chatmessage"], (*path, "value", "chatmessage")) for entry, path in results if _says(entry)
        ]
        if chat:
            _chat(_messages(record, chat), draft)
        else:
            data = record.get("data")
            text, path = shown_text(data if isinstance(data, dict) else {}, self.columns.prompt)
            draft.turn("user", text, text, None if path is None else ("data", path))
            if not any(note.trait == "not-for-training" for note in draft.example.notes):
                _answer(results, draft)
        draft.identify(self.columns.id)

    def _annotation(self, annotations: Json, key: str, draft: Draft) -> tuple[list[Json], Path]:
        entries = annotations if isinstance(annotations, list) else []
        for index, entry in enumerate(entries):
            if isinstance(entry, dict) and not entry.get("was_cancelled") and not entry.get("skipped"):
                result = entry.get("result")
                return (result if isinstance(result, list) else []), (key, index)
        if entries:
            draft.note("not-for-training", key, "cancelled by the annotator")
        return [], (key,)

    def known(self) -> Collection[str]:
        """What Label Studio writes into every task."""
        return column_rules().tool_fields | {"data", "annotations", "completions"}

    def build(self, example: Example) -> Record:
        """A task with one text annotation."""
        parts = parts_of(example)
        value = {"text": [example.label if example.label is not None else parts.answer or ""]}
        result = [{"type": "textarea", "from_name": "answer", "to_name": "text", "value": value}]
        return {"data": {"text": with_system(parts)}, "annotations": [{"result": result, "was_cancelled": False}]}


def _says(entry: Record) -> bool:
    return isinstance(entry["value"].get("chatmessage"), dict)


def chat_role(written: Json) -> str:
    """The inner role of a message of a chat."""
    return _ROLES.get(written.lower(), written) if isinstance(written, str) else "user"


def _messages(record: Record, chat: list[tuple[Json, Path]]) -> list[tuple[Json, Path]]:
    """The messages that the task started with, then those of the annotation."""
    before: list[tuple[Json, Path]] = []
    data = record.get("data")
    for name, value in data.items() if isinstance(data, dict) else ():
        for index, item in enumerate(value if isinstance(value, list) else ()):
            if isinstance(item, dict) and "role" in item and "content" in item:
                before.append((item, ("data", name, index)))
    return before + chat


def _chat(messages: list[tuple[Json, Path]], draft: Draft) -> None:
    for message, path in messages:
        written, content = message.get("role"), message.get("content")
        draft.turn(chat_role(written), content if isinstance(content, str) else None, content, (*path, "content"))
        draft.example.turns[-1].written_role = written


def _answer(results: list[tuple[Record, Path]], draft: Draft) -> None:
    """One control of the form gives its plain value, several give an object of their values."""
    values: dict[str, list[Json]] = {}
    first: dict[str, Path] = {}
    spans: dict[str, list[list[Json]]] = {}
    for entry, path in results:
        control, value, kind = str(entry.get("from_name")), entry["value"], entry.get("type")
        if "start" in value and "end" in value:
            words = value.get(kind) if isinstance(kind, str) else None
            spans.setdefault(control, []).append(
                [value["start"], value["end"], label_text(words or value.get("labels"))]
            )
            continue
        content = value.get("text" if kind == "textarea" else kind) if isinstance(kind, str) else None
        items = content if isinstance(content, list) else [content]
        values.setdefault(control, []).extend(items)
        first.setdefault(control, (*path, "value", str(kind), 0) if kind == "choices" else (*path, "value", "text", 0))
    _say(values, first, spans, {str(e.get("from_name")): e.get("type") for e, _ in results}, draft)


def _say(
    values: dict[str, list[Json]],
    first: dict[str, Path],
    spans: dict[str, list[list[Json]]],
    kinds: dict[str, Json],
    draft: Draft,
) -> None:
    told: dict[str, Json] = {control: sorted(found, key=span_order) for control, found in spans.items()}
    told |= {control: found[0] if len(found) == 1 else found for control, found in values.items()}
    if not told:
        draft.note("label-missing", "annotations", "nothing was annotated")
        return
    if len(told) > 1:
        text = canonical(told)
        draft.turn("assistant", text, text, None)
    else:
        control, value = next(iter(told.items()))
        simple = isinstance(value, str) and kinds[control] in ("choices", "textarea")
        text = text_of(value) or (label_text(value) if kinds[control] == "choices" else None) or canonical(value)
        draft.turn(
            "assistant",
            text,
            value if simple else text,
            _existing(draft.record, first.get(control)) if simple else None,
        )
    picked = [control for control in told if kinds[control] in ("choices", "rating") and control not in spans]
    if len(picked) == 1:
        draft.example.label = label_text(told[picked[0]])


def _existing(record: Record, path: Path | None) -> Path | None:
    """The path, where it leads to a value: a single choice is sometimes written without its list."""
    value: Any = record
    for step in path or ():
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return path


def shown_text(data: Record, column: str | None = None) -> tuple[str, str | None]:
    """What the annotator saw, and the field that holds it (None where several do).

    The named column, else the one text, else the text that is best by name, else all of them, one a paragraph.
    """
    texts = {key: value for key, value in data.items() if isinstance(value, str) and value.strip()}
    if column is not None and isinstance(data.get(column), str):
        return data[column], column
    if len(texts) == 1:
        return next(iter(texts.values())), next(iter(texts))
    ranked = sorted((found, key) for key in texts if (found := rank("text", key)) is not None and found[0] == 0)
    if ranked and (len(ranked) == 1 or ranked[0][0] < ranked[1][0]):
        return texts[ranked[0][1]], ranked[0][1]
    others = {} if texts else {key: value for key, value in data.items() if value not in (None, "", [], {})}
    parts = [f"{key}: {value}" for key, value in texts.items()] + ([canonical(others)] if others else [])
    return "\n\n".join(parts), None


SHAPES: tuple[type[FieldShape], ...] = (LabelStudio,)
