"""Traits of single turns (roles, forms of content, emptiness, weights). Their order is in `order`."""

from __future__ import annotations

from collections.abc import Iterator

from dataaudit.shapes.base import Json, Note, Turn
from dataaudit.shapes.content import blank
from dataaudit.shapes.media import turn_media
from dataaudit.shapes.messages import CLIP
from dataaudit.shapes.tools import result_ids

_REASONING = ("reasoning_content", "reasoning", "thinking")
_NEVER_NULL = ("system", "user", "tool")


def turn_traits(turn: Turn) -> Iterator[str]:
    """What a turn is made of."""
    if isinstance(turn.written_role, str):
        yield f"role:{turn.written_role[:CLIP]}"
    content = turn.content
    yield (
        "content:string"
        if isinstance(content, str)
        else "content:null"
        if content is None
        else "content:parts"
        if isinstance(content, list)
        else "content:other"
    )
    if turn.role == "system":
        yield "has:system"
    if turn.calls:
        yield "has:tool-calls"
        if turn.text is not None and not blank(turn.text):
            yield "content-beside-calls"
    if result_ids(turn):
        yield "has:tool-results"
    if turn.media:
        yield from turn_media(turn)
    if turn.hints.get("reasoning"):
        yield "has:reasoning"
    if turn.hints.get("fields"):
        yield from _field_traits(turn)


def _field_traits(turn: Turn) -> Iterator[str]:
    """What the keys of a message beside role and content say."""
    names: tuple[str, ...] = turn.hints["fields"]
    for name in names:
        yield f"turn-field:{str(name)[:CLIP]}"
        if turn.role:
            yield f"key-on:{turn.role[:CLIP]}.{str(name)[:CLIP]}"
    if any(turn.extra.get(key) for key in _REASONING):
        yield "has:reasoning"
    if turn.weight is not None:
        yield "has:weight"
        yield f"weight-on:{turn.role[:CLIP]}"
    if turn.hints.get("family") == "messages" and "weight" in names and (kind := _weight(turn.weight)) != "other":
        yield f"weight:{kind}"


def turn_notes(turn: Turn, path: str | None) -> Iterator[Note]:
    """What is odd in a turn. `path`: JSON path of its text."""
    if not turn.calls and not result_ids(turn) and not turn.media:
        if turn.text is not None:
            if blank(turn.text):
                yield Note(_without_text(turn), path)
        elif turn.role == "assistant" and turn.content is None:
            yield Note("null-answer", path)
    elif turn.role == "tool" and turn.text is not None and blank(turn.text):
        yield Note("empty-turn", path)
    if turn.content is None and turn.role in _NEVER_NULL and "at" in turn.hints and not turn.hints.get("absent"):
        yield Note("null-turn", path)
    if turn.role != "user" and any(medium != "document" for medium in turn.media):
        yield Note("media-in-answer" if turn.role == "assistant" else f"media-in:{turn.role[:CLIP]}", path)
    if _weight(turn.weight) == "other":
        yield Note("weight:other", f"{turn.hints.get('at', '')}.weight")


def _without_text(turn: Turn) -> str:
    """The trait of a turn that is blank; of answers alone some services tell white space from nothing at all."""
    if turn.role == "assistant":
        return "blank-answer" if turn.text else "empty-answer"
    return "empty-prompt" if turn.role == "user" else "empty-turn"


def _weight(weight: Json) -> str:
    if weight is None:
        return "null"
    if type(weight) is bool:
        return "bool"
    return str(weight) if type(weight) is int and weight in (0, 1) else "other"


def weight_traits(turns: list[Turn]) -> Iterator[str]:
    """Whether no answer is trained on."""
    answers = [turn for turn in turns if turn.role == "assistant"]
    if answers and all(
        turn.weight is not None and type(turn.weight) in (int, float) and turn.weight == 0 for turn in answers
    ):
        yield "all-weights-zero"
