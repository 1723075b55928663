"""Beginnings, ends, edges and letter case that answers have in common; learned, never judged."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from dataaudit.formats.limits import Limits

STOPS = ".!?…。．！？｡।॥؟۔։።។။‽"
_OPENERS = "¿¡\"'“‘«([*_"
_CLOSERS = "\"'”’»›)]}』」】）*_`"
_CLOSING = "}])`;\"'>"
_MARKUP = tuple("[{<`#|@")
_INSIDE_WORDS = "'’-\"”»)]*_“«¿¡("
_WORDS_OF_SENTENCE = 4
_LONG_DASHES = tuple("—―")
_WORDS_OF_CLOSING = 6
_CLOSING_LINE = 40
_UNSPACED_SCRIPTS = ("\u0e00", "\u9fff")
_DASHES = tuple("—–-~―")
_UNSPACED_OF_SENTENCE = 8
_SPACED_SCRIPTS_END = "\u0e00"


class Edges(NamedTuple):
    """How one answer begins and ends.

    leading, trailing: its white space at the edges. case: "upper", "lower" (the whole answer), "capital", "small"
    (its first letter), or None where that cannot be seen. end: "stop" after a sentence mark, else "none".
    lines: "one" or "many". broken: whether it stops in
    words without a sentence mark.
    """

    leading: str
    trailing: str
    case: str | None
    end: str
    lines: str
    broken: bool


def bare(text: str, prefix: str, suffix: str) -> str:
    """The text without the affixes that all answers have."""
    return text.removeprefix(prefix).removesuffix(suffix).strip()


def edges_of(answer: str, prefix: str = "", suffix: str = "") -> Edges:
    """The edges of an answer that is not blank; its case, end and lines are those between common affixes."""
    text = answer.strip()
    body = bare(text, prefix, suffix)
    start = len(answer) - len(answer.lstrip())
    end = end_of(body)
    return Edges(
        answer[:start],
        answer[start + len(text) :],
        case_of(body),
        end,
        "many" if "\n" in body else "one",
        end == "none" and breaks_off(body),
    )


def case_of(text: str) -> str | None:
    """The letter case of a text; None where it has no cased letter at its start, opening marks left aside."""
    if text[:1] in _MARKUP:
        return None
    first = text.lstrip(_OPENERS)[:1]
    if first.isupper():
        return "upper" if text.isupper() and sum(map(str.isalpha, text[:200])) > 1 else "capital"
    if not first.islower() or _is_written_small(text):
        return None
    return "lower" if text.islower() else "small"


def _is_written_small(text: str) -> bool:
    """Whether the first word is one that is written so at the start of a sentence too: a brand, address or name."""
    word = text[:80].split(None, 1)[0].rstrip(STOPS + ",:;")
    return word != word.lower() or any(not char.isalpha() and char not in _INSIDE_WORDS for char in word)


def end_of(text: str) -> str:
    """Whether a text ends in a sentence mark, quotes and brackets after it left aside."""
    last = text[-1:]
    if last in _CLOSERS:
        last = text.rstrip(_CLOSERS)[-1:]
    return "stop" if last and last in STOPS else "none"


def _is_signed(line: str) -> bool:
    """Whether a line ends in a dash and a few words: a name."""
    end = " " + line[-_CLOSING_LINE:]
    return (
        any(dash in end for dash in _LONG_DASHES) or any(f" {dash} " in end for dash in _DASHES) or line[:1] in _DASHES
    )


def is_sentence(text: str) -> bool:
    """Whether there is a sentence mark in a text, or no word at its end."""
    return not text[-1:].isalnum() or any(char in STOPS for char in text)


def breaks_off(text: str) -> bool:
    """Whether the last line is words that a sentence mark should end: no link, name, formula, list item or emoji."""
    line = text[-400:].rpartition("\n")[2].strip()
    if not line:
        return False
    rest = line[max(line[:-1].rfind(char) for char in STOPS) + 1 :].strip(_CLOSERS + " ")
    if _is_signed(line) or (len(rest) == len(line) < len(text) and len(rest.split()) <= _WORDS_OF_CLOSING):
        return False
    last = line.rstrip(_CLOSERS)[-1:]
    if not last.isalpha() and unicodedata.category(last or " ")[0] != "M" and not last.isdigit():
        return False
    words = line.split()
    if "/" in words[-1] or "@" in words[-1] or "." in words[-1] or "=" in line:
        return False
    return len(words) >= _WORDS_OF_SENTENCE or (
        any(_UNSPACED_SCRIPTS[0] <= char <= _UNSPACED_SCRIPTS[1] and char.isalpha() for char in line[-_CLOSING_LINE:])
        and len(line) >= _UNSPACED_OF_SENTENCE
    )


def common_prefix(texts: Sequence[str], limits: Limits, share: float) -> str:
    """The longest beginning that at least `share` of the texts have, cut back to the end of a word."""
    prefix = _grown([text[: int(limits.longest_affix)] for text in texts], share * len(texts))
    cut = len(prefix)
    # A beginning that stops within a word ("The a" of "The answer", "The apple") is no mark that somebody set.
    if cut and _within_word(prefix[-1], [text[cut : cut + 1] for text in texts if text.startswith(prefix)]):
        while cut and _is_wordlike(prefix[cut - 1]):
            cut -= 1
    return prefix[:cut]


def common_suffix(texts: Sequence[str], limits: Limits, share: float) -> str:
    """The longest end that at least `share` of the texts have, cut to the beginning of a word."""
    turned = [text[-int(limits.longest_affix) :][::-1] for text in texts]
    suffix = _grown(turned, share * len(texts))
    cut = len(suffix)
    if cut and _within_word(suffix[-1], [text[cut : cut + 1] for text in turned if text.startswith(suffix)]):
        while cut and _is_wordlike(suffix[cut - 1]):
            cut -= 1
    suffix = suffix[:cut][::-1]
    # "... done. END": the sentence mark is not of the mark.
    mark = suffix.lstrip(STOPS)
    if mark.strip():
        return mark
    run = len(suffix) - len(suffix.rstrip(suffix[-1:])) if suffix.strip() else 0
    return suffix[-run:] if run > 1 else suffix


def stop_mark(suffix: str) -> str:
    """The part of a common end that is no part of any structure: brackets, quotes and fences close one."""
    mark = suffix[max((suffix.rfind(char) for char in _CLOSING), default=-1) + 1 :]
    return mark if is_mark(mark) else ""


def is_mark(affix: str) -> bool:
    """Whether an affix looks set on purpose: more than a plain sentence mark or a word or two."""
    text = affix.strip()
    if not text or (all(char in STOPS for char in text) and len(set(text)) == len(text) == 1):
        return False
    return (
        len(text) >= 8
        or not all(char.isalnum() or char.isspace() or char in "'’" for char in text)
        or (len(text) > 1 and text.isupper())
    )


def _grown(texts: Sequence[str], least: float) -> str:
    prefix = ""
    while texts:
        place = len(prefix)
        counts = Counter(text[place] for text in texts if len(text) > place)
        if not counts:
            break
        char = min(counts, key=lambda one: (-counts[one], one))
        if counts[char] < least:
            break
        prefix += char
        texts = [text for text in texts if len(text) > place and text[place] == char]
    return prefix


def _within_word(last: str, following: Sequence[str]) -> bool:
    return _is_wordlike(last) and sum(map(_is_wordlike, following)) * 10 > len(following)


def _is_wordlike(char: str) -> bool:
    """A letter or digit of a script that is written with blanks between words."""
    return (char.isalnum() and char < _SPACED_SCRIPTS_END) or unicodedata.category(char or " ")[0] == "M"
