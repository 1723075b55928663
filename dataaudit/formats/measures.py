"""Cheap measures of a text: how many sentences and words it has, and how it is cased. Any script."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from dataaudit.formats.lazy import lazy
from dataaudit.formats.vocabulary import vocabulary

Casing = Literal["lower", "upper", "title", "sentence", "mixed", "none"]

# Thai to Burmese, Khmer, kana, ideographs: the blocks of Unicode whose scripts have no blanks between words.
_UNSPACED = (
    ("\u0e00", "\u109f"), ("\u1780", "\u17ff"), ("\u3040", "\u30ff"), ("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"),
    ("\uf900", "\ufaff"), ("\U00020000", "\U0003134f"),
)  # fmt: skip
_UNSPACED_LETTER = lazy("[" + "".join([f"{first}-{last}" for first, last in _UNSPACED]) + "]")
_BEGINNING = 200
# A full stop ends a sentence before a blank or the end; after one letter or a number it is an abbreviation or a count.
_END = lazy(r"[.!?][.!?]*[\"'”’»)\]*_]*(?=\s|$)|[…]+(?=\s|$)|[。!?｡]+|[।॥؟؛۔።።៖։]+(?=\s|$|[^\d\s])|;(?=\s*$)")


@cache
def _abbreviation() -> re.Pattern[str]:
    """What stands before a full stop that ends no sentence: a known word, one letter, initials, a small number."""
    known = "|".join([re.escape(word) for word in vocabulary().abbreviations])
    return re.compile(rf"(?:^|[\s(\"'])(?:[A-Za-z]|\d{{1,3}}|{known}|(?:[A-Za-z]\.\s?)+[A-Za-z])$")


def sentences(text: str) -> int:
    """How many sentences: final marks of any script, and each line that ends without one; 0 for a blank text.

    Full stops in decimals, after single letters, numbers and common abbreviations end nothing. Thai and Lao, which
    have no mark, count by lines.
    """
    count = 0
    for line in text.split("\n"):
        line = line.strip()
        if line:
            count += max(1, _ends(line))
    return count


def _ends(line: str) -> int:
    count, last = 0, 0
    for match in _END.finditer(line):
        if match[0][0] == "." and match.end() < len(line) and _abbreviation().search(line, last, match.start()):
            continue
        count += 1
        last = match.end()
    rest = line[last:].strip()
    return count + (1 if rest and any(char.isalnum() for char in rest[:50]) else 0)


def words(text: str) -> int:
    """How many words: runs between blanks.

    In scripts without blanks (Chinese, Japanese, Thai, ...) half a word for each character, rounded up.
    """
    if text.isascii():
        return len(text.split())
    unspaced = len(_UNSPACED_LETTER.findall(text))
    if not unspaced:
        return len(text.split())
    rest = _UNSPACED_LETTER.sub(" ", text)
    return (unspaced + 1) // 2 + sum(any(char.isalnum() for char in word) for word in rest.split())


def unspaced(text: str) -> bool:
    """Whether the text is written in a script without blanks between words, by its first characters."""
    if text.isascii():
        return False
    beginning = text[:_BEGINNING].replace(" ", "")
    count = 0
    for char in beginning:
        if char > "\u0dff":
            count += any(first <= char <= last for first, last in _UNSPACED)
    return count * 2 > len(beginning)


def casing(text: str) -> Casing:
    """How the letters are cased.

    "title" if every one of several words starts with a capital, "sentence" if the first does, "none" without letters
    that have case, "mixed" for all else.
    """
    if text.islower():
        return "lower"
    if text.isupper():
        return "upper"
    lower = text.lower()
    if lower == text.upper():
        return "none"
    cased = [word for word in text.split() if word.lower() != word.upper()]
    firsts = [next((char for char in word if char.isalpha()), "") for word in cased]
    if len(cased) > 1 and all(char.isupper() for char in firsts):
        return "title"
    return "sentence" if firsts and firsts[0].isupper() and cased[0][1:] == cased[0][1:].lower() else "mixed"
