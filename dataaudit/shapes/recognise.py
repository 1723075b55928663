"""Which chat, preference or reinforcement shape a record has, by its keys and the types of its values.

One decision for all these shapes, so that no record has two of them. No text is read, and faults inside the values
do not matter: a row whose `messages` is null is still a chat row.
"""

from __future__ import annotations

from dataaudit.shapes.base import Json, Record
from dataaudit.shapes.roles import words

CHOSEN = ("chosen", "chosen_messages", "chosen_response")
REJECTED = ("rejected", "rejected_messages", "rejected_response")
PROMPTS = ("prompt", "question", "instruction", "input")
_BLOCKS = frozenset(
    (
        "text",
        "image",
        "video",
        "audio",
        "document",
        "toolUse",
        "toolResult",
        "reasoningContent",
        "cachePoint",
        "guardContent",
    )
)
_GEMINI_KEYS = frozenset(("systemInstruction", "system_instruction", "completions", "references", "generationConfig"))


def kind(record: Record) -> str | None:
    """The name of the shape, or None where it is none of those that this module knows."""
    if "messages" in record:
        return _messages(record)
    if "contents" in record:
        return _contents(record)
    if "preferred_output" in record or "non_preferred_output" in record:
        return "openai-preference"
    if (key := container(record)) is not None:
        return _conversation(record, key)
    return _flat(record)


def container(record: Record) -> str | None:
    """The key that holds the turns of a conversation named otherwise than `messages`."""
    for key in words().containers:
        if key in record and (key == "conversations" or _turns(record[key])):
            return key
    return None


def first_key(record: Record, keys: tuple[str, ...]) -> str | None:
    """The first of the keys that the record has."""
    return next((key for key in keys if key in record), None)


def _turns(value: Json) -> bool:
    return isinstance(value, list) and (not value or any(isinstance(item, dict) for item in value))


def _messages(record: Record) -> str:
    messages = record["messages"]
    if first_key(record, CHOSEN) or first_key(record, REJECTED):
        return "sharegpt-preference"
    if "kto_tag" in record or isinstance(record.get("label"), bool):
        return "sharegpt-unpaired"
    items = [item for item in messages if isinstance(item, dict)] if isinstance(messages, list) else []
    if "schemaVersion" in record or "toolConfig" in record or isinstance(record.get("system"), list):
        return "bedrock-converse"
    if any(_typeless(item.get("content")) for item in items):
        return "bedrock-converse"
    if "system" in record:
        return "bedrock-haiku"
    if items and not any("role" in item or "content" in item for item in items) and _other_names(items):
        return "sharegpt"
    roles = [item.get("role") for item in items]
    if "Chatbot" in roles or (roles and all(role in ("System", "User") for role in roles)):
        return "cohere-chat"
    if roles and isinstance(messages[-1], dict) and roles[-1] == "user" and not record.keys() <= words().not_graded:
        return "openai-rft"
    return "openai-chat"


def _typeless(content: Json) -> bool:
    return isinstance(content, list) and any(
        isinstance(block, dict) and "type" not in block and not _BLOCKS.isdisjoint(block) for block in content
    )


def _other_names(items: list[Record]) -> bool:
    known = words()
    return any(
        any(key in item for key in known.role_keys) and any(key in item for key in known.content_keys) for item in items
    )


def _contents(record: Record) -> str | None:
    if isinstance(record["contents"], str) and _GEMINI_KEYS.isdisjoint(record):
        return None
    if "completions" in record:
        return "gemini-preference"
    return "gemini-rft" if "references" in record else "gemini"


def _conversation(record: Record, key: str) -> str:
    if first_key(record, CHOSEN) or first_key(record, REJECTED):
        return "sharegpt-preference"
    if "kto_tag" in record or isinstance(record.get("label"), bool):
        return "sharegpt-unpaired"
    return "sharegpt"


def _flat(record: Record) -> str | None:
    if "response1" in record and "response2" in record:
        return "nemo-helpsteer"
    if "context" in record and "completions" in record:
        return "nemo-ranked"
    chosen, rejected = first_key(record, CHOSEN), first_key(record, REJECTED)
    if (chosen and rejected) or ((chosen or rejected) and "prompt" in record):
        prompt = first_key(record, PROMPTS)
        if prompt is None:
            return "preference-implicit"
        sides = [record[key] for key in (prompt, chosen, rejected) if key]
        return "preference-chat" if any(isinstance(side, (list, dict)) for side in sides) else "preference"
    if "text" in record and "rejected_text" in record:
        return "autotrain-preference"
    if "prompt" in record and "completion" in record:
        return _prompt_completion(record)
    if ("user" in record and "assistant" in record) or (
        "system" in record and ("user" in record or "assistant" in record)
    ):
        return "flat-chat"
    return None


def _prompt_completion(record: Record) -> str | None:
    if "label" in record and _truth(record["label"]):
        return "unpaired-preference"
    sides = (record["prompt"], record["completion"])
    if any(_turns(side) and side for side in sides) or all(isinstance(side, list) for side in sides):
        return "prompt-completion-chat"
    return None


def _truth(label: Json) -> bool:
    if isinstance(label, str):
        return label.lower() in ("true", "false")
    return label is None or isinstance(label, bool) or (isinstance(label, int) and label in (0, 1))
