"""The validation scripts of AWS for Nova, Llama and Haiku, restated from what was read and run of them.

Source: aws-samples/amazon-bedrock-samples, custom-models/bedrock-fine-tuning: nova_ft_dataset_validator.py
(2025-02-25), meta-llama/dataset_validation (2025-03-13), claude-haiku/DataValidation (2024-10-02). These are not the
scripts but the errors that are known of them; on 2026-11-21 the scripts gave the same verdict on every crafted file.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.vendors.restating import Refused, demand, messages_of, objects

_IMAGES, _VIDEOS = ("jpeg", "png", "gif", "webp"), ("mov", "mkv", "mp4", "webm")
_SCHEMA_VERSION = "bedrock-conversation-2024"

RowCheck = Callable[[dict[str, Any], str], None]


def nova_script(path: Path) -> str | None:
    """Errors of the Nova script for model lite: 8 to 20,000 rows, strict turns, blocks of text, image and video."""
    return _verdict(path, _nova_row, least=8, most=20_000, suffix=".jsonl")


def llama_script(path: Path) -> str | None:
    """Errors of the Llama script for Converse rows: at most 10,000 rows, no least number."""
    return _verdict(path, _llama_row, least=0, most=10_000)


def llama_pairs_script(path: Path) -> str | None:
    """Errors of the Llama script for rows of prompt and completion."""
    return _verdict(path, _llama_pair, least=0, most=10_000)


def haiku_script(path: Path) -> str | None:
    """Errors of the Haiku script for a training file: 32 to 10,000 rows, strict turns, reserved words, length."""
    return _verdict(path, _haiku_row, least=32, most=10_000)


def _verdict(path: Path, check: RowCheck, *, least: int, most: int, suffix: str = "") -> str | None:
    try:
        demand(path.name.endswith(suffix), f"the name does not end in {suffix}")
        rows = list(objects(path, skip_blank=False))
        demand(least <= len(rows) <= most, f"{len(rows)} rows, not {least} to {most}")
        for number, row in rows:
            check(row, f"line {number}")
    except Refused as refused:
        return str(refused)
    return None


def _strict_turns(roles: list[Any], where: str) -> None:
    demand(len(roles) >= 2, f"{where}: fewer than two messages")
    for number, role in enumerate(roles):
        demand(role == ("user", "assistant")[number % 2], f"{where}: message {number} is of {role!r}")
    demand(roles[-1] == "assistant", f"{where}: the last message is not the assistant's")


def _nova_row(row: dict[str, Any], where: str) -> None:
    system = row.get("system")
    demand(
        system is None or (isinstance(system, list) and all(_is_text(block) for block in system)),
        f"{where}: system is no list of texts",
    )
    messages = messages_of(row, where)
    for message in messages:
        _nova_content(message, where)
    _strict_turns([message.get("role") for message in messages], where)


def _is_text(block: Any) -> bool:
    return isinstance(block, dict) and isinstance(block.get("text"), str)


def _nova_content(message: dict[str, Any], where: str) -> None:
    blocks = message.get("content")
    if not isinstance(blocks, list):
        raise Refused(f"{where}: content is no list")
    images = videos = 0
    for block in blocks:
        demand(isinstance(block, dict), f"{where}: a block is no object")
        kinds = [kind for kind in ("text", "image", "video") if block.get(kind) is not None]
        demand(kinds, f"{where}: a block is neither text, image nor video")
        demand("text" not in kinds or _is_text(block), f"{where}: text is no string")
        for kind, forms in (("image", _IMAGES), ("video", _VIDEOS)):
            if kind in kinds:
                _media(block[kind], forms, where)
        images += "image" in kinds
        videos += "video" in kinds
    demand(not (images and videos), f"{where}: image and video in one message")
    demand(images <= 10, f"{where}: {images} images")
    demand(videos <= 1, f"{where}: {videos} videos")
    demand(not (images or videos) or message.get("role") != "assistant", f"{where}: media of the assistant")
    demand(not blocks or any(block.get("text") != "" for block in blocks), f"{where}: empty text")


def _media(media: Any, forms: tuple[str, ...], where: str) -> None:
    try:
        form, uri = media["format"], media["source"]["s3Location"]["uri"]
    except (KeyError, TypeError) as error:
        raise Refused(f"{where}: media without format or place") from error
    demand(form in forms, f"{where}: format {form!r}")
    demand(isinstance(uri, str) and uri.startswith("s3://"), f"{where}: the place is not in S3")


def _llama_row(row: dict[str, Any], where: str) -> None:
    demand(row.get("schemaVersion", _SCHEMA_VERSION) == _SCHEMA_VERSION, f"{where}: schemaVersion")
    if "system" in row:
        system = row["system"]
        demand(isinstance(system, list) and len(system) == 1, f"{where}: system does not hold one item")
    messages = messages_of(row, where)
    demand(len(messages) >= 2, f"{where}: fewer than two messages")
    for message in messages:
        demand(message.get("role") in ("user", "assistant"), f"{where}: role {message.get('role')!r}")
        content = message.get("content")
        if not isinstance(content, list) or not content:
            raise Refused(f"{where}: content is no list, or empty")
        for block in content:
            demand(isinstance(block, dict), f"{where}: a block is no object")
            demand("text" not in block or _is_text(block), f"{where}: text is no string")


def _llama_pair(row: dict[str, Any], where: str) -> None:
    for key in ("prompt", "completion"):
        demand(isinstance(row.get(key), str), f"{where}: {key} missing or no string")


def _haiku_row(row: dict[str, Any], where: str) -> None:
    system = row.get("system", "")
    demand(isinstance(system, str), f"{where}: system is no string")
    messages = messages_of(row, where)
    for message in messages:
        demand(isinstance(message.get("content"), str), f"{where}: content is no string")
    _strict_turns([message.get("role") for message in messages], where)
    texts = [system, *(message["content"] for message in messages)]
    for word in ("\nHuman:", "\nAssistant:"):
        demand(not any(word in text for text in texts), f"{where}: reserved {word!r}")
    demand(sum(map(len, texts)) // 3 <= 32_000, f"{where}: over 32,000 tokens by len // 3")
