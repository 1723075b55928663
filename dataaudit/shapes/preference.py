"""Preference records: a prompt with a chosen and a rejected answer, and answers judged one by one.

NeMo's ranked and scored answers are in `nemo`, Gemini's in `gemini`, ShareGPT's in `sharegpt`.
"""

from __future__ import annotations

from dataaudit.shapes.base import Example, Json, Note, Record, Turn
from dataaudit.shapes.chat import PromptCompletionChat, read_field, write_side
from dataaudit.shapes.content import type_name
from dataaudit.shapes.lens import RecordShape, absent, same
from dataaudit.shapes.messages import OPENAI, Naming, no_turns, read_turns, write_turns
from dataaudit.shapes.recognise import CHOSEN, PROMPTS, REJECTED, first_key
from dataaudit.shapes.tools import in_dialect


def side_keys(record: Record) -> tuple[str, str]:
    """The keys of the chosen and the rejected answer."""
    return first_key(record, CHOSEN) or "chosen", first_key(record, REJECTED) or "rejected"


def cut(example: Example) -> tuple[list[Turn], list[Turn]]:
    """The turns of the prompt, and those of the chosen answer."""
    at = len(example.turns) - int(example.hints.get("chosen", 1))
    return example.turns[:at], example.turns[at:]


def read_sides(example: Example, record: Record, keys: tuple[str, str], naming: Naming = OPENAI) -> None:
    """Add the chosen and the rejected answer to an example that holds the prompt."""
    sides: list[list[Turn]] = []
    for key in keys:
        sides.append(read_field(record, key, "assistant", example.notes, naming))
    example.turns += sides[0]
    example.rejected = sides[1]
    example.hints["chosen"] = len(sides[0])
    example.hints["sides"] = keys
    example.hints["single"] = tuple(isinstance(record.get(key), dict) for key in keys)


def write_sides(example: Example, naming: Naming = OPENAI, text: bool = False) -> Record:
    """The two answers. text: of examples from other shapes only the text."""
    keys = example.hints.get("sides", ("chosen", "rejected"))
    single = example.hints.get("single", (False, False))
    sides = (cut(example)[1], example.rejected or [])
    if text:
        return {key: _text(side) for key, side in zip(keys, sides, strict=True)}
    return {key: write_side(side, naming, one) for key, side, one in zip(keys, sides, single, strict=True)}


def _text(turns: list[Turn]) -> Json:
    if len(turns) == 1 and turns[0].text is None:
        return turns[0].content
    return "\n\n".join(turn.text or "" for turn in turns)


def _text_turn(record: Record, key: str, role: str, notes: list[Note]) -> list[Turn]:
    absent(record, key, notes)
    if key not in record:
        return []
    value = record[key]
    if not isinstance(value, str):
        notes.append(Note(f"wrong-type:{key}", key, type_name(value)))
    return [Turn(role, value if isinstance(value, str) else None, value, path=key)]


class Preference(RecordShape):
    """`{"prompt", "chosen", "rejected"}`, strings; `question`, `instruction` or `input` may stand for `prompt`."""

    name = "preference"
    keys: tuple[str, str] | None = None

    def read(self, record: Record) -> Example:
        notes: list[Note] = []
        prompt = first_key(record, PROMPTS) or "prompt"
        keys = self.keys or side_keys(record)
        turns: list[Turn] = []
        parts = [prompt, *keys]
        if isinstance(record.get("system"), str):
            turns += _text_turn(record, "system", "system", notes)
            parts.append("system")
        if self.keys is None or prompt in record:
            turns += _text_turn(record, prompt, "user", notes)
        chosen = _text_turn(record, keys[0], "assistant", notes)
        rejected = _text_turn(record, keys[1], "assistant", notes)
        hints = {"prompt": prompt, "sides": keys, "chosen": len(chosen), "parts": parts, "needed": ("prompt", *keys)}
        return Example(turns + chosen, rejected=rejected, notes=notes, hints=hints)

    def write(self, example: Example) -> Record:
        prompt = cut(example)[0]
        record: Record = {turn.role: turn.text for turn in prompt if turn.role == "system"}
        asked = [turn for turn in prompt if turn.role != "system"]
        if asked or self.keys is None:
            record[example.hints.get("prompt", "prompt")] = _text(asked)
        if self.keys is not None:
            example.hints.setdefault("sides", self.keys)
        return record | write_sides(example, text=True)


class AutoTrain(Preference):
    """AutoTrain's `{"text", "rejected_text", "prompt"?}`."""

    name = "autotrain-preference"
    keys = ("text", "rejected_text")


class PreferenceChat(RecordShape):
    """`{"prompt", "chosen", "rejected", "tools"?}` with lists of messages."""

    name = "preference-chat"

    def read(self, record: Record) -> Example:
        prompt = first_key(record, PROMPTS) or "prompt"
        keys = side_keys(record)
        example = Example([], record.get("tools"))
        no_turns(record.get(prompt), prompt, example.notes)
        example.turns = read_field(record, prompt, "user", example.notes)
        example.hints |= {"prompt": prompt, "parts": (prompt, *keys, "tools"), "needed": ("prompt", *keys)}
        example.hints["one"] = isinstance(record.get(prompt), dict)
        read_sides(example, record, keys)
        return example

    def write(self, example: Example) -> Record:
        prompt = write_side(cut(example)[0], single=example.hints.get("one", False))
        record = {example.hints.get("prompt", "prompt"): prompt} | write_sides(example)
        return record if example.tools is None else record | {"tools": in_dialect(example.tools, "openai")}


class PreferenceImplicit(RecordShape):
    """`{"chosen", "rejected"}`, each with the prompt in it: strings or whole conversations.

    The prompt is what both begin with, as TRL's extract_prompt finds it.
    """

    name = "preference-implicit"

    def read(self, record: Record) -> Example:
        keys = side_keys(record)
        example = Example([], record.get("tools"), hints={"parts": (*keys, "tools"), "needed": keys})
        chosen, rejected = (record.get(key) for key in keys)
        if isinstance(chosen, str) and isinstance(rejected, str):
            shared = _shared_text(chosen, rejected)
            if shared:
                example.turns = [Turn("user", chosen[:shared], chosen[:shared], path=keys[0])]
            example.turns.append(Turn("assistant", chosen[shared:], chosen[shared:], path=keys[0]))
            example.rejected = [Turn("assistant", rejected[shared:], rejected[shared:], path=keys[1])]
            example.hints |= {"chosen": 1, "sides": keys, "text": True}
            return example
        read_sides(example, record, keys)
        shared = 0
        if isinstance(chosen, list) and isinstance(rejected, list):
            shared = _shared_items(chosen, rejected)
        rejected_turns = example.rejected or []
        if (place := _other_prompt(example.turns, rejected_turns)) is not None:
            example.notes.append(Note("chosen-other-prompt", f"{keys[1]}[{place}]"))
        example.hints |= {"chosen": example.hints["chosen"] - shared, "shared": rejected_turns[:shared]}
        example.rejected = rejected_turns[shared:]
        return example

    def write(self, example: Example) -> Record:
        prompt, chosen = cut(example)
        keys = example.hints.get("sides", ("chosen", "rejected"))
        rejected = example.rejected or []
        if example.hints.get("text"):
            lead = _text(prompt) if prompt else ""
            return {key: lead + _text(side) for key, side in zip(keys, (chosen, rejected), strict=True)} | _tools(
                example
            )
        single = example.hints.get("single", (False, False))
        whole = (prompt + chosen, example.hints.get("shared", prompt) + rejected)
        sides = {key: write_side(side, single=one) for key, side, one in zip(keys, whole, single, strict=True)}
        return sides | _tools(example)


def _tools(example: Example) -> Record:
    return {} if example.tools is None else {"tools": in_dialect(example.tools, "openai")}


def _shared_text(one: str, other: str) -> int:
    """How many characters two texts begin with alike, a blank at the end left to the answers."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low - 1 if low and one[low - 1] == " " else low


def _shared_items(one: list[Json], other: list[Json]) -> int:
    """How many messages two conversations begin with alike; never all, so that both keep an answer."""
    most = max(min(len(one), len(other)) - 1, 0)
    return next((index for index in range(most) if not same(one[index], other[index])), most)


def _other_prompt(chosen: list[Turn], rejected: list[Turn]) -> int | None:
    """The message from which on two conversations ask differently; None where only the answers differ.

    Their last messages are the answers; whether these come from the assistant is noted elsewhere.
    """
    for index, (one, other) in enumerate(zip(chosen, rejected, strict=False)):
        if (
            one.role == other.role
            and one.text == other.text
            and (one.text is not None or same(one.content, other.content))
        ):
            continue
        asked = [side[index].role != "assistant" and index < len(side) - 1 for side in (chosen, rejected)]
        return index if any(asked) else None
    return None


class OpenAIPreference(RecordShape):
    """`{"input": {"messages", "tools"?}, "preferred_output": [messages], "non_preferred_output": [messages]}`."""

    name = "openai-preference"
    needed = ("input", "preferred_output", "non_preferred_output")
    parts = needed

    def read(self, record: Record) -> Example:
        example = Example([])
        absent(record, "input", example.notes)
        given = record.get("input")
        if isinstance(given, dict):
            absent(given, "messages", example.notes)
            no_turns(given.get("messages"), "input.messages", example.notes)
            if "messages" in given:
                example.turns = read_turns(given["messages"], "input.messages", example.notes)
            example.tools = given.get("tools")
            example.hints["input"] = {key: value for key, value in given.items() if key not in ("messages", "tools")}
            example.hints["inner"] = tuple(given)
        elif "input" in record:
            example.notes.append(Note("wrong-type:input", "input", type_name(given)))
            example.hints["input"] = given
        example.hints["tools"] = "input.tools"
        keys = ("preferred_output", "non_preferred_output")
        read_sides(example, record, keys)
        for key in keys:
            # A text or one message is understood all the same; what is neither is already noted.
            if isinstance(record.get(key), str | dict):
                example.notes.append(Note(f"wrong-type:{key}", key, f"{type_name(record[key])} instead of a list"))
        return example

    def write(self, example: Example) -> Record:
        extra = example.hints.get("input", {})
        given: Json = extra
        if isinstance(extra, dict):
            given = {"messages": write_turns(cut(example)[0])} | _tools(example) | extra
            source = example.hints.get("source", {}).get("input") if example.hints.get("shape") == self.name else None
            if isinstance(source, dict):
                given = {key: given.get(key, source[key]) for key in source} | given
        sides = write_sides(example)
        keys = ("preferred_output", "non_preferred_output")
        return {"input": given} | dict(zip(keys, sides.values(), strict=True))


class Unpaired(PromptCompletionChat):
    """`{"prompt", "completion", "label": bool}`; strings, or lists of messages."""

    name = "unpaired-preference"
    verdict = "label"
    needed = ("prompt", "completion", "label")
    parts = ("prompt", "completion", "label", "tools")

    def read(self, record: Record) -> Example:
        example = super().read(record)
        example.label = record.get("label")
        absent(record, "label", example.notes)
        if "label" in record and not isinstance(example.label, bool):
            example.notes.append(Note("wrong-type:label", "label", type_name(example.label)))
        return example

    def write(self, example: Example) -> Record:
        return super().write(example) | {"label": example.label}


SHAPES: tuple[type[RecordShape], ...] = (
    Preference,
    PreferenceChat,
    PreferenceImplicit,
    AutoTrain,
    OpenAIPreference,
    Unpaired,
)
