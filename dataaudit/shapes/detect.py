"""Decides how the records of a file are read: the shape that most records have, and the columns of flat ones.

Every row is read by this one layout later on; a row of another shape is then a fact about the row.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from dataaudit.errors import UsageError, close_match
from dataaudit.shapes import SHAPE_NAMES
from dataaudit.shapes.base import Columns, Layout
from dataaudit.shapes.columns import Choice, column_rules, label_name, pick
from dataaudit.shapes.guess import Table, answer_beside, guess, holds_classes, row_id, sentence, shown
from dataaudit.shapes.letter_case import shape_in_other_case
from dataaudit.shapes.recognise import kind
from dataaudit.shapes.registry import check_name, claimant

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dataaudit.shapes.base import Record

_FLAT = {"alpaca", "prompt-completion", "prompt-response", "labeled-text", "prompt-only", "text", "pairs"}
_CHAT = {"messages"}
_WEAK = {"labeled-text", "prompt-only", "text"}
_LABELED_CHATS = {
    "openai-chat",
    "flat-chat",
    "cohere-chat",
    "sharegpt",
    "bedrock-converse",
    "bedrock-haiku",
    "prompt-completion-chat",
}
_DEFAULTS = {
    "alpaca": ("instruction", "output"),
    "prompt-completion": ("prompt", "completion"),
    "prompt-response": ("prompt", "response"),
    "prompt-only": ("prompt", None),
    "labeled-text": ("text", None),
    "text": ("text", None),
}


def detect(records: Sequence[Any], *, columns: Columns, shape: str | None = None, path: str) -> Layout:
    """The layout of a file, from a sample of its parsed records (records that are no objects are passed over).

    columns: what the user said, any part may be None. shape: a shape that the user demands. The result is
    `Layout("unknown", ...)` where no shape and no columns fit. Ties go to the shape named first in `SHAPE_NAMES`.

    Raises:
        UsageError: an unknown shape, or a column that no record has, or one column for two parts.
        AmbiguousColumns: two columns fit one part equally well.
    """
    rules = column_rules().detection
    rows: list[Record] = list(islice((record for record in records if isinstance(record, dict)), rules.sample))
    table = Table(rows, path)
    _check(columns, table)
    if shape is not None:
        check_name(shape)
        return replace(_demanded(shape, table, columns), demanded=True)
    votes = _votes(rows)
    best = min(votes, key=lambda name: (-votes[name], SHAPE_NAMES.index(name)), default=None)
    if best is not None and best not in _FLAT and votes[best] >= len(rows) * rules.majority:
        return _with_columns(best, table, columns)
    if (best is None or best in _WEAK) and columns.prompt is None and columns.completion is None:
        cased = shape_in_other_case(rows, len(rows) * rules.majority)
        if cased is not None:
            return _with_columns(cased, table, columns)
    if best is None or votes[best] < len(rows) * rules.majority or _says_more(best, table, columns):
        found = guess(table, columns)
        if found is not None:
            return found
    return _unknown(table, columns) if best is None else _with_columns(best, table, columns)


def _votes(rows: Iterable[Record]) -> dict[str, int]:
    votes: dict[str, int] = {}
    for row in rows:
        if row.keys() == _CHAT:
            # The commonest row: no shape but those that `kind` knows claims it, so the others need not be asked.
            name = kind(row)
        else:
            shape = claimant(row)
            name = None if shape is None else shape.name
        if name is not None:
            votes[name] = votes.get(name, 0) + 1
    return votes


def _check(columns: Columns, table: Table) -> None:
    given = {part: name for part in Columns.__slots__ if (name := getattr(columns, part)) is not None}
    flags = {part: column_rules().parts[part].flag for part in given}
    for part, name in given.items():
        if name not in table.all_names and table.records:
            near = close_match(name, list(table.all_names))
            listed = ", ".join(shown(other) for other in table.all_names[:12])
            hint = f"did you mean {shown(near)}?" if near else f"columns: {listed}"
            raise UsageError(f"no column {shown(name)} for {flags[part]}", path=table.path, hint=hint)
        twin = next((other for other in given if other != part and given[other] == name), None)
        if twin is not None and {part, twin} != {"completion", "label"}:
            raise UsageError(f"column {shown(name)} cannot be both {part} and {twin}", path=table.path)


def _says_more(best: str, table: Table, columns: Columns) -> bool:
    """Whether the columns say more than the shape found by its names: some were given, or an answer is there too."""
    prompt, completion = _DEFAULTS.get(best, (None, None))
    if best == "alpaca":
        return columns.prompt not in (None, prompt)
    if columns.prompt not in (None, prompt) or columns.completion not in (None, completion):
        return True
    if best == "text" and columns.label is not None:
        return True
    if best not in _WEAK:
        return False
    texts = [name for name in table.texts() if name != prompt and name != columns.label]
    if best == "labeled-text":
        texts = [name for name in texts if name != label_name(table.scalars())]
    rest = [name for name in table.texts() if name not in (columns.label, label_name(table.scalars()))]
    return pick("completion", texts, table.path, exact=True) is not None or answer_beside(table, rest)


def _with_columns(shape: str, table: Table, given: Columns) -> Layout:
    """The layout of a shape found by its names, with the columns beside those that the shape needs."""
    prompt, completion = _DEFAULTS.get(shape, (None, None))
    guessed: tuple[str, ...] = ()
    if shape == "alpaca" and given.completion is None and "output" not in table.names and "response" in table.names:
        completion = "response"
        guessed = sentence(table, {"completion": Choice("response", "name"), "prompt": Choice("instruction", "name"),
                                   "input": Choice("input", "name")})  # fmt: skip
    found = Columns(
        given.prompt or prompt, given.completion or completion, given.system, given.label, given.id, given.rejected
    )
    taken = {name for part in Columns.__slots__ if (name := getattr(found, part)) is not None}
    free = tuple(name for name in table.scalars() if name not in taken)
    if found.label is None:
        found = replace(found, label=_label_beside(shape, table, free))
    if (
        found.system is None
        and shape in _FLAT
        and shape != "alpaca"
        and (choice := pick("system", free, table.path, exact=True))
    ):
        found = replace(found, system=choice.column)
    if found.id is None and (key := row_id(table, free)):
        found = replace(found, id=key)
    if shape == "prodigy":
        found = _judged_labels(table, found)
    return Layout(shape, found, guessed)


def _label_beside(shape: str, table: Table, free: tuple[str, ...]) -> str | None:
    if shape == "doccano":
        found = next((name for name in ("label", "labels", "annotations") if name in table.names), None)
        return found if found is not None and holds_classes(table.records, found) else None
    name = label_name(free)
    if shape in _FLAT - {"text"}:
        return name
    labeled = shape in _LABELED_CHATS or shape == "label-studio-min"
    return name if labeled and name is not None and table.values(name).like_label() else None


def _judged_labels(table: Table, found: Columns) -> Columns:
    """Prodigy's column of labels, where most items are about one; the answer too, where none of them is rejected."""
    if "label" not in table.texts() or not {"options", "accept"}.isdisjoint(table.names):
        return found
    accepted = all(row.get("answer") in ("accept", "ignore") for row in table.records)
    return replace(found, label="label", completion="label" if accepted else found.completion)


def _demanded(shape: str, table: Table, columns: Columns) -> Layout:
    """The layout of a shape that the user demands; columns are guessed where the shape has none of its own."""
    if shape == "pairs" and None in (columns.prompt, columns.completion):
        found = guess(table, columns)
        if found is None or found.columns.completion is None:
            raise UsageError(
                "no two columns look like a prompt and an answer",
                path=table.path,
                hint="name them with --prompt-column and --completion-column",
            )
        return replace(found, shape="pairs")
    return _with_columns(shape, table, columns)


def _unknown(table: Table, columns: Columns) -> Layout:
    names = ", ".join(shown(name) for name in table.all_names[:8])
    because = f"no record shape is known for the fields {names}" if names else "no record to tell the shape from"
    return Layout("unknown", columns, (because,))
