"""Flat records of a prompt and an answer, both text: the most common files of all.

Records with lists of messages in these fields are not read here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dataaudit.shapes.chat import PromptOnlyChat
from dataaudit.shapes.fields import Draft, FieldShape, Parts, Place, kind_of, parts_of, put, with_system

if TYPE_CHECKING:
    from collections.abc import Collection

    from dataaudit.shapes.base import Example, Json, Layout, Record


class Pair(FieldShape):
    """Two named text fields, and whatever columns the layout names beside them (system, label, id)."""

    prompt_name: ClassVar[str] = "prompt"
    completion_name: ClassVar[str] = "completion"

    def __init__(self, layout: Layout) -> None:
        super().__init__(layout)
        self.prompt = self.columns.prompt or self.prompt_name
        self.completion = self.columns.completion or self.completion_name

    def claims(self, record: Record) -> bool:
        """Both fields are there and are text."""
        return isinstance(record.get(self.prompt), str) and isinstance(record.get(self.completion), str)

    def fill(self, record: Record, draft: Draft) -> None:
        """System, prompt, completion, label and id, each where the layout says."""
        if self.columns.system is not None:
            draft.field("system", self.columns.system, needed=False)
        draft.field("user", self.prompt)
        draft.field("assistant", self.completion)
        fill_columns(self, record, draft)

    def known(self) -> Collection[str]:
        """Prompt and completion."""
        return self.prompt, self.completion

    def build(self, example: Example) -> Record:
        """Prompt and completion; a system text goes to its column, or before the prompt."""
        parts = parts_of(example)
        system = {} if self.columns.system is None or parts.system is None else {self.columns.system: parts.system}
        label = {} if self.columns.label is None else {self.columns.label: example.label}
        prompt = parts.prompt if self.columns.system is not None else with_system(parts)
        return {**system, self.prompt: prompt, self.completion: parts.answer or "", **label}


def fill_columns(shape: FieldShape, record: Record, draft: Draft) -> None:
    """Label and id, from the columns that the layout names; a blank or absent label is noted."""
    name = shape.columns.label
    if name is not None:
        if name in record:
            draft.used.add(name)
            draft.label(record[name], (name,))
        else:
            draft.note("label-missing", name)
    draft.identify(shape.columns.id)


class PromptCompletion(Pair):
    """{"prompt", "completion"}: OpenAI's first format, Bedrock, TRL."""

    name = "prompt-completion"


class PromptResponse(Pair):
    """{"prompt", "response"}."""

    name = "prompt-response"
    completion_name = "response"


class Pairs(Pair):
    """Any other two columns, guessed or given; without columns in the layout it claims nothing."""

    name = "pairs"

    def claims(self, record: Record) -> bool:
        """Only where the layout names both columns."""
        return None not in (self.columns.prompt, self.columns.completion) and super().claims(record)


class Alpaca(Pair):
    """{"instruction", "input"?, "output", "system"?, "history"?}, the format of Stanford Alpaca and LLaMA-Factory.

    Instruction and input are one user turn, joined by a line end as LLaMA-Factory does. `history` is a list of pairs
    of earlier turns. Where `output` is absent, `response` is the answer.
    """

    name = "alpaca"
    prompt_name = "instruction"
    completion_name = "output"

    def _answer(self, record: Record) -> str:
        if self.columns.completion is None and "output" not in record and "response" in record:
            return "response"
        return self.completion

    def claims(self, record: Record) -> bool:
        """An instruction, and an output (or a response beside an input), all text; input may be null."""
        answer = self._answer(record)
        named = self.columns.completion is not None or answer == "output" or "input" in record
        return (
            named
            and isinstance(record.get(self.prompt), str)
            and isinstance(record.get(answer), str)
            and isinstance(record.get("input", ""), str | None)
        )

    def fill(self, record: Record, draft: Draft) -> None:
        """System, history, instruction with input, answer."""
        draft.field("system", self.columns.system or "system", needed=False)
        self._history(record, draft)
        self._instruction(record, draft)
        draft.field("assistant", self._answer(record))
        fill_columns(self, record, draft)

    def _history(self, record: Record, draft: Draft) -> None:
        history = record.get("history")
        if "history" not in record:
            return
        draft.used.add("history")
        pairs = history if isinstance(history, list) else []
        if all(isinstance(pair, list) and len(pair) == 2 and all(isinstance(s, str) for s in pair) for pair in pairs):
            for index, pair in enumerate(pairs):
                draft.turn("user", pair[0], pair[0], ("history", index, 0))
                draft.turn("assistant", pair[1], pair[1], ("history", index, 1))
        else:
            draft.note("wrong-type:history", "history", "no list of pairs of strings")
        if not isinstance(history, list | None):
            draft.note("wrong-type:history", "history", f"{kind_of(history)} where a list belongs")

    def _instruction(self, record: Record, draft: Draft) -> None:
        extra = record.get("input")
        if "input" in record:
            draft.used.add("input")
            if not isinstance(extra, str | None):
                draft.note("wrong-type:input", "input", f"{kind_of(extra)} where text belongs")
        instruction = record.get(self.prompt)
        if isinstance(instruction, str) and isinstance(extra, str) and extra.strip():
            draft.used.add(self.prompt)
            joined = f"{instruction}\n{extra}"
            draft.turn("user", joined, joined, ("input",))
        else:
            draft.field("user", self.prompt)

    def write(self, record: Record, place: Place, value: Json) -> Record:
        """As any field; an edited user turn is cut into instruction and input again where the cut still shows."""
        if place.path != ("input",) or not isinstance(value, str):
            return super().write(record, place, value)
        instruction, extra = record[self.prompt], record["input"]
        if value.startswith(f"{instruction}\n"):
            return put(record, ("input",), value[len(instruction) + 1 :])  # type: ignore[no-any-return]
        if value.endswith(f"\n{extra}"):
            return put(record, (self.prompt,), value[: -len(extra) - 1])  # type: ignore[no-any-return]
        return {**record, self.prompt: value, "input": ""}

    def known(self) -> Collection[str]:
        """Also input, system and history."""
        return self.prompt, "input", self.completion, "system", "history"

    def build(self, example: Example) -> Record:
        """Earlier pairs of turns become the history; a system text its own field."""
        turns = [turn for turn in example.turns if turn.role != "system"]
        parts = parts_of(example)
        roles = [turn.role for turn in turns]
        history: list[list[str]] = []
        if len(turns) > 2 and roles == ["user", "assistant"] * (len(turns) // 2):
            texts = [turn.text or "" for turn in turns]
            history = [[texts[i], texts[i + 1]] for i in range(0, len(texts) - 2, 2)]
            parts = Parts(parts.system, texts[-2], texts[-1])
        record: Record = {self.prompt: parts.prompt, "input": "", self.completion: parts.answer or ""}
        if parts.system is not None:
            record[self.columns.system or "system"] = parts.system
        return {**record, "history": history} if history else record


class PromptOnly(FieldShape):
    """{"prompt"}: prompts without an answer, for distillation and for training on rewards.

    The prompt is a text, or a list of messages (TRL's conversational form).
    """

    name = "prompt-only"

    def __init__(self, layout: Layout) -> None:
        super().__init__(layout)
        self.prompt = self.columns.prompt or "prompt"
        self._chat = PromptOnlyChat(layout)

    def claims(self, record: Record) -> bool:
        """A prompt, and no field of that name in a pair or a preference beside it."""
        if _ANSWERS.intersection(record):
            return False
        return isinstance(record.get(self.prompt), str) or self._chat.claims(record)

    def to_example(self, record: Json) -> Example:
        """The inner form; of a list of messages its turns."""
        if isinstance(record, dict) and self._chat.claims(record):
            return self._chat.to_example(record)
        return super().to_example(record)

    def to_record(self, example: Example) -> Record:
        """The record read, with the edits of the example in it."""
        conversational = example.hints.get("shape") == self.name and "source" in example.hints
        return self._chat.to_record(example) if conversational else super().to_record(example)

    def fill(self, record: Record, draft: Draft) -> None:
        """System, prompt, label, id."""
        if self.columns.system is not None:
            draft.field("system", self.columns.system, needed=False)
        draft.field("user", self.prompt)
        fill_columns(self, record, draft)

    def known(self) -> Collection[str]:
        """The prompt."""
        return (self.prompt,)

    def build(self, example: Example) -> Record:
        """The prompt; the answer is left out, since the shape has none."""
        return {self.prompt: with_system(parts_of(example))}


_ANSWERS = {"completion", "completions", "response", "chosen", "rejected"}


class Stepwise(FieldShape):
    """{"prompt", "completions": [...], "labels": [...]}: an answer in steps, each with a verdict (TRL)."""

    name = "stepwise"

    def claims(self, record: Record) -> bool:
        """A prompt, and two lists."""
        return (
            isinstance(record.get("prompt"), str)
            and isinstance(record.get("completions"), list)
            and isinstance(record.get("labels"), list)
        )

    def fill(self, record: Record, draft: Draft) -> None:
        """The prompt, and the steps as one answer, a step a line; labels stay as a reference."""
        draft.field("user", "prompt")
        steps, labels = record.get("completions"), record.get("labels")
        for name, value in (("completions", steps), ("labels", labels)):
            if name not in record:
                draft.note(f"missing-field:{name}", name)
            elif not isinstance(value, list):
                draft.note(f"wrong-type:{name}", name, f"{kind_of(value)} where a list belongs")
        if "completions" in record:
            draft.used.add("completions")
            written = [step for step in steps if isinstance(step, str)] if isinstance(steps, list) else []
            draft.turn("assistant", "\n".join(written) if isinstance(steps, list) else None, steps, ("completions",))
            if isinstance(steps, list) and len(written) != len(steps):
                draft.note("wrong-type:completions", "completions", "a step that is no text")
        if isinstance(steps, list) and isinstance(labels, list) and len(steps) != len(labels):
            draft.note("wrong-type:labels", "labels", f"{len(labels)} labels for {len(steps)} steps")
        if "labels" in record:
            draft.used.add("labels")
            draft.example.reference = labels

    def write(self, record: Record, place: Place, value: Json) -> Record:
        """An edited answer is cut into steps at its line ends where that gives as many steps as before."""
        if place.path == ("completions",) and isinstance(value, str):
            steps = value.split("\n")
            before = place.content if isinstance(place.content, list) else []
            value = steps if len(steps) == len(before) else [value]
        return super().write(record, place, value)

    def known(self) -> Collection[str]:
        """Prompt, completions and labels."""
        return "prompt", "completions", "labels"

    def build(self, example: Example) -> Record:
        """The answer as one step without a verdict."""
        parts = parts_of(example)
        return {"prompt": with_system(parts), "completions": [parts.answer or ""], "labels": []}


SHAPES: tuple[type[FieldShape], ...] = (PromptCompletion, PromptResponse, Pairs, Alpaca, PromptOnly, Stepwise)
