"""Lists of messages to turns and back: OpenAI's names, and every other naming of role and content.

Gemini's parts and Bedrock's blocks have their own modules.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from dataaudit.shapes.base import Call, Json, Note, Record, Turn
from dataaudit.shapes.content import calls_in_text, canonical, read_content, type_name, written_content
from dataaudit.shapes.lens import put
from dataaudit.shapes.letter_case import spelled
from dataaudit.shapes.roles import words

CLIP = 40
"""Characters of the data that a trait may hold."""


@dataclass(frozen=True, slots=True)
class Naming:
    """How the messages of a shape name their parts. roles: a table of roles.toml."""

    role: str = "role"
    content: str = "content"
    roles: str = "openai-chat"


OPENAI = Naming()


def inner_role(written: Json, table: str, at: str, name: str, notes: list[Note]) -> str:
    """The inner name of a role; as written, and noted, where the table has none ("" where it is no text)."""
    if not isinstance(written, str):
        notes.append(Note(f"wrong-type:{name}", at, type_name(written)))
        return ""
    inner = words().roles[table].get(written)
    if inner is None:
        notes.append(Note(f"unknown-role:{written[:CLIP]}", at))
        return written
    return inner


def written_role(turn: Turn, table: str) -> str:
    """The role to write: as it was where it still means the same, else the table's first word for it."""
    roles = words().roles[table]
    if isinstance(turn.written_role, str) and roles.get(turn.written_role) == turn.role:
        return turn.written_role
    return next((word for word, inner in roles.items() if inner == turn.role), turn.role)


def no_turns(messages: Json, at: str, notes: list[Note]) -> None:
    """Note a list of messages that is empty, where one of them at least belongs."""
    if isinstance(messages, list) and not messages:
        notes.append(Note("no-turns", at))


def read_turns(messages: Json, at: str, notes: list[Note], naming: Naming = OPENAI) -> list[Turn]:
    """The turns of a list of messages; one message alone counts as a list of one. Anything else is noted."""
    if isinstance(messages, dict):
        return [read_turn(messages, at, notes, naming)]
    if not isinstance(messages, list):
        notes.append(Note(f"wrong-type:{at.rpartition('.')[2]}", at, type_name(messages)))
        return []
    return [read_turn(message, f"{at}[{index}]", notes, naming) for index, message in enumerate(messages)]


def read_turn(message: Json, at: str, notes: list[Note], naming: Naming = OPENAI) -> Turn:
    """One message as a turn; what has no part is kept in `extra`."""
    if not isinstance(message, dict):
        notes.append(Note("wrong-type:message", at, type_name(message)))
        return Turn("", None, message, path=at, hints={"source": message, "naming": naming, "at": at})
    role = ""
    if naming.role in message:
        role = inner_role(message[naming.role], naming.roles, f"{at}.{naming.role}", naming.role, notes)
    else:
        notes.append(Note(f"missing-field:{naming.role}", at))
    if naming.role not in message or naming.content not in message:
        wanted = (naming.role, naming.content)
        notes += [Note(f"field-case:{known}", f"{at}.{key}") for key, known in spelled(message, wanted).items()]
    path = f"{at}.{naming.content}"
    content = message.get(naming.content)
    found = read_content(content, path, naming.content, notes)
    turn = Turn(role, found.text, content, message.get(naming.role), media=tuple(found.media), path=path)
    turn.calls = found.calls
    turn.hints = {"source": message, "naming": naming, "family": "messages", "at": at}
    turn.hints["fields"] = tuple(key for key in message if key not in (naming.role, naming.content))
    if found.origins:
        turn.hints["media"] = found.origins
    if found.reasoning:
        turn.hints["reasoning"] = True
    if found.results:
        turn.hints["results"] = found.results
    _read_rest(turn, message, naming, notes)
    if content is None and not turn.calls:
        _note_no_content(turn, naming.content, notes)
    return turn


def _note_no_content(turn: Turn, name: str, notes: list[Note]) -> None:
    """A message that says nothing: an assistant's may be null, where it is left out that is another fact."""
    missing = turn.hints["absent"] = name not in turn.hints["source"]
    if turn.role == "assistant":
        if missing:
            notes.append(Note(f"turn-missing:{name}", turn.hints["at"]))
        return
    notes.append(Note(f"{'missing-field' if missing else 'wrong-type'}:{name}", turn.path, "" if missing else "null"))


def _read_rest(turn: Turn, message: Record, naming: Naming, notes: list[Note]) -> None:
    parts = {naming.role, naming.content}
    if turn.hints["fields"]:
        at = turn.hints["at"]
        turn.calls += _read_calls(message, at, notes)
        turn.result_of, turn.name, turn.weight = message.get("tool_call_id"), message.get("name"), message.get("weight")
        if turn.text is None and isinstance(message.get("refusal"), str):
            turn.text = message["refusal"]
        parts |= {"tool_calls", "function_call", "tool_call_id", "name", "weight"}
        turn.extra = {key: value for key, value in message.items() if key not in parts}
    if turn.written_role == "function_call":
        calls = calls_in_text(turn.content, turn.path or "")
        turn.calls = calls if calls is not None else [Call(None, None, hints={"form": "text", "at": turn.path})]
        turn.text = None


def _read_calls(message: Record, at: str, notes: list[Note]) -> list[Call]:
    calls: list[Call] = []
    listed = message.get("tool_calls")
    if isinstance(listed, list):
        calls += [_read_call(item, f"{at}.tool_calls[{index}]", notes) for index, item in enumerate(listed)]
    elif listed is not None:
        notes.append(Note("wrong-type:tool_calls", f"{at}.tool_calls", type_name(listed)))
    single = message.get("function_call")
    if isinstance(single, dict):
        hints = {"form": "function_call", "at": f"{at}.function_call"}
        calls.append(Call(single.get("name"), single.get("arguments"), hints=hints))
    elif single is not None:
        notes.append(Note("wrong-type:function_call", f"{at}.function_call", type_name(single)))
    return calls


def _read_call(item: Json, at: str, notes: list[Note]) -> Call:
    hints: Record = {"form": "tool_calls", "at": at, "ids": True, "source": item}
    if not isinstance(item, dict):
        notes.append(Note("wrong-type:tool_call", at, type_name(item)))
        return Call(None, None, hints=hints)
    function = item.get("function")
    inner = function if isinstance(function, dict) else item
    extra = {key: value for key, value in item.items() if key not in ("id", "function")}
    return Call(inner.get("name"), inner.get("arguments"), item.get("id"), extra, hints)


def write_turns(turns: list[Turn], naming: Naming = OPENAI) -> list[Json]:
    """The messages of turns; a message that was read in this naming keeps all that was not changed."""
    return [write_turn(turn, naming) for turn in turns]


def write_turn(turn: Turn, naming: Naming = OPENAI) -> Json:
    """One message."""
    after = _fresh(turn, naming)
    if turn.hints.get("naming") != naming:
        return after
    source = turn.hints["source"]
    return put(source, _fresh(read_turn(source, turn.hints["at"], [], naming), naming), after)


def _fresh(turn: Turn, naming: Naming) -> Record:
    if naming.roles == "sharegpt" and turn.calls and not _calls_in_content(turn):
        value = json.dumps(
            [{"name": call.name, "arguments": plain_arguments(call)} for call in turn.calls], ensure_ascii=False
        )
        return {naming.role: "function_call", naming.content: value} | turn.extra
    own = turn.hints.get("naming") == naming
    message: Record = {naming.role: written_role(turn, naming.roles), naming.content: written_content(turn, "messages")}
    if own and (turn.text is None or turn.text == turn.extra.get("refusal")):
        message[naming.content] = turn.content
    calls = [] if own and _calls_in_content(turn) else turn.calls
    legacy = [call for call in calls if call.hints.get("form") == "function_call"]
    modern = [call for call in calls if call.hints.get("form") != "function_call"]
    if modern:
        message["tool_calls"] = [_written_call(call) for call in modern]
    if legacy:
        message["function_call"] = {"name": legacy[0].name, "arguments": legacy[0].arguments}
    for key, value in (("tool_call_id", turn.result_of), ("name", turn.name), ("weight", turn.weight)):
        if value is not None:
            message[key] = value
    return message | turn.extra


def _calls_in_content(turn: Turn) -> bool:
    return bool(turn.calls) and all(call.hints.get("form") in ("part", "text") for call in turn.calls)


def _written_call(call: Call) -> Json:
    arguments = call.arguments if isinstance(call.arguments, str) else canonical(call.arguments)
    after = {"type": "function"} | call.extra | {"function": {"name": call.name, "arguments": arguments}}
    return after if call.id is None else {"id": call.id} | after


def plain_arguments(call: Call) -> Json:
    """The arguments as a value, whether written as JSON text or not; the text itself where it is no JSON."""
    if not isinstance(call.arguments, str):
        return call.arguments
    try:
        return json.loads(call.arguments)
    except (ValueError, RecursionError):
        return call.arguments
