"""Words around code that has no fence: what introduces it, and what is said after it. Not for whether it is code."""

from __future__ import annotations

from dataaudit.formats.code_like import is_code_line
from dataaudit.formats.lazy import lazy
from dataaudit.formats.vocabulary import Vocabulary

_SENTENCE = lazy(r"[¡¿«“(*_]{0,2}[^\W\d_].*[.!?:：。！？…।؟۔][)\"”»*_]{0,2}$")
_NO_WORDS = lazy(r"[{}\[\]=<>;|\\$#@]|\w\(|\w_\w|\)\.")
_QUOTED = lazy(r"`[^`\n]*`")
_INTRODUCED = lazy(r"[:：][ \t]*(?=\S)")
_COLONS = (":", "：")
_WORDS_OF_SENTENCE = 4


def split_words(text: str, words: Vocabulary) -> tuple[str, str, str]:
    """The words before code, the code, and the words after it, by the lines; "" for none."""
    start = _end_of_words_before(text, words)
    end = _start_of_words_after(text, start, words)
    return text[:start].strip(), text[start:end].strip("\n"), text[end:].strip()


def _end_of_words_before(text: str, words: Vocabulary) -> int:
    place = end = 0
    while place <= words.words_before and place < len(text):
        line_end = text.find("\n", place)
        line_end = len(text) if line_end < 0 else line_end
        line = text[place:line_end]
        if is_words(line):
            end = line_end
        elif line.strip():
            return _introduction(text, place, line_end, end, words)
        place = line_end + 1
    return end if place <= words.words_before else 0


def _introduction(text: str, place: int, line_end: int, end: int, words: Vocabulary) -> int:
    """The index after words with a colon that stand in one line with the first code; `end` where there are none."""
    for colon in _INTRODUCED.finditer(text, place, min(line_end, place + 200)):
        line = text[place : colon.end()].rstrip()
        if not is_words(line) or line.count("(") != line.count(")"):
            return end
        if is_code_line(text[colon.end() : line_end], words):
            return colon.end()
    return end


def _start_of_words_after(text: str, start: int, words: Vocabulary) -> int:
    first = place = len(text)
    while len(text) - place <= words.words_after and place > start:
        line_start = text.rfind("\n", start, place) + 1
        if line_start <= start:
            break
        line = text[line_start:place]
        if is_words(line) and not line[0].isspace():
            first = line_start
        elif line.strip():
            break
        place = line_start - 1
    return first


def is_words(line: str) -> bool:
    """Whether a line is a sentence or an introduction with a colon, not code: no signs of code, and a final mark."""
    line = line.rstrip()
    bare = _QUOTED.sub("", line)
    if _SENTENCE.match(line) is None or _NO_WORDS.search(bare):
        return False
    count = len(line.split())
    if not line.isascii() and count < _WORDS_OF_SENTENCE and not line[0].islower():
        return True
    if is_code_line(line, None):
        return False
    if count >= _WORDS_OF_SENTENCE:
        return True
    return not line[0].islower() and (count > 1 or line.endswith(("!", *_COLONS)))
