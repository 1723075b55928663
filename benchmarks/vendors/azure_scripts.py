"""Microsoft's validate_sft.py, validate_dpo.py and validate_rft.py, restated from what was read and run of them.

Source: microsoft/azure-skills, skills/microsoft-foundry/finetuning/scripts/validate (2026-08-07). These are not the
scripts but the errors that are known of them, and warnings do not refuse a file; on 2026-11-21 the scripts gave the
same verdict on every crafted file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.vendors.restating import Refused, demand, messages_of, objects

_SFT_ROLES = ("system", "user", "assistant", "tool")


def validate_sft(path: Path) -> str | None:
    """Errors: JSON, messages, role, neither content nor tool_calls, no user, no assistant."""
    try:
        for number, row in objects(path, skip_blank=True):
            roles = [_sft_role(message, f"line {number}") for message in messages_of(row, f"line {number}")]
            demand("user" in roles, f"line {number}: no user message")
            demand("assistant" in roles, f"line {number}: no assistant message")
    except Refused as refused:
        return str(refused)
    return None


def _sft_role(message: dict[str, Any], where: str) -> str:
    role = message.get("role")
    if role not in _SFT_ROLES:
        raise Refused(f"{where}: role {role!r}")
    demand("content" in message or "tool_calls" in message, f"{where}: neither content nor tool_calls")
    return str(role)


def validate_dpo(path: Path) -> str | None:
    """Errors: JSON, a key missing, input without messages, no user in it, an output empty or without assistant."""
    try:
        for number, row in objects(path, skip_blank=True):
            _dpo_row(row, f"line {number}")
    except Refused as refused:
        return str(refused)
    return None


def _dpo_row(row: dict[str, Any], where: str) -> None:
    for key in ("input", "preferred_output", "non_preferred_output"):
        demand(key in row, f"{where}: {key} missing")
    demand(isinstance(row["input"], dict) and "messages" in row["input"], f"{where}: input without messages")
    demand(_has_role(row["input"]["messages"], "user"), f"{where}: no user message in input")
    for key in ("preferred_output", "non_preferred_output"):
        demand(isinstance(row[key], list) and row[key], f"{where}: {key} is empty or no list")
        demand(_has_role(row[key], "assistant"), f"{where}: {key} without assistant message")


def _has_role(messages: Any, role: str) -> bool:
    return isinstance(messages, list) and any(
        isinstance(message, dict) and message.get("role") == role for message in messages
    )


def validate_rft(path: Path) -> str | None:
    """Errors: JSON, messages, no user, last role not user, no key beside messages."""
    try:
        for number, row in objects(path, skip_blank=True):
            messages = messages_of(row, f"line {number}")
            demand(_has_role(messages, "user"), f"line {number}: no user message")
            demand(messages[-1].get("role") == "user", f"line {number}: the last message is not the user's")
            demand(len(row) > 1, f"line {number}: no key beside messages")
    except Refused as refused:
        return str(refused)
    return None
