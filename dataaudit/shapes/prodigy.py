"""Items annotated in Prodigy: a text with a label, spans or options, and an answer (accept, reject, ignore).

A rejected label is an example of what the label is not: the verdict is the answer then, and there is no label. Where
every item is accepted the label itself is the answer. An ignored item is no example.

Source: https://prodi.gy/docs/api-interfaces (2026-11-21).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataaudit.shapes.content import canonical
from dataaudit.shapes.fields import (
    Draft,
    FieldShape,
    Place,
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

VERDICTS = ("accept", "reject", "ignore")


class Prodigy(FieldShape):
    """{"text", "answer", "label" | "spans" | "options" with "accept"}, with the hashes that Prodigy adds.

    A label column in the layout says that every item is about a label; as completion it is the answer too.
    """

    name = "prodigy"
    verdict = "answer"

    def claims(self, record: Record) -> bool:
        """A text and a verdict, with a hash or a task of Prodigy's."""
        answer = record.get("answer")
        return (
            isinstance(record.get("text"), str)
            and isinstance(answer, str)
            and answer in VERDICTS
            and not _MARKS.isdisjoint(record)
        )

    def fill(self, record: Record, draft: Draft) -> None:
        """The question is what was asked of the annotator, the answer what was said."""
        draft.used.update(("text", "answer"))
        for name in ("text", "answer"):
            if name not in record:
                draft.note(f"missing-field:{name}", name)
            elif not isinstance(record[name], str):
                draft.note(f"wrong-type:{name}", name, f"{kind_of(record[name])} where text belongs")
        if record.get("answer") == "ignore":
            draft.note("not-for-training", "answer", "ignored by the annotator")
        if "text" in record:
            self._question(record, draft)
        self._answer(record, draft)
        draft.identify(self.columns.id)

    def _question(self, record: Record, draft: Draft) -> None:
        text = record["text"]
        asked = self._asked(record)
        written = f"{text}\n{asked}" if asked is not None and isinstance(text, str) else text
        draft.turn("user", written if isinstance(written, str) else None, text, ("text",))

    def _answer(self, record: Record, draft: Draft) -> None:
        verdict, label, spans = record.get("answer"), record.get("label"), record.get("spans")
        if self._asked(record) is not None:
            if "answer" in record:
                draft.turn("assistant", text_of(verdict), verdict, ("answer",))
            if isinstance(label, str) and verdict == "accept" and not spans:
                draft.example.label = label
        elif "options" in record or "accept" in record:
            chosen = record.get("accept")
            words = sorted(text_of(item) or "" for item in chosen) if isinstance(chosen, list) else []
            if not words:
                if verdict != "ignore":
                    draft.note("label-missing", "accept")
                return
            draft.turn("assistant", words[0] if len(words) == 1 else canonical(words), chosen, ("accept",))
            draft.example.label = words[0] if len(words) == 1 else None
        elif self.columns.label is not None and not spans:
            if verdict != "ignore" and (text := draft.label(label, ("label",) if "label" in record else None)):
                draft.turn("assistant", text, label, ("label",))
        else:
            draft.turn("assistant", canonical(_spans(spans)), spans, None)

    def _asked(self, record: Record) -> str | None:
        """What the annotator was asked besides the text; not where all is accepted, nor where the label is blank."""
        named = self.columns.label is not None and not record.get("spans")
        if named and (label_text(record.get("label")) is None or self._accepted(record)):
            return None
        return _asked(record)

    def _accepted(self, record: Record) -> bool:
        return self.columns.completion is not None and record.get("answer") == "accept"

    def known(self) -> Collection[str]:
        """What Prodigy writes."""
        return _KNOWN

    def write(self, record: Record, place: Place, value: Json) -> Record:
        """As any field; from an edited question the label that was asked about is taken off again."""
        if place.path == ("accept",):
            value = value if isinstance(value, list) else [value]
        asked = self._asked(record)
        if place.path == ("text",) and isinstance(value, str) and asked is not None:
            value = value.removesuffix(f"\n{asked}")
        return super().write(record, place, value)

    def build(self, example: Example) -> Record:
        """An accepted item; the answer is its label."""
        parts = parts_of(example)
        label = example.label if example.label is not None else parts.answer
        return {"text": with_system(parts), "label": label, "answer": "accept"}


def _asked(record: Record) -> str | None:
    """What the annotator was asked to accept or reject besides the text; None where the annotation was made by hand."""
    label, spans = record.get("label"), record.get("spans")
    if "options" in record or "accept" in record:
        return None
    if isinstance(spans, list) and spans:
        suggested = any(isinstance(span, dict) and "answer" in span for span in spans)
        return canonical(_spans(spans)) if suggested or record.get("answer") == "reject" else None
    return text_of(label)


def _spans(spans: Json) -> list[list[Json]]:
    """Spans as [start, end, label], in order."""
    items = [span for span in spans if isinstance(span, dict)] if isinstance(spans, list) else []
    return sorted(([span.get("start"), span.get("end"), span.get("label")] for span in items), key=span_order)


_MARKS = {"_input_hash", "_task_hash", "_view_id", "_session_id", "spans", "options", "accept", "label", "tokens"}
_KNOWN = _MARKS | {"text", "answer", "meta", "_annotator_id", "_timestamp", "_is_binary", "html", "priority"}
SHAPES: tuple[type[FieldShape], ...] = (Prodigy,)
