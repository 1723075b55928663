"""XML and HTML: matches the tags of a text in one pass. Not a parser of either: no entities, no name spaces."""

from __future__ import annotations

from typing import NamedTuple

from dataaudit.formats.lazy import lazy
from dataaudit.formats.vocabulary import Vocabulary

_TAG = lazy(r"<(/?)([^\W\d][\w:.-]{0,80})(?=[\s/>])")
_OPEN_TAG = lazy(r"""(?:[^<>"']|"[^"<]{0,2000}"|'[^'<]{0,2000}')*+>""")
_START = lazy(r"<(?:[^\W\d][\w:.-]{0,80}(?:\s[^<>]{0,2000})?/?>|!DOCTYPE\b|!doctype\b|!--|\?xml\b)")
_CUT_TAG = lazy(r"</?[\w:.-]{0,80}(?:\s[^<>]{0,2000})?$")
_LONE_TAG = lazy(r"<([^\W\d][\w:.-]{0,80})(\s[^<>]{0,2000})?>")
_SENTENCE_END = (".", "!", "?", ":", "…", "。", "！", "？", "।", "۔", "؟")
_TAGS_AT_MOST = 100_000


class Markup(NamedTuple):
    """What the tags of a text amount to.

    kind: "xml" or "html"; end: index after the last element; fault: as in Form; outside: characters of text between the
    outermost elements; pairs: elements that were opened and closed.
    """

    kind: str
    end: int
    fault: str | None
    outside: int
    pairs: int


def starts_markup(text: str, place: int = 0) -> bool:
    """Whether a tag, a declaration or a comment of markup stands there."""
    return _START.match(text, place) is not None


def is_lone_tag(text: str, words: Vocabulary) -> bool:
    """Whether markup that closes no element is markup that stops, not a name in angle brackets with words behind it.

    What follows the tag at once is another tag, or text that touches it and is no sentence: <answer>42.
    """
    tag = _LONE_TAG.match(text)
    if tag is None:
        return True
    html = tag[1].lower() in words.html
    if tag[2] and "=" not in tag[2] and not html:
        return False
    rest = text[tag.end() :]
    inner = rest.lstrip()
    second = _LONE_TAG.match(inner)
    if second is not None:
        return second[2] is None or "=" in second[2] or second[1].lower() in words.html
    if inner.startswith("<") or (html and rest[:1].strip()):
        return True
    short = len(rest.split()) <= words.line_words and not rest.endswith(_SENTENCE_END)
    return short and (rest[:1].isalnum() or rest[:1] == "\n")


def read_markup(text: str, words: Vocabulary) -> Markup | None:
    """The elements of a text that starts with one; None where the tags are mere words in angle brackets."""
    open_tags: list[str] = []
    html = text[:9].lower() == "<!doctype"
    pairs = outside = end = 0
    fault: str | None = None
    place = 0
    for _ in range(_TAGS_AT_MOST):
        start = text.find("<", place)
        if start < 0:
            break
        if not open_tags:
            outside += len(text[place:start].strip())
        place = _after_special(text, start)
        if place > start:
            end = place
            continue
        tag = _TAG.match(text, start)
        close = _OPEN_TAG.match(text, tag.end()) if tag else None
        if tag is None or close is None:
            if _CUT_TAG.match(text, start):
                fault = fault or "cut off"
                end = len(text)
                break
            place = start + 1
            continue
        place = close.end()
        name = tag[2]
        lower = name.lower()
        html = html or (not end and lower in words.html)
        if tag[1]:
            fault = _close(open_tags, name, lower, html, words) or fault
            pairs += 1
        elif text[place - 2] == "/" or (html and lower in words.html_void):
            pairs += 1
        else:
            open_tags.append(name)
            if html and lower in words.html_raw:
                place = _after_raw(text, place, lower)
        end = place
    else:
        return Markup("html" if html else "xml", len(text), fault, outside, pairs)
    if open_tags and not (html and all(name.lower() in words.html_optional_end for name in open_tags)):
        fault = fault or ("cut off" if pairs or len(open_tags) > 1 else "tag not closed")
        end = len(text)
    return Markup("html" if html else "xml", end, fault, outside + len(text[end:].strip()), pairs)


def _close(open_tags: list[str], name: str, lower: str, html: bool, words: Vocabulary) -> str | None:
    """Takes the element that a closing tag closes from the open ones; what is wrong with it."""
    if html:
        while open_tags and open_tags[-1].lower() != lower and open_tags[-1].lower() in words.html_optional_end:
            open_tags.pop()
        if open_tags and open_tags[-1].lower() == lower:
            open_tags.pop()
            return None
        return None if lower in words.html_optional_end or lower in words.html_void else "tag not closed"
    if open_tags and open_tags[-1] == name:
        open_tags.pop()
        return None
    if name in open_tags[-16:]:
        while open_tags.pop() != name:
            pass
        return "tag not closed"
    return "closing tag without opening one"


def _after_special(text: str, start: int) -> int:
    """The index after a comment, CDATA section, declaration or instruction; `start` where there is none."""
    for opening, closing in (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<!", ">"), ("<?", "?>")):
        if text.startswith(opening, start):
            end = text.find(closing, start + len(opening))
            return end + len(closing) if end >= 0 else len(text)
    return start


def _after_raw(text: str, place: int, name: str) -> int:
    """The index of the tag that ends a script or style element."""
    for closing in (f"</{name}", f"</{name.upper()}"):
        end = text.find(closing, place)
        if end >= 0:
            return end
    return place
