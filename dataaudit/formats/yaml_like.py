"""YAML: tells mappings and lists of mappings from dialogues and recipes. Reads no values."""

from __future__ import annotations

from dataaudit.formats.lazy import lazy
from dataaudit.formats.vocabulary import Vocabulary

_PAIR = lazy(r"^( *)((?:- +)*)([\w$./-]{1,60}|\"[^\"]{1,60}\"|'[^']{1,60}'):(?: +(\S.*))?$")
_ITEM = lazy(r"^( *)- +(\S.*)$")
_BLOCK = lazy(r"[|>][+-]?\d?$")
_SENTENCE_END = ".!?。!?"


def could_be_yaml(line: str) -> bool:
    """Whether the first line could be one of YAML: a cheap look before the full one."""
    return line.startswith("---") or (":" in line and _PAIR.match(line.rstrip()) is not None)


def is_yaml(lines: list[str], words: Vocabulary) -> bool:
    """Whether the lines, all of them, are a mapping with two keys or more, or a list of mappings."""
    if lines[0].rstrip() == "---":
        lines = lines[1:]
    keys: list[tuple[int, str, bool]] = []
    sentences = 0
    block: int | None = None
    for line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        indent = len(line) - len(line.lstrip(" "))
        if block is not None and indent > block:
            continue
        block = None
        pair = _PAIR.match(line.rstrip())
        if pair is None:
            if not keys or _ITEM.match(line) is None:
                return False
            continue
        value = pair[4] or ""
        keys.append((indent, pair[3].strip("\"'"), pair[2] != ""))
        sentences += value[-1:] in _SENTENCE_END and " " in value if value else 0
        if _BLOCK.match(value) or (pair[2] == "" and not value):
            block = indent if _BLOCK.match(value) else None
    return len(keys) >= 2 and _are_keys(keys, sentences, words)


def _are_keys(keys: list[tuple[int, str, bool]], sentences: int, words: Vocabulary) -> bool:
    names = [name for _, name, _ in keys]
    listed = [dashed for _, _, dashed in keys]
    outer = [name for indent, name, _ in keys if indent == keys[0][0]]
    if all(listed) or (not any(listed) and len(set(outer)) < len(outer)):
        return False
    if all(name.lower() in words.speakers for name in names):
        return False
    nested = len({indent for indent, _, dashed in keys if not dashed}) > 1
    lower = sum(name[0].islower() or name[0] in "$_/." for name in names)
    known = lower == len(names) or (nested and lower * 2 >= len(names)) or _no_case(names)
    return known and sentences * 2 < len(keys)


def _no_case(names: list[str]) -> bool:
    return all(name.lower() == name.upper() and name.isidentifier() for name in names)
