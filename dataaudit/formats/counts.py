"""Counts what prompts set bounds to: words, sentences, items of a list. Each count is on the side of the answer.

A text can be cut into sentences in more than one way, so there are two counts: of borders that are certain, and of all
that could be one. Lengths are in characters as Python counts them.
"""

from __future__ import annotations

from dataaudit.formats.ask_rules import FILE, ask_rules
from dataaudit.formats.lazy import lazy
from dataaudit.formats.phrases import compiled

_ITEM = lazy(r"^(\d{1,3})[.)、:：]\s*\S|^([-*•·‣])\s+\S")


def word_count(text: str) -> int | None:
    """Words between blanks; None where the script is written without blanks."""
    words = text.split()
    return None if letters_without_blanks(text) * 3 > sum(map(len, words)) else len(words)


def letters_without_blanks(text: str) -> int:
    """Letters of the scripts that are written without blanks."""
    if text.isascii():
        return 0
    pattern = compiled(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]+", FILE, fold=False)
    return sum(len(run) for run in pattern.findall(text))


def letter_count(text: str) -> int:
    """Letters and digits, blanks and punctuation left out."""
    return sum(map(str.isalnum, text))


def sentence_counts(text: str) -> tuple[int, int]:
    """The least and the most sentences that the text can be said to have."""
    certain = compiled(
        r"([\pL\pN.]*)[.!?]+[\"'”’»)\]]*\s+[\"'“‘«¿¡(]*\p{Lu}|[^。！？\s](。|！|？)[”」』）]*\s*[^。！？\s”」』）]",
        FILE,
        fold=False,
    )
    least = 1
    for match in certain.finditer(text):
        word = match.group(1)
        if match.group(2) or not _is_abbreviation(word or ""):
            least += 1
    ends = compiled(r"[.!?。！？؟।…]+", FILE)
    lines = sum(1 for line in text.split("\n") if line.strip())
    return least, max(least, lines, len(ends.findall(text)))


def _is_abbreviation(word: str) -> bool:
    return len(word) < 2 or "." in word or word.isdecimal() or word.lower() in ask_rules().abbreviations


def item_count(text: str) -> int | None:
    """Items of the one list of the text, or None where it has no list, several, or one inside another."""
    numbers: list[int] = []
    bullets = 0
    apart = False
    for line in text.strip().split("\n"):
        found = _ITEM.match(line)
        if found is None:
            apart = apart or (bool(numbers or bullets) and bool(line.strip()) and not line[0].isspace())
        elif apart:
            return None
        elif found.group(1):
            numbers.append(int(found.group(1)))
        else:
            bullets += 1
    if numbers and bullets:
        return None
    if numbers:
        whole = len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))
        return len(numbers) if whole else None
    return bullets if bullets > 1 else None
