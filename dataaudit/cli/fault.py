"""The log of an unexpected error: versions and places in the code, never messages: they may hold data."""

from __future__ import annotations

import platform
import re
import tempfile
import traceback
from importlib.metadata import PackageNotFoundError, requires, version

_NAME = re.compile(r"[A-Za-z0-9._-]+")


def write_log(error: BaseException) -> str:
    """Write the log to the folder for temporary files; says where, or why not."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="dataaudit-", suffix=".log", delete=False, encoding="utf-8", errors="backslashreplace"
        ) as log:
            log.write(log_text(error))
        return f"a log without your data is at {log.name}, attach it to a bug report"
    except OSError as problem:
        return f"no log could be written: {problem.strerror or problem}"


def log_text(error: BaseException) -> str:
    """Versions, and the stack of the error and of what caused it, without their messages."""
    lines = [
        f"dataaudit {_version('dataaudit')}",
        f"python {platform.python_version()} on {platform.platform()}",
    ]
    required = (requires("dataaudit") or []) if _version("dataaudit") != "not installed" else []
    for requirement in required:
        if (name := _NAME.match(requirement)) and "extra ==" not in requirement:
            lines.append(f"{name.group()} {_version(name.group())}")
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines += ["", f"{type(current).__module__}.{type(current).__qualname__}"]
        lines += _stack(current)
        current = current.__cause__ or current.__context__
    return "\n".join(lines) + "\n"


def _stack(error: BaseException) -> list[str]:
    remote = getattr(error, "tb", None)
    if isinstance(remote, str):
        # The stack of a worker process comes as text, with the message in it: only the places are taken.
        return [line.rstrip() for line in remote.splitlines() if line.startswith('  File "')]
    return [line.rstrip("\n") for line in traceback.format_tb(error.__traceback__)]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
