"""An example of any shape as a Reading: question, answer and context, with all traits of its turns.

Facts only; whether one is a fault depends on rule and provider. Tools are looked at in `tools`, order and content of
turns in `turn_traits`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from dataaudit.shapes.base import Example, Json, Note, Reading, Turn
from dataaudit.shapes.content import blank, canonical
from dataaudit.shapes.media import mark_notes, row_media
from dataaudit.shapes.messages import CLIP, plain_arguments
from dataaudit.shapes.order import order_notes
from dataaudit.shapes.roles import words
from dataaudit.shapes.tools import Declared, call_notes, call_traits, examine_tools
from dataaudit.shapes.turn_traits import turn_notes, turn_traits, weight_traits

BETWEEN = "\x1e"
"""Stands between the parts of a question or context (the record separator, which no text holds)."""

_UNANSWERED = frozenset(
    (
        *("text", "labeled-text", "segments", "tokenized", "prompt-only", "nemo-embedding"),
        *("label-studio", "label-studio-min", "argilla", "prodigy", "doccano"),
    )
)
_REINFORCEMENT = frozenset(("openai-rft", "gemini-rft"))
_UNPAIRED = frozenset(("unpaired-preference", "sharegpt-unpaired"))
_WITHOUT_TURNS = frozenset(
    (
        *("tools", "functions", "label", "labels", "kto_tag", "references", "overall_preference", "system", "history"),
        *("input.tools", "systemInstruction", "system_instruction", "neg_doc"),
    )
)
_SIDES = ("chosen", "rejected")
_MOST_NOTES = 20
_SPACES = re.compile(r"\s+")


def read(example: Example, shape: str) -> Reading:
    """The reading of an example. Never raises, whatever the example holds.

    A question of one user turn is its text; of several turns, each turn behind its role. What follows the last answer
    belongs to the question too. Of preference data the question is the prompt with both answers (sorted), the answer
    the chosen one: two rows that prefer differently contradict each other.
    """
    turns, rejected = example.turns, example.rejected or []
    key = str(example.hints.get("tools", "tools"))
    declared, tools = examine_tools(example.tools, key)
    notes = [*example.notes, *_case_notes(example), *_notes(example, declared)]
    traits = {f"shape:{shape}", *(note.trait for note in notes)}
    traits.update(_row_traits(example, declared, tools))
    for turn in turns:
        traits.update(turn_traits(turn))
    for turn in rejected:
        traits.update(turn_traits(turn))
    traits.update(weight_traits(turns))
    traits.update(row_media(example))
    if _ordered(example, shape):
        traits.update(order_notes_of(turns, shape, notes))
    if example.rejected is not None:
        notes.extend(preference := _preference_notes(example))
        traits.update(note.trait for note in preference)
    question, answer = _question(example, shape)
    system = [turn.text or "" for turn in turns if turn.role == "system"]
    return Reading(
        BETWEEN.join([*system, tools] if tools else system),
        question,
        answer,
        tuple(sorted(traits)),
        _few(notes),
        _label(example.label),
        example.id if isinstance(example.id, (str, int)) and not isinstance(example.id, bool) else None,
    )


def _ordered(example: Example, shape: str) -> bool:
    """Whether the order of turns says anything: not of plain text, nor where turns lack for a reason already noted."""
    if not example.turns:
        return not example.notes
    if any(note.trait == "no-turns" for note in example.notes) or _lacking(example):
        return False
    return shape not in _UNANSWERED or any(turn.role == "assistant" for turn in example.turns)


def _lacking(example: Example) -> set[str]:
    """The top-level fields that should hold turns and give none, because they are absent or of a wrong type."""
    broken = {
        note.field
        for note in example.notes
        if note.field is not None and note.trait in (f"missing-field:{note.field}", f"wrong-type:{note.field}")
    }
    if not broken:
        return set()
    return broken - _WITHOUT_TURNS - {turn.path for turn in (*example.turns, *(example.rejected or ()))}


def _case_notes(example: Example) -> list[Note]:
    """Missing fields that are there in another letter case."""
    missing = [note.field for note in example.notes if note.field and note.trait == f"missing-field:{note.field}"]
    if not missing:
        return []
    names = example.hints.get("fields", ())
    folded = {name.casefold(): name for name in reversed(names) if isinstance(name, str)}
    found = {name: folded.get(name.casefold()) for name in missing}
    return [Note(f"field-case:{name}", other) for name, other in found.items() if other is not None]


def _few(notes: list[Note]) -> tuple[Note, ...]:
    """The first notes of each trait: a row with ten thousand faults is no more instructive than one with a few."""
    if len(notes) <= _MOST_NOTES:
        return tuple(notes)
    seen: Counter[str] = Counter()
    kept: list[Note] = []
    for note in notes:
        seen[note.trait] += 1
        if seen[note.trait] <= _MOST_NOTES:
            kept.append(note)
    return tuple(kept)


def order_notes_of(turns: list[Turn], shape: str, notes: list[Note]) -> list[str]:
    """The traits of the order of turns; those with a place are added to the notes."""
    found = [note for note in order_notes(turns) if not (note.trait == "no-assistant-turn" and shape in _REINFORCEMENT)]
    notes.extend(note for note in found if note.field is not None)
    return [note.trait for note in found]


def _notes(example: Example, declared: Declared) -> list[Note]:
    notes = [*declared.notes, *mark_notes(example)]
    notes += call_notes(example.turns, declared)
    places = example.hints.get("places", ())
    for index, turn in enumerate(example.turns):
        path = turn.path
        if path is None and index < len(places) and places[index].path is not None:
            path = _path(places[index].path)
        notes += turn_notes(turn, path)
    if example.rejected:
        notes += call_notes(example.rejected, declared)
        for turn in example.rejected:
            notes += turn_notes(turn, turn.path)
    return notes


def _path(steps: Iterable[str | int]) -> str:
    text = ""
    for step in steps:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def _row_traits(example: Example, declared: Declared, tools: str) -> set[str]:
    fields = {*example.hints.get("fields", ()), *example.extra}
    traits = {f"field:{str(name)[:CLIP]}" for name in fields}
    traits.update(example.hints.get("traits", ()))
    if "weight" in fields:
        traits.add("row-weight")
    if tools:
        traits.add("has:tools")
    if _no_reference(example.reference):
        traits.add("empty-reference")
    if example.turns and example.turns[-1].calls:
        traits.add("ends-with-call")
    calls = [call for turn in (*example.turns, *(example.rejected or ())) for call in turn.calls]
    for call in calls:
        traits.update(call_traits(call))
    if example.hints.get("tools") == "functions" or any(call.hints.get("form") == "function_call" for call in calls):
        traits.add("legacy-functions")
    return traits


def _no_reference(reference: Json) -> bool:
    """Whether there is a reference and nothing in it: all of it is blank, or the part that graders always read."""
    if not isinstance(reference, dict):
        return isinstance(reference, str) and blank(reference)
    values = [value for key, value in reference.items() if key in words().answers] or list(reference.values())
    return all(value is None or (isinstance(value, str) and blank(value)) for value in values)


def _preference_notes(example: Example) -> list[Note]:
    prompt, chosen, rejected = _sides(example)
    notes: list[Note] = []
    if prompt and prompt[-1].role == "assistant":
        notes.append(Note("prompt-ends-with-answer", prompt[-1].path))
    lacking = _lacking(example)
    keys = example.hints.get("sides", _SIDES)
    for name, key, side in zip(_SIDES, keys, (chosen, rejected), strict=True):
        if (not side and key not in lacking) or (side and side[-1].role != "assistant"):
            notes.append(Note(f"{name}-not-answer", side[-1].path if side else None))
        if len(side) > 1:
            notes.append(Note(f"{name}-several-turns", side[1].path))
    if chosen and rejected and _words(chosen) == _words(rejected):
        notes.append(Note("chosen-equals-rejected", chosen[-1].path))
    return notes


def _words(turns: list[Turn]) -> str:
    return _SPACES.sub(" ", BETWEEN.join(map(said, turns))).strip()


def _sides(example: Example) -> tuple[list[Turn], list[Turn], list[Turn]]:
    at = max(len(example.turns) - int(example.hints.get("chosen", 1)), 0)
    return example.turns[:at], example.turns[at:], example.rejected or []


def said(turn: Turn) -> str:
    """The text of a turn, then its tool calls as JSON (names and arguments; ids say nothing)."""
    if not turn.calls:
        return turn.text or ""
    calls = canonical([{"arguments": plain_arguments(call), "name": call.name} for call in turn.calls])
    return f"{turn.text}\n{calls}" if turn.text else calls


def _asked(turns: list[Turn]) -> str:
    turns = [turn for turn in turns if turn.role != "system"]
    if len(turns) == 1 and turns[0].role == "user":
        return said(turns[0])
    return BETWEEN.join(f"{turn.role}: {said(turn)}" for turn in turns)


def _question(example: Example, shape: str) -> tuple[str, str | None]:
    turns = example.turns
    if example.rejected is not None:
        return _preferred(example)
    if shape in _REINFORCEMENT:
        return _asked(turns), None if example.reference is None else canonical(example.reference)
    if shape == "prompt-only":
        return _asked(turns), None
    last = next((index for index in range(len(turns) - 1, -1, -1) if turns[index].role == "assistant"), None)
    if last is None:
        return _asked(turns), None
    question, answer = _asked(turns[:last] + turns[last + 1 :]), said(turns[last])
    if shape in _UNPAIRED:
        return f"{question}{BETWEEN}{answer}", _label(example.label)
    return question, answer


def _preferred(example: Example) -> tuple[str, str]:
    prompt, chosen, rejected = _sides(example)
    others: list[Any] = example.hints.get("others", [])
    sides = [chosen, rejected, *(side if isinstance(side, list) else [side] for side in others)]
    texts = [BETWEEN.join(map(said, side)) for side in sides]
    question = BETWEEN.join([_asked(prompt), *sorted(texts)])
    return question, BETWEEN.join(sorted(texts)) if example.hints.get("tie") else texts[0]


def _label(label: Json) -> str | None:
    if label is None or isinstance(label, str):
        return None if label is None or blank(label) else label
    return canonical(label)
