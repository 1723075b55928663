"""Cheap measures of a text: how many sentences and words it has, and how it is cased. Any script."""

from __future__ import annotations

from typing import Literal

from dataaudit.formats.lazy import lazy

Casing = Literal["lower", "upper", "title", "sentence", "mixed", "none"]

_UNSPACED = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003134f"
)
_UNSPACED_LETTER = lazy(f"[{_UNSPACED}]")
# A full stop ends a sentence before a blank or the end; after one letter or a number it is an abbreviation or a count.
_END = lazy(r"[.!?][.!?]*[\"'”’»)\]*_]*(?=\s|$)|[…]+(?=\s|$)|[。!?｡]+|[।॥؟؛۔።።៖։]+(?=\s|$|[^\d\s])|;(?=\s*$)")
_ABBREVIATION = lazy(
    r"(?:^|[\s(\"'])(?:[A-Za-z]|\d{1,3}|(?:Dr|Mr|Mrs|Ms|Prof|St|Sr|Jr|vs|etc|approx|No|Nr|Fig|Inc|Ltd|Co|ca|bzw|ggf|usw|Hr|Fr|Sra|Mme|cf|Vol|pp)|"
    r"(?:[A-Za-z]\.\s?)+[A-Za-z])$"
)
_WORD_BYTES = lazy(r"\S*\w\S*")


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
        if match[0][0] == "." and match.end() < len(line) and _ABBREVIATION.search(line, last, match.start()):
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
    return not text.isascii() and len(_UNSPACED_LETTER.findall(text[:200])) * 2 > len(text[:200].replace(" ", ""))


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
