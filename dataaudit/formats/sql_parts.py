"""Where SQL ends and words begin, and whether it is whole. Not for telling whether a text is SQL at all.

One pass over the tokens of ISO/IEC 9075-2 that can hide a bracket or a semicolon: literals, quoted names, comments.
"""

from __future__ import annotations

import re

from dataaudit.formats.lazy import lazy
from dataaudit.formats.vocabulary import Vocabulary

_COMMENT = r"--[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?|(?m:^)[ \t]*#(?![\w#])[^\n]*+"
# A backslash escapes in MySQL and is a plain character in the standard: a text is read both ways.
_LITERALS = {
    True: r"'(?:[^'\\]|''|\\.)*+(?P<single>'?)|\"(?:[^\"\\]|\"\"|\\.)*+(?P<double>\"?)|`[^`]*+(?P<back>`?)",
    False: r"'(?:[^']|'')*+(?P<single>'?)|\"(?:[^\"]|\"\")*+(?P<double>\"?)|`[^`]*+(?P<back>`?)",
}
_HIDING = {escapes: lazy(rf"{literal}|{_COMMENT}", re.DOTALL) for escapes, literal in _LITERALS.items()}
_TOKEN = lazy(rf"{_LITERALS[False]}|{_COMMENT}|(?P<sign>[();\n])", re.DOTALL)
_WORD = lazy(r"[^\W\d]\w*")
_APOSTROPHE = lazy(r"(?<=\w)['’](?=\w)")
_WHOLE_LITERAL = lazy(r"'[^'\n]*'|\"[^\"\n]*\"|`[^`\n]*`|\[[^\]\n]*\]")
_OPEN_LITERAL = lazy(r"(?<!\w)['\"].*$")
_PLAIN_WORDS = lazy(r"[^\W\d]\w*(?:[ \t]+[^\W\d]\w*)*")
_SENTENCE_END = lazy(r"[^\W_][)\"']?[.!?:…]+$")
_FOREIGN = lazy(r"[^\x00-\x7f\w\s\u00a0‘’“”«»]|\w[!?](?:\s|$)")
_SIGNS = frozenset("=<>*;(")
_LAST_WORD = lazy(r"(\w+)\s*$")
_NOT_CLOSED = "\x00"
_OPEN_ENDS = (",", "=", "<", " >", ".", "+", "-", "/", "||")


def end_of_sql(text: str, words: Vocabulary) -> int:
    """The index in a text that starts with a statement at which its last statement ends, and words begin."""
    depth = 0
    closed = procedure = False
    for token in _TOKEN.finditer(text):
        sign = token["sign"]
        if sign is None:
            continue
        if sign in "()":
            depth = max(0, depth + (1 if sign == "(" else -1))
            continue
        if depth:
            continue
        if sign == ";":
            if not closed:
                procedure = bool(words.sql_blocks & {word.lower() for word in _WORD.findall(text[: token.end()])})
            closed = True
        place = token.end()
        if _ends_before(text, place, closed and not procedure, words):
            return place
    return len(text)


def _ends_before(text: str, place: int, closed: bool, words: Vocabulary) -> bool:
    """Whether what stands from `place` on, after a whole line or a semicolon, is words."""
    rest = text[place : place + words.sql_line]
    bare = rest.lstrip()
    if not bare or bare.startswith(("--", "/*", ";", ")", "$$", "//", "\\")):
        return False
    if is_sentence(bare.partition("\n")[0].rstrip(), words):
        return True
    blank_line = text[place - 1] == "\n" and "\n" in rest[: len(rest) - len(bare)]
    first = _WORD.match(bare)
    return (closed or blank_line) and (first is None or first[0].lower() not in words.sql_keywords)


def is_sentence(line: str, words: Vocabulary) -> bool:
    """Whether a line is words, not SQL: a run of words that are no keywords, or the final mark of a sentence."""
    if line.endswith(";") and line.isascii():
        return False
    bare = _WHOLE_LITERAL.sub(" 0 ", _APOSTROPHE.sub("", line.partition("--")[0]))
    bare = _OPEN_LITERAL.sub("", bare)
    if _FOREIGN.search(bare):
        return True
    most = max((_longest_run(run[0], words) for run in _PLAIN_WORDS.finditer(bare)), default=0)
    if most >= words.sql_plain_words:
        return True
    if not _SENTENCE_END.search(bare.rstrip()) or _SIGNS & set(bare):
        return False
    first = _WORD.match(bare)
    return first is not None and (first[0].lower() not in words.sql_keywords or most > 1)


def _longest_run(run: str, words: Vocabulary) -> int:
    longest = count = 0
    for word in run.split():
        count = 0 if word.lower() in words.sql_keywords else count + 1
        longest = max(longest, count)
    return longest


def bare_sql(text: str, escapes: bool = False) -> str:
    """SQL with each literal as a mere 0 and each comment as a blank; NUL for a literal that is never closed."""
    return _HIDING[escapes].sub(_without, text)


def _without(hidden: re.Match[str]) -> str:
    if hidden.lastgroup is None:
        return " "
    return " 0 " if hidden["single"] or hidden["double"] or hidden["back"] else _NOT_CLOSED


def sql_fault(text: str, words: Vocabulary) -> str | None:
    """Why SQL is broken, or None; where a backslash leaves two readings, both must be."""
    fault = _fault(bare_sql(text), words)
    return _fault(bare_sql(text, escapes=True), words) if fault and "\\" in text else fault


def _fault(bare: str, words: Vocabulary) -> str | None:
    if _NOT_CLOSED in bare:
        return "cut off"
    opened, closed = bare.count("("), bare.count(")")
    if opened != closed:
        return "cut off" if opened > closed else "closing bracket too many"
    bare = bare.rstrip()
    if bare.endswith(_OPEN_ENDS):
        return "cut off"
    last = _LAST_WORD.search(bare[-60:])
    if last is None or last[1].lower() not in words.sql_unfinished:
        return None
    statement = bare.rpartition(";")[2].split(None, 1)
    whole = statement[0].lower() == "set" or bare[:-1].lower().endswith("default value")
    return None if whole else "cut off"
