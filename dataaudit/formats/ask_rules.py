"""The rules about asks (rules/asks.toml), read once: patterns to search, and the numbers to judge by."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from dataaudit._resources import rule_data
from dataaudit.errors import RuleError
from dataaudit.formats.phrases import any_of, compiled, compiled_set, word_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FILE = "asks.toml"


class AskPattern:
    """One way to ask: an entry of the file. fillings: what @names@ stand for. unless: None for no exemption."""

    def __init__(self, entry: dict[str, Any], fillings: dict[str, str], unless: Sequence[str]) -> None:
        self.kind: str = entry["kind"]
        self.gate: str = entry["gate"]
        self.only: bool = entry.get("strength") == "only"
        self.bound: str = entry.get("bound", "")
        self.needs: list[list[str]] = entry.get("needs", [])
        self._text: str = entry["pattern"]
        self._fillings = fillings
        self._unless = unless

    def possible(self, folded: str) -> bool:
        """Whether a text, in case-folded spelling, holds the words without which the pattern matches nothing."""
        return all(any(word in folded for word in words) for words in self.needs)

    @cached_property
    def pattern(self) -> Any:
        """The pattern, made when it is first needed: most prompts need none."""
        return compiled(_filled_in(self._text, self._fillings), FILE)

    @cached_property
    def groups(self) -> tuple[tuple[str, int], ...]:
        """Names of the groups of the pattern, with their numbers."""
        return tuple((name, int(number)) for name, number in self.pattern.groupindex.items())

    def excuses(self, sentence: str) -> bool:
        """Whether a sentence does not ask although it reads so."""
        return bool(self._unless) and compiled(self._unless_pattern, FILE).search(sentence) is not None

    @cached_property
    def _unless_pattern(self) -> str:
        return word_pattern(self._unless)


class Language(NamedTuple):
    """scripts, needs: patterns of letters; needs: those that no other language of the scripts has, or None.

    common: the commonest words, where the script is shared by many languages.
    """

    scripts: str
    needs: str | None
    common: frozenset[str]


class AskRules(NamedTuple):
    """All that asks.toml says.

    match: numbers of the signs found in bytes, falsy for none. behind: the patterns of each.
    longest_question: characters of a question looked at.
    """

    match: Callable[[bytes], list[int]]
    longest_question: int
    behind: tuple[tuple[AskPattern, ...], ...]
    limits: dict[str, int]
    tolerance: dict[str, float]
    numbers: dict[str, int]
    names: dict[str, str]
    languages: dict[str, Language]
    exempt: dict[str, str]
    structures: frozenset[str]
    abbreviations: frozenset[str]

    def exempted(self, name: str, text: str) -> bool:
        """Whether a pattern of [exempt] is found in the text."""
        return compiled(self.exempt[name], FILE).search(text) is not None


@cache
def ask_rules() -> AskRules:
    """The rules about asks.

    Raises:
        RuleError: the file is missing, lacks an entry or holds what is no pattern.
    """
    data = rule_data(FILE)
    try:
        names = {name: code for code, entry in data["languages"].items() for name in entry["names"]}
        fillings = {**data["macros"], **_number_patterns(data["numbers"]), "language": any_of(names)}
        patterns = [AskPattern(entry, fillings, data["unless"][entry.get("unless", "none")]) for entry in data["ask"]]
        return AskRules(
            compiled_set([_filled_in(text, fillings) for text in data["gates"].values()], FILE).Match,
            data["limits"]["question"],
            tuple(tuple(entry for entry in patterns if entry.gate == gate) for gate in data["gates"]),
            {name: value for name, value in data["limits"].items() if isinstance(value, int)},
            {name: float(value) for name, value in data["tolerance"].items() if isinstance(value, int | float)},
            data["numbers"],
            names,
            {code: _language(entry) for code, entry in data["languages"].items()},
            {name: text for name, text in data["exempt"].items() if isinstance(text, str)},
            frozenset(data["exempt"]["structures"]),
            frozenset(data["sentences"]["abbreviations"]),
        )
    except KeyError as error:
        raise RuleError(f"lacks {error}", path=FILE) from error


def _number_patterns(numbers: dict[str, int]) -> dict[str, str]:
    """The patterns of any number and of two and more: the words for one are articles in many languages."""
    several = any_of(word for word, number in numbers.items() if number > 1)
    return {"number": rf"(?:\d{{1,5}}|{any_of(numbers)})", "several": rf"(?:[2-9]|[1-9]\d|{several})"}


def _filled_in(text: str, fillings: dict[str, str]) -> str:
    for name, filling in fillings.items():
        text = text.replace(f"@{name}@", filling)
    return text


def _language(entry: dict[str, Any]) -> Language:
    needs = _letters(entry["needs"]) if "needs" in entry else None
    return Language(_letters(entry["scripts"]), needs, frozenset(entry.get("common", ())))


def _letters(scripts: list[str]) -> str:
    return "[" + "".join(rf"\p{{{script}}}" for script in scripts) + "]+"
