"""Kinds of values that flags take, and what a shell offers for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from dataaudit.config.globs import parts_of

_GRADES = ("A", "B", "C", "D", "F")

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    Kind = click.ParamType[Any]
else:
    Kind = click.ParamType  # generic only since click 8.5


class Words(Kind):
    """A list with commas. known: which words a shell offers, a name in `cli.offers`."""

    name = "list"

    def __init__(self, known: str | None = None) -> None:
        self.known = known

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        words = tuple(word.strip() for word in parts_of(value)) if isinstance(value, str) else tuple(value)
        if not all(words):
            self.fail(f"{value!r} has an empty word", param, ctx)
        return words

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        if self.known is None:
            return []
        from dataaudit.cli.offers import offered

        before, comma, last = incomplete.rpartition(",")
        return offered(self.known, last, before + comma)


class Word(Kind):
    """One word. known: which words a shell offers, a name in `cli.offers`."""

    name = "text"

    def __init__(self, known: str) -> None:
        self.known = known

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from dataaudit.cli.offers import offered

        return offered(self.known, incomplete)


class ConfigKind(Kind):
    """A settings file, or a line of TOML; `read_settings` tells them apart."""

    name = "config"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        from dataaudit.cli.offers import offered

        keys = offered("settings", incomplete)
        return keys or [CompletionItem(incomplete, type="file")]


class SplitPath(Kind):
    """NAME=PATH."""

    name = "split"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        name, equals, path = value.partition("=") if isinstance(value, str) else ("", "", "")
        if not (name and equals and path):
            self.fail(f"{value!r} is not NAME=PATH, for example validation=data/held_out.jsonl", param, ctx)
        return name, path

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        from dataaudit.cli.offers import offered

        return [CompletionItem(incomplete, type="file")] if "=" in incomplete else offered("splits", incomplete)


class FileIgnores(Kind):
    """GLOB:CODES, or several such with commas between: a part with a colon begins a new one."""

    name = "ignores"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[tuple[str, tuple[str, ...]], ...]:
        if not isinstance(value, str):
            return tuple(value)
        found: list[tuple[str, tuple[str, ...]]] = []
        begun = ""
        for part in parts_of(value):
            # The last colon: a path of Windows has one of its own.
            glob, colon, word = (begun + part).rpartition(":")
            if colon:
                found.append((glob.strip(), (word.strip(),)))
                begun = ""
            elif found:
                found[-1] = (found[-1][0], (*found[-1][1], part.strip()))
            else:
                begun += f"{part},"
        if begun or not all(glob and all(words) for glob, words in found):
            self.fail(f"{value!r} is not GLOB:CODES, for example 'raw/*.jsonl:DUP,TXT001'", param, ctx)
        return tuple(found)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        from dataaudit.cli.offers import offered

        cut = max(incomplete.rfind(","), incomplete.rfind(":")) + 1
        if ":" not in incomplete:
            return [CompletionItem(incomplete, type="file")]
        return offered("rules", incomplete[cut:], incomplete[:cut])


class Workers(Kind):
    """A number from 1, or 'auto', for which the code has 0: one a processor, where the data are large."""

    name = "workers"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if value == "auto":
            return 0
        if not (str(value).isascii() and str(value).isdecimal() and int(value)):
            self.fail(f"{value!r} is neither a number from 1 nor auto", param, ctx)
        return int(value)


class GradeWord(Kind):
    """A to F, written small or large."""

    name = "grade"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        grade = str(value).upper()
        if grade not in _GRADES:
            self.fail(f"{value!r} is no grade: {', '.join(_GRADES)}", param, ctx)
        return grade

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(grade) for grade in _GRADES if grade.startswith(incomplete.upper())]


class Column(Kind):
    """A name that is not blank."""

    name = "column"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not str(value).strip():
            self.fail("the name of a column is not blank", param, ctx)
        return str(value)
