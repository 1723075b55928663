"""Kinds of values that flags take, and what a shell offers for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

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
        words = tuple(word.strip() for word in value.split(",")) if isinstance(value, str) else tuple(value)
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


class FileIgnores(Kind):
    """GLOB:CODES."""

    name = "ignores"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, tuple[str, ...]]:
        # The last colon: a path of Windows has one of its own.
        glob, colon, codes = value.rpartition(":") if isinstance(value, str) else ("", "", "")
        words = tuple(word.strip() for word in codes.split(","))
        if not (glob and colon and all(words)):
            self.fail(f"{value!r} is not GLOB:CODES, for example 'raw/*.jsonl:DUP,TXT001'", param, ctx)
        return glob, words


class Workers(Kind):
    """A number, or 'auto', which is 0: one a processor, where the data are large."""

    name = "workers"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if value == "auto":
            return 0
        if not (str(value).isascii() and str(value).isdecimal()):
            self.fail(f"{value!r} is neither a number nor auto", param, ctx)
        return int(value)


class Column(Kind):
    """A name that is not blank."""

    name = "column"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not str(value).strip():
            self.fail("the name of a column is not blank", param, ctx)
        return str(value)
