"""Crafted chat files in OpenAI's shape: roles, order, content, weights, keys, images; and what may happen to bytes."""

from __future__ import annotations

import json

from benchmarks.vendors.crafting import (
    Change,
    Crafted,
    Row,
    changed,
    chat,
    drop,
    family,
    insert,
    keep,
    lines,
    pairs,
    put,
    turn,
)

_IMAGE = {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}}
_TEXT = {"type": "text", "text": "What is on this picture?"}


def chats() -> list[Crafted]:
    """Files of the group `chat`: each line is one JSON object, the content of it is in question."""
    counts = [Crafted(f"chat-rows-{count}.jsonl", lines(chat(count))) for count in (1, 2, 3, 9, 10, 11)]
    duplicate = lines(chat()).replace(b'{"messages"', b'{"messages": [], "messages"', 1)
    nan = lines(changed(chat(), put("", "score", float("nan"))))
    one = {**_roles(), **_order(), **_content(), **_weights(), **_keys(), **_images()}
    return [
        *family("chat", chat(), one, _everywhere()),
        *counts,
        Crafted("chat-duplicate-key.jsonl", duplicate),
        Crafted("chat-nan-in-extra-key.jsonl", nan),
        Crafted("chat-lone-surrogate.jsonl", lines(chat()).replace(b"receipt", b"\\ud800")),
        Crafted("chat-nul.jsonl", lines(chat()).replace(b"receipt", b"\\u0000")),
        Crafted("chat-mixed-with-pairs.jsonl", lines([*chat()[:8], *pairs()[:4]])),
    ]


def _roles() -> dict[str, Change]:
    names = ("bot", "developer", "function", "model", "Assistant", "human")
    return {
        **{f"role-{name}".lower().replace("assistant", "capital"): put(2, "role", name) for name in names},
        "role-developer-first": put(0, "role", "developer"),
        "role-tool-without-call": insert(2, turn("tool", "12", tool_call_id="abc123DEF")),
        "role-integer": put(1, "role", 1),
        "role-null": put(1, "role", None),
        "role-missing": drop(1, "role"),
    }


def _order() -> dict[str, Change]:
    return {
        "last-user": insert(-1, turn("user")),
        "last-system": insert(-1, turn("system", "Be kind.")),
        "no-assistant": keep("system", "user"),
        "no-user": keep("system", "assistant"),
        "only-system": keep("system"),
        "only-assistant": keep("assistant"),
        "no-system": keep("user", "assistant"),
        "two-users": insert(1, turn("user")),
        "two-assistants": insert(-1, turn("assistant", "Write again at any time.")),
        "system-later": insert(2, turn("system", "Be kind.")),
        "two-systems": insert(1, turn("system", "Be kind.")),
        "starts-with-assistant": insert(1, turn("assistant", "Good day.")),
        "two-rounds": insert(-1, turn("user"), turn("assistant", "Then write to us.")),
        "messages-empty": put("", "messages", []),
        "messages-null": put("", "messages", None),
        "messages-string": put("", "messages", "hello"),
        "messages-object": put("", "messages", {"role": "user", "content": "hello"}),
        "messages-missing": drop("", "messages"),
        "message-string": insert(1, "hello"),
        "message-null": insert(1, None),
    }


def _content() -> dict[str, Change]:
    return {
        "empty-answer": put(2, "content", ""),
        "blank-answer": put(2, "content", "  \n"),
        "null-answer": put(2, "content", None),
        "missing-answer-content": drop(2, "content"),
        "empty-prompt": put(1, "content", ""),
        "null-prompt": put(1, "content", None),
        "missing-prompt-content": drop(1, "content"),
        "empty-system": put(0, "content", ""),
        "null-system": put(0, "content", None),
        "integer-answer": put(2, "content", 7),
        "zero-answer": put(2, "content", 0),
        "boolean-answer": put(2, "content", True),
        "object-answer": put(2, "content", {"text": "seven"}),
        "parts-one-message": put(1, "content", [_TEXT]),
        "parts-of-strings": put(1, "content", ["What is it?"]),
        "parts-empty": put(2, "content", []),
        "special-token": put(2, "content", "Done.<|endoftext|>"),
        "fill-in-middle-token": put(2, "content", "Done.<|fim_prefix|>"),
        "role-words-in-text": put(2, "content", "User: hello\n\nHuman: hello"),
    }


def _weights() -> dict[str, Change]:
    values = {
        "0": 0,
        "1": 1,
        "2": 2,
        "half": 0.5,
        "one-point-zero": 1.0,
        "true": True,
        "minus-one": -1,
        "string": "1",
        "null": None,
    }
    return {
        **{f"weight-{name}": put(2, "weight", value) for name, value in values.items()},
        "weight-on-user": put(1, "weight", 0),
        "weight-on-system": put(0, "weight", 0),
    }


def _keys() -> dict[str, Change]:
    return {
        "extra-top-key-in-a-row": put("", "id", "row-5"),
        "extra-top-key-null": put("", "metadata", None),
        "extra-message-key": put(2, "mood", "calm"),
        "name-on-user": put(1, "name", "Ada"),
        "parallel-tool-calls": put("", "parallel_tool_calls", False),
        "row-weight": put("", "weight", 0.5),
        "huge-integer": put("", "id", 10**30),
    }


def _parts(*images: Row, weight: int | None = None, answer: Row | None = None) -> Change:
    """A change to content parts: images beside the question, a part beside the answer, a weight on the question."""

    def change(row: Row) -> None:
        for message in row["messages"]:
            message["content"] = [{"type": "text", "text": message["content"]}]
        row["messages"][1]["content"] += images
        row["messages"][2]["content"] += [answer] if answer else []
        if weight is not None:
            row["messages"][1]["weight"] = weight

    return change


def _image(url: str) -> Row:
    return {"type": "image_url", "image_url": {"url": url}}


def _images() -> dict[str, Change]:
    return {
        "image-in-one-row": _parts(_IMAGE),
        "parts-in-one-row": _parts(),
        "image-in-one-answer": _parts(answer=_IMAGE),
        "part-of-unknown-type": _parts({"type": "sound", "sound": "x"}),
        "part-without-type": _parts({"text": "x"}),
    }


def _everywhere() -> dict[str, Change]:
    return {
        "extra-top-key": put("", "id", "row"),
        "weights-all-zero": put(2, "weight", 0),
        "weights-all-one": put(2, "weight", 1),
        "all-last-user": insert(-1, turn("user")),
        "parts-everywhere": _parts(),
        "images-everywhere": _parts(_IMAGE),
        "images-10": _parts(*[_IMAGE] * 10),
        "images-11": _parts(*[_IMAGE] * 11),
        "images-gif": _parts(_image("data:image/gif;base64,R0lGODdh")),
        "images-http": _parts(_image("https://example.org/picture.png")),
        "images-weight-0": _parts(_IMAGE, weight=0),
        "images-weight-1": _parts(_IMAGE, weight=1),
        "images-in-answers": _parts(answer=_IMAGE),
    }


def broken_bytes() -> list[Crafted]:
    """Files of the group `bytes`: encoding, line ends, JSON and file names. The rows in them are good chats."""
    good = lines(chat())
    accented = good.replace(b"receipt", "reçu".encode())
    text = good.decode()
    first, second, *rest = good.splitlines(keepends=True)
    contents = {
        "bom.jsonl": b"\xef\xbb\xbf" + good,
        "blank-line.jsonl": b"".join([first, b"\n", second, *rest]),
        "blank-line-of-spaces.jsonl": b"".join([first, b"   \n", second, *rest]),
        "blank-line-last.jsonl": good + b"\n",
        "only-blank-lines.jsonl": b"\n\n\n",
        "crlf.jsonl": good.replace(b"\n", b"\r\n"),
        "cr.jsonl": good.replace(b"\n", b"\r"),
        "no-final-newline.jsonl": good.rstrip(b"\n"),
        "accents.jsonl": accented,
        "latin-1.jsonl": accented.decode().encode("latin-1"),
        "utf-16.jsonl": text.encode("utf-16"),
        "utf-16-without-bom.jsonl": text.encode("utf-16-le"),
        "zero.jsonl": b"",
        "array.jsonl": json.dumps(chat()).encode(),
        "pretty.jsonl": "".join(json.dumps(row, indent=2) + "\n" for row in chat()).encode(),
        "two-values-on-a-line.jsonl": b"".join([first.rstrip(b"\n"), b" ", second, *rest]),
        "cut-last-line.jsonl": good[:-40],
        "line-of-words.jsonl": b"".join([first, b"hello there\n", second, *rest]),
        "line-number.jsonl": b"".join([first, b"7\n", second, *rest]),
        "line-null.jsonl": b"".join([first, b"null\n", second, *rest]),
        "line-array.jsonl": b"".join([first, b"[1, 2]\n", second, *rest]),
        "line-string.jsonl": b"".join([first, b'"hello"\n', second, *rest]),
        "line-empty-object.jsonl": b"".join([first, b"{}\n", second, *rest]),
        "trailing-comma.jsonl": first.replace(b"]}", b"],}") + b"".join([second, *rest]),
        "single-quotes.jsonl": b"".join([first, second.replace(b'"', b"'"), *rest]),
        "indented-lines.jsonl": b"".join(b"  " + line for line in [first, second, *rest]),
        "good.json": good,
        "good.txt": good,
    }
    return [Crafted(f"bytes-{name}", data) for name, data in contents.items()]
