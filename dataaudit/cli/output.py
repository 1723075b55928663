"""Where output goes: standard output or a file, in colours or not. Knows nothing of reports."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING

from dataaudit.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path
    from typing import TextIO

_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]")


def printable(message: str) -> str:
    """A message without what could harm a terminal; line ends stay.

    For messages of errors, which hold paths and flags; loads no rules, unlike what makes rows safe.
    """
    return _CONTROLS.sub(lambda match: ascii(match.group())[1:-1], message)


def colored(stream: TextIO) -> bool:
    """Whether the stream is a terminal that shows colours, and the user wants them (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def write(text: str, file: Path | None = None) -> None:
    """Put text on standard output, or into a file as a whole.

    A reader of a pipe that went away ends nothing: the exit code still tells what was found.

    Raises:
        UsageError: the file or standard output cannot be written.
    """
    if file is not None:
        from dataaudit._files import write_file

        write_file(file, text)
        return
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _close_stdout()
    except OSError as error:
        _close_stdout()
        raise UsageError(f"standard output cannot be written: {error.strerror or error}") from error


def _close_stdout() -> None:
    """Send what is left for standard output nowhere, so that the interpreter does not fail on it at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
