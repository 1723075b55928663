"""Holds the fence of an answer, and the words before and after its structure, against those of the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from dataaudit.formats.deviation import Deviation
from dataaudit.formats.form import Form
from dataaudit.formats.kinds import TEXT_KINDS, WORDS, fence_of, kind_of
from dataaudit.formats.look import look
from dataaudit.formats.quote import quoted

if TYPE_CHECKING:
    from dataaudit.formats.votes import Aspect

WRAPPED_KINDS = frozenset({"sql", "code", "yaml", "table", "list", "markdown", "xml", "html"})
"""Kinds that are looked for inside other words where an answer as a whole is none of them."""
_FIELD = "completion"
_LONGEST = 20_000


def wrapped(form: Form, expected: str, aspects: Mapping[str, Aspect], lost: bool) -> Iterator[Deviation]:
    """What is around the structure that is not around the others. lost: the mark that ends all others is missing."""
    fence = aspects.get("fence")
    own = fence_of(form)
    if fence is not None and fence.value != own:
        if own is None:
            yield Deviation("FMT002", "fence", "no fence", "not fenced, the others are", _FIELD)
        else:
            mark = quoted(f"```{own}", 20)
            others = "are not" if fence.value is None else f"begin with {quoted(f'```{fence.value}', 20)}"
            yield Deviation("FMT002", "fence", f"fenced {mark}", f"fenced in {mark}, the others {others}", _FIELD)
    if expected in TEXT_KINDS:
        return
    for name in ("before", "after"):
        usual, words = aspects.get(name), getattr(form, name)
        if usual is None or usual.value == words or (lost and name == "after"):
            continue
        noun = _noun(expected)
        if usual.value and not words:
            message = f"{quoted(usual.value)} is missing {name} the {noun}"
            yield Deviation("FMT007", name, f"nothing {name}", message, _FIELD)
        else:
            others = f", the others have {quoted(usual.value)} there" if usual.value else ", the others have none"
            yield Deviation("FMT002", name, f"text {name}", f"text {name} the {noun}: {quoted(words)}{others}", _FIELD)


def around(text: str, expected: str) -> str | None:
    """Where the words stand, "before" or "after", around an answer of the expected kind; None where there is none."""
    if len(text) > _LONGEST:
        return None
    for side, piece in (
        ("before", text.partition("\n")[2]),
        ("before", text.partition("\n\n")[2]),
        ("before", text.partition(":")[2]),
        ("after", text.rpartition("\n")[0]),
        ("after", text.rpartition("\n\n")[0]),
    ):
        if piece.strip():
            form = look(piece.strip())
            if kind_of(form) == expected and form.fault is None:
                return side
    return None


def off_format(kind: str, expected: str, fault: str | None) -> Deviation:
    """An answer of another kind than the others."""
    what = WORDS.get(kind, kind) + (f" ({fault})" if fault is not None else "")
    return Deviation("FMT001", "kind", kind, f"{what}, the others are {WORDS.get(expected, expected)}", _FIELD)


def _noun(kind: str) -> str:
    return "JSON" if kind.startswith("json") else WORDS.get(kind, "body")
