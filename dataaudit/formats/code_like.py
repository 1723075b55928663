"""Program code: tells it from prose line by line, names its language coarsely, and sees where Python was cut off."""

from __future__ import annotations

import ast
import re
import warnings

from dataaudit.formats.lazy import lazy
from dataaudit.formats.vocabulary import Vocabulary

# Each alternative passes a line at most twice: the lines are hostile.
_CODE_LINE = lazy(
    r"(?:(?=.*;$)(?:[^(){}\[\]=<>\"+*/&|!$]*[(){}\[\]=<>\"+*/&|!$]"
    r"|(?:return|break|continue|endl|[\w:]+(?:\+\+|--)?);)"
    r"|.*(?:\{|\)\s*->.*:|\) ?=> ?\(?)$|(?=.*\}$)(?:[^{]*\{[^;:=(]*[;:=(]|\{[\"'\d])"
    r"|[a-z]\w*(?:<[^>]*>)?[*&]? \**[a-z_]\w*;$|[a-z-]+: [^;]{1,80};$"
    r"|(?:async )?def \w+ ?\(|class \w+ ?(?:\([^)]*\))?:$|class \w+ ?<"
    r"|import [\w.]+(?: as \w+)?(?:, ?[\w.]+(?: as \w+)?)*;?$|import .* from ['\"]|from [\w.]+ import "
    r"|(?:el)?if .+:$|for .+ in .+:$|while .+:$|else:|elif .+:$|try:$|except.*:$|finally:$|with .+ as .+:$"
    r"|return(?:$| [^ ]+$| .*[()\[\]+*/=%<>\"'])"
    r"|(?:const|let|var|local|my|val) [$\w{\[@%].*=|(?:pub )?fn \w|func \w|fun \w+\(|function \w*\s*\("
    r"|#include .|#!/.|#define .|using [\w.:= ]+;?$|package [\w.]+;?$|<\?php|@\w[\w.]*(?:\(.*\))?$"
    r"|(?:[$@%][A-Za-z_]|[A-Za-z_](?=[\w.\[]))[\w.$]*+(?:\[[^\]]*\])?(?:, ?[\w.]+)* ?(?:[-+*/%|&.]|<|:)?(?:=|<-)"
    r"(?![=>~])(?!.*[\d)] = ) ?\S"
    r"|[A-Za-z] ?(?:=|<-|:=) ?.*[(\[{\"']"
    r"|[A-Za-z_](?:[\w.$!]|::)*+(?:\[[^\]]*\])?(?:\.\w+)*+\((?:.*[)(,\\\]:])?$|\.\w+\(|\$ .|>>> ."
    r"|(?:end|fi|done|esac|then|do|pass|break|continue|begin)$|.*; ?(?:do|then)$|done [<|>]"
    r"|puts .|print .|echo .|elsif .|unless ."
    r"|(?:public|private|protected|static|abstract|export|override|void|int|char|float|double|bool|string|String)"
    r" .*[({=]"
    r"|[\])}]+[;,)]*$|['\"][^'\"]*['\"]: ?.*,?$|[\w.-]+: [^ ]+;$|case .+:$|default:$"
    r")"
)
_COMMENT = ("#", "//", "/*", "* ", "*/", "--", '"""', "'''", "<!--", "%")
_COMMANDS = lazy(
    r"(?:\$ )?(?:sudo|git|npm|npx|yarn|pip3?|conda|docker|kubectl|apt|apt-get|brew|curl|wget|ssh|scp|rsync|chmod|chown|"
    r"mkdir|grep|sed|awk|tar|systemctl|python3?|node|cargo|make|cd|ls|cp|mv|rm|cat|find|touch|ps|kill|df|du|head|"
    r"tail|sort|wc) "
    r".*(?:(?:^|\s)-\w|--\w|[/$~*]|\w\.\w|\s[|<>]\s).*$"
)
_STRONG_COMMAND = lazy(
    r"(?:\$ )?(?:sudo|git|npm|npx|yarn|pip3?|conda|docker|kubectl|apt-get|brew|curl|wget|chmod|systemctl) \S"
)
_SIGNS = lazy(r"[(){}\[\];=<>$#@|\\_]|\w\.\w|::|->|\"")
_PROSE_LINE = lazy(r"[^\W\d_]+(?:['’-][^\W\d_]+)?,?(?: \(?[^\W\d_]+(?:['’-][^\W\d_]+)?[,:;]?\)?){4,}[.!?:]?(?:\s|$)")
_FREQUENT = ("(", "=", ";", "{", "[", "$", '"', ":\n", "\nend", "import")
_LINES_A_SIGN = 3
_PROSE_LINES = 0.1
_UNFINISHED = lazy(r"was never closed|unexpected EOF|unterminated|expected an indented block|EOF in multi")
_FROM_BEFORE = lazy(r"was never closed|triple")


def could_be_code(text: str, lines: int) -> bool:
    """Whether a text has nearly as many signs as code has for so many lines: a cheap look before the full one."""
    signs = 0
    for sign in _FREQUENT:
        signs += text.count(sign)
    return signs * _LINES_A_SIGN >= lines or _COMMANDS.match(text[:300]) is not None


def is_code(lines: list[str], words: Vocabulary) -> bool:
    """Whether the lines, without blank ones, are code: nearly all could be, and none is a sentence."""
    if len(lines) == 1 and _PROSE_LINE.match(lines[0]):
        return False
    lines = lines[: words.judged_lines]
    code = comments = prose = 0
    most_prose = len(lines) * _PROSE_LINES
    for line in lines:
        bare = line.strip()
        if bare.startswith(_COMMENT):
            comments += 1
        elif _CODE_LINE.match(bare[:500]) or _COMMANDS.match(bare[:300]):
            code += 1
        elif _PROSE_LINE.match(bare):
            prose += 1
            if prose > most_prose:
                return False
        elif line[:1] in " \t" and _SIGNS.search(bare[:200]):
            code += 1
    if not code:
        return False
    if len(lines) == 1:
        return _is_one_line(lines[0].strip())
    return code >= (len(lines) - comments) * words.code_lines and code + comments > len(lines) * words.code_lines


def _is_one_line(line: str) -> bool:
    """A line alone needs more than an equals sign: x = 5 is an answer to a sum."""
    if _STRONG_COMMAND.match(line) or line.startswith(
        ("import ", "from ", "#include", "$ ", ">>> ", "<?php", "def ", "class ")
    ):
        return True
    if _COMMANDS.match(line):
        return True
    call = re.match(r"[A-Za-z_][\w.:$!]*\(", line) is not None
    if line.endswith((";", "{", "}")):
        return _SIGNS.search(line[:-1]) is not None and not re.match(r"[^({=]{0,80}[.!?] ", line)
    name = re.match(r"(?:(?:const|let|var|my|local|val) )?[$@A-Za-z_][\w.]*(?:\[.*\])? ?[-+*/]?= ?(.+)", line)
    if name is not None:
        return re.search(r"[\[({\"']|=>|lambda", name[1]) is not None
    return call and line.endswith(")") and len(line.split("(", 1)[0]) >= 3


def language_of(text: str, words: Vocabulary) -> str | None:
    """The language whose marks the text shows most; None where it shows none."""
    joined = "\n" + "\n".join([line.strip(" \t") for line in text[: words.parsed_python].split("\n")]) + "\n"
    best, name = 0, None
    for language in words.languages:
        score = 3 * sum([mark in joined for mark in language.strong]) + sum([mark in joined for mark in language.weak])
        if score > best:
            best, name = score, language.name
    return name


def read_python(text: str, words: Vocabulary) -> tuple[bool, str | None]:
    """Whether the text is valid Python, and "cut off" for Python that stops in the middle of something.

    Other errors are no fault: older Python, notebook commands and names left open are code all the same.
    """
    if len(text) > words.parsed_python:
        return False, None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except SyntaxError as error:
        at_end = error.lineno is not None and error.lineno >= text.rstrip().count("\n") + 1
        unfinished = _UNFINISHED.search(error.msg) is not None
        return False, "cut off" if unfinished and (at_end or _FROM_BEFORE.search(error.msg)) else None
    except (ValueError, RecursionError, MemoryError):
        return False, None
    return True, None
