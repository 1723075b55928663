"""Google's tuning records: `contents` of parts, with a system instruction, tools, preference pairs or references."""

from __future__ import annotations

from dataaudit.shapes.base import Call, Example, Json, Note, Record, Turn
from dataaudit.shapes.content import type_name
from dataaudit.shapes.lens import RecordShape, absent, put
from dataaudit.shapes.media import note_kinds, origin
from dataaudit.shapes.messages import inner_role, no_turns, plain_arguments, written_role
from dataaudit.shapes.tools import in_dialect

_SYSTEM = ("systemInstruction", "system_instruction")
_FAMILY = "gemini"
_KINDS = (
    *("text", "file_data", "inline_data", "function_call", "function_response"),
    *("executable_code", "code_execution_result"),
)
_MEDIA = {"image": "image", "video": "video", "audio": "audio"}


def read_turns(contents: Json, at: str, notes: list[Note]) -> list[Turn]:
    """The turns of a list of contents. Without roles (a fault unless it is one content) user and model take turns."""
    if not isinstance(contents, list):
        notes.append(Note("wrong-type:contents", at, type_name(contents)))
        return []
    turns: list[Turn] = []
    for index, item in enumerate(contents):
        usual = "assistant" if turns and turns[-1].role == "user" else "user"
        turns.append(_read_turn(item, f"{at}[{index}]", usual, notes))
        if len(contents) > 1 and isinstance(item, dict) and item.get("role") is None:
            notes.append(Note("missing-field:role", f"{at}[{index}]", "only a single content may leave it out"))
    return turns


def _read_turn(item: Json, at: str, usual: str, notes: list[Note]) -> Turn:
    hints: Record = {"source": item, "naming": _FAMILY, "family": _FAMILY, "at": at, "usual": usual}
    if not isinstance(item, dict):
        notes.append(Note("wrong-type:content", at, type_name(item)))
        return Turn("", None, item, path=at, hints=hints)
    role = usual
    if item.get("role") is not None and usual != "system":
        role = inner_role(item["role"], "gemini", f"{at}.role", "role", notes)
    turn = Turn(role, None, item.get("parts"), item.get("role"), path=f"{at}.parts", hints=hints)
    turn.extra = {key: value for key, value in item.items() if key not in ("role", "parts")}
    hints["fields"] = tuple(turn.extra)
    if "parts" not in item:
        hints["absent"] = True
        notes.append(Note("missing-field:parts", at))
    elif isinstance(item["parts"], list):
        _read_parts(turn, item["parts"], f"{at}.parts", notes)
    elif isinstance(item["parts"], dict):
        _read_parts(turn, [item["parts"]], f"{at}.parts", notes)
    else:
        notes.append(Note("wrong-type:parts", f"{at}.parts", type_name(item["parts"])))
    return turn


def _read_parts(turn: Turn, parts: list[Json], at: str, notes: list[Note]) -> None:
    texts: list[str] = []
    media: list[str] = []
    origins: set[str] = set()
    results: list[Json] = []
    for index, part in enumerate(parts):
        place = f"{at}[{index}]"
        if not isinstance(part, dict):
            notes.append(Note("wrong-type:part", place, type_name(part)))
            continue
        data = {_snake(key): value for key, value in part.items() if isinstance(key, str)}
        if "text" in data:
            texts += _text(turn, data, place, notes)
        note_kinds(data, _KINDS, place, notes)
        files = [data[key] for key in ("file_data", "inline_data") if key in data]
        media += map(_media, files)
        origins.update(*map(origin, files))
        results += _exchange(turn, data, place, notes)
    if texts or not (turn.calls or results):
        turn.text = "\n".join(texts)
    turn.media = tuple(media)
    turn.hints["media"] = origins
    if results:
        turn.hints["results"] = results
        turn.result_of = results[0] if len(results) == 1 else results
        if turn.text is None and turn.role == "user":
            turn.role = "tool"


def _text(turn: Turn, data: Record, at: str, notes: list[Note]) -> list[str]:
    if not isinstance(data["text"], str):
        notes.append(Note("wrong-type:text", f"{at}.text", type_name(data["text"])))
        return []
    if data.get("thought") is True:
        turn.hints["reasoning"] = True
        return []
    return [data["text"]]


def _exchange(turn: Turn, data: Record, at: str, notes: list[Note]) -> list[Json]:
    """Adds the call of a part to its turn; gives the id of the result of a part, in a list of one."""
    for key, name in (("function_call", "functionCall"), ("function_response", "functionResponse")):
        if key in data and not isinstance(data[key], dict):
            notes.append(Note(f"wrong-type:{name}", at, type_name(data[key])))
    if isinstance(call := data.get("function_call"), dict):
        hints = {"form": "functionCall", "at": f"{at}.functionCall"}
        turn.calls.append(Call(call.get("name"), call.get("args"), call.get("id"), hints=hints))
    result = data.get("function_response")
    return [result.get("id")] if isinstance(result, dict) else []


def _snake(key: str) -> str:
    return "".join(f"_{char.lower()}" if char.isupper() else char for char in key) if len(key) < 40 else key


def _media(data: Json) -> str:
    mime = (data.get("mimeType") or data.get("mime_type")) if isinstance(data, dict) else None
    return _MEDIA.get(mime.partition("/")[0], "document") if isinstance(mime, str) else "document"


def write_turn(turn: Turn) -> Json:
    """One content; what was not changed stays as it was."""
    after = _fresh(turn)
    if turn.hints.get("naming") != _FAMILY:
        return after
    source = turn.hints["source"]
    before = _read_turn(source, turn.hints["at"], turn.hints["usual"], [])
    return put(source, _fresh(before), after)


def _fresh(turn: Turn) -> Record:
    own = turn.hints.get("family") == _FAMILY
    role = turn.written_role if own and turn.role == "tool" else written_role(turn, "gemini")
    content: Record = {"role": role}
    if own and _unchanged(turn):
        return content | {"parts": turn.content} | turn.extra
    parts: list[Json] = [] if turn.text is None else [{"text": turn.text}]
    if own and isinstance(turn.content, list):
        parts = [part for part in turn.content if not (isinstance(part, dict) and "text" in part)] + parts
    elif turn.role == "tool":
        parts = [{"functionResponse": {"name": turn.name or "", "response": {"content": turn.text}}}]
    if not own:
        parts += [{"functionCall": {"name": call.name, "args": plain_arguments(call)}} for call in turn.calls]
    return content | {"parts": parts} | (turn.extra if own else {})


def _unchanged(turn: Turn) -> bool:
    read = Turn(turn.role, None, turn.content)
    if isinstance(turn.content, (list, dict)):
        _read_parts(read, turn.content if isinstance(turn.content, list) else [turn.content], "", [])
    return read.text == turn.text and [(c.name, c.arguments) for c in read.calls] == [
        (c.name, c.arguments) for c in turn.calls
    ]


def _instruction(turn: Turn) -> bool:
    return turn.role == "system" and turn.hints.get("usual", "system") == "system"


class Gemini(RecordShape):
    """`{"contents": [{"role", "parts"}], "systemInstruction"?, "tools"?}`; snake case is read too."""

    name = "gemini"
    needed: tuple[str, ...] = ("contents",)
    parts: tuple[str, ...] = ("contents", *_SYSTEM, "tools")

    def read(self, record: Record) -> Example:
        notes: list[Note] = []
        turns: list[Turn] = []
        key = next((key for key in _SYSTEM if key in record), None)
        system = None if key is None else record[key]
        if key is not None and isinstance(system, (dict, str)):
            item = system if isinstance(system, dict) else {"parts": [{"text": system}]}
            turns.append(_read_turn(item, key, "system", notes))
        elif system is not None and key is not None:
            notes.append(Note(f"wrong-type:{key}", key, type_name(system)))
        absent(record, "contents", notes)
        no_turns(record.get("contents"), "contents", notes)
        if "contents" in record:
            turns += read_turns(record["contents"], "contents", notes)
        example = Example(turns, record.get("tools"), notes=notes)
        example.hints["system"] = key or _SYSTEM[0]
        example.hints["needed"] = (*self.needed, key)
        example.hints["parts"] = [name for name in self.parts if name not in _SYSTEM or name == key]
        return example

    def write(self, example: Example) -> Record:
        record: Record = {}
        prompt = self._prompt(example)
        system = [turn for turn in prompt if _instruction(turn)]
        if system:
            key = example.hints.get("system", _SYSTEM[0])
            if len(system) == 1 and system[0].hints.get("family") == _FAMILY:
                record[key] = write_turn(system[0])
            else:
                record[key] = {"parts": [{"text": turn.text or ""} for turn in system]}
        record["contents"] = [write_turn(turn) for turn in prompt if not _instruction(turn)]
        if example.tools is not None:
            record["tools"] = in_dialect(example.tools, "gemini")
        return record

    def _prompt(self, example: Example) -> list[Turn]:
        return example.turns


class GeminiPreference(Gemini):
    """`contents` and two `completions` of `{"score", "completion"}`, one of score 1 and one of score 0."""

    name = "gemini-preference"
    needed = ("contents", "completions")
    parts = (*Gemini.parts, "completions")

    def read(self, record: Record) -> Example:
        example = super().read(record)
        absent(record, "completions", example.notes)
        completions = record.get("completions")
        items = completions if isinstance(completions, list) else []
        if "completions" in record and not isinstance(completions, list):
            example.notes.append(Note("wrong-type:completions", "completions", type_name(completions)))
        scores = [item.get("score") if isinstance(item, dict) else None for item in items]
        if len(items) != 2 or scores not in ([0, 1], [1, 0]) or any(isinstance(score, bool) for score in scores):
            example.notes.append(Note("score-invalid", "completions", "not one score of 1 and one of 0"))
        turns = [self._completion(item, index, example.notes) for index, item in enumerate(items)]
        best = _best(scores)
        example.hints["best"] = best
        example.rejected = [turn for index, turn in enumerate(turns) if index != best][:1]
        example.hints["chosen"] = 1 if turns else 0
        example.hints["others"] = [turn for index, turn in enumerate(turns) if index != best][1:]
        example.turns += turns[best : best + 1]
        return example

    def _completion(self, item: Json, index: int, notes: list[Note]) -> Turn:
        at = f"completions[{index}]"
        if not isinstance(item, dict):
            notes.append(Note("wrong-type:completion", at, type_name(item)))
            item = {"completion": item}
        elif "completion" not in item:
            notes.append(Note("missing-field:completion", at))
        return _read_turn(item.get("completion"), f"{at}.completion", "assistant", notes)

    def _prompt(self, example: Example) -> list[Turn]:
        return example.turns[: len(example.turns) - int(example.hints.get("chosen", 1))]

    def write(self, example: Example) -> Record:
        record = super().write(example)
        count = int(example.hints.get("chosen", 1))
        chosen = [{"score": 1, "completion": write_turn(turn)} for turn in example.turns[len(example.turns) - count :]]
        rejected = [{"score": 0, "completion": write_turn(turn)} for turn in example.rejected or []]
        return record | {"completions": _placed(chosen, rejected, example.hints)}


def _best(scores: list[Json]) -> int:
    """The place of the highest score; the first where no score is a number."""
    numbers = [score if isinstance(score, (int, float)) else float("-inf") for score in scores]
    return max(range(len(numbers)), key=numbers.__getitem__, default=0)


def _placed(chosen: list[Record], rejected: list[Record], hints: Record) -> list[Record]:
    rest = [{"score": 0, "completion": write_turn(turn)} for turn in hints.get("others", [])]
    items = rejected + rest
    return items[: hints.get("best", 0)] + chosen + items[hints.get("best", 0) :]


class GeminiReinforcement(Gemini):
    """`contents` that end with the user, and `references`, names and texts that the grader compares with."""

    name = "gemini-rft"
    needed = ("contents", "references")
    parts = (*Gemini.parts, "references")

    def read(self, record: Record) -> Example:
        example = super().read(record)
        absent(record, "references", example.notes)
        example.reference = record.get("references")
        if "references" in record and not isinstance(example.reference, dict):
            example.notes.append(Note("wrong-type:references", "references", type_name(example.reference)))
        return example

    def write(self, example: Example) -> Record:
        return super().write(example) | {"references": example.reference}


SHAPES: tuple[type[RecordShape], ...] = (Gemini, GeminiPreference, GeminiReinforcement)
