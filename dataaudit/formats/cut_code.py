"""Code that stops in the middle of something: brackets and strings that are left open at its end. Not a parser.

Where a text can be read in two ways nothing is said: whole code must not be called cut off.
"""

from __future__ import annotations

import re

from dataaudit.formats.lazy import lazy
from dataaudit.formats.vocabulary import CutRules, Vocabulary

_CLOSING = {")": "(", "]": "[", "}": "{"}
_OPEN_BRACKETS = ("(", "[", "{")
_OPEN_OPERATORS = ("=", "&&", "||", "=>")
_MADE: dict[str, re.Pattern[str]] = {}
_END_OF_LINE_OF_CODE = (";", "}", ")", ">", ",")
_UNFINISHED = lazy(r"was never closed|unexpected EOF|unterminated|expected an indented block|EOF in multi")
_FROM_BEFORE = lazy(r"was never closed|triple")
_BLOCK_START = lazy(r"\s*(?:(?:async )?(?:def|for|with)|class|if|elif|else|while|try|except|finally)\b[^#]*:$")


def code_fault(code: str, language: str | None, words: Vocabulary) -> str | None:
    """What is wrong with code: "cut off" where it stops in the middle of something, else None."""
    if language == "python":
        return read_python(code, words)[1]
    code = code[: words.parsed_code + 1].rstrip()
    if len(code) > words.parsed_code:
        return None
    if code.endswith(_OPEN_BRACKETS):
        return "cut off"
    rules = words.cut_rules
    if language not in rules.languages:
        return None
    if code.endswith(_OPEN_OPERATORS) and not code.rpartition("\n")[2].lstrip().startswith(("//", "*", "/*", "#")):
        return "cut off"
    return "cut off" if _is_open(code, language, rules) else None


def _is_open(code: str, language: str, rules: CutRules) -> bool:
    """Whether a bracket or a string is open at the end; False also where the code can be read in two ways."""
    if any(sign in code for sign in rules.unsure["any"] + rules.unsure.get(language, ())):
        return False
    stack: list[str] = []
    for token in _tokens(language, rules).finditer(code):
        sign = token["sign"]
        if sign is None:
            continue
        if sign in "([{":
            stack.append(sign)
        elif sign in ")]}":
            if not stack or stack.pop() != _CLOSING[sign]:
                return False
        elif sign == "/*":
            return False
        elif sign == "'" and (language not in rules.single_quoted or code[token.start() - 1 : token.start()].isalnum()):
            continue
        else:
            rest = code[token.end() :]
            return sign == "`" or ("\n" not in rest and not rest.endswith(_END_OF_LINE_OF_CODE))
    last = code.rpartition("\n")[2]
    # A whole statement at the margin: the code goes on after what was left open, so it did not stop there.
    return bool(stack) and not (last != code and last.endswith(";") and not last[0].isspace())


def _tokens(language: str, rules: CutRules) -> re.Pattern[str]:
    """What can hide a bracket in the language, and (as `sign`) the brackets, and the quotes that are never closed."""
    if language not in _MADE:
        single = r"'(?:[^'\\\n]|\\.)*+'" if language in rules.single_quoted else r"'(?:[^'\\\n]|\\[^'\n]{1,10}|\\')'"
        parts = [r"/\*(?:[^*]|\*(?!/))*+\*/", r'"""(?:[^"\\]|\\.|"(?!""))*+"""', r'@"(?:[^"]|"")*+"(?<!@")']
        parts += [rf"{re.escape(mark)}[^\n]*+" for mark in rules.comments.get(language, ("//",))]
        parts += [r'"(?:[^"\\\n]|\\.)*+"', single, r"`(?:[^`\\]|\\.)*+`"]
        if language in rules.regex_literals:
            parts.append(
                r"(?:(?<=[(=,:!&|?{}\[;+>~\n])|(?<=return))[ \t]*/(?![*/ ])"
                r"(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*+\])++/[a-z]*"
            )
        _MADE[language] = re.compile("|".join(parts) + r"|(?P<sign>[()\[\]{}\"'`]|/\*)", re.DOTALL)
    return _MADE[language]


def read_python(text: str, words: Vocabulary) -> tuple[bool, str | None]:
    """Whether the text is valid Python, and "cut off" for Python that stops in the middle of something.

    Other errors are no fault: older Python, notebook commands and names left open are code all the same.
    """
    if len(text) > words.parsed_code:
        return False, None
    import ast
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except SyntaxError as error:
        last = text.rstrip()
        at_end = error.lineno is not None and error.lineno >= last.count("\n") + 1
        unfinished = _UNFINISHED.search(error.msg) is not None and (at_end or _FROM_BEFORE.search(error.msg))
        return False, "cut off" if unfinished or _BLOCK_START.match(last.rpartition("\n")[2]) else None
    except (ValueError, RecursionError, MemoryError):
        return False, None
    return True, None
