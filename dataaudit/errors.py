"""Errors that end a run. What is wrong with the data is a finding, never one of these.

DataAuditError             base: known failure, exit code 2
├── UsageError             a flag or argument that cannot be followed
│   └── AmbiguousColumns   several columns could play one part; the flag to use is named
├── SettingsError          a settings file with an unknown key or a wrong value
├── RuleError              a rule, provider or task file that breaks its schema
└── SourceError            an input that cannot be opened or is of no known kind
    └── AllExcluded        every file was left out by the settings
"""

from __future__ import annotations


class DataAuditError(Exception):
    """A failure that the user can mend: says what is wrong, where, and what to do."""

    def __init__(self, what: str, *, path: str | None = None, line: int | None = None, hint: str | None = None) -> None:
        self.what = what
        self.path = path
        self.line = line
        self.hint = hint
        super().__init__(str(self))

    def __str__(self) -> str:
        place = "" if self.path is None else self.path if self.line is None else f"{self.path}:{self.line}"
        text = f"{place}: {self.what}" if place else self.what
        return f"{text}; {self.hint}" if self.hint else text

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.what, self.path, self.line, self.hint)


def _rebuild(
    kind: type[DataAuditError], what: str, path: str | None, line: int | None, hint: str | None
) -> DataAuditError:
    return kind(what, path=path, line=line, hint=hint)


class UsageError(DataAuditError):
    """A flag or argument that cannot be followed."""


class AmbiguousColumns(UsageError):
    """Several columns fit one part equally well; the message names the flag that decides."""


class SettingsError(DataAuditError):
    """A settings file with an unknown key or a value of the wrong kind."""


class RuleError(DataAuditError):
    """A rule, provider or task file that breaks its schema."""


class SourceError(DataAuditError):
    """An input that cannot be opened, or of a kind that dataaudit does not read."""


class AllExcluded(SourceError):
    """Every file that was named or found is left out by `exclude`, or by git."""


def close_match(word: str, known: list[str], ratio: float = 0.6) -> str | None:
    """The known name most like `word`, or None where none is near (least difflib ratio)."""
    import difflib

    found = difflib.get_close_matches(word, known, n=1, cutoff=ratio)
    return found[0] if found else None
