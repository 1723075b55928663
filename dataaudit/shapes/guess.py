"""Guesses the columns of flat records that have no known shape: by name first, by the look of the values second."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dataaudit.shapes.base import Columns, Layout
from dataaudit.shapes.columns import (
    Choice,
    Values,
    ambiguous,
    column_rules,
    label_name,
    names_rows,
    pick,
    rank,
    values_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dataaudit.shapes.base import Record

_SHOWN = 60


class Table:
    """The columns of a sample of flat records: those that most rows have, in their order, and what they hold."""

    def __init__(self, records: Sequence[Record], path: str) -> None:
        self.records = records
        self.path = path
        counts: dict[str, int] = {}
        for record in records:
            for key in record:
                if isinstance(key, str):
                    counts[key] = counts.get(key, 0) + 1
        least = len(records) * column_rules().detection.present
        self.all_names = tuple(counts)
        self.names = tuple(name for name, count in counts.items() if count >= least)
        self._values: dict[str, Values] = {}

    def values(self, name: str) -> Values:
        """Statistics of a column, worked out once."""
        if name not in self._values:
            self._values[name] = values_of(self.records, name)
        return self._values[name]

    def texts(self) -> list[str]:
        """The columns that hold text in at least half of their rows."""
        return [name for name in self.names if self._mostly(name, str)]

    def lists(self) -> list[str]:
        """The columns that hold lists."""
        return [name for name in self.names if self._mostly(name, list)]

    def scalars(self) -> tuple[str, ...]:
        """The columns whose values are no lists and no objects."""
        return tuple(name for name in self.names if self.values(name).nested * 2 < max(1, len(self.records)))

    def _mostly(self, name: str, kind: type) -> bool:
        filled = [value for record in self.records if (value := record.get(name)) is not None]
        return sum(isinstance(value, kind) for value in filled) * 2 > len(filled) > 0


def shown(name: str) -> str:
    """A column name for a message, quoted and cut."""
    return repr(name if len(name) <= _SHOWN else name[:_SHOWN] + "...")


def sentence(table: Table, chosen: dict[str, Choice]) -> tuple[str, ...]:
    """What was guessed, for the user, and which columns are not read."""
    words = ", ".join(f"{part} = column {shown(choice.column)} ({choice.because})" for part, choice in chosen.items())
    used = {choice.column for choice in chosen.values()}
    rest = [shown(name) for name in table.names if name not in used]
    left = f"columns not read: {', '.join(rest[:8])}{' ...' if len(rest) > 8 else ''}" if rest else ""
    return tuple(text for text in (words, left) if text)


def guess(table: Table, given: Columns) -> Layout | None:
    """A layout for flat records, or None where no column could be a text.

    Raises:
        AmbiguousColumns: two columns could play one part.
    """
    if column_rules().detection.headerless.match(table.names[0] if table.names else "") and given == Columns():
        return _by_values(table, table.texts())
    chosen = _given(given)
    taken = {choice.column for choice in chosen.values()}
    texts = [name for name in table.texts() if name not in taken]
    beside = answer_beside(table, texts)
    if "label" not in chosen and (label := _label(table, taken)):
        chosen["label"] = label
        texts = [name for name in texts if name != label.column]
    if "prompt" not in chosen:
        answered = _answers(texts) or beside or "completion" in chosen
        wanted = "text" if "label" in chosen and not answered else "prompt"
        if prompt := pick(wanted, texts, table.path):
            chosen["prompt"] = prompt
            texts = [name for name in texts if name != prompt.column]
    labeled = "label" in chosen and ((given.prompt and given.label) or not (_answers(texts) or beside))
    if "completion" not in chosen and not labeled and (completion := pick("completion", texts, table.path)):
        chosen["completion"] = completion
    found = _layout(table, chosen, given)
    if found is None and given == Columns():
        return _by_values(table, table.texts())
    return found


def _given(given: Columns) -> dict[str, Choice]:
    parts = ("prompt", "completion", "system", "label", "id", "rejected")
    return {part: Choice(name, "given") for part in parts if (name := getattr(given, part)) is not None}


def _answers(texts: list[str]) -> bool:
    """Whether a column is an answer by its exact name."""
    return any((found := rank("completion", name)) is not None and found[0] == 0 and found[1] < 2 for name in texts)


def answer_beside(table: Table, texts: list[str]) -> bool:
    """Whether of these columns one is an answer and another one its prompt, each by its name or a word of it.

    A column of few short values (a response code, an answer type) is no answer, whatever its name.
    """
    most = column_rules().detection.answer_tiers
    answers = [
        name
        for name in texts
        if (found := rank("completion", name)) is not None and found[1] < most and not table.values(name).like_label()
    ]
    prompts = [name for name in texts if name not in answers and rank("prompt", name) is not None]
    return bool(answers and prompts)


def row_id(table: Table, names: Sequence[str]) -> str | None:
    """The column that names each row: an id by its exact name, or one that ends in the word and never repeats."""
    if (choice := pick("id", names, table.path, exact=True)) is not None:
        return choice.column
    return next(
        (name for name in names if names_rows(name) and table.values(name).all_distinct(len(table.records))), None
    )


def _label(table: Table, taken: set[str]) -> Choice | None:
    scalars = tuple(name for name in table.scalars() if name not in taken)
    if (name := label_name(scalars)) is not None:
        return Choice(name, "name")
    by_word = [name for name in scalars if rank("label", name) is not None and table.values(name).like_label()]
    if by_word:
        return pick("label", by_word, table.path)
    lists = [name for name in table.lists() if name not in taken and rank("label", name) is not None]
    return pick("label", lists, table.path)


def _layout(table: Table, chosen: dict[str, Choice], given: Columns) -> Layout | None:
    names = {part: choice.column for part, choice in chosen.items()}
    if "prompt" not in names:
        return None
    left = [name for name in table.scalars() if name not in names.values()]
    if "system" not in names and (choice := pick("system", left, table.path, exact=True)):
        chosen["system"] = choice
        names["system"] = choice.column
        left.remove(choice.column)
    if "id" not in names and (key := row_id(table, left)):
        chosen["id"] = Choice(key, "name")
        names["id"] = key
    guessed = () if all(choice.because == "given" for choice in chosen.values()) else sentence(table, chosen)
    columns = Columns(**names)
    if "completion" in names:
        return Layout(_pair(names["prompt"], names["completion"]), columns, guessed)
    if "label" in names:
        if names["label"] not in table.lists():
            return Layout("labeled-text", columns, guessed)
        if not holds_classes(table.records, names["label"]):
            columns = replace(columns, label=None, completion=names["label"])
        return Layout("doccano", columns, guessed)
    if given.prompt is None and len(table.texts()) > 1:
        return None
    like_text = (rank("text", names["prompt"]) or (1, 0)) < (rank("prompt", names["prompt"]) or (1, 0))
    return Layout("text" if like_text else "prompt-only", columns, guessed)


def holds_classes(records: Sequence[Record], name: str) -> bool:
    """Whether a column of lists holds classes; otherwise it holds spans or translations (or nothing at all)."""
    lists = [value for record in records if isinstance(value := record.get(name), list)]
    items = [item for value in lists for item in value]
    classes = [
        item for item in items if isinstance(item, str) or (isinstance(item, dict) and set(item) <= {"label", "user"})
    ]
    return len(classes) * 2 > len(items)


def _pair(prompt: str, completion: str) -> str:
    known = {("prompt", "completion"): "prompt-completion", ("prompt", "response"): "prompt-response"}
    return known.get((prompt, completion), "pairs")


def _one_text(name: str, table: Table) -> Layout:
    """The layout of records of one text; an answer without its question is no plain text."""
    if name in ("chosen", "rejected") or _answers([name]):
        shape = {"completion": "prompt-completion", "response": "prompt-response"}.get(name)
        because = f"column {shown(name)} is an answer by its name, and there is no prompt beside it"
        if shape is None:
            return Layout("unknown", Columns(), (because,))
        return Layout(shape, Columns("prompt", name), (because,))
    return Layout("text", Columns(prompt=name), sentence(table, {"text": Choice(name, "the only text")}))


def _by_values(table: Table, texts: list[str]) -> Layout | None:
    """Columns without telling names: few distinct short values are labels, the longer column is the text."""
    ratio = column_rules().detection.label_text_ratio
    texts = [name for name in texts if rank("id", name) is None]
    if len(texts) < 2:
        return _one_text(texts[0], table) if texts else None
    by_length = sorted(texts, key=lambda name: (-table.values(name).mean_length, table.names.index(name)))
    text = by_length[0]
    labels = [
        name
        for name in texts
        if name != text
        and table.values(name).like_label()
        and table.values(text).mean_length >= ratio * table.values(name).mean_length
    ]
    if len(labels) == 1 and len(texts) == 2:
        chosen = {"text": Choice(text, "the longer text"), "label": Choice(labels[0], "few short values")}
        return Layout("labeled-text", Columns(prompt=text, label=labels[0]), sentence(table, chosen))
    if len(texts) > 2:
        raise ambiguous("prompt", texts, table.path)
    if table.values(by_length[0]).like_label() and table.values(by_length[1]).like_label():
        raise ambiguous("label", texts, table.path)
    chosen = {"prompt": Choice(texts[0], "first column"), "completion": Choice(texts[1], "second column")}
    return Layout("pairs", Columns(prompt=texts[0], completion=texts[1]), sentence(table, chosen))
