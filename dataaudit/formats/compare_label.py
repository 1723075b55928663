"""Holds an answer against a closed set of labels."""

from __future__ import annotations

from collections.abc import Iterator

from dataaudit.formats.affixes import STOPS
from dataaudit.formats.closed import Closed, speaks_of
from dataaudit.formats.compare_text import TextComparer
from dataaudit.formats.compare_wrap import off_format
from dataaudit.formats.deviation import Deviation
from dataaudit.formats.kinds import TEXT_KINDS, kind_of
from dataaudit.formats.limits import Limits
from dataaudit.formats.look import look
from dataaudit.formats.quote import quoted

_FIELD = "completion"
_SHORT = 24


class LabelComparer:
    """Finds answers that are no label of the set, or one written in another way."""

    def __init__(self, labels: Closed, text: TextComparer, limits: Limits) -> None:
        self._closed = labels
        self._labels = frozenset(labels.values)
        self._text = text
        self._limits = limits
        self._longest = max(2 * max(map(len, labels.values)), _SHORT)

    def deviations(self, answer: str) -> Iterator[Deviation]:
        """At most one about the label, else what is odd around it."""
        text, around = self._text.stripped(answer)
        if text in self._labels or (around and self._is_other_mark(text)):
            yield from around
            return
        found = self._of_label(text)
        if found is not None:
            yield found
        else:
            yield from around

    def _is_other_mark(self, text: str) -> bool:
        """Whether a text is a label with another mark after it than the usual one."""
        words = text.split()
        return " ".join(words[:-1]) in self._labels or text.rstrip("!#*-_=~.|<>/ \n") in self._labels

    def _of_label(self, text: str) -> Deviation | None:
        wrong = self._closed.wrong(text, self._limits) if len(text) <= self._limits.longest_value else None
        if wrong is not None and wrong[1] is not None:
            message = f"the label {quoted(text)} should likely be {quoted(wrong[1])}"
            return Deviation("FMT005", "enum", f"{quoted(text)} for {quoted(wrong[1])}", message, _FIELD)
        inside = self._label_within(text)
        if inside is not None:
            message = f"words around the label {quoted(inside)}, the others are the label alone"
            return Deviation("FMT002", "before", "words around the label", message, _FIELD)
        form = look(text)
        stopped = text[-1:] in STOPS and not any(label[-1:] in STOPS for label in self._labels)
        sentence = stopped or len(text) > self._longest or "\n" in text or speaks_of(text, self._closed.values)
        if sentence or form.kind not in TEXT_KINDS or form.fence is not None:
            return off_format(kind_of(form), "label", form.fault)
        if wrong is not None:
            most = len(self._labels)
            others = f"none of the {most} labels" if most != 1 else "not the label"
            message = f"{quoted(text)} is {others} that the others have"
            return Deviation("FMT005", "enum", f"unknown {quoted(text)}", message, _FIELD)
        return None

    def _label_within(self, text: str) -> str | None:
        """The label that a short answer ends in after a colon or a line end; quotes and a final mark left aside."""
        if len(text) > 4 * self._limits.longest_value:
            return None
        parts = text.replace("：", ":").replace("\n", ":").replace("`", "").split(":")
        last = parts[-1].strip(" \"'*.。”“")
        return last if len(parts) > 1 and last in self._labels else None
