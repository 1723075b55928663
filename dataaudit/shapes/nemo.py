"""NVIDIA NeMo's preference records: two responses with a signed preference (HelpSteer3), and ranked completions."""

from __future__ import annotations

from dataaudit.shapes.base import Example, Json, Note, Record, Turn
from dataaudit.shapes.chat import read_field, read_side, write_side
from dataaudit.shapes.content import type_name
from dataaudit.shapes.lens import RecordShape, absent
from dataaudit.shapes.messages import no_turns
from dataaudit.shapes.preference import cut

_RESPONSES = ("response1", "response2")


class HelpSteer(RecordShape):
    """`{"context", "response1", "response2", "overall_preference"}`; negative: the first wins, 0: a tie."""

    name = "nemo-helpsteer"
    needed = ("context", *_RESPONSES, "overall_preference")
    parts = needed

    def read(self, record: Record) -> Example:
        example = _with_context(record)
        sides = [_side(record, key, key, example.notes) for key in _RESPONSES]
        score = record.get("overall_preference")
        absent(record, "overall_preference", example.notes)
        if "overall_preference" in record and (isinstance(score, bool) or not isinstance(score, (int, float))):
            example.notes.append(Note("score-invalid", "overall_preference", type_name(score)))
        second = isinstance(score, (int, float)) and score > 0
        example.hints |= {"chosen": len(sides[second]), "second": second, "tie": score == 0, "score": score}
        example.turns += sides[second]
        example.rejected = sides[not second]
        return example

    def write(self, example: Example) -> Record:
        prompt, chosen = cut(example)
        sides = (chosen, example.rejected or [])
        second = example.hints.get("second", False)
        score = example.hints.get("score", -1)
        return {
            "context": write_side(prompt),
            "response1": _one(sides[second]),
            "response2": _one(sides[not second]),
            "overall_preference": score,
        }


class Ranked(RecordShape):
    """`{"context", "completions": [{"rank", "completion"}]}`; the lowest rank is the best."""

    name = "nemo-ranked"
    needed = ("context", "completions")
    parts = needed

    def read(self, record: Record) -> Example:
        example = _with_context(record)
        items = record.get("completions")
        absent(record, "completions", example.notes)
        if not isinstance(items, list):
            example.notes.append(Note("wrong-type:completions", "completions", type_name(items)))
            items = []
        ranks: list[Json] = []
        sides: list[list[Turn]] = []
        for index, item in enumerate(items):
            at = f"completions[{index}]"
            if not isinstance(item, dict):
                example.notes.append(Note("wrong-type:completion", at, type_name(item)))
                item = {}
            ranks.append(item.get("rank"))
            sides.append(_side(item, "completion", f"{at}.completion", example.notes))
        good = [rank if isinstance(rank, (int, float)) and not isinstance(rank, bool) else None for rank in ranks]
        if len(items) < 2 or None in good:
            example.notes.append(Note("score-invalid", "completions", "needs two completions with a number as rank"))
        order = sorted(range(len(sides)), key=lambda index: _rank(good[index]))
        first, rest = order[:1], order[1:]
        example.hints |= {
            "order": order,
            "ranks": ranks,
            "items": items,
            "others": [sides[index] for index in rest[1:]],
        }
        example.hints["tie"] = len(order) > 1 and good[order[0]] is not None and good[order[0]] == good[order[1]]
        example.hints["chosen"] = len(sides[first[0]]) if first else 0
        example.turns += sides[first[0]] if first else []
        example.rejected = sides[rest[0]] if rest else []
        return example

    def write(self, example: Example) -> Record:
        prompt, chosen = cut(example)
        sides = [chosen, example.rejected or [], *example.hints.get("others", [])]
        order = example.hints.get("order", [0, 1])
        ranks = example.hints.get("ranks", [0, 1])
        sources = example.hints.get("items", [{}, {}])
        items: list[Json] = [None] * len(order)
        for side, index in zip(sides, order, strict=False):
            source = sources[index] if isinstance(sources[index], dict) else {}
            items[index] = source | {"rank": ranks[index], "completion": write_side(side)}
        return {"context": write_side(prompt), "completions": items}


def _rank(rank: float | None) -> float:
    """The rank to sort by; none, and no number, comes last."""
    return rank if rank is not None and rank == rank else float("inf")


def _with_context(record: Record) -> Example:
    example = Example([])
    no_turns(record.get("context"), "context", example.notes)
    example.turns = read_field(record, "context", "user", example.notes)
    return example


def _side(record: Record, key: str, at: str, notes: list[Note]) -> list[Turn]:
    absent(record, key, notes)
    return read_side(record[key], at, "assistant", notes) if key in record else []


def _one(turns: list[Turn]) -> Json:
    written = write_side(turns)
    return turns[0].text if len(turns) == 1 and isinstance(written, list) else written


SHAPES: tuple[type[RecordShape], ...] = (HelpSteer, Ranked)
