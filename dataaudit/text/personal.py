"""Personal data and secrets in a text: where they stand, and the text with placeholders instead.

What they look like: rules/pii.toml. What outputs must not print whole is said by `safe`, which masks more.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from dataaudit._resources import rule_data
from dataaudit.errors import RuleError
from dataaudit.text.identifiers import TESTS, Test

FILE: Final = "pii.toml"
_MANY_DIGITS: Final = r"[0-9](?:[^\pL\n]{0,3}[0-9]){4}"

Span = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Kind:
    """One form that personal data takes. `needs`: literals of which a text must have one; none for any text."""

    rule: str
    name: str
    pattern: Any
    harmless: Any
    needs: tuple[str, ...]
    digits: bool
    test: Test | None

    def length(self, word: str) -> int:
        """How many characters of a match are meant; 0 for none."""
        if self.harmless is not None and self.harmless.search(word) is not None:
            return 0
        return len(word) if self.test is None else self.test(word)


def spans(text: str, rules: Collection[str] | None = None) -> list[Span]:
    """(code of the rule, start, end) of all personal data in a text, in order and apart.

    rules: the codes that count; None for all. Time is linear in the length of the text.
    """
    return [(kind.rule, start, end) for kind, start, end in found(text, rules)]


def masked(text: str, rules: Collection[str] | None = None) -> str | None:
    """The text with a placeholder such as [EMAIL] for each piece of personal data; None where there is none.

    What is returned has no spans.
    """
    better = text
    # Taking one away can leave a neighbour more telling than before; each round leaves less that is no placeholder.
    while places := spans(better, rules):
        ends = [0, *(end for _, _, end in places)]
        pieces = [better[done:start] + placeholder(code) for done, (code, start, _) in zip(ends, places, strict=False)]
        better = "".join([*pieces, better[ends[-1] :]])
    return better if better != text else None


def placeholder(rule: str) -> str:
    """What stands for personal data of a rule, such as [EMAIL]."""
    return str(_data()["placeholders"][rule])


@cache
def names() -> tuple[str, ...]:
    """What the kinds are called, in words."""
    return tuple(kind.name for kind in _kinds())


def found(text: str, rules: Collection[str] | None = None) -> list[tuple[Kind, int, int]]:
    """The same with what is known of each kind."""
    raw = text.encode("utf-8", "replace")  # "?" for a lone surrogate
    if _gate().search(raw) is None:
        return []
    lower, digits = text.lower(), _compiled(_MANY_DIGITS).search(raw) is not None
    taken = bytearray(len(raw))
    for start, end in _placeholders(raw):
        taken[start:end] = b"\1" * (end - start)
    result: list[tuple[Kind, int, int]] = []
    for kind in _kinds():
        if (rules is not None and kind.rule not in rules) or not _may_have(kind, lower, digits):
            continue
        for start, end in _matches(kind, raw):
            if taken.find(1, start, end) < 0:
                taken[start:end] = b"\1" * (end - start)
                result.append((kind, start, end))
    return _in_characters(raw, sorted(result, key=lambda place: place[1]))


def _may_have(kind: Kind, lower: str, digits: bool) -> bool:
    return (digits or not kind.digits) and (not kind.needs or any(word in lower for word in kind.needs))


def _matches(kind: Kind, raw: bytes) -> Iterator[tuple[int, int]]:
    """The matches of one kind, in bytes. A search starts where the last value ended: a sign can part two values."""
    place = 0
    while (match := kind.pattern.search(raw, place)) is not None:
        start, end = match.span(1 if kind.pattern.groups else 0)
        word = raw[start:end].decode("utf-8", "replace")
        if length := kind.length(word):
            yield start, start + len(word[:length].encode())
        place = max(end, place + 1)


def _in_characters(raw: bytes, places: list[tuple[Kind, int, int]]) -> list[tuple[Kind, int, int]]:
    if raw.isascii():
        return places
    result = []
    done = characters = 0
    for kind, start, end in places:
        begin = characters + len(raw[done:start].decode())
        characters = begin + len(raw[start:end].decode())
        done = end
        result.append((kind, begin, characters))
    return result


def _placeholders(raw: bytes) -> Iterator[tuple[int, int]]:
    for word in map(str.encode, _data()["placeholders"].values()):
        place = raw.find(word)
        while place >= 0:
            yield place, place + len(word)
            place = raw.find(word, place + len(word))


@cache
def _kinds() -> tuple[Kind, ...]:
    data = _data()
    lists = {name: words for name, words in data["words"].items() if isinstance(words, list)}
    lists["country"] = list(data["iban"]["lengths"])
    kinds = []
    for entry in data["kind"]:
        pattern, needs = entry["pattern"], entry.get("needs", ())
        for name, words in lists.items():
            longest_first = sorted(words, key=len, reverse=True)
            pattern = pattern.replace(f"%{name}%", "|".join(map(re.escape, longest_first)))
        kinds.append(
            Kind(
                entry["rule"], entry["name"], _compiled(pattern),
                _compiled(entry["except"]) if "except" in entry else None,
                tuple(lists[needs] if isinstance(needs, str) else needs),
                entry.get("digits", False), TESTS[entry["test"]] if "test" in entry else None,
            )
        )  # fmt: skip
    return tuple(kinds)


@cache
def _gate() -> Any:
    """What every text with personal data has: five digits, a literal, or the form itself, whichever a kind needs."""
    literals = {re.escape(word) for kind in _kinds() if not kind.digits for word in kind.needs}
    forms = [kind.pattern.pattern for kind in _kinds() if not kind.digits and not kind.needs]
    return _compiled("|".join([_MANY_DIGITS, f"(?i:{'|'.join(sorted(literals))})", *forms]))


@cache
def _compiled(pattern: str) -> Any:
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        raise RuleError(f"not a pattern: {error}: {pattern}", path=FILE) from error


@cache
def _data() -> dict[str, Any]:
    return rule_data(FILE)
