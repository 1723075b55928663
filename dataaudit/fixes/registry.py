"""Which fixer mends which rule, and how: a row that goes, a row that changes, or the form of the file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from dataaudit.fixes import answers, fields, json_mend
from dataaudit.fixes.rows import JsonRow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dataaudit.fixes.context import Context
    from dataaudit.fixes.rows import Row

    Fixer = Callable[[Row, Context], bool]

BYTE_ORDER_MARK: Final = "SCH005"
LINE_ENDS: Final = "SCH006"
REMOVED: Final = ("SCH003", "DUP001", "DUP002", "SIM001")
"""Rules whose rows go, in the order in which one of them is named as the reason."""
REVIEWED: Final = ("DUP003", "SIM003")
"""Rules that a person decides: their rows are written to a review file, and stay."""


def _json(row: Row, context: Context) -> bool:
    del context
    better = json_mend.mended(row.raw) if isinstance(row, JsonRow) else None
    if better is None or not isinstance(row, JsonRow):
        return False
    row.write(better.decode("utf-8"))
    return True


def _mark(row: Row, context: Context) -> bool:
    del context
    better = json_mend.without_mark(row.raw)
    if better == row.raw or not isinstance(row, JsonRow):
        return False
    row.write(better.decode("utf-8", "surrogateescape"))
    return True


def _put_all(row: Row, better: Callable[[str], str | None]) -> bool:
    """Put what `better` makes of each text in its place."""
    changed = False
    for path, text in row.texts:
        if (new := better(text)) is not None:
            changed |= row.put(path, new)
    return changed


def _mojibake(row: Row, context: Context) -> bool:
    del context
    from dataaudit.text.mojibake import mended

    return _put_all(row, mended)


def _personal(code: str, row: Row, context: Context) -> bool:
    del context
    from dataaudit.text.personal import masked

    return _put_all(row, lambda text: masked(text, (code,)))


PERSONAL: Final = tuple(f"PII{number:03}" for number in range(1, 12))
CHANGED: Final[Mapping[str, Fixer]] = {
    BYTE_ORDER_MARK: _mark,
    "SCH001": _json,
    "SCH007": fields.repeated,
    "SCH011": fields.unwanted,
    "TXT001": _mojibake,
    "FMT002": answers.bare_json,
    "FMT007": answers.edges,
    "LAB003": answers.label,
    **{code: partial(_personal, code) for code in PERSONAL},
}
"""Fixers of rows, in the order in which they are tried."""
SELF_TELLING: Final = ("TXT001", *PERSONAL)
"""Rules of which the fixer sees by itself whether a row breaks them, as the check does."""
CODES: Final = tuple(dict.fromkeys((LINE_ENDS, *REMOVED, *CHANGED)))
"""All rules that have a fix; the bit of a rule is its place here."""


def bit(code: str) -> int:
    """The bit that stands for a rule in a mask."""
    return 1 << CODES.index(code)


GO: Final = sum(map(bit, REMOVED))
"""The bits of the rules whose rows go."""


def codes_of(mask: int) -> tuple[str, ...]:
    """The rules of a mask."""
    return tuple(code for place, code in enumerate(CODES) if mask >> place & 1)
