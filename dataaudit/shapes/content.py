"""Message content as text, media, tool calls and results: a string, or a list of typed parts."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from dataaudit.shapes.base import Call, Json, Note, Record, Turn
from dataaudit.shapes.media import origin
from dataaudit.shapes.roles import words

_TEXT_KEYS = ("text", "value", "refusal", "content")


@dataclass(slots=True)
class Content:
    """What a content holds. text: the text parts, one a line; None where there is no content at all.

    origins: traits of where the media is and of what type. results: for every tool result among the parts the id of
    its call.
    """

    text: str | None = None
    media: list[str] = field(default_factory=list)
    origins: set[str] = field(default_factory=set)
    reasoning: bool = False
    calls: list[Call] = field(default_factory=list)
    results: list[Json] = field(default_factory=list)


def canonical(value: Json) -> str:
    """JSON text with sorted keys and no blanks: equal values, equal text. Never raises on parsed JSON.

    A value nested deeper than the interpreter follows becomes the text `(nested too deep)`.
    """
    try:
        return _ENCODE(value)
    except (RecursionError, ValueError, TypeError):
        # ValueError: an integer of more digits than Python converts; TypeError: keys of mixed types (Python rows).
        return "(nested too deep)"


_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=str).encode


_LONGEST_BLANK = 64
_UNSEEN = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\xad\u200b\u200c\u200d\u2060\ufeff"
)
"""White space, and characters of no width: soft hyphen, zero width space and joiners, word joiner, byte order mark."""


def blank(text: str) -> bool:
    """Nothing, white space only, or (of short texts) nothing that can be seen."""
    return (
        not text or text.isspace() or (len(text) <= _LONGEST_BLANK and not text.isascii() and not text.strip(_UNSEEN))
    )


def parsed(text: str) -> Json:
    """The value of JSON text, or None where it is none (or nested too deep, or of a number too long)."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def read_content(content: Json, at: str, name: str, notes: list[Note]) -> Content:
    """The inner form of a string, a list of parts, or null; anything else is noted as of a wrong type."""
    if isinstance(content, str):
        return Content(content)
    if content is None:
        return Content()
    if not isinstance(content, list):
        notes.append(Note(f"wrong-type:{name}", at, type_name(content)))
        return Content()
    found = Content()
    texts: list[str] = []
    for index, part in enumerate(content):
        place = f"{at}[{index}]"
        if isinstance(part, dict):
            _read_part(part, place, found, texts, notes)
        else:
            notes.append(Note(f"wrong-type:{name}", place, type_name(part)))
    found.text = "\n".join(texts) if texts or not found.calls else None
    return found


def _read_part(part: Record, at: str, found: Content, texts: list[str], notes: list[Note]) -> None:
    written = part.get("type")
    holds = words().parts.get(written) if isinstance(written, str) else None
    if holds is None and "type" not in part and "text" in part:
        holds = "text"
    if (fault := _part_fault(part, holds)) is not None:
        notes.append(Note("part-invalid", at, fault))
    if holds == "text":
        text = next((part[key] for key in _TEXT_KEYS if key in part), None)
        if isinstance(text, str):
            texts.append(text)
        else:
            notes.append(Note("wrong-type:text", at, type_name(text)))
    elif holds == "reasoning":
        found.reasoning = True
    elif holds == "call":
        found.calls.extend(_part_calls(part, at))
    elif holds == "result":
        found.results.append(part.get("tool_use_id"))
    elif holds is not None:
        found.media.append(holds)
        found.origins.update(origin(part))
    else:
        notes.append(Note("wrong-type:part", at, "a part of unknown type"))


def _part_fault(part: Record, holds: str | None) -> str | None:
    """What is wrong with the kinds of data in a part: it holds exactly one, under the name of its type."""
    if holds is None:
        return "an unknown kind"
    self_named = words().media.self_named
    kinds = [key for key in part if (key in self_named or key == "text") and part[key] is not None]
    if len(kinds) > 1:
        return f"several kinds: {', '.join(kinds)}"
    if holds == "text":
        return None if any(part.get(key) is not None for key in _TEXT_KEYS) else "no text"
    return f"no {part['type']}" if part["type"] in self_named and not kinds else None


def _part_calls(part: Record, at: str) -> list[Call]:
    if "input" in part or "id" in part:
        return [
            Call(part.get("name"), part.get("input"), part.get("id"), hints={"form": "part", "at": at, "ids": True})
        ]
    calls = calls_in_text(part.get("value"), at)
    return calls if calls is not None else [Call(None, None, hints={"form": "part", "at": at})]


def calls_in_text(text: Json, at: str) -> list[Call] | None:
    """The calls that a text holds as JSON, `{"name", "arguments"}` or a list of them; None where it holds none."""
    value = parsed(text) if isinstance(text, str) else text
    items = value if isinstance(value, list) else [value]
    if not items or not all(isinstance(item, dict) and "name" in item for item in items):
        return None
    return [
        Call(
            item["name"],
            item.get("arguments", item.get("parameters")),
            item.get("id"),
            hints={"form": "text", "at": at},
        )
        for item in items
    ]


def written_content(turn: Turn, family: str) -> Json:
    """The content to write: as it was where the text was not changed and the family of shapes is the same."""
    content = turn.content
    if turn.hints.get("family") != family or not isinstance(content, list):
        return turn.text
    if read_content(content, "", "", []).text == turn.text:
        return content
    if turn.text is None:
        return content
    kept = [part for part in content if not (isinstance(part, dict) and _is_text(part))]
    return [*kept, {"type": "text", "text": turn.text}]


def _is_text(part: Record) -> bool:
    return isinstance(part.get("type"), str) and words().parts.get(part["type"]) == "text"


def type_name(value: Json) -> str:
    """The JSON name of a value's type."""
    for kind, name in ((type(None), "null"), (bool, "boolean"), (str, "string"), (dict, "object"), (list, "array")):
        if isinstance(value, kind):
            return name
    return "number" if isinstance(value, (int, float)) else type(value).__name__
