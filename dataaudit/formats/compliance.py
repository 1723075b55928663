"""Whether an answer keeps to what its prompt asks: one judge for each kind of ask (FMT009).

Judges say no only where it is certain; how far over a bound is still within it is data (rules/asks.toml, [tolerance]).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dataaudit.formats.ask_rules import AskRules, ask_rules
from dataaudit.formats.counts import item_count, letter_count, letters_without_blanks, sentence_counts, word_count
from dataaudit.formats.deviation import Deviation
from dataaudit.formats.lazy import lazy
from dataaudit.formats.phrases import clean
from dataaudit.formats.tongue import other_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from dataaudit.formats.asks import Ask
    from dataaudit.formats.form import Form

RULE = "FMT009"
_LOOKED_AT = 200_000
_MARKUP = lazy(r"^#{1,6} \S|```|\*\*[^*\n]{1,200}\*\*", re.M)
_AROUND = " \t\r\n\"'“”‘’«»「」*_`#.!。！()[]"
_QUOTES = '"“”„«「『'
_SIGNS = {"xml": "<", "yaml": ":", "table": "|"}
_SEPARATORS = (",", "\t", ";", "，", "、")

# What is wrong: the detail (a bounded vocabulary), and what the answer has, in words.
Verdict = tuple[str, str] | None


def broken(ask: Ask, answer: str, form: Form | None) -> Deviation | None:
    """The deviation of an answer from one ask; None where it complies, or where that is not certain.

    form: what `look` says of the answer, or None to have it looked at where it is needed.
    """
    rules = ask_rules()
    text = clean(answer[:_LOOKED_AT]).strip()
    if not text:
        return None
    verdict = _JUDGES[ask.kind](ask, text, form, rules)
    if verdict is None:
        return None
    detail, has = verdict
    return Deviation(RULE, f"asked:{ask.kind}", detail, f"asked: {ask.said!r}; the answer {has}")


def _seen(text: str, form: Form | None) -> Form:
    if form is not None:
        return form
    from dataaudit.formats.look import look

    return look(text)


def _json(ask: Ask, text: str, form: Form | None, rules: AskRules) -> Verdict:
    seen = _seen(text, form)
    if seen.kind != "json":
        # Where something may stand beside it, JSON can hide in a longer text.
        return None if not ask.only and ("{" in text or "[" in text) else ("no JSON", "is no JSON")
    if seen.fault is not None:
        return "broken", f"is no valid JSON: {seen.fault}"
    if ask.only and (seen.before or seen.after):
        return "prefaced", "has words beside the JSON"
    return ("fenced", "has a fence around the JSON") if ask.only and seen.fence is not None else None


def _structure(ask: Ask, text: str, form: Form | None, rules: AskRules) -> Verdict:
    found = any(sign in text for sign in _SEPARATORS) if ask.kind == "csv" else _SIGNS[ask.kind] in text
    return None if found else (f"no {ask.kind}", f"is no {ask.kind.upper() if ask.kind != 'table' else ask.kind}")


def _labels(ask: Ask, text: str, form: Form | None, rules: AskRules) -> Verdict:
    folded = text.casefold()
    bare = folded.strip(_AROUND)
    labels = [label.casefold() for label in ask.labels]
    if bare in labels:
        return None
    words = set(re.findall(r"\w+", folded[:2000]))
    held = any(label in words if len(label) < 4 and label.isascii() else _stem(label) in folded for label in labels)
    listed = ", ".join(ask.labels[:5]) + (" ..." if len(ask.labels) > 5 else "")
    if not held:
        return "none of the labels", f"has none of {listed}"
    alone = not ask.only or len(text.split()) <= max(len(label.split()) for label in labels) + 2
    return None if alone else ("more than a label", f"has more than one of {listed}")


def _stem(label: str) -> str:
    """The label without its ending, so that "facts" is found in "Fact" and "疑问句" in "疑问"."""
    if not label.isalpha():
        return label
    if not label.isascii():
        return label[:2] if letters_without_blanks(label) else label
    return label[:-2] if len(label) > 5 else label.removesuffix("s")


def _word(ask: Ask, text: str, form: Form | None, rules: AskRules) -> Verdict:
    count = word_count(text)
    if count is None:
        letters = letters_without_blanks(text)
        return (
            None if letters <= rules.tolerance["word_characters"] else ("more than a word", f"has {letters} characters")
        )
    return None if count <= 1 + rules.tolerance["word"] else ("more than a word", f"has {count} words")


def _words(ask: Ask, text: str, form: Form | None, rules: AskRules) -> Verdict:
    count = word_count(text)
    return None if count is None else _bounded(ask, count, "words", rules)


def _characters(ask: Ask, text: str, form: Form | None, rules: AskRules) -> Verdict:
    return _bounded(ask, len(text), "characters", rules)


def _letters(ask: Ask, text: str, form: Form | None, rules: AskRules) -> Verdict:
    # In a text of words between blanks a limit in characters of Chinese means nothing certain.
    if letters_without_blanks(text) * 2 < letter_count(text):
        return None
    return _bounded(ask, letter_count(text), "characters", rules)


def _bounded(ask: Ask, count: int, unit: str, rules: AskRules) -> Verdict:
    """A count against its bound, with what passes over and under it."""
    tolerance = rules.tolerance
    least, most = ask.n, ask.m or ask.n
    loose = ask.bound == "loose" or (ask.bound == "about" and ask.n > tolerance["exact_up_to"])
    share = tolerance["about_share"] if loose else tolerance["words_share"]
    if ask.bound != "least" and count > most + max(tolerance["words"], share * most):
        return f"too many {unit}", f"has {count} {unit}"
    if ask.bound != "most" and count < least - max(tolerance["words"], share * least):
        return f"too few {unit}", f"has {count} {unit}"
    return None


def _sentences(ask: Ask, text: str, form: Form | None, rules: AskRules) -> Verdict:
    least, most = sentence_counts(text)
    wanted_least, wanted_most = ask.n, ask.m or ask.n
    if ask.bound != "least" and least > wanted_most + (rules.tolerance["sentences"] if wanted_most > 1 else 0):
        return "too many sentences", f"has {least} sentences"
    if ask.bound != "most" and most < wanted_least - rules.tolerance["sentences"]:
        return "too few sentences", f"has {most} sentence" + ("s" if most > 1 else "")
    return None


def _items(ask: Ask, text: str, form: Form | None, rules: AskRules) -> Verdict:
    count = item_count(text)
    if count is None or count == ask.n:
        return None
    return "too many items" if count > ask.n else "too few items", f"has {count} items"


def _number(ask: Ask, text: str, form: Form | None, rules: AskRules) -> Verdict:
    words = text.split()
    if not any(char.isnumeric() for char in text[:2000]) and text.strip(_AROUND).lower() not in rules.numbers:
        return "no number", "has no number"
    return (
        ("more than a number", "has words beside the number") if len(words) > rules.tolerance["number_words"] else None
    )


def _no_markdown(ask: Ask, text: str, form: Form | None, rules: AskRules) -> Verdict:
    return ("markup", "has Markdown in it") if _MARKUP.search(text) else None


def _bare(ask: Ask, text: str, form: Form | None, rules: AskRules) -> Verdict:
    seen = _seen(text, form)
    code = seen.kind in ("code", "sql", "html", "xml", "yaml", "json")
    return ("words beside the code", "has words beside the code") if code and (seen.before or seen.after) else None


def _case(ask: Ask, text: str, form: Form | None, rules: AskRules) -> Verdict:
    letters = [char for char in text[:4000] if char.isupper() or char.islower()]
    other = sum(char.islower() if ask.kind == "upper" else char.isupper() for char in letters)
    if len(letters) < 2 or other <= rules.tolerance["other_case"] * len(letters):
        return None
    return "other case", f"has {other} letters in the other case"


def _affix(ask: Ask, text: str, form: Form | None, rules: AskRules) -> Verdict:
    wanted, whole = _plain(ask.text), _plain(text)
    at_start = ask.kind == "start"
    if not wanted or (whole.startswith(wanted) if at_start else whole.endswith(wanted)):
        return None
    return ("other start", "starts otherwise") if at_start else ("other end", "ends otherwise")


def _plain(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _language(ask: Ask, text: str, form: Form | None, rules: AskRules) -> Verdict:
    # "It means "buen viaje" in Spanish": a translation explained.
    if (
        len(text) < rules.tolerance["language_quoted"]
        and rules.exempted("transform", ask.said)
        and any(mark in text for mark in _QUOTES)
    ):
        return None
    found = other_language(text, ask.text, rules)
    if found is None or _seen(text, form).kind in ("code", "sql", "json", "xml", "html"):
        return None
    return found, f"is in {found}"


_JUDGES: dict[str, Callable[[Ask, str, Form | None, AskRules], Verdict]] = {
    "json": _json, "xml": _structure, "csv": _structure, "yaml": _structure, "table": _structure, "labels": _labels,
    "word": _word, "words": _words, "characters": _characters, "letters": _letters, "sentences": _sentences,
    "items": _items, "number": _number, "no-markdown": _no_markdown, "bare": _bare, "upper": _case, "lower": _case,
    "start": _affix, "end": _affix, "language": _language,
}  # fmt: skip
