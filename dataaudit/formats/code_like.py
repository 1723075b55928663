"""Program code: tells it from prose line by line, and names its language coarsely. Not for whether it is whole."""

from __future__ import annotations

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
_ARGUMENTS = lazy(r"(?:^|\s)-\w|--\w|[/$~*]|\w\.\w|\s[|<>]\s")
_LANGUAGE_STARTS = ("import ", "from ", "#include", "$ ", ">>> ", "<?php", "def ", "class ")
_CALL = lazy(r"[A-Za-z_][\w.:$!]*\(")
_SENTENCE = lazy(r"[^({=]{0,80}[.!?] ")
_SET = lazy(r"(?:(?:const|let|var|my|local|val) )?[$@A-Za-z_][\w.]*(?:\[.*\])? ?[-+*/]?= ?(.+)")
_SET_TO = lazy(r"[\[({\"']|=>|lambda")
_SIGNS = lazy(r"[(){}\[\];=<>$#@|\\_]|\w\.\w|::|->|\"")
_PROSE_LINE = lazy(r"[^\W\d_]+(?:['’-][^\W\d_]+)?,?(?: \(?[^\W\d_]+(?:['’-][^\W\d_]+)?[,:;]?\)?){4,}[.!?:]?(?:\s|$)")
_READ = 500
_FREQUENT = ("(", "=", ";", "{", "[", "$", '"', ":\n", "\nend", "import")


def could_be_code(text: str, lines: int, words: Vocabulary) -> bool:
    """Whether a text has nearly as many signs as code has for so many lines: a cheap look before the full one."""
    signs = 0
    for sign in _FREQUENT:
        signs += text.count(sign)
    return signs * words.lines_a_sign >= lines or is_command(text.partition("\n")[0], words)


def is_command(line: str, words: Vocabulary) -> bool:
    """Whether a line is a command of a shell: one that is no word of a language, or one with an argument as such."""
    name, _, rest = line.removeprefix("$ ").partition(" ")
    if name not in words.commands or not rest:
        return False
    return name in words.sure_commands or _ARGUMENTS.search(rest[: words.code_line_characters]) is not None


def is_code_line(line: str, words: Vocabulary | None) -> bool:
    """Whether a line alone could be code; without a vocabulary, commands of a shell are left out."""
    bare = line.strip()[:_READ]
    return _CODE_LINE.match(bare) is not None or (words is not None and is_command(bare, words))


def is_code(lines: list[str], words: Vocabulary) -> bool:
    """Whether the lines, without blank ones, are code: nearly all could be, and none is a sentence."""
    if len(lines) == 1 and _PROSE_LINE.match(lines[0]):
        return False
    lines = lines[: words.judged_lines]
    code = comments = prose = 0
    most_prose = len(lines) * words.prose_lines
    for line in lines:
        bare = line.strip()
        if bare.startswith(_COMMENT):
            comments += 1
        elif _CODE_LINE.match(bare[: words.code_line_characters]) or is_command(bare, words):
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
        return _is_one_line(lines[0].strip(), words)
    return code >= (len(lines) - comments) * words.code_lines and code + comments > len(lines) * words.code_lines


def _is_one_line(line: str, words: Vocabulary) -> bool:
    """A line alone needs more than an equals sign: x = 5 is an answer to a sum."""
    if line.startswith(_LANGUAGE_STARTS) or is_command(line, words):
        return True
    if line.endswith((";", "{", "}", "[", "(")):
        return _SIGNS.search(line[:-1]) is not None and not _SENTENCE.match(line)
    name = _SET.match(line)
    if name is not None:
        return _SET_TO.search(name[1]) is not None
    return _CALL.match(line) is not None and line.endswith(")") and len(line.split("(", 1)[0]) >= 3


def language_of(text: str, words: Vocabulary) -> str | None:
    """The language whose marks the text shows most; None where it shows none."""
    joined = "\n" + "\n".join([line.strip(" \t") for line in text[: words.parsed_code].split("\n")]) + "\n"
    best, name = 0, None
    for language in words.languages:
        score = 3 * sum([mark in joined for mark in language.strong]) + sum([mark in joined for mark in language.weak])
        if score > best:
            best, name = score, language.name
    return name
