"""ShareGPT's conversations (`from`/`value`), every other naming of a list of turns, and LLaMA-Factory's tool turns."""

from __future__ import annotations

from dataclasses import replace

from dataaudit.shapes.base import Example, Json, Note, Record, Turn
from dataaudit.shapes.content import canonical, type_name
from dataaudit.shapes.lens import RecordShape, absent
from dataaudit.shapes.messages import OPENAI, Naming, no_turns, read_turns, write_turns
from dataaudit.shapes.recognise import container
from dataaudit.shapes.roles import words
from dataaudit.shapes.tools import in_dialect

USUAL = Naming("from", "value", "sharegpt")


def naming_of(messages: Json) -> Naming:
    """How the messages of a list name role and content, by the first message that has both."""
    known = words()
    for item in messages if isinstance(messages, list) else [messages]:
        if isinstance(item, dict):
            role = next((key for key in known.role_keys if key in item), None)
            content = next((key for key in known.content_keys if key in item), None)
            if role is not None and content is not None:
                return Naming(role, content, "sharegpt")
    return USUAL


def conversation_key(record: Record) -> str:
    """The key of the record's turns."""
    return "messages" if "messages" in record else container(record) or "conversations"


def read_conversation(record: Record, notes: list[Note]) -> tuple[list[Turn], str, Naming]:
    """The turns of a record, the system text of its `system` key first; the key and naming of the list."""
    turns: list[Turn] = []
    system = record.get("system")
    if isinstance(system, str):
        turns.append(Turn("system", system, system, path="system"))
    elif system is not None:
        notes.append(Note("wrong-type:system", "system", type_name(system)))
    key = conversation_key(record)
    absent(record, key, notes)
    no_turns(record.get(key), key, notes)
    naming = naming_of(record.get(key))
    if key in record:
        turns += read_turns(record[key], key, notes, naming)
    return turns, key, naming


def write_conversation(example: Example, turns: list[Turn]) -> Record:
    """`system` and the list of turns, named as they were read, else ShareGPT's way."""
    naming = example.hints.get("naming", USUAL)
    own = example.hints.get("conversation")
    record: Record = {}
    if own is None and any(turn.role == "system" for turn in turns[:1]):
        record["system"] = turns[0].text or ""
        turns = turns[1:]
    elif own is not None and turns and _from_key(turns[0]):
        record["system"] = turns[0].text
        turns = turns[1:]
    record[own or "conversations"] = write_turns([part for turn in turns for part in _split(turn)], naming)
    if example.tools is not None:
        tools = in_dialect(example.tools, "openai")
        record["tools"] = tools if own is not None or isinstance(tools, str) else canonical(tools)
    return record


def _from_key(turn: Turn) -> bool:
    return turn.role == "system" and turn.path == "system"


def _split(turn: Turn) -> list[Turn]:
    """Text and calls as two turns, where a turn of another shape has both: a function_call turn holds calls only."""
    if turn.calls and turn.text and "naming" in turn.hints and turn.hints["naming"].roles != "sharegpt":
        return [replace(turn, calls=[]), replace(turn, text=None, content=None)]
    return [turn]


class ShareGPT(RecordShape):
    """`{"conversations": [{"from", "value"}], "system"?, "tools"?}`, and other names for list, role and content."""

    name = "sharegpt"

    def read(self, record: Record) -> Example:
        notes: list[Note] = []
        turns, key, naming = read_conversation(record, notes)
        hints: Record = {"conversation": key, "naming": naming, "needed": (key,), "parts": (key, "system", "tools")}
        if record.get("system") is not None and not isinstance(record["system"], str):
            hints["parts"] = (key, "tools")
        return Example(turns, record.get("tools"), notes=notes, hints=hints)

    def write(self, example: Example) -> Record:
        return write_conversation(example, example.turns)


class ShareGPTPreference(ShareGPT):
    """A conversation that ends with the user, and the turns `chosen` and `rejected` (one turn, a list, or a text)."""

    name = "sharegpt-preference"

    def read(self, record: Record) -> Example:
        from dataaudit.shapes.preference import read_sides, side_keys

        example = super().read(record)
        naming: Naming = example.hints["naming"]
        if example.hints["conversation"] == "messages" and naming.role == "role":
            naming = OPENAI
        keys = side_keys(record)
        example.hints["parts"] = (*example.hints["parts"], *keys)
        example.hints["needed"] = (*example.hints["needed"], *keys)
        sides = [record.get(key) for key in keys]
        example.hints["side_naming"] = next(
            (naming_of(side) for side in sides if isinstance(side, (dict, list))), naming
        )
        read_sides(example, record, keys, example.hints["side_naming"])
        return example

    def write(self, example: Example) -> Record:
        from dataaudit.shapes.preference import cut, write_sides

        return write_conversation(example, cut(example)[0]) | write_sides(
            example, example.hints.get("side_naming", USUAL)
        )


class ShareGPTUnpaired(ShareGPT):
    """A conversation, and whether its last answer is a good one (`label` or LLaMA-Factory's `kto_tag`)."""

    name = "sharegpt-unpaired"
    verdict = "label"

    def read(self, record: Record) -> Example:
        example = super().read(record)
        key = "kto_tag" if "kto_tag" in record else "label"
        example.label = record.get(key)
        absent(record, key, example.notes)
        if key in record and not isinstance(example.label, bool):
            example.notes.append(Note(f"wrong-type:{key}", key, type_name(example.label)))
        example.hints["label"] = key
        example.hints["parts"] = (*example.hints["parts"], key)
        example.hints["needed"] = (*example.hints["needed"], key)
        return example

    def write(self, example: Example) -> Record:
        return super().write(example) | {example.hints.get("label", "label"): example.label}


SHAPES: tuple[type[RecordShape], ...] = (ShareGPT, ShareGPTPreference, ShareGPTUnpaired)
