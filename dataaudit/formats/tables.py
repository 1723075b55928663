"""Tables: Markdown tables, and lines with the same number of fields (CSV, TSV and their kin)."""

from __future__ import annotations

from typing import NamedTuple

from dataaudit.formats.lazy import lazy
from dataaudit.formats.vocabulary import Vocabulary

_RULE = lazy(r"^\s*\|?\s*:?-{1,40}:?\s*(?:\|\s*:?-{1,40}:?\s*){0,100}\|?\s*$")
_QUOTED = lazy(r'"(?:[^"]|"")*+"')
_DELIMITERS = ("\t", "|", ";", ",")
_SENTENCE_END = ".!?:{}。！？："


class Table(NamedTuple):
    """delimiter: the sign between fields; fields: how many the first line has; fault: as in Form."""

    delimiter: str
    fields: int
    fault: str | None


def is_rule(line: str) -> bool:
    """Whether a line is the one of dashes under the head of a Markdown table."""
    return "-" in line and "|" in line and _RULE.match(line) is not None


def read_table(lines: list[str], blank_lines: bool, words: Vocabulary) -> Table | None:
    """The table that all the lines are, or None; fields with blank lines between them are paragraphs."""
    if len(lines) < 2:
        return None
    if "|" in lines[0] and is_rule(lines[1]):
        counts = [_cells(line) for line in lines if "|" in line]
        if len(counts) < len(lines):
            return None
        return Table("|", counts[0], _uneven(counts))
    if blank_lines or any(line.rstrip()[-1:] in _SENTENCE_END for line in lines[:2]):
        return None
    for delimiter in _DELIMITERS:
        if delimiter in lines[0] and (table := _delimited(lines, delimiter, words)):
            return table
    return None


def _cells(line: str) -> int:
    inner = line.strip().replace("\\|", "")
    return inner.count("|") + 1 - inner.startswith("|") - inner.endswith("|")


def _delimited(lines: list[str], delimiter: str, words: Vocabulary) -> Table | None:
    plain = [_QUOTED.sub('""', line) if '"' in line else line for line in lines]
    counts = [line.count(delimiter) + 1 for line in plain]
    usual = max(set(counts), key=lambda count: (counts.count(count), count))
    same = counts.count(usual)
    if (
        usual < 2
        or same < 2
        or same < len(counts) * words.table_rows
        or (len(lines) == 3 and same < 3 and delimiter != "\t")
    ):
        return None
    if delimiter in ",;|" and not _dense(plain, delimiter, usual, words):
        return None
    return Table(delimiter, usual, _uneven(counts, usual))


def _dense(lines: list[str], delimiter: str, fields: int, words: Vocabulary) -> bool:
    """Whether the fields are values, not clauses: short, and the commas not followed by blanks as in a sentence."""
    text = "\n".join(lines)
    marks = text.count(delimiter)
    blanks = text.count(delimiter + " ")
    if any(line.rstrip()[-1:] in _SENTENCE_END + delimiter * (delimiter == ";") for line in lines if line.strip()):
        return False
    longest = max([len(field.split()) for line in lines[:50] for field in line.split(delimiter)])
    if longest > words.field_words * 2:
        return False
    if delimiter == "|" or blanks * 2 < marks:
        return True
    return longest <= words.field_words and fields >= 3 and len(lines) >= 3


def _uneven(counts: list[int], usual: int | None = None) -> str | None:
    usual = counts[0] if usual is None else usual
    return None if all(count == usual for count in counts) else "a row with another number of fields"
