"""The ignore file: findings that a person has looked at and wants silent, one a line, with the reason.

    CODE FINGERPRINT path:line  # reason

Only code and fingerprint count; where the row was is for people, and may be out of date. Made for edits by hand and for
merges: a line stands for itself, and lines of the tool go to where they sort.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dataaudit._files import write_file
from dataaudit.errors import SettingsError, UsageError
from dataaudit.suppression.paths import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dataaudit.model import Finding

_HEADER = """\
# Findings that are known and wanted silent: CODE FINGERPRINT path:line  # reason
# The fingerprint is made of rule and row content; where the row was is for people.
"""
_DIGITS = frozenset("0123456789abcdef")
_PRINT = 16


class Ignored(NamedTuple):
    """One line of an ignore file. path: "" for the whole set. at: its 1-based line in the ignore file."""

    rule: str
    fingerprint: str
    path: str
    line: int | None
    reason: str
    at: int = 0

    @property
    def order(self) -> tuple[str, str, str]:
        """Where the line sorts; not by the line of the row, which moves."""
        return self.path, self.rule, self.fingerprint

    def __str__(self) -> str:
        import json

        place = self.path or "-"
        if not place.isprintable() or any(character in place for character in ' #"') or ":" in place:
            place = json.dumps(place)
        where = place if self.line is None else f"{place}:{self.line}"
        return f"{self.rule} {self.fingerprint} {where}  # {self.reason}"


def read_ignores(file: Path) -> tuple[Ignored, ...]:
    """The entries of an ignore file.

    Raises:
        SettingsError: the file cannot be read, or a line is broken; file and line are named.
    """
    return tuple(entry for entry in _entries(_lines(file), file) if entry is not None)


def add_ignores(findings: Iterable[Finding], file: Path, reason: str) -> int:
    """Add findings to an ignore file, which is made where there is none; gives how many lines are new.

    Comments, blank lines and the order of what is there stay. Findings of equal fingerprint are one line.

    Raises:
        UsageError: no reason was given, or the file cannot be written. SettingsError: the file is broken.
    """
    reason = " ".join(reason.split())
    if not reason.isprintable() or not reason:
        raise UsageError("a reason is needed for what is ignored", hint="give it with --reason TEXT")
    lines = _lines(file) if file.exists() else _HEADER.splitlines()
    entries = _entries(lines, file)
    known = {(entry.rule, entry.fingerprint) for entry in entries if entry is not None}
    new: dict[tuple[str, str], Ignored] = {}
    for finding in findings:
        key = finding.rule, finding.fingerprint
        if key not in known:
            path = written(finding.path, file.absolute().parent)
            new.setdefault(key, Ignored(*key, path, finding.line, reason))
    if new:
        write_file(file, "".join(f"{line}\n" for line in _merged(lines, entries, sorted(new.values(), key=_order))))
    return len(new)


def _order(entry: Ignored) -> tuple[str, str, str]:
    return entry.order


def _merged(lines: Sequence[str], entries: Sequence[Ignored | None], new: Sequence[Ignored]) -> list[str]:
    """The lines with each new one before the first that sorts after it, and before the comments that belong to that."""
    merged: list[str] = []
    waiting = list(reversed(new))
    above = 0
    for line, entry in zip(lines, entries, strict=True):
        if entry is not None:
            place = len(merged) - above
            while waiting and waiting[-1].order < entry.order:
                merged.insert(place, str(waiting.pop()))
                place += 1
        above = above + 1 if line.startswith("#") else 0
        merged.append(line)
    return merged + [str(entry) for entry in reversed(waiting)]


def _lines(file: Path) -> list[str]:
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SettingsError(f"cannot be read: {error.strerror or error}", path=str(file)) from error
    except UnicodeDecodeError as error:
        raise SettingsError("not UTF-8", path=str(file), hint="save the ignore file as UTF-8") from error
    return text.replace("\r\n", "\n").removesuffix("\n").split("\n") if text else []


def _entries(lines: Sequence[str], file: Path) -> list[Ignored | None]:
    """Line by line: its entry, or None for a comment or blank line."""
    return [_entry(line, number, file) for number, line in enumerate(lines, 1)]


def _entry(line: str, number: int, file: Path) -> Ignored | None:
    text = line.strip()
    if not text or text.startswith("#"):
        return None
    words = text.split(None, 2)
    if len(words) < 2 or len(words[1]) != _PRINT or not _DIGITS.issuperset(words[1]):
        if set(text) <= set("<=>|") or text.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
            raise _broken(file, number, "a merge that is not finished", "keep the lines of both sides")
        raise _broken(file, number, "no entry", "it should read: CODE FINGERPRINT path:line  # reason")
    path, line_of_row, reason = _place(words[2] if len(words) > 2 else "", file, number)
    return Ignored(words[0].upper(), words[1], path, line_of_row, reason, number)


def _place(rest: str, file: Path, number: int) -> tuple[str, int | None, str]:
    """(path, line, reason) of what stands behind the fingerprint; all may be left out."""
    if rest.startswith('"'):
        import json

        try:
            path, end = json.JSONDecoder().raw_decode(rest)
        except ValueError as error:
            raise _broken(file, number, "a path in quotes that do not end", "write it as a JSON string") from error
        where, _, reason = rest[end:].partition("#")
        line = where.strip().removeprefix(":")
    else:
        where, _, reason = rest.partition("#")
        path, _, line = where.strip().rpartition(":")
        if not (line.isascii() and line.isdecimal()):
            path, line = where.strip(), ""
    if line and not (line.isascii() and line.isdecimal() and len(line) < _PRINT):
        raise _broken(file, number, f"{line[:_PRINT]!r} is no line", "write path:line, or leave both out")
    return "" if path == "-" else path, int(line) if line else None, reason.strip()


def _broken(file: Path, number: int, what: str, hint: str) -> SettingsError:
    return SettingsError(what, path=str(file), line=number, hint=hint)
