"""What a prompt asks of the form of its answer: JSON only, a label of a list, at most N words, a language.

Only what is said unmistakably counts, outside quotes, tags and texts given as material. The ways to ask, in twelve
languages, are data: rules/asks.toml. Whether an answer keeps to it is said in `compliance`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from dataaudit.formats.ask_rules import AskPattern, AskRules, ask_rules
from dataaudit.formats.lazy import lazy
from dataaudit.formats.phrases import TURNS, asked_in, clean, ends_of, quoted_spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dataaudit.formats.deviation import Deviation
    from dataaudit.formats.form import Form

__all__ = ["Ask", "broken", "find_asks"]

_COUNTS = frozenset({"word", "words", "characters", "letters", "sentences", "items"})
_SENTENCE_END = lazy(r"[.!?\n。！？]")
_BETWEEN_LABELS = lazy(
    r"\s*(?:[,;/|、，；・]|」「|\b(?:or|o|ou|oder|oppure|или|hoặc|veya|and|y|et|und|e|и|và|ve)\b|或者|或|和|または|أو)\s*",
    re.I,
)
_AROUND_LABEL = " \t\"'“”‘’«»「」()[]{}*`<>."
_ENUMERATED = lazy(r"^\(?(\d{1,2}|[A-Za-z])[).:]{1,2}\s*")
_ENUMERATED_INSIDE = lazy(r"\s\(?(?:\d{1,2}|[A-Za-z])[).:、．]")
_EXPLAINED = lazy(r"(?<=[^\d(])(?<!^[A-Za-z])\s?[:：]\s?|\s[-–—]\s")
_LISTED = lazy(r"\s*(?:[-*•·]|\(?\d{1,2}[.):、]|\(?[A-Za-z][.)])\s*\S")
_ARTICLE = lazy(
    r"^(?:and|or|either|one of|being|indicating|expressing|containing|describing|having"
    r"|an?|the|un|une|una|ein|eine|um|uma)\s+",
    re.I,
)


class Ask(NamedTuple):
    """One demand on the answer.

    kind: json, xml, csv, yaml, table, labels, word, words, characters, letters, sentences, items, number, no-markdown,
    bare (code alone), upper, lower, start, end, language. said: the words of the prompt, short. only: nothing else may
    stand in the answer. bound: most, least, exact, about, loose, between (n to m). labels: the list. text: what the
    answer starts or ends with, or the code of the language.
    """

    kind: str
    said: str
    only: bool = False
    bound: str = ""
    n: int = 0
    m: int = 0
    labels: tuple[str, ...] = ()
    text: str = ""


def find_asks(context: str, question: str) -> tuple[Ask, ...]:
    """What system prompt and question ask; of a chat, the last user turn. The later and the nearer instruction wins.

    Time is linear in the length of the texts; of long ones only the ends are looked at.
    """
    rules = ask_rules()
    general = _of_context(context) if context else ()
    own = asked_in(question) if TURNS in question else question
    if len(own) > rules.longest_question:
        own = ends_of(own, rules.longest_question)
    hits = rules.match(own.encode() if own.isascii() else own.encode("utf-8", "replace"))
    if not hits and not general:
        return ()
    nearer = _asks_within(clean(own), hits, rules) if hits else ()
    return (*_not_taken_back(general, nearer, own, rules), *nearer)


def none_asks(contexts: Sequence[str], questions: Sequence[str]) -> bool:
    """Whether surely nothing is asked in any of many rows: one look at all of them together."""
    if any(_of_context(context) for context in set(contexts) if context):
        return False
    joined = "\n".join(questions)
    return not ask_rules().match(joined.encode() if joined.isascii() else joined.encode("utf-8", "replace"))


def broken(ask: Ask, answer: str, form: Form | None) -> Deviation | None:
    """How an answer breaks an ask; see `compliance`, which is imported only where something is asked."""
    from dataaudit.formats.compliance import broken as broken_by

    return broken_by(ask, answer, form)


@lru_cache(maxsize=256)
def _of_context(context: str) -> tuple[Ask, ...]:
    rules = ask_rules()
    return _asks(clean(ends_of(context, rules.limits["context"])), rules)


def _not_taken_back(general: tuple[Ask, ...], nearer: tuple[Ask, ...], question: str, rules: AskRules) -> list[Ask]:
    """The asks of the system prompt that the question does not replace by others of their sort."""
    if not general:
        return []
    kinds = {ask.kind for ask in nearer}
    shaped = not kinds.isdisjoint(rules.structures)
    free = rules.exempted("free", clean(question[:200]))
    counted = not kinds.isdisjoint(_COUNTS)
    return [
        ask
        for ask in general
        if ask.kind not in kinds
        and not ((shaped or free) and ask.kind in rules.structures)
        and not (counted and ask.kind in _COUNTS)
    ]


def _instruction(text: str, rules: AskRules) -> str:
    """The part of a question that instructs, where the rest is text to be worked on."""
    head, _, rest = text.partition("\n")
    transform = rules.exempted("transform", head[:200])
    if transform:
        before, colon, after = head.partition(":" if ":" in head else "：")
        head = before if colon and after.strip() else head
    if not transform and not rules.exempted("carrier", head[:200]):
        return text
    lines = [line for line in rest.split("\n") if line.strip()]
    listed = next((number for number, line in enumerate(lines) if not _LISTED.match(line)), len(lines))
    if not transform and listed > 1:
        head, lines = "\n".join((head, *lines[:listed])), lines[listed:]
    # Three parts or more: the instruction may go on behind the material.
    return f"{head}\n{lines[-1]}" if len(lines) >= 2 and not transform else head


def _asks_within(question: str, hits: list[int], rules: AskRules) -> tuple[Ask, ...]:
    text = _instruction(question, rules)
    return _asks(text, rules, hits if text is question else None)


def _asks(text: str, rules: AskRules, hits: list[int] | None = None) -> tuple[Ask, ...]:
    if hits is None:
        hits = rules.match(text.encode("utf-8", "replace")) or []
    quoted: list[tuple[int, int]] | None = None
    placed: list[tuple[int, Ask]] = []
    folded = text.casefold() if hits else ""
    for entry in (entry for number in sorted(hits) for entry in rules.behind[number] if entry.possible(folded)):
        for count, match in enumerate(entry.pattern.finditer(text)):
            if count >= rules.limits["matches"]:
                break
            start = _content_start(match)
            quoted = quoted_spans(text) if quoted is None else quoted
            if any(first < start < last for first, last in quoted) or _excused(entry, text, match, rules):
                continue
            placed += [(start, ask) for ask in _read(entry, text, match, rules)]
    return _settled(sorted(placed, key=lambda pair: pair[0]))


def _content_start(match: Any) -> int:
    """Where the match itself starts, behind the border that the pattern takes along."""
    text: str = match.group()
    return int(match.start()) + len(text) - len(text.lstrip(' \t\n.!?:;,。！？：；，(“"-'))


def _excused(entry: AskPattern, text: str, match: Any, rules: AskRules) -> bool:
    start = _content_start(match)
    borders = [found.end() for found in _SENTENCE_END.finditer(text, max(0, start - 500), start)]
    after = _SENTENCE_END.search(text, match.end())
    sentence = text[borders[-1] if borders else max(0, start - 500) : after.start() if after else len(text)]
    if entry.excuses(sentence):
        return True
    rest = text[match.end() : after.start() if after else len(text)]
    return entry.kind == "items" and rules.exempted("number_after", rest)


def _read(entry: AskPattern, text: str, match: Any, rules: AskRules) -> Iterator[Ask]:
    start = _content_start(match)
    groups = {name.rstrip("0123456789"): found for name, number in entry.groups if (found := match.group(number))}
    after = text[match.end() : match.end() + 300]
    bound, n, m = entry.bound, 0, 0
    if "n" in groups:
        n, m = _number(groups["n"], rules), _number(groups.get("m", ""), rules)
        if n == 0 or (bound == "between" and m < n):
            return
        bound = _bound(bound, text[max(0, start - 20) : start], after[:20], rules)
    labels = _labels(groups["list"], rules) if "list" in groups else ()
    only = entry.only
    if entry.kind == "labels":
        if not labels or rules.exempted("other_words", after):
            return
        only = only or rules.exempted("label_alone", groups["list"].replace("\n", " ") + after)
    language = groups.get("language")
    said = " ".join(match.group().strip(' \t\n.!?:;,。！？：；，(“"-').split())
    shown = rules.limits["shown"]
    yield Ask(
        entry.kind,
        said if len(said) <= shown else f"{said[:shown]}...",
        only,
        bound,
        n,
        m,
        labels,
        rules.names[language.lower()] if language else groups.get("quote", ""),
    )


def _bound(bound: str, before: str, after: str, rules: AskRules) -> str:
    """The bound, with "or more", "minimum" and the like beside the match heard."""
    if bound == "most":
        # "no less than" holds a "less than".
        return "least" if rules.exempted("no_before", before) else bound
    if bound not in ("exact", "about", "loose"):
        return bound
    if rules.exempted("more", after) or rules.exempted("least_before", before):
        return "least"
    return "most" if rules.exempted("less", after) or rules.exempted("most_before", before) else bound


def _number(word: str, rules: AskRules) -> int:
    return int(word) if word.isdecimal() else rules.numbers.get(word.lower(), 0)


def _labels(text: str, rules: AskRules) -> tuple[str, ...]:
    """The labels of a list; none where it is not unmistakably one."""
    pieces = _lines(text) if text.startswith("\n") else _BETWEEN_LABELS.split(text)
    parts = [_ARTICLE.sub("", part.strip(_AROUND_LABEL)).strip(_AROUND_LABEL) for part in pieces]
    if any(_ENUMERATED_INSIDE.search(part) for part in parts):
        return ()
    numbered = [found.group(1) for part in parts if (found := _ENUMERATED.match(part))]
    # Of a list with numbers, the number alone is an answer too.
    bare = [_ENUMERATED.sub("", part) for part in parts] if len(numbered) == len(parts) else parts
    labels = tuple(dict.fromkeys(part for part in (*bare, *(numbered if bare is not parts else ())) if part))
    most, words, length = (rules.limits[name] for name in ("labels", "label_words", "label_length"))
    good = 2 <= len(labels) <= most and all(len(x.split()) <= words and len(x) <= length for x in labels)
    return labels if good else ()


def _lines(text: str) -> list[str]:
    """The labels of a list with one label a line, what explains them left out."""
    lines = [line.strip().lstrip("-*•· \t") for line in text.split("\n") if line.strip()]
    return [_EXPLAINED.split(line, maxsplit=1)[0] for line in lines]


def _settled(asks: list[tuple[int, Ask]]) -> tuple[Ask, ...]:
    """One ask for each kind and bound: the last, but the stricter of two that ask for the same structure.

    Two different counts ("a) in five sentences, b) in two") are about parts of the answer: none is kept.
    """
    kept: dict[tuple[str, str], Ask] = {}
    unclear: set[tuple[str, str]] = set()
    for _, ask in asks:
        key = (ask.kind, ask.bound if ask.bound in ("most", "least") else "")
        earlier = kept.get(key)
        if earlier is not None and ask.kind in _COUNTS and (earlier.n, earlier.m) != (ask.n, ask.m):
            unclear.add(key)
        if earlier is not None and earlier.only and not ask.only and ask.kind in ("json", "labels"):
            continue
        kept[key] = ask
    for key in unclear:
        del kept[key]
    if ("words", "most") in kept or ("words", "least") in kept:
        kept.pop(("words", ""), None)
    return tuple(kept.values())
