"""Crafted files of prompts and completions, preference pairs, reinforcement, and shapes of other vendors."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

from benchmarks.vendors.crafting import (
    ROWS,
    Change,
    Crafted,
    Row,
    answer,
    both,
    changed,
    chat,
    drop,
    family,
    lines,
    pairs,
    put,
    question,
    turn,
)


def _rename(old: str, new: str) -> Change:
    def change(row: Row) -> Row:
        return {new if key == old else key: value for key, value in row.items()}

    return change


def _table(rows: Sequence[Row], delimiter: str = ",") -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def prompt_completions() -> list[Crafted]:
    """Files of the group `pairs`."""
    rows = pairs()
    labels = [{"prompt": row["prompt"], "completion": f" {('yes', 'no')[n % 2]}"} for n, row in enumerate(rows)]
    extra = [{**row, "note": "x"} for row in rows]
    one: dict[str, Change] = {
        "empty-completion": put("", "completion", ""),
        "empty-prompt": put("", "prompt", ""),
        "null-completion": put("", "completion", None),
        "null-prompt": put("", "prompt", None),
        "integer-completion": put("", "completion", 7),
        "list-completion": put("", "completion", ["seven"]),
        "completion-missing": drop("", "completion"),
        "prompt-missing": drop("", "prompt"),
        "prompt-capital-in-a-row": _rename("prompt", "Prompt"),
        "extra-id-in-a-row": put("", "id", 5),
        "long": put("", "completion", " " + "word " * 2500),
        "capitals": put("", "completion", " YES, WE DO THAT.\n"),
        "no-separator": put("", "prompt", "How?"),
    }
    everywhere: dict[str, Change] = {
        "prompt-capital": _rename("prompt", "Prompt"),
        "completion-capitals": _rename("completion", "COMPLETION"),
        "response": _rename("completion", "response"),
        "extra-id": put("", "id", 5),
        "completions-only": drop("", "prompt"),
        "prompts-only": drop("", "completion"),
        "empty-prompts": put("", "prompt", ""),
        "empty-completions": put("", "completion", ""),
        "equal-prompts": put("", "prompt", "How? ->"),
        "equal-completions": put("", "completion", " Yes.\n"),
    }
    return [
        *family("pairs", rows, one, everywhere),
        Crafted("pairs-two-labels.jsonl", lines(labels)),
        Crafted("pairs-duplicates.jsonl", lines([*rows[:10], rows[0], rows[0]])),
        Crafted("pairs-rows-1.jsonl", lines(pairs(1))),
        Crafted("pairs-mixed-with-text.jsonl", lines([*rows[:8], *[{"text": answer(n)} for n in range(4)]])),
        Crafted("pairs-good.csv", _table(rows)),
        Crafted("pairs-extra-column.csv", _table(extra)),
        Crafted("pairs-bom.csv", b"\xef\xbb\xbf" + _table(rows)),
        Crafted("pairs-response.csv", _table([{"prompt": r["prompt"], "response": r["completion"]} for r in rows])),
        Crafted("pairs-good.tsv", _table(rows, "\t")),
        Crafted("pairs-array.json", json.dumps(rows).encode()),
        Crafted("pairs-bom.jsonl", b"\xef\xbb\xbf" + lines(rows)),
        Crafted("pairs-blank-line.jsonl", lines(rows).replace(b"\n", b"\n\n", 1)),
        Crafted("pairs-latin-1.jsonl", lines(rows).decode().replace("receipt", "reçu").encode("latin-1")),
        Crafted("pairs-zero.jsonl", b""),
    ]


def _preferences() -> list[Row]:
    return [
        {
            "input": {"messages": [turn("user", question(number))]},
            "preferred_output": [turn("assistant", answer(number))],
            "non_preferred_output": [turn("assistant", "No idea.")],
        }
        for number in range(ROWS)
    ]


def _ask(*messages: Row, **more: object) -> Change:
    return put("", "input", {"messages": list(messages), **more})


def preferences() -> list[Crafted]:
    """Files of the group `preference`, in OpenAI's shape."""
    good, worse = turn("assistant", "Yes, within a month."), turn("assistant", "No idea.")
    user = turn("user", "Can I send it back?")
    call = {"id": "call12345", "type": "function", "function": {"name": "find_order", "arguments": "{}"}}
    tool = {"type": "function", "function": {"name": "find_order", "parameters": {"type": "object"}}}
    one: dict[str, Change] = {
        "equal": both(put("", "preferred_output", [good]), put("", "non_preferred_output", [good])),
        "two-preferred": put("", "preferred_output", [good, good]),
        "two-rejected": put("", "non_preferred_output", [worse, worse]),
        "preferred-empty": put("", "preferred_output", []),
        "rejected-empty": put("", "non_preferred_output", []),
        "preferred-null": put("", "preferred_output", None),
        "preferred-string": put("", "preferred_output", "Yes."),
        "preferred-object": put("", "preferred_output", good),
        "preferred-missing": drop("", "preferred_output"),
        "rejected-missing": drop("", "non_preferred_output"),
        "input-missing": drop("", "input"),
        "preferred-by-user": put("", "preferred_output", [user]),
        "rejected-by-user": put("", "non_preferred_output", [user]),
        "preferred-ends-with-user": put("", "preferred_output", [good, user]),
        "preferred-empty-text": put("", "preferred_output", [turn("assistant", "")]),
        "preferred-null-text": put("", "preferred_output", [turn("assistant", None)]),
        "preferred-calls-tool": both(
            put("", "preferred_output", [{"role": "assistant", "tool_calls": [call]}]), _ask(user, tools=[tool])
        ),
        "input-string": put("", "input", "Can I send it back?"),
        "input-list": put("", "input", [user]),
        "input-without-messages": put("", "input", {}),
        "input-messages-empty": _ask(),
        "input-with-system": _ask(turn("system", "Be kind."), user),
        "input-only-system": _ask(turn("system", "Be kind.")),
        "input-ends-with-assistant": _ask(user, good),
        "input-two-rounds": _ask(user, good, user),
        "input-role-bot": _ask(turn("bot"), user),
        "input-role-developer": _ask(turn("developer", "Be kind."), user),
        "input-extra-key": _ask(user, mood="calm"),
        "input-parallel-tool-calls": _ask(user, tools=[tool], parallel_tool_calls=True),
        "extra-top-key-in-a-row": put("", "id", 5),
    }
    rows = _preferences()
    trl = [{"prompt": question(n), "chosen": answer(n), "rejected": "No idea."} for n in range(ROWS)]
    return [
        *family("preference", rows, one, {"extra-top-key": put("", "id", 5)}),
        Crafted("preference-rows-1.jsonl", lines(rows[:1])),
        Crafted("preference-chosen-rejected.jsonl", lines(trl)),
        Crafted("preference-chats.jsonl", lines(chat())),
        Crafted("preference-mixed-with-chats.jsonl", lines([*rows[:8], *chat(4)])),
        Crafted("preference-bom.jsonl", b"\xef\xbb\xbf" + lines(rows)),
        Crafted("preference-blank-line.jsonl", lines(rows).replace(b"\n", b"\n\n", 1)),
        Crafted("preference-broken-line.jsonl", lines(rows)[:-30]),
    ]


def reinforcement() -> list[Crafted]:
    """Files of the group `rft`: messages that end with the user, and keys for the grader."""
    rows = [{"messages": [turn("user", question(n))], "reference": answer(n)} for n in range(ROWS)]
    good = turn("assistant", "Yes.")
    one: dict[str, Change] = {
        "ends-with-assistant": put("", "messages", [turn("user"), good]),
        "ends-with-system": put("", "messages", [turn("user"), turn("system", "Be kind.")]),
        "only-system": put("", "messages", [turn("system", "Be kind.")]),
        "developer": put("", "messages", [turn("developer", "Be kind."), turn("user")]),
        "system": put("", "messages", [turn("system", "Be kind."), turn("user")]),
        "two-rounds": put("", "messages", [turn("user"), good, turn("user")]),
        "messages-empty": put("", "messages", []),
        "messages-missing": drop("", "messages"),
        "messages-null": put("", "messages", None),
        "reference-missing-in-a-row": drop("", "reference"),
        "other-key-in-a-row": _rename("reference", "solution"),
        "more-keys-in-a-row": put("", "points", 3),
        "reasoning-phrase": put("", "messages", [turn("user", "Think step by step reasoning aloud. Why?")]),
    }
    everywhere: dict[str, Change] = {
        "without-reference": drop("", "reference"),
        "equal-references": put("", "reference", "yes"),
        "references-of-600": put("", "reference", "word " * 120),
    }
    return [
        *family("rft", rows, one, everywhere),
        Crafted("rft-rows-1.jsonl", lines(rows[:1])),
        Crafted("rft-chats.jsonl", lines(chat())),
        Crafted("rft-bom.jsonl", b"\xef\xbb\xbf" + lines(rows)),
        Crafted("rft-blank-line.jsonl", lines(rows).replace(b"\n", b"\n\n", 1)),
        Crafted("rft-broken-line.jsonl", lines(rows)[:-30]),
    ]


def foreign() -> list[Crafted]:
    """Files of the group `foreign`: good rows in the shapes of other vendors."""
    numbers = range(ROWS)
    shapes: dict[str, list[Row]] = {
        "text": [{"text": answer(n)} for n in numbers],
        "alpaca": [{"instruction": question(n), "input": "", "output": answer(n)} for n in numbers],
        "sharegpt": [
            {"conversations": [{"from": "human", "value": question(n)}, {"from": "gpt", "value": answer(n)}]}
            for n in numbers
        ],
        "gemini": [
            {
                "contents": [
                    {"role": "user", "parts": [{"text": question(n)}]},
                    {"role": "model", "parts": [{"text": answer(n)}]},
                ]
            }
            for n in numbers
        ],
        "flat-chat": [{"user": question(n), "assistant": answer(n)} for n in numbers],
        "prompt-response": [{"prompt": question(n), "response": answer(n)} for n in numbers],
        "preference": _preferences(),
    }
    mixed = changed(chat(), lambda _: {"text": answer(4)})
    return [
        *[Crafted(f"foreign-{name}.jsonl", lines(rows)) for name, rows in shapes.items()],
        Crafted("foreign-chat-with-text-row.jsonl", lines(mixed)),
    ]
