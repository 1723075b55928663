"""Reads texts for what may make two almost equal ones two questions: sentences, words, numbers, negations, names.

Works on any script, in time linear in the length of the text. Words and limits: rules/differences.toml. What follows
from a difference is said in `guards.py`, not here.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections import Counter
from functools import cache
from typing import NamedTuple

from dataaudit._resources import rule_data
from dataaudit.text.normalize import normalize, normalize_column

_ENDS = str.maketrans(dict.fromkeys("\r\u2028\u2029\u3002\uff01\uff1f\uff1b\uff1a\u0964", "\n"))
_STOPS = ".!?;:\u061f\u061b\u2026"
_SIGNS = frozenset("\x01\x02+*/=<>^%")
_POINT = "\x04"
_SCRIPTS = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "HANGUL")
_SPELLED = frozenset({"THAI", "LAO", "KHMER", "MYANMAR"})
_SINGLE = _SPELLED | {"CJK", "sign"}
_SPACELESS = _SPELLED | {"CJK", "HIRAGANA", "KATAKANA"}


class _Kinds(dict[str, str]):
    """What a character is: a digit, a sign, a letter of a script without spaces, of Korean, or any other letter."""

    def __missing__(self, char: str) -> str:
        kind = "letter"
        if char.isdecimal() or char == _POINT:
            kind = "digit"
        elif char in _SIGNS or unicodedata.category(char)[0] in "SPC":
            kind = "sign"
        else:
            name = unicodedata.name(char, "")
            kind = next((script for script in _SCRIPTS if name.startswith(script)), kind)
        self[char] = kind
        return kind


_KINDS = _Kinds()


class Words(NamedTuple):
    """The word lists of rules/differences.toml, ready for use."""

    limits: dict[str, float]
    negations: frozenset[str]
    parts: tuple[str, ...]
    harmless: tuple[str, ...]
    final: frozenset[str]
    prefixes: tuple[str, ...]
    plain: frozenset[str]
    particles: tuple[str, ...]
    numbers: dict[str, str]


@cache
def words() -> Words:
    """The lists and limits, of all languages together; longer parts come first."""
    data = rule_data("differences.toml")
    plain_parts = _listed(data["plain_parts"])
    particles = [part for part in plain_parts if is_spelled(part)]
    characters = [char for part in plain_parts if part not in particles for char in part]
    numbers = {word: value for value, some in data["number_words"].items() if value.isdecimal() for word in some}
    return Words(
        limits={name: entry["value"] for name, entry in data["limits"].items()},
        negations=frozenset(map(normal, _listed(data["negations"]))),
        parts=_longest_first(_listed(data["negation_parts"])),
        harmless=_longest_first(_listed(data["harmless"])),
        final=frozenset(_listed(data["final"])),
        prefixes=tuple(data["opposites"]["prefixes"]),
        plain=frozenset([*map(normal, _listed(data["plain"])), *characters]),
        particles=_longest_first(particles),
        numbers={normal(word): value for word, value in numbers.items()},
    )


def _listed(table: dict[str, object]) -> list[str]:
    return [word for entry in table.values() if isinstance(entry, list) for word in entry]


def _longest_first(parts: list[str]) -> tuple[str, ...]:
    return tuple(sorted(parts, key=lambda part: (-len(part), part)))


def normal(text: str) -> str:
    """The normal form of a text without lone surrogates, as text."""
    return normalize(text).decode()


def split(text: str) -> list[str]:
    """The lines and sentences of a text as they stand, in their order."""
    text = text.encode("utf-8", "replace").decode().translate(_ENDS)
    for stop in _STOPS:
        if stop in text:
            text = text.replace(f"{stop} ", "\n")
    return text.split("\n")


def sentences(text: str) -> list[str]:
    """The normal forms of the lines and sentences that say anything, in their order."""
    return [form for form in normalize_all(split(text)) if any(map(str.isalnum, form))]


def normalize_all(texts: list[str]) -> list[str]:
    """The normal form of each text."""
    return [form.decode() for form in normalize_column(texts)]


def tokens(form: str) -> list[str]:
    """The words, numbers and signs of a normal form. A Chinese character and a Thai letter are each one token."""
    found: list[str] = []
    for word in form.split():
        if word.isascii() and word.isalpha():
            found.append(word)
            continue
        for kind, run in itertools.groupby(word, _KINDS.__getitem__):
            if kind in _SINGLE:
                found.extend(run)
            else:
                found.append("".join(run))
    return found


def without_negations(found: list[str]) -> list[str]:
    """Tokens but those that negate; `don t` is one of them. Numbers written as words become digits."""
    known = words()
    kept: list[str] = []
    for place, token in enumerate(found):
        if _negates(found, place, known):
            if token == "t":
                kept.pop()
        else:
            kept.append(known.numbers.get(token, token))
    return kept


def is_plain(token: str) -> bool:
    """Whether a token carries no content of its own: an article, a word of politeness, Japanese endings."""
    return token in words().plain or _KINDS[token[0]] == "HIRAGANA"


def is_spelled(token: str) -> bool:
    """Whether a token is a letter of a script without spaces that spells its words, such as Thai."""
    return _KINDS[token[0]] in _SPELLED


def without_particles(form: str) -> str:
    """A normal form without the words of politeness that a script without spaces glues on."""
    if not form.isascii() and not _SPELLED.isdisjoint(_kinds_of(form)):
        for particle in words().particles:
            form = form.replace(particle, "")
    return form


def _kinds_of(form: str) -> set[str]:
    return {_KINDS[char] for char in set(form)}


def digits(found: list[str]) -> list[str]:
    """The numbers written in digits of any script, in their order and in ASCII digits."""
    return [
        "".join("." if char == _POINT else str(unicodedata.decimal(char, "")) for char in token)
        for token in found
        if token[0].isdecimal()
    ]


def number_words(found: list[str]) -> list[str]:
    """The values of numbers written as words, in their order; of Chinese numerals the characters."""
    numbers = words().numbers
    return [
        numbers.get(token, token) for token in found if token in numbers or (len(token) == 1 and _is_numeral(token))
    ]


def _is_numeral(token: str) -> bool:
    return token.isalpha() and token != "一" and unicodedata.numeric(token, None) is not None


def signs(found: list[str]) -> Counter[str]:
    """Signs of arithmetic and of currencies."""
    return Counter(token for token in found if token in _SIGNS or unicodedata.category(token[0]) == "Sc")


def negations(parts: list[str]) -> int:
    """How many negations the sentences (normal forms) hold; words close together are one, as in `ne peut pas`."""
    return sum(_negations(part) for part in parts)


def _negations(form: str) -> int:
    known = words()
    kinds = set() if form.isascii() else _kinds_of(form)
    joined = not _SPACELESS.isdisjoint(kinds)
    count = _parts_of(form) if joined or "HANGUL" in kinds else 0
    last = -1000
    found = form.split()
    for place in range(len(found)):
        if _negates(found, place, known):
            count += place - last > known.limits["negation_reach"]
            last = place
    return count


def _negates(found: list[str], place: int, known: Words) -> bool:
    word = found[place]
    if word in known.final and place == len(found) - 1:
        return False
    if word in known.negations:
        return True
    return word == "t" and place > 0 and found[place - 1].endswith("n")


def _parts_of(form: str) -> int:
    known = words()
    for harmless in known.harmless:
        form = form.replace(harmless, " ")
    count = 0
    for part in known.parts:
        pieces = form.split(part)
        # Between two equal characters it asks, as in 能不能 and 有没有.
        count += sum(not (a and b and a[-1] == b[0]) for a, b in itertools.pairwise(pieces))
        form = " ".join(pieces)
    return count


def names(text: str) -> set[str]:
    """Normal forms of words with a capital inside sentences; empty where capitals tell nothing, as in German."""
    found: set[str] = set()
    seen = 0
    for sentence in split(text):
        inside = sentence.split()[1:]
        seen += len(inside)
        found.update(word for word in inside if not word.islower() and _is_capital(word))
    limits = words().limits
    titled = seen >= limits["capitals_words"] and len(found) > limits["capitals"] * seen
    return set() if titled else set(normalize_all(sorted(found))) - {""}


def _is_capital(word: str) -> bool:
    letters = word.lstrip("\"'([{\u00ab\u201c\u201e\u2018\u00a1\u00bf")
    return len(letters) > 1 and letters[0].isupper()
