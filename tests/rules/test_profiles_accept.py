"""Every profile takes well-formed files of each shape that it says it reads, and says something of broken ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from dataaudit import audit
from dataaudit.catalogue import load_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dataaudit.catalogue import Provider
    from dataaudit.model import Verdict

    Row = dict[str, Any]

PROVIDERS = load_catalogue().providers
CITIES = ("Basra", "Bergen", "Cusco", "Dakar", "Hue", "Izmir", "Jaipur", "Kyoto", "Lagos", "Oaxaca", "Perth", "Quito")
LABELS = ("travel", "food", "history")


def asked(number: int) -> str:
    return f"What should a visitor of {CITIES[number % 12]} see on day {number}?"


def told(number: int) -> str:
    return f"Start at the old market of {CITIES[number % 12]}, then walk along the water; tour {number} leaves at nine."


def refused_answer(number: int) -> str:
    return f"No idea about day {number}."


def turn(role: str, content: str) -> Row:
    return {"role": role, "content": content}


def chat(number: int) -> list[Row]:
    return [turn("user", asked(number)), turn("assistant", told(number))]


def model(number: int, text: str) -> Row:
    return {"role": "model", "parts": [{"text": text}]}


def contents(number: int) -> list[Row]:
    return [{"role": "user", "parts": [{"text": asked(number)}]}]


def said(number: int) -> list[Row]:
    return [{"from": "human", "value": asked(number)}, {"from": "gpt", "value": told(number)}]


def blocks(number: int) -> list[Row]:
    return [
        {"role": "user", "content": [{"text": asked(number)}]},
        {"role": "assistant", "content": [{"text": told(number)}]},
    ]


def sides(number: int) -> Row:
    return {
        "chosen": [turn("assistant", told(number))],
        "rejected": [turn("assistant", refused_answer(number))],
    }


ROWS: dict[str, Callable[[int], Row]] = {
    "openai-chat": lambda n: {"messages": chat(n)},
    "openai-rft": lambda n: {"messages": chat(n)[:1], "reference_answer": told(n)},
    "openai-preference": lambda n: {
        "input": {"messages": chat(n)[:1]},
        "preferred_output": sides(n)["chosen"],
        "non_preferred_output": sides(n)["rejected"],
    },
    "cohere-chat": lambda n: {"messages": [turn("User", asked(n)), turn("Chatbot", told(n))]},
    "bedrock-haiku": lambda n: {"system": "You are a tour guide.", "messages": chat(n)},
    "bedrock-converse": lambda n: {"schemaVersion": "bedrock-conversation-2024", "messages": blocks(n)},
    "sharegpt": lambda n: {"conversations": said(n)},
    "sharegpt-preference": lambda n: {
        "conversations": said(n)[:1],
        "chosen": said(n)[1],
        "rejected": {"from": "gpt", "value": refused_answer(n)},
    },
    "sharegpt-unpaired": lambda n: {"conversations": said(n), "kto_tag": n % 2 == 0},
    "gemini": lambda n: {"contents": [*contents(n), model(n, told(n))]},
    "gemini-rft": lambda n: {"contents": contents(n), "references": {"answer": told(n)}},
    "gemini-preference": lambda n: {
        "contents": contents(n),
        "completions": [
            {"score": 1, "completion": model(n, told(n))},
            {"score": 0, "completion": model(n, refused_answer(n))},
        ],
    },
    "alpaca": lambda n: {"instruction": asked(n), "input": "", "output": told(n)},
    "prompt-completion": lambda n: {"prompt": asked(n), "completion": told(n)},
    "prompt-response": lambda n: {"prompt": asked(n), "response": told(n)},
    "pairs": lambda n: {"question": asked(n), "answer": told(n)},
    "prompt-completion-chat": lambda n: {"prompt": chat(n)[:1], "completion": chat(n)[1:]},
    "prompt-only": lambda n: {"prompt": asked(n)},
    "stepwise": lambda n: {"prompt": asked(n), "completions": [told(n), "Then rest."], "labels": [True, n % 2 == 0]},
    "preference": lambda n: {"prompt": asked(n), "chosen": told(n), "rejected": refused_answer(n)},
    "preference-chat": lambda n: {"prompt": chat(n)[:1], **sides(n)},
    "preference-implicit": lambda n: {side: [*chat(n)[:1], *turns] for side, turns in sides(n).items()},
    "autotrain-preference": lambda n: {"prompt": asked(n), "text": told(n), "rejected_text": refused_answer(n)},
    "unpaired-preference": lambda n: {"prompt": asked(n), "completion": told(n), "label": n % 2 == 0},
    "nemo-ranked": lambda n: {
        "context": chat(n)[:1],
        "completions": [
            {"rank": 0, "completion": sides(n)["chosen"]},
            {"rank": 1, "completion": sides(n)["rejected"]},
        ],
    },
    "nemo-helpsteer": lambda n: {
        "context": chat(n)[:1],
        "response1": told(n),
        "response2": refused_answer(n),
        "overall_preference": -2,
    },
    "nemo-embedding": lambda n: {"query": asked(n), "pos_doc": told(n), "neg_doc": [refused_answer(n)]},
    "text": lambda n: {"text": f"{asked(n)} {told(n)}"},
    "labeled-text": lambda n: {"text": f"{asked(n)} {told(n)}", "label": LABELS[n % 3]},
    "segments": lambda n: {"segments": [{"text": asked(n), "label": False}, {"text": told(n), "label": True}]},
    "tokenized": lambda n: {"input_ids": [n, 5, 2], "attention_mask": [1, 1, 1], "labels": [-100, 5, 2]},
    "image-caption": lambda n: {"image-ref": f"s3://bucket/{n}.png", "caption": f"Street {n} in {CITIES[n % 12]}"},
}
"""A well-formed row of each shape that a profile reads, by its number."""

OTHERWISE: dict[tuple[str, str], Callable[[int], Row]] = {
    ("openai-rft", "openai-chat"): lambda n: {"messages": chat(n)[:1]},
    ("azure-openai-rft", "openai-chat"): lambda n: {"messages": chat(n)[:1]},
}
"""Rows of profiles that read a shape in their own way: prompts alone, for a grader that needs no reference."""

TOLERATED: dict[tuple[str, str], str] = {
    ("azure-openai-rft", "openai-chat"): "soft SCH024 there is no key besides messages",
    ("azure-openai-sft", "bedrock-haiku"): "soft SCH008 the system prompt stands beside messages",
    ("fireworks-sft", "bedrock-haiku"): "soft SCH008 the system prompt stands beside messages",
    ("mistral-sft", "bedrock-haiku"): "soft SCH008 the system prompt stands beside messages",
    ("openai-sft", "bedrock-haiku"): "soft SCH008 the system prompt stands beside messages",
    ("bedrock-haiku-sft", "openai-rft"): "hard SCH014 ",
    ("mistral-sft", "openai-rft"): "hard SCH014 the last message must be the assistant's",
    ("llama-factory-sft", "openai-rft"): "soft SCH014 the last turn is not the assistant's",
    ("trl-sft", "openai-rft"): "soft SCH011 the column 'reference_answer' is ignored",
}
"""Shapes that a profile reads as one of its own and not without a word: a reason that it gives for every such file."""

ACCEPTED = [(profile, shape.name) for profile in PROVIDERS.values() for shape in profile.shapes]


def write(path: Path, rows: list[Row]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def verdict(profile: Provider, rows: list[Row], shape: str, folder: Path) -> Verdict:
    """What the profile says of a file of these rows, with a validation file beside it where it wants one."""
    files = [write(folder / "train.jsonl", rows)]
    if any(limit.name == "validation_required" for limit in profile.limits):
        files.append(write(folder / "valid.jsonl", [made(profile, shape)(number) for number in range(500, 530)]))
    report = audit(files, providers=[profile.id])
    assert report.files[0].shape == shape
    (found,) = report.verdicts
    return found


def made(profile: Provider, shape: str) -> Callable[[int], Row]:
    return OTHERWISE.get((profile.id, shape)) or ROWS[shape]


def enough(profile: Provider) -> int:
    """Rows that no minimum of the profile finds too few."""
    least = [limit.value for limit in profile.limits if limit.name in ("min_examples", "recommended_examples")]
    return max(24, *map(int, least)) if least else 24


def reasons(found: Verdict) -> list[str]:
    return [f"{one.severity} {one.rule} {one.message}" for one in found.reasons if one.severity != "advice"]


@pytest.mark.parametrize(("profile", "shape"), ACCEPTED, ids=lambda value: getattr(value, "id", value))
def test_a_well_formed_file_is_taken(profile: Provider, shape: str, tmp_path: Path) -> None:
    rows = [made(profile, shape)(number) for number in range(enough(profile))]
    found = verdict(profile, rows, shape, tmp_path)
    expected = TOLERATED.get((profile.id, shape))
    if expected is None:
        assert reasons(found) == []
    else:
        assert any(reason.startswith(expected) for reason in reasons(found)), reasons(found)
    refused = "refused" if expected is not None and expected.startswith("hard") else "accepted"
    assert found.answer == ("unavailable" if profile.status.state == "retired" else refused)


def without(*names: str) -> Callable[[Row], Row]:
    return lambda row: {key: value for key, value in row.items() if key not in names}


def cut(name: str) -> Callable[[Row], Row]:
    return lambda row: {**row, name: row[name][:-1]}


BROKEN: dict[str, Callable[[Row], Row]] = {
    **dict.fromkeys(("openai-chat", "cohere-chat", "bedrock-haiku", "bedrock-converse"), cut("messages")),
    "openai-rft": without("messages"),
    "openai-preference": lambda row: {**row, "preferred_output": row["preferred_output"][0]["content"]},
    "sharegpt": cut("conversations"),
    "sharegpt-unpaired": without("kto_tag"),
    "gemini": cut("contents"),
    "gemini-rft": lambda row: {**row, "references": None},
    "gemini-preference": cut("completions"),
    "alpaca": without("output"),
    "prompt-response": without("response"),
    "pairs": without("answer"),
    "prompt-only": without("prompt"),
    "stepwise": without("labels"),
    "autotrain-preference": without("text"),
    **dict.fromkeys(("prompt-completion", "prompt-completion-chat", "unpaired-preference"), without("completion")),
    **dict.fromkeys(("preference", "preference-chat", "preference-implicit", "sharegpt-preference"), without("chosen")),
    "nemo-ranked": without("completions"),
    "nemo-helpsteer": without("response1"),
    "nemo-embedding": without("pos_doc"),
    "text": without("text"),
    "labeled-text": lambda row: {**row, "text": None},
    "segments": without("segments"),
    "tokenized": without("input_ids"),
    "image-caption": without("caption"),
}
"""What takes the answer out of a row, or what stands for one."""

SILENT = {
    ("bedrock-nova2-rft", "openai-chat"),
    ("fireworks-rft", "openai-chat"),
    ("gemini-sft", "gemini"),
    ("huggingface-autotrain-sft", "openai-chat"),
    ("huggingface-autotrain-sft", "sharegpt"),
    ("trl-sft", "openai-chat"),
    ("trl-sft", "sharegpt"),
    ("unsloth-sft", "openai-chat"),
    ("unsloth-sft", "sharegpt"),
}
"""Profiles that take a chat that ends with the user: a prompt for a grader, or no rule was found. SCH014 tells it."""


@pytest.mark.parametrize(("profile", "shape"), ACCEPTED, ids=lambda value: getattr(value, "id", value))
def test_a_row_without_answer_is_told(profile: Provider, shape: str, tmp_path: Path) -> None:
    rows = [made(profile, shape)(number) for number in range(enough(profile))]
    rows[7] = BROKEN[shape](rows[7])
    found = verdict(profile, rows, shape, tmp_path)
    told = [reason for reason in found.reasons if reason.line == 8]
    assert (told == []) == ((profile.id, shape) in SILENT), [reason.message for reason in found.reasons]
