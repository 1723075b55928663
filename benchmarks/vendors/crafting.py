"""Tools for making crafted files: base rows, changes of one row, and bytes. What the files test is told elsewhere."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]
Change = Callable[[Row], Any]

ROWS = 12
CHANGED = 4

_THINGS = ("kettle", "lamp", "chair", "rug", "mirror", "shelf", "desk", "clock", "vase", "blanket", "stool", "tray")
_ACTS = ("return", "repair", "exchange", "insure", "assemble", "clean", "store")
_STEPS = (
    "Open your orders, pick the item and follow the three steps on the page.",
    "Write to us with the number on the box; a parcel label comes back the same day.",
    "The leaflet in the box shows it on page two, and the tools are included.",
    "You have thirty days for that. Keep the receipt and the packing.",
    "Our shop in your town does it while you wait, without charge.",
)


@dataclass(frozen=True, slots=True)
class Crafted:
    """One file for the validators. The part of `name` before the first hyphen is its group."""

    name: str
    data: bytes

    @property
    def group(self) -> str:
        """Which validators it is meant for."""
        return self.name.partition("-")[0]


def question(number: int) -> str:
    """The prompt of row `number`; no two are equal."""
    return f"How do I {_ACTS[number % 7]} the {_THINGS[number % 12]} of order {number + 200}?"


def answer(number: int) -> str:
    """The answer of row `number`; no two are equal."""
    return f"{_STEPS[number % 5]} Your reference is {number * 37 + 11}."


def chat(count: int = ROWS) -> list[Row]:
    """Chat rows with a system, a user and an assistant message."""
    return [
        {
            "messages": [
                {"role": "system", "content": "You help the customers of a furniture shop."},
                {"role": "user", "content": question(number)},
                {"role": "assistant", "content": answer(number)},
            ]
        }
        for number in range(count)
    ]


def pairs(count: int = ROWS) -> list[Row]:
    """Rows of a prompt and a completion, with a separator, a leading space and an ending."""
    return [{"prompt": f"{question(number)} ->", "completion": f" {answer(number)}\n"} for number in range(count)]


def lines(rows: Sequence[Any]) -> bytes:
    """One JSON value a line, in UTF-8."""
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows).encode("utf-8", "surrogatepass")


def changed(rows: Sequence[Row], change: Change, *, everywhere: bool = False) -> list[Any]:
    """The rows with one of them (or all) changed: in place, or into what `change` returns."""
    out: list[Any] = []
    for number, row in enumerate(copy.deepcopy(list(rows))):
        value = change(row) if everywhere or number == CHANGED else None
        out.append(row if value is None else value)
    return out


def family(
    group: str, rows: Sequence[Row], one: dict[str, Change], all_rows: dict[str, Change] | None = None
) -> list[Crafted]:
    """`GROUP-good.jsonl` and one file for each change: `one` changes a single row, `all_rows` each of them."""
    files = [Crafted(f"{group}-good.jsonl", lines(rows))]
    files += [Crafted(f"{group}-{name}.jsonl", lines(changed(rows, change))) for name, change in one.items()]
    for name, change in (all_rows or {}).items():
        files.append(Crafted(f"{group}-{name}.jsonl", lines(changed(rows, change, everywhere=True))))
    return files


def turn(role: str, content: Any = "And one more thing?", **more: Any) -> Row:
    """A message."""
    return {"role": role, "content": content, **more}


def put(where: int | str, key: str, value: Any) -> Change:
    """A change that sets a key: of message number `where`, or of the row for the empty string."""

    def change(row: Row) -> None:
        target = row if isinstance(where, str) else row["messages"][where]
        target[key] = value

    return change


def drop(where: int | str, key: str) -> Change:
    """A change that takes a key away, of a message or of the row."""

    def change(row: Row) -> None:
        target = row if isinstance(where, str) else row["messages"][where]
        del target[key]

    return change


def insert(at: int, *messages: Any) -> Change:
    """A change that puts messages before number `at`; -1 is after the last."""

    def change(row: Row) -> None:
        place = len(row["messages"]) if at == -1 else at
        row["messages"][place:place] = [copy.deepcopy(message) for message in messages]

    return change


def keep(*roles: str) -> Change:
    """A change that keeps only the messages of some roles."""

    def change(row: Row) -> None:
        row["messages"] = [message for message in row["messages"] if message["role"] in roles]

    return change


def both(*changes: Change) -> Change:
    """Several changes, one after the other."""

    def change(row: Row) -> None:
        for one in changes:
            one(row)

    return change
