"""Where output goes: standard output or a file, in colours or not. Knows nothing of reports."""

from __future__ import annotations

import os
import re
import shutil
import sys
from typing import TYPE_CHECKING

import click

from dataaudit.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path
    from typing import TextIO

_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]")

_WIDTH, _NARROW, _WIDE = 80, 60, 120


def printable(message: str) -> str:
    """A message without what could harm a terminal; line ends stay.

    For messages of errors, which hold paths and flags; loads no rules, unlike what makes rows safe.
    """
    return _CONTROLS.sub(lambda match: ascii(match.group())[1:-1], message)


def colored(stream: TextIO) -> bool:
    """Whether to use colours: as --color says, else NO_COLOR, else FORCE_COLOR, else if the stream is a terminal.

    Sources: https://no-color.org, https://force-color.org; the order is that of Python's own tracebacks.
    An old console of Windows is made to understand them, or left out.
    """
    context = click.get_current_context(silent=True)
    if context is not None and context.color is not None:
        wanted = context.color
    elif os.environ.get("NO_COLOR"):
        wanted = False
    elif os.environ.get("FORCE_COLOR"):
        wanted = True
    else:
        wanted = stream.isatty() and os.environ.get("TERM") != "dumb"
    if not wanted:
        return False
    if sys.platform == "win32":
        import colorama

        # Turns escapes on, or has them turned into calls of the console where it knows none.
        colorama.just_fix_windows_console()
    return True


def width_of(stream: TextIO) -> int:
    """Columns of a report: those of the terminal between 60 and 120; 80 in a pipe or file, on every machine."""
    if not stream.isatty():
        return _WIDTH
    # One less: a full line makes old consoles of Windows add an empty one.
    columns = shutil.get_terminal_size((_WIDTH, 24)).columns - (sys.platform == "win32")
    return max(_NARROW, min(_WIDE, columns))


def say(message: str) -> None:
    """One line on standard error, for what is no report."""
    sys.stderr.write(f"{printable(message)}\n")
    sys.stderr.flush()


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
