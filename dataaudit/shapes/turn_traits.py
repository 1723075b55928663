"""Traits of single turns (roles, forms of content, emptiness, weights) and of their order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from dataaudit.shapes.base import Json, Note, Turn
from dataaudit.shapes.media import turn_media
from dataaudit.shapes.messages import CLIP
from dataaudit.shapes.tools import result_ids

_REASONING = ("reasoning_content", "reasoning", "thinking")
_NEVER_NULL = ("system", "user", "tool")
_EMPTY = {"assistant": "empty-answer", "user": "empty-prompt"}


def blank(text: str) -> bool:
    """White space only, or nothing."""
    return not text or text.isspace()


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
    yield from turn_media(turn)
    for name in turn.hints.get("fields", ()):
        yield f"turn-field:{str(name)[:CLIP]}"
        if turn.role:
            yield f"key-on:{turn.role[:CLIP]}.{str(name)[:CLIP]}"
    if turn.hints.get("reasoning") or any(turn.extra.get(key) for key in _REASONING):
        yield "has:reasoning"
    if turn.weight is not None:
        yield "has:weight"
        yield f"weight-on:{turn.role[:CLIP]}"
    own = turn.hints.get("family") == "messages" and "weight" in turn.hints["fields"]
    if own and (kind := _weight(turn.weight)) != "other":
        yield f"weight:{kind}"


def turn_notes(turn: Turn, path: str | None) -> Iterator[Note]:
    """What is odd in a turn. `path`: JSON path of its text."""
    if not turn.calls and not result_ids(turn) and not turn.media:
        if turn.text is not None:
            if blank(turn.text):
                yield Note(_EMPTY.get(turn.role, "empty-turn"), path)
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


def order_notes(turns: list[Turn]) -> Iterator[Note]:
    """How the turns follow each other; a note without a field is a fact of the whole row."""
    others = [turn for turn in turns if turn.role != "system"]
    if len(turns) - len(others) > 1:
        second = [turn for turn in turns if turn.role == "system"][1]
        yield Note("several-systems", second.path)
    spoken = False
    for turn in turns:
        if turn.role != "system":
            spoken = True
        elif spoken:
            yield Note("system-later", turn.path)
            break
    yield from _row_order(turns, others)
    seen: set[str] = set()
    for before, turn in pairwise(turns):
        if before.role == turn.role and turn.role not in seen:
            seen.add(turn.role)
            yield Note(f"repeated-role:{turn.role[:CLIP]}", turn.path)


def _row_order(turns: list[Turn], others: list[Turn]) -> Iterator[Note]:
    """The facts of the whole row; `others` are the turns without those of the system."""
    if others:
        yield Note(f"starts-with:{others[0].role[:CLIP]}")
    if turns:
        yield Note(f"ends-with:{turns[-1].role[:CLIP]}")
    if len(others) < 2:
        yield Note("few-turns")
    for name in ("user", "assistant"):
        if not any(turn.role == name for turn in turns):
            yield Note(f"no-{name}-turn")
    for pair in sorted({(before.role[:CLIP], turn.role[:CLIP]) for before, turn in pairwise(turns)}):
        yield Note(f"turn-pair:{'>'.join(pair)}")
