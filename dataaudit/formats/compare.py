"""Holds one answer against a format. One fault gives one deviation: what follows from it is not told as well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from dataaudit.formats.affixes import bare, breaks_off, is_sentence, stop_mark
from dataaudit.formats.compare_json import ValueComparer
from dataaudit.formats.compare_label import LabelComparer
from dataaudit.formats.compare_text import TextComparer, names_deviations, style_deviations
from dataaudit.formats.compare_wrap import WRAPPED_KINDS, around, off_format, wrapped
from dataaudit.formats.deviation import Deviation
from dataaudit.formats.form import Form
from dataaudit.formats.kinds import TEXT_KINDS, WORDS, fits, is_statement, is_unsure, kind_of
from dataaudit.formats.limits import Limits
from dataaudit.formats.look import look

if TYPE_CHECKING:
    from dataaudit.formats.json_schema import Schema
    from dataaudit.formats.votes import Aspect

_FIELD = "completion"
_MARKS = ("```", "\n- ", "\n* ", "\n• ", "\n1", "\n#", "\n|", "\n    ", "\n\t", ";\n", "{\n", "\n<", "):")
_FIRST = frozenset("{[<`|#-*•+0123456789(\"'")
_FLUID = frozenset({"prose", "line"})
_STATEMENTS = frozenset("sSiIuUdDwWcCfvp")


class Comparer:
    """Finds the deviations of answers from one format."""

    def __init__(self, aspects: Mapping[str, Aspect], limits: Limits) -> None:
        self._limits = limits
        self._aspects = aspects
        self._kind = str(aspects["kind"].value) if "kind" in aspects else None
        self._text = TextComparer(aspects, limits)
        self._names = aspects["names"].value if "names" in aspects else None
        self._prefix = str(aspects["prefix"].value) if "prefix" in aspects else ""
        self._stop = stop_mark(str(aspects["suffix"].value)) if "suffix" in aspects else ""
        self._styles = [(name, vote.value) for name, vote in aspects.items() if name.startswith("style:")]
        self._json = ValueComparer(aspects["tree"].value, limits) if "tree" in aspects else None
        self._schema: Schema | None = aspects["schema"].value if "schema" in aspects else None
        self._label = LabelComparer(aspects["labels"].value, self._text, limits) if "labels" in aspects else None
        self._others: tuple[str, ...] = aspects["pure"].value if "pure" in aspects else ()
        self._whole = "fault" in aspects and aspects["fault"].value is None
        blank_edges = any(name in aspects and aspects[name].value for name in ("leading", "trailing"))
        self._marked = bool(self._stop or self._prefix) or blank_edges
        self._line = limits.longest_value
        plain = self._kind in (None, "prose") and self._names is None
        self._quick = self._text.ordinary if plain else None

    def deviations(self, answer: str) -> list[Deviation]:
        """All deviations; blank answers have none, they are another rule's matter."""
        quick = self._quick
        if quick is not None and quick(answer) and (self._kind is None or self._is_plain(answer)):
            return []
        if not answer or answer.isspace():
            return []
        if self._label is not None:
            return list(self._label.deviations(answer))
        if self._kind is None:
            return list(self._text.deviations(answer))
        return list(self._found(answer, self._kind))

    def _is_plain(self, answer: str) -> bool:
        if self._marked:
            answer = bare(answer.strip(), self._prefix, self._stop)
        return bool(answer) and _is_plain_text(answer) and ("line" not in self._others or len(answer) > self._line)

    def _found(self, answer: str, expected: str) -> Iterator[Deviation]:
        text = answer.strip()
        lost = bool(self._stop) and not text.endswith(self._stop)
        form = look(answer if lost or not self._stop else text.removesuffix(self._stop))
        kind = kind_of(form)
        if lost and (not fits(kind, expected) or form.fault is not None) and self._fits_without_end(text, expected):
            yield from self._text.deviations(answer)
            return
        if not fits(kind, expected):
            near = is_unsure(form) or (kind in TEXT_KINDS and kind not in self._others)
            if not (near and expected in _FLUID):
                yield self._out_of_place(form, kind, expected)
            return
        if kind == "line" and kind in self._others and self._is_label(text):
            long = list(self._text.length(answer))
            yield from long or [self._out_of_place(form, kind, expected)]
            return
        if form.fault is not None and self._whole:
            yield Deviation("FMT003", "fault", form.fault, f"{WORDS[kind]}, but broken: {form.fault}", _FIELD)
            return
        found = list(wrapped(form, expected, self._aspects, lost))
        if form.fault is None:
            found += self._of_value(form.value)
            if self._names is not None:
                found += names_deviations(form, self._names, self._prefix, self._limits)
        found += style_deviations(form, self._styles)
        if not found and not self._text.ordinary(answer):
            found += self._text.deviations(answer)
        yield from found

    def _is_label(self, text: str) -> bool:
        text = bare(text, self._prefix, self._stop)
        return not is_sentence(text) and not text[-1:].isdigit() and not breaks_off(text)

    def _of_value(self, value: Any) -> Iterator[Deviation]:
        if self._schema is not None:
            yield from self._schema.deviations(value, self._limits)
        elif self._json is not None:
            yield from self._json.deviations(value)

    def _out_of_place(self, form: Form, kind: str, expected: str) -> Deviation:
        """An answer of another kind: with the expected one inside other words, a broken one, or really another."""
        if expected in WRAPPED_KINDS and kind in TEXT_KINDS:
            side = around(form.body, expected)
            if side is not None:
                return Deviation("FMT002", side, f"text {side}", f"words {side} the {WORDS[expected]}", _FIELD)
        if expected == "sql" and is_statement(form.body, sql=True):
            return Deviation("FMT003", "fault", "no whole statement", "SQL, but no whole statement", _FIELD)
        return off_format(kind, expected, form.fault)

    def _fits_without_end(self, text: str, expected: str) -> bool:
        """Whether the answer is of the expected kind once another mark is taken off its end."""
        shorter = {text.rpartition("\n")[0], text.rpartition(" ")[0], text.rstrip("!#*-_=~.|<>/ \n")}
        for piece in sorted(shorter - {"", text}):
            form = look(piece)
            if fits(kind_of(form), expected) and form.fault is None:
                return True
        return False


def _is_plain_text(answer: str) -> bool:
    """Whether nothing in a text makes any other kind than prose possible."""
    first = answer[0]
    if first in _FIRST or (first in _STATEMENTS and is_statement(answer)):
        return False
    if answer[-1] in "}]>;":
        return False
    if "\n" not in answer:
        return "```" not in answer
    return not any(mark in answer for mark in _MARKS)
