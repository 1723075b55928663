"""Texts that are told by their lines: numbers, lists, Markdown, one short line, prose."""

from __future__ import annotations

import re

from dataaudit.formats.lazy import lazy
from dataaudit.formats.measures import unspaced
from dataaudit.formats.vocabulary import Vocabulary

_CURRENCY = (
    r"[$€£¥₹₽₩₪₫₺₴₦฿¢]|(?:USD|EUR|GBP|JPY|CNY|RMB|INR|CHF|CAD|AUD|BRL|MXN|RUB|KRW|SEK|NOK|DKK|PLN|US\$|R\$|Rs\.?"
    r"|元|円|원|руб\.?)"
)
_DIGITS = r"\d+(?:[.,  '’\u066c\u066b_]\d+){0,20}"
_NUMBER = lazy(
    rf"[~≈±]?\s?[-+−–]?\s?(?:{_CURRENCY})?\s?[-+−]?(?:{_DIGITS}|\.\d+)(?:\s?[¼½¾⅓⅔⅛⅜⅝⅞]|(?:\s\d+)?\s?[/⁄]\s?\d+)?"
    rf"(?:[eE][-+−]?\d+|\s?[x×·*]\s?10\s?(?:\^\s?\{{?[-+−]?\d+\}}?|[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))?\s?(?:%|％|٪|‰|°|(?:{_CURRENCY}))?\.?"
    rf"|[-+−]?[¼½¾⅓⅔⅛⅜⅝⅞]"
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
_FINAL = ".!?…。!?｡।॥؟۔。።"
_CLOSERS = "\"'”’»)]」』*_"


def is_number(text: str) -> bool:
    """Whether the text is one number: with sign, currency, percent, separators, as a fraction or a power of ten."""
    if len(text) > _NUMBER_CHARACTERS or _NUMBER.fullmatch(text) is None:
        return False
    return "," not in text or text.rstrip(".").count(".") < 2 or text.rfind(",") > text.rstrip(".").rfind(".")


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
    if len(text) > words.line_characters or text.rstrip(_CLOSERS)[-1:] in _FINAL:
        return False
    if unspaced(text):
        return len(text) <= words.line_characters_unspaced
    return len(text.split()) <= words.line_words
