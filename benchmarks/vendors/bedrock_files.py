"""Crafted files in the shapes of Amazon Bedrock: Converse for Nova and Llama, prompt and completion, Haiku."""

from __future__ import annotations

from typing import Any

from benchmarks.vendors.crafting import (
    Change,
    Crafted,
    Row,
    answer,
    chat,
    drop,
    family,
    insert,
    lines,
    pairs,
    put,
    question,
    turn,
)

NOVA_ROWS, LLAMA_ROWS, HAIKU_ROWS = 12, 104, 40


def _converse(count: int) -> list[Row]:
    return [
        {
            "schemaVersion": "bedrock-conversation-2024",
            "system": [{"text": "You help the customers of a furniture shop."}],
            "messages": [_say("user", question(number)), _say("assistant", answer(number))],
        }
        for number in range(count)
    ]


def _say(role: str, text: str = "And one more thing?", *blocks: Row) -> Row:
    return turn(role, [{"text": text}, *blocks])


def _media(kind: str, form: str, uri: str = "s3://shop/pictures/lamp.png") -> Row:
    return {kind: {"format": form, "source": {"s3Location": {"uri": uri}}}}


def _with(*blocks: Row, at: int = 0) -> Change:
    """A change that adds blocks to a message."""

    def change(row: Row) -> None:
        row["messages"][at]["content"] += blocks

    return change


def _order() -> dict[str, Change]:
    return {
        "last-user": insert(-1, _say("user")),
        "two-users": insert(0, _say("user")),
        "two-assistants": insert(-1, _say("assistant")),
        "starts-with-assistant": insert(0, _say("assistant")),
        "one-message": put("", "messages", [_say("user")]),
        "only-assistant": put("", "messages", [_say("assistant")]),
        "two-rounds": insert(-1, _say("user"), _say("assistant")),
        "messages-empty": put("", "messages", []),
        "messages-missing": drop("", "messages"),
    }


def _content() -> dict[str, Change]:
    def text(value: Any) -> Change:
        return put(1, "content", [{"text": value}])

    return {
        "empty-text": text(""),
        "integer-text": text(7),
        "string-content": put(1, "content", "Yes."),
        "null-content": put(1, "content", None),
        "missing-content": drop(1, "content"),
        "role-bot": put(1, "role", "bot"),
        "role-system": insert(0, _say("system")),
        "role-missing": drop(1, "role"),
        "block-unknown": put(1, "content", [{"sound": "x"}]),
        "reserved-word": text("User: hello"),
    }


def _top() -> dict[str, Change]:
    return {
        "schema-version-other": put("", "schemaVersion", "2023"),
        "schema-version-missing": drop("", "schemaVersion"),
        "system-string": put("", "system", "Be kind."),
        "system-two": put("", "system", [{"text": "Be kind."}, {"text": "Be short."}]),
        "extra-top-key-in-a-row": put("", "id", 5),
        "extra-message-key": put(1, "mood", "calm"),
    }


def _media_changes() -> dict[str, Change]:
    return {
        "image-in-answer": _with(_media("image", "png"), at=1),
        "image-and-video": _with(_media("image", "png"), _media("video", "mp4", "s3://shop/lamp.mp4")),
        "images-11": _with(*[_media("image", "png")] * 11),
        "videos-2": _with(*[_media("video", "mp4", "s3://shop/lamp.mp4")] * 2),
        "image-bmp": _with(_media("image", "bmp", "s3://shop/lamp.bmp")),
        "image-https": _with(_media("image", "png", "https://example.org/lamp.png")),
    }


def _framed(group: str, rows: list[Row]) -> list[Crafted]:
    """What bytes and line ends do to files of a group."""
    good = lines(rows)
    return [
        Crafted(f"{group}-bom.jsonl", b"\xef\xbb\xbf" + good),
        Crafted(f"{group}-blank-line.jsonl", good.replace(b"\n", b"\n\n", 1)),
        Crafted(f"{group}-crlf.jsonl", good.replace(b"\n", b"\r\n")),
        Crafted(f"{group}-cut-last-line.jsonl", good[:-40]),
        Crafted(f"{group}-chats.jsonl", lines(chat(len(rows)))),
    ]


def nova() -> list[Crafted]:
    """Files of the group `nova`."""
    rows = _converse(NOVA_ROWS)
    everywhere = {
        "images": _with(_media("image", "png")),
        "videos": _with(_media("video", "mp4", "s3://shop/lamp.mp4")),
        "extra-top-key": put("", "id", 5),
        "no-system": drop("", "system"),
    }
    return [
        *family("nova", rows, {**_order(), **_content(), **_top(), **_media_changes()}, everywhere),
        *[Crafted(f"nova-rows-{count}.jsonl", lines(_converse(count))) for count in (1, 7, 8)],
        *_framed("nova", rows),
        Crafted("nova-good.json", lines(rows)),
        Crafted("nova-system-in-some-rows.jsonl", lines([{**rows[0], "system": None}, *rows[1:]])),
        Crafted(
            "nova-system-missing-in-a-row.jsonl",
            lines([*rows[:-1], {k: rows[-1][k] for k in ("schemaVersion", "messages")}]),
        ),
    ]


def llama() -> list[Crafted]:
    """Files of the groups `llama` (Converse) and `llamapairs` (prompt and completion)."""
    rows = _converse(LLAMA_ROWS)
    top = {key: change for key, change in _top().items() if key != "system-string"}
    pair_rows = pairs(LLAMA_ROWS)
    pair_changes: dict[str, Change] = {
        "empty-completion": put("", "completion", ""),
        "empty-prompt": put("", "prompt", ""),
        "completion-missing": drop("", "completion"),
        "prompt-missing": drop("", "prompt"),
        "extra-top-key-in-a-row": put("", "id", 5),
    }
    return [
        *family("llama", rows, {**_order(), **_content(), **top}, {"no-system": drop("", "system")}),
        *_framed("llama", rows),
        Crafted("llama-rows-99.jsonl", lines(_converse(99))),
        Crafted("llama-rows-10001.jsonl", lines(_converse(10_001))),
        *family("llamapairs", pair_rows, pair_changes, {"extra-top-key": put("", "id", 5)}),
        *_framed("llamapairs", pair_rows),
        Crafted("llamapairs-rows-99.jsonl", lines(pairs(99))),
        Crafted("llamapairs-rows-10001.jsonl", lines(pairs(10_001))),
    ]


def haiku() -> list[Crafted]:
    """Files of the group `haiku`: a system string beside messages whose content is a string."""

    def good(count: int) -> list[Row]:
        return [
            {
                "system": "You help the customers of a furniture shop.",
                "messages": [turn("user", question(number)), turn("assistant", answer(number))],
            }
            for number in range(count)
        ]

    rows = good(HAIKU_ROWS)
    one: dict[str, Change] = {
        "last-user": insert(-1, turn("user")),
        "two-users": insert(0, turn("user")),
        "two-assistants": insert(-1, turn("assistant")),
        "starts-with-assistant": insert(0, turn("assistant")),
        "one-message": put("", "messages", [turn("user")]),
        "two-rounds": insert(-1, turn("user"), turn("assistant")),
        "messages-empty": put("", "messages", []),
        "messages-missing": drop("", "messages"),
        "empty-answer": put(1, "content", ""),
        "integer-answer": put(1, "content", 7),
        "null-answer": put(1, "content", None),
        "list-answer": put(1, "content", [{"type": "text", "text": "Yes."}]),
        "missing-content": drop(1, "content"),
        "role-system": insert(0, turn("system", "Be kind.")),
        "role-bot": put(1, "role", "bot"),
        "role-missing": drop(1, "role"),
        "reserved-human": put(1, "content", "Yes.\n\nHuman: hello"),
        "reserved-assistant": put(0, "content", "Hello?\n\nAssistant: yes"),
        "human-inside-a-line": put(1, "content", "A Human: one of us."),
        "reserved-in-system": put("", "system", "Be kind.\n\nHuman: hello"),
        "system-integer": put("", "system", 7),
        "system-list": put("", "system", [{"text": "Be kind."}]),
        "extra-top-key-in-a-row": put("", "id", 5),
        "extra-message-key": put(1, "mood", "calm"),
        "answer-of-100000": put(1, "content", "word " * 20_000),
    }
    return [
        *family("haiku", rows, one, {"no-system": drop("", "system"), "extra-top-key": put("", "id", 5)}),
        *_framed("haiku", rows),
        *[Crafted(f"haiku-rows-{count}.jsonl", lines(good(count))) for count in (1, 31, 32, 10_001)],
    ]
