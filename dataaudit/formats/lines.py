"""Texts that are told by their lines: numbers, lists, Markdown, one short line, prose."""

from __future__ import annotations

import re

from dataaudit.formats.lazy import lazy
from dataaudit.formats.measures import unspaced
from dataaudit.formats.vocabulary import Vocabulary

_DIGITS = r"\d+(?:[.,  '’\u066c\u066b_]\d+)*"
_NUMBER = lazy(
    rf"[~≈±]?\s?[-+−–]?\s?[-+−]?(?:{_DIGITS}|\.\d+)(?:\s?[¼-¾⅐-⅞]|(?:\s\d+)?\s?[/⁄]\s?\d+)?"
    r"(?:[eE][-+−]?\d+|\s?[x×·*]\s?10\s?(?:\^\s?\{?[-+−]?\d+\}?|[⁻⁺]?[⁰¹²³⁴-⁹]+))?\s?[%％٪‰°]?\.?"
    r"|[-+−]?[¼-¾⅐-⅞]"
)
_ITEM = lazy(
    r"[ \t]{0,12}(?:[-*•‣▪●◦·–—][ \t]+\S|[•‣▪●◦]\S|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)][ \t]+\S|\(\d{1,3}\)\s?\S"
    r"|\d{1,3}[、.)]\s?\S|[（(][\d一二三四五六七八九十]{1,3}[)）]\s?\S|[一二三四五六七八九十]{1,3}、\s?\S|[①-⑳]\s?\S|\d{1,3}\.[^\s\d.,])"
)
_MARKDOWN = lazy(
    r"^[ ]{0,3}(?:#{1,6}[ \t]+[^\s\d]|#{1,3}[ \t]+\d|[-*_]{3,}[ \t]*$|>[ \t]+\S|\|?[ :-]{0,40}---[-:| ]{0,200}$)"
    r"|\*\*[^\s*][^*\n]{0,200}\*\*|__[^\s_][^_\n]{0,200}__|!?\[[^\]\n]{1,200}\]\([^)\s]{1,300}\)",
    re.MULTILINE,
)
_NUMBER_CHARACTERS = 60
_SIGNS = ("-", "+", "−", "–", "~", "≈", "±")
_FINAL = frozenset(".!?…。！？｡।॥؟۔")
# Inside a text: marks that no label has before another word; a full stop may be one of an abbreviation.
_INNER_END = lazy(r"[!?](?=\s)|[。！？｡।॥؟۔]|\.(?=\s+[—–-])")


def is_number(text: str, words: Vocabulary) -> bool:
    """Whether the text is one number: with sign, currency, percent, separators, as a fraction or a power of ten."""
    if len(text) > _NUMBER_CHARACTERS or not any(char.isnumeric() for char in text):
        return False
    bare = _without_currency(text, words)
    if _NUMBER.fullmatch(bare) is None:
        return False
    bare = bare.rstrip(".")
    return "," not in bare or bare.count(".") < 2 or bare.rfind(",") > bare.rfind(".")


def _without_currency(text: str, words: Vocabulary) -> str:
    """A text without the currency at its end or, behind a sign, at its start."""
    sign = text[:1] if text[:1] in _SIGNS else ""
    rest = text[len(sign) :].strip()
    for currency in words.currencies:
        if rest.startswith(currency):
            return sign + rest[len(currency) :].lstrip()
        if rest.endswith(currency):
            return sign + rest[: -len(currency)].rstrip()
    return text


def count_items(lines: list[str]) -> int:
    """How many of the lines start with a bullet or a number of a list."""
    return sum([1 for line in lines if not line[:3].isalpha() and _ITEM.match(line)])


def is_list(lines: list[str]) -> bool:
    """Whether the lines, without blank ones, are two items of a list or more, and what is indented under them."""
    if len(lines) < 2 or not _ITEM.match(lines[0]):
        return False
    items = 0
    for line in lines:
        if _ITEM.match(line):
            items += 1
        elif line[:1] not in " \t":
            return False
    return items >= 2


def has_markdown(text: str) -> bool:
    """Whether the text holds a heading, bold words, a link, a quotation or a rule of Markdown."""
    return (
        "**" in text or "#" in text or "](" in text or "__" in text or "---" in text or "\n> " in text or text[0] == ">"
    ) and (_MARKDOWN.search(text) is not None)


def is_line(text: str, words: Vocabulary) -> bool:
    """Whether a text without line ends is a label, a name or a title: short, and no final mark of a sentence."""
    if len(text) > words.line_characters or _ends_sentence(text) or _INNER_END.search(text):
        return False
    if unspaced(text):
        return len(text) <= words.line_characters_unspaced
    return len(text.split()) <= words.line_words


def _ends_sentence(text: str) -> bool:
    """Whether the last mark behind the last word, other than closing quotes and emoji, is final."""
    for char in reversed(text):
        if char in _FINAL:
            return True
        if char.isalnum():
            return False
    return False
