"""Records exported from Argilla: version 1 (lists of responses), version 2 (objects of responses), their flat ones.

Sources (2026-11-21): of version 2 `Record.to_dict` and `GenericIO.to_list(flatten=True)`, which `to_datasets` uses; of
version 1 `FeedbackRecord` and `HuggingFaceDatasetMixin._huggingface_format`, the form of the sets on the Hub, and
`TextClassificationRecord` and its kin (text, prediction, annotation, status), the sets before feedback.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dataaudit.shapes.columns import column_rules
from dataaudit.shapes.content import canonical
from dataaudit.shapes.fields import (
    Draft,
    FieldShape,
    Path,
    kind_of,
    label_text,
    parts_of,
    text_of,
    with_system,
)
from dataaudit.shapes.label_studio import shown_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from dataaudit.shapes.base import Example, Json, Record

_RESPONSES = ".responses"
_FLAT = (_RESPONSES, ".responses.users", ".responses.status", ".suggestion", ".suggestion.score", ".suggestion.agent")
_HUB = ("-suggestion", "-suggestion-metadata")
_META = ("id", "status", "_server_id", "metadata", "vectors", "suggestions", "external_id", "fields", "responses")


_EARLY = {"prediction", "prediction_agent", "annotation_agent"}
_UNFINISHED = ("draft", "pending", "default")


class Answer(NamedTuple):
    """One answer of one person to one question of the form."""

    question: str
    value: Json
    path: Path
    status: Json


class Argilla(FieldShape):
    """Fields that were shown, and what people answered. The first answer that was handed in counts.

    A record that was discarded, or whose every answer was, is not for training.
    """

    name = "argilla"

    def claims(self, record: Record) -> bool:
        """`fields` with `responses`, names that end in ".responses" or ".suggestion", or questions of version 1."""
        if isinstance(record.get("fields"), dict):
            return isinstance(record.get("responses"), list | dict)
        flat = any(str(key).endswith((_RESPONSES, ".suggestion")) for key in record) or any(_hub_questions(record))
        return flat or _is_early(record)

    def fill(self, record: Record, draft: Draft) -> None:
        """The fields as question, the answers as answer."""
        nested = "fields" in record or "responses" in record
        if nested and not isinstance(record.get("fields"), dict):
            trait = "wrong-type:fields" if "fields" in record else "missing-field:fields"
            draft.note(
                trait, "fields", f"{kind_of(record['fields'])} where an object belongs" if "fields" in record else ""
            )
        answers = _nested(record.get("responses")) if nested else [*_flat(record), *_hub(record), *_early(record)]
        # The names of a flat export are the team's own: none of them is a field too many.
        if nested:
            draft.used.update(("fields", "responses"))
        else:
            draft.named_by_team.update(record)
        self._fields(record, draft, nested=nested)
        submitted = [answer for answer in answers if answer.status in ("submitted", None)]
        if (why := _left_out(record, answers)) is not None:
            draft.note("not-for-training", "status", why)
        if why is None or any(answer.value is not None for answer in submitted):
            self._answers(submitted, draft)
        draft.identify(self.columns.id)

    def _fields(self, record: Record, draft: Draft, *, nested: bool) -> None:
        base: Path = ("fields",) if nested else ()
        shown = record.get("fields") if nested else _shown_fields(record)
        texts = (
            {key: value for key, value in shown.items() if isinstance(value, str)} if isinstance(shown, dict) else {}
        )
        if self.columns.prompt in texts:
            texts = {key: value for key, value in texts.items() if key == self.columns.prompt}
        elif not nested and (column := shown_text(texts)[1]) is not None:
            # The flat export puts metadata beside the fields, under their own names.
            texts = {column: texts[column]}
        if len(texts) == 1:
            key, value = next(iter(texts.items()))
            draft.turn("user", value, value, (*base, key))
        elif isinstance(shown, dict):
            joined = "\n\n".join(f"{key}: {value}" for key, value in texts.items())
            others = {key: value for key, value in shown.items() if isinstance(value, list | dict)} if nested else {}
            text = "\n\n".join(part for part in (joined, canonical(others) if others else "") if part)
            draft.turn("user", text, text, None)

    def _answers(self, answers: list[Answer], draft: Draft) -> None:
        first: dict[str, Answer] = {}
        for answer in answers:
            if answer.value is not None:
                first.setdefault(answer.question, answer)
        if not first:
            draft.note("label-missing", "responses", "no answer was handed in")
        elif len(first) == 1:
            answer = next(iter(first.values()))
            simple = not isinstance(answer.value, list | dict)
            text = text_of(answer.value) if simple else _list_text(answer.value)
            draft.turn("assistant", text, answer.value, answer.path)
            draft.example.label = label_text(answer.value) if _is_label(answer.value) else None
            draft.label_path = answer.path if simple and draft.example.label is not None else None
        else:
            text = canonical({question: answer.value for question, answer in first.items()})
            draft.turn("assistant", text, text, None)

    def known(self) -> Collection[str]:
        """What Argilla writes into every record."""
        return _META

    def build(self, example: Example) -> Record:
        """A record of version 2 with one submitted answer."""
        parts = parts_of(example)
        label = example.label if example.label is not None else parts.answer
        responses = {} if label is None else {"label": [{"value": label, "status": "submitted"}]}
        return {"fields": {"text": with_system(parts)}, "responses": responses}


def _nested(responses: Json) -> list[Answer]:
    """The answers of version 1 (a list, one entry a person) or of version 2 (an object, one entry a question)."""
    found: list[Answer] = []
    if isinstance(responses, list):
        for index, entry in enumerate(responses):
            values = entry.get("values") if isinstance(entry, dict) else None
            for question, cell in values.items() if isinstance(values, dict) else ():
                path: Path = ("responses", index, "values", question)
                value, path = (cell.get("value"), (*path, "value")) if isinstance(cell, dict) else (cell, path)
                found.append(Answer(question, value, path, entry.get("status")))
            if isinstance(entry, dict) and not values:
                found.append(Answer("", None, ("responses", index), entry.get("status")))
    elif isinstance(responses, dict):
        for question, cells in responses.items():
            for index, cell in enumerate(cells if isinstance(cells, list) else ()):
                if isinstance(cell, dict):
                    place: Path = ("responses", question, index, "value")
                    found.append(Answer(question, cell.get("value"), place, cell.get("status")))
    return found


def _flat(record: Record) -> list[Answer]:
    """The answers of the flat export: lists beside each other under `question.responses` and `.responses.status`."""
    found: list[Answer] = []
    for key, values in record.items():
        if _is_question(key) and key.endswith(_RESPONSES):
            question = key.removesuffix(_RESPONSES)
            states = record.get(f"{key}.status")
            for index, value in enumerate(values if isinstance(values, list) else ()):
                state = states[index] if isinstance(states, list) and index < len(states) else None
                found.append(Answer(question, value, (key, index), state))
    return found


def _left_out(record: Record, answers: list[Answer]) -> str | None:
    """Why a record is not for training; None where it is."""
    status = record.get("status")
    status = status.lower() if isinstance(status, str) else None
    if status == "discarded" or (answers and all(answer.status == "discarded" for answer in answers)):
        return "discarded by the annotator"
    if any(answer.status in ("submitted", None) and answer.value is not None for answer in answers):
        return None
    if status in _UNFINISHED or any(answer.status in _UNFINISHED for answer in answers):
        return "not yet handed in by an annotator"
    return None


def _is_early(record: Record) -> bool:
    """Whether a record is of the sets before version 1.9: a text or inputs, a prediction and an annotation."""
    shown = isinstance(record.get("text"), str) or isinstance(record.get("inputs"), dict)
    return shown and "annotation" in record and "status" in record and not _EARLY.isdisjoint(record)


def _early(record: Record) -> list[Answer]:
    return [Answer("annotation", record["annotation"], ("annotation",), None)] if _is_early(record) else []


def _hub_questions(record: Record) -> Iterator[str]:
    """The questions of version 1's flat form: a list of responses, beside a suggestion of the same name."""
    for key, value in record.items():
        beside = isinstance(value, list) and f"{key}-suggestion" in record
        if beside and all(isinstance(cell, dict) and "value" in cell for cell in value):
            yield key


def _hub(record: Record) -> list[Answer]:
    return [
        Answer(question, cell["value"], (question, index, "value"), cell.get("status"))
        for question in _hub_questions(record)
        for index, cell in enumerate(record[question])
    ]


def _shown_fields(record: Record) -> Record:
    """The fields of a flat record that are no part of a question and none that Argilla adds."""
    questions = set(_hub_questions(record))
    hidden = {f"{question}{ending}" for question in questions for ending in ("", *_HUB)}
    if _is_early(record):
        if isinstance(record.get("inputs"), dict) and not isinstance(record.get("text"), str):
            return record["inputs"]  # type: ignore[no-any-return]
        return {"text": record["text"]}
    return {key: value for key, value in record.items() if key not in hidden and not _is_other(key)}


def _is_question(key: Json) -> bool:
    return str(key).endswith(_FLAT)


def _is_other(key: str) -> bool:
    return _is_question(key) or key in _META or str(key).startswith(("metadata.", "vectors."))


def _is_label(value: Json) -> bool:
    """Choices and ratings are labels; a text longer than any label is an answer that someone wrote."""
    words = value if isinstance(value, list) else [value]
    longest = column_rules().detection.label_length
    return all(isinstance(w, bool | int | float) or (isinstance(w, str) and len(w) <= longest) for w in words)


def _list_text(value: Json) -> str:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return label_text(value) or ""
    return canonical(value)


SHAPES: tuple[type[FieldShape], ...] = (Argilla,)
