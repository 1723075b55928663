"""OpenAI's reinforcement records: messages that end with the user, and whatever keys the grader compares with."""

from __future__ import annotations

from dataaudit.shapes.base import Example, Record
from dataaudit.shapes.chat import OpenAIChat
from dataaudit.shapes.lens import RecordShape
from dataaudit.shapes.roles import words


class OpenAIReinforcement(OpenAIChat):
    """`{"messages": [..., {"role": "user"}], <keys of the grader>}`. `reference` is the object of those keys."""

    name = "openai-rft"
    also = frozenset(("openai-chat",))

    def read(self, record: Record) -> Example:
        example = super().read(record)
        keys = [key for key in record if key not in words().not_graded]
        example.reference = {key: record[key] for key in keys} or None
        example.hints["parts"] = [*example.hints["parts"], *keys]
        return example

    def write(self, example: Example) -> Record:
        return super().write(example) | _reference(example)


def _reference(example: Example) -> Record:
    if example.reference is None:
        return {}
    return example.reference if isinstance(example.reference, dict) else {"reference_answer": example.reference}


SHAPES: tuple[type[RecordShape], ...] = (OpenAIReinforcement,)
