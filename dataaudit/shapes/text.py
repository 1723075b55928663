"""Records of one text, with or without a label, and the few formats around them: segments, tokens, captions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataaudit.shapes.columns import label_name
from dataaudit.shapes.content import canonical
from dataaudit.shapes.fields import Draft, FieldShape, Place, kind_of, parts_of, plain, with_system
from dataaudit.shapes.media import origin
from dataaudit.shapes.pairs import Pair, fill_columns

if TYPE_CHECKING:
    from collections.abc import Collection

    from dataaudit.shapes.base import Example, Json, Layout, Record


class Text(FieldShape):
    """{"text"}: plain text to continue. Its one turn is the question, as `Reading` says of text without an answer."""

    name = "text"

    def __init__(self, layout: Layout) -> None:
        super().__init__(layout)
        self.text = self.columns.prompt or "text"

    def claims(self, record: Record) -> bool:
        """The field is text."""
        return isinstance(record.get(self.text), str)

    def fill(self, record: Record, draft: Draft) -> None:
        """The text, and the columns beside it."""
        draft.field("user", self.text)
        fill_columns(self, record, draft)

    def known(self) -> Collection[str]:
        """The text."""
        return (self.text,)

    def build(self, example: Example) -> Record:
        """All turns, one after the other."""
        return {self.text: "\n\n".join(plain(turn) for turn in example.turns)}


class LabeledText(FieldShape):
    """A text and its category: the text is the question, the label the answer.

    Where the layout names no columns, the text is `text` and the label the first column that is a label by name.
    """

    name = "labeled-text"

    def __init__(self, layout: Layout) -> None:
        super().__init__(layout)
        self.text = self.columns.prompt or "text"

    def _label(self, record: Record) -> str:
        if self.columns.label is not None:
            return self.columns.label
        return label_name(tuple(map(str, record))) or "label"

    def claims(self, record: Record) -> bool:
        """A text and a label that is no list and no object; a null label is a missing one."""
        name = self._label(record)
        return name in record and isinstance(record.get(self.text), str) and not isinstance(record[name], list | dict)

    def fill(self, record: Record, draft: Draft) -> None:
        """System, text, label (twice: as category and as answer), id."""
        if self.columns.system is not None:
            draft.field("system", self.columns.system, needed=False)
        draft.field("user", self.text)
        name = self._label(record)
        if name in record:
            draft.used.add(name)
            text = draft.label(record[name], (name,))
            if text is not None:
                draft.turn("assistant", text, record[name], (name,))
        else:
            draft.note("label-missing", name)
        draft.identify(self.columns.id)

    def known(self) -> Collection[str]:
        """Text and label."""
        return self.text, self.columns.label or "label"

    def build(self, example: Example) -> Record:
        """The answer is the label where the example has no label of its own."""
        parts = parts_of(example)
        label = example.label if example.label is not None else parts.answer
        return {self.text: with_system(parts), self.columns.label or "label": label}


class Segments(FieldShape):
    """{"segments": [{"text", "label": bool}]} of Axolotl: what is trained on (label true) and what is not.

    All text before the last trained run is the question, the last trained run the answer.
    """

    name = "segments"

    def claims(self, record: Record) -> bool:
        """A list of segments."""
        return isinstance(record.get("segments"), list)

    def fill(self, record: Record, draft: Draft) -> None:
        """Runs of segments of one label are one turn."""
        segments = record.get("segments")
        if "segments" not in record:
            draft.note("missing-field:segments", "segments")
        elif not isinstance(segments, list):
            draft.note("wrong-type:segments", "segments", f"{kind_of(segments)} where a list belongs")
        draft.used.add("segments")
        role, run, start = "", [""], 0
        for index, segment in enumerate(segments if isinstance(segments, list) else []):
            text, label = (segment.get("text"), segment.get("label")) if isinstance(segment, dict) else (None, None)
            if not isinstance(text, str) or not isinstance(label, bool):
                draft.note(
                    "wrong-type:segments", f"segments[{index}]", "no object with a text and a true or false label"
                )
                continue
            if role != (now := "assistant" if label else "user"):
                _end_run(draft, role, run, start)
                role, run, start = now, [], index
            run.append(text)
        _end_run(draft, role, run, start)
        draft.identify(self.columns.id)

    def known(self) -> Collection[str]:
        """The segments."""
        return ("segments",)

    def build(self, example: Example) -> Record:
        """A segment for each turn; only the assistant's are trained on."""
        return {"segments": [{"text": plain(turn), "label": turn.role == "assistant"} for turn in example.turns]}


def _end_run(draft: Draft, role: str, run: list[str], start: int) -> None:
    if role:
        path = ("segments", start, "text") if len(run) == 1 else None
        text = "".join(run)
        draft.turn(role, text, text, path)


class Tokenized(FieldShape):
    """{"input_ids", ...}: already cut into tokens. There is no text to look at; equal rows can still be found."""

    name = "tokenized"

    def claims(self, record: Record) -> bool:
        """A list of token numbers."""
        return isinstance(record.get("input_ids"), list)

    def fill(self, record: Record, draft: Draft) -> None:
        """The numbers as JSON text."""
        ids = record.get("input_ids")
        draft.used.update(("input_ids", "attention_mask", "labels"))
        if "input_ids" not in record:
            draft.note("missing-field:input_ids", "input_ids")
        elif not isinstance(ids, list):
            draft.note("wrong-type:input_ids", "input_ids", f"{kind_of(ids)} where a list belongs")
        draft.turn("user", canonical(ids) if isinstance(ids, list) and ids else "", ids, ("input_ids",))
        draft.identify(self.columns.id)

    def known(self) -> Collection[str]:
        """Tokens, mask and labels."""
        return "input_ids", "attention_mask", "labels"

    def write(self, record: Record, place: Place, value: Json) -> Record:
        """Tokens are taken back as a list only: text cannot be cut into tokens here."""
        return super().write(record, place, value) if isinstance(value, list) else record

    def build(self, example: Example) -> Record:
        """Nothing: text cannot be cut into tokens here."""
        return {"input_ids": []}


class ImageCaption(Pair):
    """{"image-ref", "caption"} of Titan Image and Nova Canvas."""

    name = "image-caption"
    prompt_name = "image-ref"
    completion_name = "caption"

    def fill(self, record: Record, draft: Draft) -> None:
        """As any pair; the reference is an image."""
        super().fill(record, draft)
        if self.prompt in record:
            turn = next(turn for turn in draft.example.turns if turn.role == "user")
            turn.media = ("image",)
            turn.hints["media"] = origin(turn.content)


class NemoEmbedding(FieldShape):
    """{"query", "pos_doc", "neg_doc": [...]}: a question, the text that answers it, and texts that do not (NeMo)."""

    name = "nemo-embedding"

    def claims(self, record: Record) -> bool:
        """A query, a text or list of texts that fit, and a text or list of those that do not."""
        return (
            isinstance(record.get("query"), str)
            and isinstance(record.get("pos_doc"), str | list)
            and isinstance(record.get("neg_doc"), str | list)
        )

    def fill(self, record: Record, draft: Draft) -> None:
        """The query, the fitting text as answer, the others as a reference."""
        draft.field("user", "query")
        fitting = record.get("pos_doc")
        if isinstance(fitting, list):
            draft.used.add("pos_doc")
            words = [text for text in fitting if isinstance(text, str)]
            path = ("pos_doc", 0) if len(fitting) == 1 and words else None
            draft.turn("assistant", "\n\n".join(words), words[0] if path else fitting, path)
        else:
            draft.field("assistant", "pos_doc")
        others = record.get("neg_doc")
        draft.used.add("neg_doc")
        if "neg_doc" not in record:
            draft.note("missing-field:neg_doc", "neg_doc")
        elif not isinstance(others, str | list):
            draft.note("wrong-type:neg_doc", "neg_doc", f"{kind_of(others)} where text or a list of texts belongs")
        draft.example.reference = others
        draft.identify(self.columns.id)

    def known(self) -> Collection[str]:
        """Query and documents."""
        return "query", "pos_doc", "neg_doc"

    def build(self, example: Example) -> Record:
        """The answer is the fitting text; there are no others."""
        parts = parts_of(example)
        return {"query": with_system(parts), "pos_doc": parts.answer or "", "neg_doc": []}


SHAPES: tuple[type[FieldShape], ...] = (NemoEmbedding, ImageCaption, Segments, Tokenized, LabeledText, Text)
