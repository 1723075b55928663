"""OpenAI's chat records and their near kin: flat columns, Cohere's roles, prompt and completion as lists of messages.

The fast path for the ordinary row is in `fast_chat`.
"""

from __future__ import annotations

from dataaudit.shapes.base import Example, Layout, Note, Record, Turn
from dataaudit.shapes.content import type_name
from dataaudit.shapes.lens import RecordShape, absent
from dataaudit.shapes.messages import Naming, no_turns, read_turns, write_turns
from dataaudit.shapes.tools import in_dialect

_COHERE = Naming(roles="cohere-chat")
_FLAT = ("system", "user", "assistant")


class OpenAIChat(RecordShape):
    """`{"messages": [{"role", "content"}], "tools"?, ...}` with all that OpenAI's chat format allows."""

    name = "openai-chat"
    needed = ("messages",)
    parts = ("messages", "tools")
    naming = Naming()

    def read(self, record: Record) -> Example:
        notes: list[Note] = []
        absent(record, "messages", notes)
        no_turns(record.get("messages"), "messages", notes)
        turns = read_turns(record["messages"], "messages", notes, self.naming) if "messages" in record else []
        return with_tools(Example(turns, notes=notes, hints={"parts": self.parts}), record)

    def write(self, example: Example) -> Record:
        return {"messages": write_turns(example.turns, self.naming)} | written_tools(example)


def with_tools(example: Example, record: Record) -> Example:
    """The example with what `tools`, or the older `functions`, declares; that key becomes one of its parts."""
    key = "functions" if record.get("tools") is None and "functions" in record else "tools"
    example.tools = record.get(key)
    parts = [part for part in example.hints["parts"] if part not in ("tools", "functions")]
    example.hints |= {"tools": key, "parts": [*parts, key]}
    return example


def written_tools(example: Example) -> Record:
    """The field that declares the tools, or nothing."""
    if example.tools is None:
        return {}
    key = example.hints.get("tools", "tools")
    return {key if key == "functions" else "tools": in_dialect(example.tools, "openai")}


class CohereChat(OpenAIChat):
    """Cohere's `messages` with the roles System, User and Chatbot."""

    name = "cohere-chat"
    naming = _COHERE


class FlatChat(RecordShape):
    """`{"system"?, "user", "assistant"}`, all strings."""

    name = "flat-chat"
    needed = ("user", "assistant")
    parts = _FLAT

    def read(self, record: Record) -> Example:
        notes: list[Note] = []
        turns: list[Turn] = []
        for key in _FLAT:
            value = record.get(key)
            if key != "system":
                absent(record, key, notes)
            if key in record and not isinstance(value, str):
                notes.append(Note(f"wrong-type:{key}", key, type_name(value)))
            if key in record:
                turns.append(Turn(key, value if isinstance(value, str) else None, value, path=key))
        return Example(turns, notes=notes)

    def write(self, example: Example) -> Record:
        return {turn.role: turn.content if turn.text is None else turn.text for turn in example.turns}


class PromptCompletionChat(RecordShape):
    """`{"prompt": [messages], "completion": [messages], "tools"?}`."""

    name = "prompt-completion-chat"
    needed: tuple[str, ...] = ("prompt", "completion")
    parts: tuple[str, ...] = ("prompt", "completion", "tools")

    def read(self, record: Record) -> Example:
        notes: list[Note] = []
        no_turns(record.get("prompt"), "prompt", notes)
        prompt = read_field(record, "prompt", "user", notes)
        completion = read_field(record, "completion", "assistant", notes)
        example = Example(prompt + completion, notes=notes, hints={"parts": self.parts, "chosen": len(completion)})
        return with_tools(example, record)

    def write(self, example: Example) -> Record:
        cut = len(example.turns) - int(example.hints.get("chosen", 1))
        prompt, completion = example.turns[:cut], example.turns[cut:]
        sides = {"prompt": write_side(prompt), "completion": write_side(completion)}
        return sides | written_tools(example)


def read_field(record: Record, key: str, role: str, notes: list[Note], naming: Naming | None = None) -> list[Turn]:
    """The turns of a field that holds a side of a row; none, and a note, where the field is absent."""
    absent(record, key, notes)
    return read_side(record[key], key, role, notes, naming) if key in record else []


def read_side(value: object, at: str, role: str, notes: list[Note], naming: Naming | None = None) -> list[Turn]:
    """The turns of one side of a row: a list of messages, one message, or a text, which is a turn of `role`."""
    if isinstance(value, str):
        return [Turn(role, value, value, path=at, hints={"side": True})]
    return read_turns(value, at, notes, naming or Naming())


def write_side(turns: list[Turn], naming: Naming | None = None, single: bool = False) -> object:
    """One side of a row: the text where it was read as one, one message where `single`, else a list of messages."""
    if len(turns) == 1 and turns[0].hints.get("side"):
        return turns[0].text
    written = write_turns(turns, naming or Naming())
    return written[0] if single and len(written) == 1 else written


class PromptOnlyChat(RecordShape):
    """`{"prompt": [messages], "tools"?}`: the conversational form of `prompt-only`, which hands such records over."""

    name = "prompt-only"

    def __init__(self, layout: Layout) -> None:
        super().__init__(layout)
        self.prompt = layout.columns.prompt or "prompt"
        self.needed = (self.prompt,)
        self.parts = (self.prompt, "tools")

    def claims(self, record: Record) -> bool:
        """The prompt is a list of messages."""
        value = record.get(self.prompt)
        return isinstance(value, list) and (not value or any(isinstance(item, dict) for item in value))

    def read(self, record: Record) -> Example:
        notes: list[Note] = []
        no_turns(record.get(self.prompt), self.prompt, notes)
        turns = read_field(record, self.prompt, "user", notes)
        return with_tools(Example(turns, notes=notes, hints={"parts": self.parts}), record)

    def write(self, example: Example) -> Record:
        return {self.prompt: write_side(example.turns)} | written_tools(example)


SHAPES: tuple[type[RecordShape], ...] = (OpenAIChat, CohereChat, FlatChat, PromptCompletionChat)
