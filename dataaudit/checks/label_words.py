"""Words that name an answer in a prompt, and texts in the plain form in which labels are looked for. No judgement."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property

from dataaudit._resources import rule_data

_LONGEST_NAME = 40
"""Characters before a sign in which its name is looked for."""


class _Spaces(dict[int, str]):
    """What str.translate does with a character: signs of all kinds become blanks. Worked out when first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        form = self[code] = " " if unicodedata.category(char)[0] in "PZSC" else char
        return form


_SPACES = _Spaces()


def plain(text: str) -> str:
    """The words of a text in one case and Unicode form, one blank apart; nothing else of it."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().translate(_SPACES).split())


@dataclass(frozen=True)
class Names:
    """What an answer is called, in plain form. spaced: whole words; unspaced: what a word may end in.

    copulas: what may follow the name, as in "the answer is".
    """

    spaced: frozenset[str]
    unspaced: tuple[str, ...]
    copulas: frozenset[str] = frozenset()

    @cached_property
    def _says(self) -> re.Pattern[str]:
        return re.compile(rf" (?:{'|'.join(map(re.escape, sorted(self.copulas)))})(?= )", re.IGNORECASE)

    @cached_property
    def _last_words(self) -> frozenset[str]:
        return frozenset(name.rpartition(" ")[2] for name in self.spaced)

    def said(self, line: str) -> Iterator[re.Match[str]]:
        """The words of `copulas` in a line that follow what may be a name."""
        for found in self._says.finditer(line):
            before = line[max(0, found.start() - _LONGEST_NAME) : found.start()]
            if before.rpartition(" ")[2].casefold() in self._last_words:
                yield found

    def name_at_end(self, before: str) -> str | None:
        """The name of an answer that a text ends in, signs aside."""
        words = plain(before[-_LONGEST_NAME:]).split(" ")
        if len(words) > 1 and words[-1] in self.copulas:
            words.pop()
        for count in (3, 2, 1):
            name = " ".join(words[-count:])
            if name in self.spaced:
                return name
        last = words[-1]
        if last[-1:] in self.copulas:
            last = last[:-1]
        return next((name for name in self.unspaced if last.endswith(name)), None)

    def is_one(self, text: str) -> bool:
        """Whether a text is nothing but the name of an answer."""
        form = plain(text)
        return form in self.spaced or form in self.unspaced

    def also(self, names: Iterable[str]) -> Names:
        """The same with further names, such as those of the fields that hold the labels."""
        return replace(self, spaced=self.spaced.union(filter(None, map(plain, names))))


@cache
def answer_names() -> Names:
    """The names of rules/label_words.toml."""
    data = rule_data("label_words.toml")
    unspaced = tuple(sorted(map(plain, data["unspaced"])))
    return Names(frozenset(map(plain, data["spaced"])), unspaced, frozenset(map(plain, data["is"])))
