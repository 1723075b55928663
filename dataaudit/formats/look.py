"""What one answer looks like: tries the kinds from the cheapest sign on, and lets a reader of the kind confirm.

Not for judging: whether a form is the right one is said by what is learned from the others. A block of reasoning at
the start (`<think>...</think>`) goes to `before`, and the rest is what is looked at.
"""

from __future__ import annotations

import re

from dataaudit.formats.around import split_words
from dataaudit.formats.code_like import could_be_code, is_code, language_of
from dataaudit.formats.cut_code import code_fault, read_python
from dataaudit.formats.fences import Block, find_blocks
from dataaudit.formats.form import Form, Kind
from dataaudit.formats.json_like import Json, looks_like_json, read_json, read_quoted
from dataaudit.formats.lazy import lazy
from dataaudit.formats.lines import count_items, has_markdown, is_line, is_list, is_number
from dataaudit.formats.markup import Markup, is_lone_tag, read_markup, starts_markup
from dataaudit.formats.sql_like import could_be_sql, starts_sql
from dataaudit.formats.sql_parts import end_of_sql, sql_fault
from dataaudit.formats.tables import read_table
from dataaudit.formats.vocabulary import Vocabulary, vocabulary
from dataaudit.formats.yaml_like import could_be_yaml, is_yaml

# Where a structure can start after words: at the start of a line, or behind a colon.
_INSIDE = lazy(r"(?:\n[ \t]*|[:：][ \t]*)(?=[{\[<])")
_SQL_INSIDE = lazy(
    r"(?:\n|[:：])\s*(?=(?:SELECT|INSERT|UPDATE|DELETE|CREATE|WITH|ALTER|DROP|TRUNCATE|MERGE|REPLACE)\b)", re.IGNORECASE
)
_STARTS_AT_MOST = 8
# What may stand in a fence as a part of a text; the other kinds are the answer with whatever words around them.
_PLAIN = ("code", "markdown", "prose", "line", "number", "list")


def look(answer: str) -> Form:
    """The form of an answer. Time is linear in its length; more than a million characters are not looked at."""
    words = vocabulary()
    text = answer[: words.looked_at].strip()
    if not text:
        return Form("empty", "")
    if text[0] == "<" and (form := _after_reasoning(text, words)):
        return form
    return _look(text, words)


def _after_reasoning(text: str, words: Vocabulary) -> Form | None:
    for tag in words.reasoning:
        if text.startswith(f"<{tag}>"):
            end = text.find(f"</{tag}>")
            if end < 0:
                return _look(text[len(tag) + 2 :].strip() or text, words)._replace(before=f"<{tag}>", fault="cut off")
            end += len(tag) + 3
            rest = text[end:].strip()
            if not rest:
                return None
            form = _look(rest, words)
            return form._replace(before=f"{text[:end]}\n{form.before}".strip())
    return None


def _look(text: str, words: Vocabulary) -> Form:
    if "```" in text or "~~~" in text:
        blocks = find_blocks(text)
        if blocks:
            return _fenced(text, blocks, words)
    return _bare(text, words)


def _bare(text: str, words: Vocabulary) -> Form:
    if ("{" in text or "[" in text) and (form := _json(text, words)):
        return form
    if "<" in text and (form := _markup(text, words)):
        return form
    if form := _sql(text, words):
        return form
    return _one_line(text, words) if "\n" not in text else _many_lines(text, words)


def _fenced(text: str, blocks: list[Block], words: Vocabulary) -> Form:
    """A text with fences: the kind of what one fence holds if that is the answer, else Markdown."""
    first = blocks[0]
    before, after = text[: first.start].strip(), text[first.end :].strip()
    if len(blocks) > 1 or not first.body.strip():
        return Form("markdown", text, fault=None if blocks[-1].closed else "fence not closed")
    kind, language = words.fences.get(first.info, ("code", first.info or None))
    form = _inside(first.body.strip("\n"), kind, language, words)
    near = len(before) <= words.words_before and len(after) <= words.words_after
    share = (len(before) + len(after)) / len(text)
    if not near or (form.kind in _PLAIN and share > words.words_around_code):
        return Form("markdown", text, fault=None if first.closed else "fence not closed")
    fault = form.fault if first.closed or form.fault else "fence not closed"
    before, after = _joined(before, form.before), _joined(form.after, after)
    return form._replace(fence=first.info, before=before, after=after, fault=fault)


def _inside(body: str, kind: str, language: str | None, words: Vocabulary) -> Form:
    """The form of what stands in a fence, where its info string says `kind`."""
    stripped = body.strip()
    if kind == "code":
        return Form("code", body, language=language, fault=code_fault(body, language, words))
    form = _bare(stripped, words)
    if kind in ("html", "xml", "yaml", "sql", "table") and form.kind != kind:
        return _as(kind, stripped, words)
    if kind == "json" and form.kind != "json":
        return Form("json", stripped, fault="malformed")
    return form


def _as(kind: str, body: str, words: Vocabulary) -> Form:
    if kind == "sql":
        return Form("sql", body, fault=sql_fault(body, words))
    known: dict[str, Kind] = {"html": "html", "xml": "xml", "yaml": "yaml", "table": "table"}
    return Form(known[kind], body)


def _joined(first: str, second: str) -> str:
    return f"{first}\n{second}" if first and second else first or second


def _json(text: str, words: Vocabulary) -> Form | None:
    if text[0] in "{[":
        return _json_form(text, 0, read_json(text), words)
    if text[0] == '"' and text[-1] == '"' and (quoted := read_quoted(text)):
        return Form("json", text, fault=quoted.fault, value=quoted.value)
    for number, match in enumerate(_INSIDE.finditer(text, 0, words.words_before + 1)):
        start = match.end()
        if number >= _STARTS_AT_MOST:
            break
        if text[start] in "{[" and looks_like_json(text[start:]) and not _is_mere_list(text, start):
            return None if _holds_code(text[:start], words) else _json_form(text, start, read_json(text[start:]), words)
    return None


def _holds_code(before: str, words: Vocabulary) -> bool:
    """Whether what stands before is code, not words: an array under it is what it prints."""
    return any(is_code([line], words) for line in before.split("\n") if line and not line.isspace())


def _is_mere_list(text: str, start: int) -> bool:
    """Whether an array inside words is a reference or a choice, not an answer: it does not end its line."""
    return (
        text[start] == "["
        and text[start + 1 : start + 40].lstrip()[:1] not in '{["'
        and text[start : start + 2000].partition("\n")[0].rstrip()[-1:] != "]"
    )


def _json_form(text: str, start: int, found: Json | None, words: Vocabulary) -> Form | None:
    if found is None:
        return None
    end = start + found.end
    after = text[end:].strip()
    if len(after) > words.words_after:
        return None
    return Form(
        "json", text[start:end].strip(), before=text[:start].strip(), after=after, fault=found.fault, value=found.value
    )


def _markup(text: str, words: Vocabulary) -> Form | None:
    start = 0
    if text[0] != "<":
        for match in _INSIDE.finditer(text, 0, words.words_before + 1):
            start = match.end()
            if text[start] == "<" and starts_markup(text, start):
                break
        else:
            return None
    elif not starts_markup(text):
        return None
    body = text[start:]
    found = read_markup(body, words)
    if found is None or not _is_markup(body, found, words):
        return None
    kind: Kind = "html" if found.kind == "html" else "xml"
    return Form(
        kind, body[: found.end].strip(), before=text[:start].strip(), after=body[found.end :].strip(), fault=found.fault
    )


def _is_markup(text: str, found: Markup, words: Vocabulary) -> bool:
    if found.pairs:
        return found.outside <= max(len(text) * words.text_outside_elements, 0)
    return found.fault is not None and is_lone_tag(text, words)


def _sql(text: str, words: Vocabulary) -> Form | None:
    if could_be_sql(text) and starts_sql(text, words):
        return _sql_form(text, 0, words)
    for number, match in enumerate(_SQL_INSIDE.finditer(text, 0, words.words_before + 8)):
        if number >= _STARTS_AT_MOST:
            break
        if starts_sql(text[match.end() :], words):
            return None if _holds_code(text[: match.start()], words) else _sql_form(text, match.end(), words)
    return None


def _sql_form(text: str, start: int, words: Vocabulary) -> Form | None:
    end = start + end_of_sql(text[start:], words)
    after = text[end:].strip()
    if len(after) > words.words_after:
        return None
    body = text[start:end].strip()
    return Form("sql", body, before=text[:start].strip(), after=after, fault=sql_fault(body, words))


def _one_line(text: str, words: Vocabulary) -> Form:
    if is_number(text, words):
        return Form("number", text)
    if could_be_code(text, 1, words) and (form := _code_in(text, [text], words)):
        return form
    if is_line(text, words):
        return Form("line", text)
    return Form("markdown" if has_markdown(text) else "prose", text)


def _many_lines(text: str, words: Vocabulary) -> Form:
    lines = [line for line in text.split("\n") if line and not line.isspace()]
    if could_be_yaml(lines[0]) and is_yaml(text.split("\n", words.judged_lines)[: words.judged_lines], words):
        return Form("yaml", text)
    if is_list(lines):
        return Form("list", text)
    if "," in text or "\t" in text or "|" in text or ";" in text:
        table = read_table(lines, "\n\n" in text, words)
        if table is not None and not (table.delimiter in ",;" and is_code(lines, words)):
            return Form("table", text, fault=table.fault)
    if could_be_code(text, len(lines), words) and (form := _code_in(text, lines, words)):
        return form
    if has_markdown(text) or count_items(lines) >= 2:
        return Form("markdown", text)
    return Form("prose", text)


def _code_in(text: str, lines: list[str], words: Vocabulary) -> Form | None:
    """The form of code without a fence, and of code that is most of the answer with words around it; else None."""
    before, body, after = split_words(text, words)
    if not before and not after:
        return _code(text, words) if is_code(lines, words) else None
    inside = [line for line in body.split("\n") if line and not line.isspace()]
    if inside and is_code(inside, words):
        if len(before) + len(after) <= len(text) * words.words_around_code or is_code(lines, words):
            return _code(body, words)._replace(before=before, after=after)
        return None
    return _code(text, words) if is_code(lines, words) else None


def _code(text: str, words: Vocabulary) -> Form:
    """Code without a fence; without a mark of any language, what parses as Python is called so."""
    python = words.languages[0]
    if any(mark.strip("\n") in text for mark in python.strong) and read_python(text, words)[0]:
        return Form("code", text, language=python.name)
    language = language_of(text, words)
    if language is None and read_python(text, words)[0]:
        return Form("code", text, language=python.name)
    return Form("code", text, language=language, fault=code_fault(text, language, words))
