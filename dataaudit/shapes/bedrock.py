"""Amazon Bedrock's records: Converse (lists of typeless blocks) and Claude 3 Haiku (a system string)."""

from __future__ import annotations

from dataaudit.shapes.base import Call, Example, Json, Note, Record, Turn
from dataaudit.shapes.content import type_name
from dataaudit.shapes.lens import RecordShape, absent, put
from dataaudit.shapes.media import note_kinds, origin
from dataaudit.shapes.messages import CLIP, inner_role, no_turns, plain_arguments, read_turns, write_turn, written_role
from dataaudit.shapes.tools import in_dialect

_FAMILY = "bedrock"
_MEDIA = ("image", "video", "audio", "document")
_KINDS = ("text", "toolUse", "toolResult", "reasoningContent", *_MEDIA, "cachePoint", "guardContent")


def _read_turn(message: Json, at: str, notes: list[Note]) -> Turn:
    hints: Record = {"source": message, "naming": _FAMILY, "family": _FAMILY, "at": at}
    if not isinstance(message, dict):
        notes.append(Note("wrong-type:message", at, type_name(message)))
        return Turn("", None, message, path=at, hints=hints)
    role = ""
    if "role" in message:
        role = inner_role(message["role"], "bedrock", f"{at}.role", "role", notes)
    else:
        notes.append(Note("missing-field:role", at))
    content = message.get("content")
    turn = Turn(role, None, content, message.get("role"), path=f"{at}.content", hints=hints)
    turn.extra = {key: value for key, value in message.items() if key not in ("role", "content")}
    hints["fields"] = tuple(turn.extra)
    if isinstance(content, list):
        _read_blocks(turn, content, f"{at}.content", notes)
    elif "content" not in message:
        hints["absent"] = True
        notes.append(Note("missing-field:content", at))
    else:
        turn.text = content if isinstance(content, str) else None
        notes.append(Note("wrong-type:content", f"{at}.content", type_name(content)))
    return turn


def _read_blocks(turn: Turn, blocks: list[Json], at: str, notes: list[Note]) -> None:
    texts: list[str] = []
    media: list[str] = []
    origins: set[str] = set()
    results: list[Json] = []
    for index, block in enumerate(blocks):
        place = f"{at}[{index}]"
        if not isinstance(block, dict):
            notes.append(Note("wrong-type:content", place, type_name(block)))
            continue
        if isinstance(block.get("text"), str):
            texts.append(block["text"])
        elif "text" in block:
            notes.append(Note("wrong-type:text", f"{place}.text", type_name(block["text"])))
        note_kinds(block, _KINDS, place, notes)
        found = [key for key in _MEDIA if key in block]
        media += found
        origins.update(*(origin(block[key]) for key in found))
        if isinstance(use := block.get("toolUse"), dict):
            hints = {"form": "toolUse", "at": f"{place}.toolUse", "ids": True}
            turn.calls.append(Call(use.get("name"), use.get("input"), use.get("toolUseId"), hints=hints))
        if isinstance(result := block.get("toolResult"), dict):
            results.append(result.get("toolUseId"))
        if "reasoningContent" in block:
            turn.hints["reasoning"] = True
        if block.keys().isdisjoint(_KINDS):
            notes.append(Note("wrong-type:part", place, "a block of unknown kind"))
    if texts or not (turn.calls or results):
        turn.text = "\n".join(texts)
    turn.media = tuple(media)
    turn.hints["media"] = origins
    if results:
        turn.hints["results"] = results
        turn.result_of = results[0] if len(results) == 1 else results
        if turn.text is None and turn.role == "user":
            turn.role = "tool"


def _write_turn(turn: Turn) -> Json:
    after = _fresh(turn)
    if turn.hints.get("naming") != _FAMILY:
        return after
    return put(turn.hints["source"], _fresh(_read_turn(turn.hints["source"], turn.hints["at"], [])), after)


def _fresh(turn: Turn) -> Record:
    own = turn.hints.get("family") == _FAMILY
    role = turn.written_role if own and turn.role == "tool" else written_role(turn, "bedrock")
    if not own and turn.role == "tool":
        result = {"toolUseId": turn.result_of, "content": [{"text": turn.text or ""}]}
        return {"role": "user", "content": [{"toolResult": result}]}
    if own and _unchanged(turn):
        return {"role": role, "content": turn.content} | turn.extra
    blocks: list[Json] = [] if turn.text is None else [{"text": turn.text}]
    if own and isinstance(turn.content, list):
        blocks = [block for block in turn.content if not (isinstance(block, dict) and "text" in block)] + blocks
    else:
        uses = [{"toolUseId": call.id, "name": call.name, "input": plain_arguments(call)} for call in turn.calls]
        blocks += [{"toolUse": use} for use in uses]
    return {"role": role, "content": blocks} | (turn.extra if own else {})


def _unchanged(turn: Turn) -> bool:
    if not isinstance(turn.content, list):
        return turn.text is None or turn.text == turn.content
    read = Turn(turn.role, None, turn.content)
    _read_blocks(read, turn.content, "", [])
    return read.text == turn.text


class Converse(RecordShape):
    """`{"schemaVersion"?, "system": [{"text"}]?, "messages": [{"role", "content": [blocks]}], "toolConfig"?}`."""

    name = "bedrock-converse"
    needed = ("messages",)
    parts = ("messages", "system", "toolConfig")

    def read(self, record: Record) -> Example:
        notes: list[Note] = []
        turns = _read_system(record["system"], notes) if "system" in record else []
        messages = record.get("messages")
        absent(record, "messages", notes)
        no_turns(messages, "messages", notes)
        if isinstance(messages, list):
            turns += [_read_turn(message, f"messages[{index}]", notes) for index, message in enumerate(messages)]
        elif "messages" in record:
            notes.append(Note("wrong-type:messages", "messages", type_name(messages)))
        hints = {"tools": "toolConfig", "traits": _form(record)}
        return Example(turns, record.get("toolConfig"), notes=notes, hints=hints)

    def write(self, example: Example) -> Record:
        record: Record = {}
        if "schemaVersion" not in example.extra:
            record["schemaVersion"] = "bedrock-conversation-2024"
        system = [turn for turn in example.turns if turn.role == "system" and turn.hints.get("naming") != _FAMILY]
        if system:
            record["system"] = [turn.hints.get("block", {}) | {"text": turn.text} for turn in system]
        record["messages"] = [
            _write_turn(turn) for turn in example.turns if turn.role != "system" or turn.hints.get("naming") == _FAMILY
        ]
        if example.tools is not None:
            record["toolConfig"] = in_dialect(example.tools, "bedrock")
        return record


def _form(record: Record) -> list[str]:
    traits = []
    if "schemaVersion" in record:
        traits.append(f"schema-version:{str(record['schemaVersion'])[:CLIP]}")
    if isinstance(record.get("system"), (str, list)):
        traits.append("system-form:string" if isinstance(record["system"], str) else "system-form:list")
    return traits


def _read_system(system: Json, notes: list[Note]) -> list[Turn]:
    if isinstance(system, str):
        return [Turn("system", system, system, path="system")]
    if not isinstance(system, list):
        notes.append(Note("wrong-type:system", "system", type_name(system)))
        return []
    turns: list[Turn] = []
    for index, block in enumerate(system):
        text = block.get("text") if isinstance(block, dict) else None
        if isinstance(text, str):
            turns.append(Turn("system", text, text, path=f"system[{index}].text", hints={"block": block}))
        else:
            notes.append(Note("wrong-type:system", f"system[{index}]", type_name(block)))
    return turns


class Haiku(RecordShape):
    """`{"system": "...", "messages": [{"role", "content": "..."}]}`; roles user and assistant only."""

    name = "bedrock-haiku"
    needed = ("system", "messages")
    parts = ("system", "messages", "tools")

    def read(self, record: Record) -> Example:
        notes: list[Note] = []
        turns: list[Turn] = []
        system = record.get("system")
        if isinstance(system, str):
            turns.append(Turn("system", system, system, path="system"))
        elif "system" in record:
            notes.append(Note("wrong-type:system", "system", type_name(system)))
        absent(record, "system", notes)
        absent(record, "messages", notes)
        no_turns(record.get("messages"), "messages", notes)
        if "messages" in record:
            turns += read_turns(record["messages"], "messages", notes)
        return Example(turns, record.get("tools"), notes=notes, hints={"traits": _form(record)})

    def write(self, example: Example) -> Record:
        first = [turn for turn in example.turns if turn.role == "system" and turn.hints.get("naming") is None]
        lead = first or [turn for turn in example.turns if turn.role == "system"][:1]
        record: Record = {"system": lead[0].text} if lead else {}
        record["messages"] = [write_turn(turn) for turn in example.turns if turn is not (lead[0] if lead else None)]
        if example.tools is not None:
            record["tools"] = in_dialect(example.tools, "openai")
        return record


SHAPES: tuple[type[RecordShape], ...] = (Converse, Haiku)
