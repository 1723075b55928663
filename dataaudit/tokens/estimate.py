"""Tokens of data by any tokenizer, from what was counted: its own counts where there are any, else measured ratios."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dataaudit.tokens.tokenizers import Tokenizer, tokenizer

if TYPE_CHECKING:
    from collections.abc import Mapping

_BASE = "o200k_base"


class TokenFigure(NamedTuple):
    """Tokens of all rows of a split. low, high: 95 % interval of a sample, widened by the error of an estimate.

    exact: every row was counted, by the tokenizer itself, and none has tools; then low, high and total are equal.
    because: in words.
    """

    total: float
    low: float
    high: float
    exact: bool
    because: str


def estimate_tokens(figures: Mapping[str, Any], tokenizer_id: str) -> TokenFigure:
    """The tokens of a split by a tokenizer; `figures` is the split's part of `statistics["tokens"]["splits"]`.

    Raises:
        UsageError: there is no tokenizer of that id.
    """
    wanted = tokenizer(tokenizer_id)
    own = figures.get(wanted.encoding) if wanted.encoding is not None else None
    if own is not None:
        return _counted(own, wanted)
    return _by_ratio(figures[_BASE], wanted)


def _counted(own: Mapping[str, Any], wanted: Tokenizer) -> TokenFigure:
    total, low, high = float(own["total"]), float(own["low"]), float(own["high"])
    whole = own["sampled_rows"] == own["rows"]
    how = "every row counted" if whole else f"{own['sampled_rows']:,} of {own['rows']:,} rows counted"
    tools = int(own.get("rows_with_tools", 0))
    near = f", {tools:,} of them with tools, which count as JSON text" if tools else ""
    around = "" if wanted.exact else "; the tokens around messages are those of OpenAI"
    exact = whole and wanted.exact and not tools
    return TokenFigure(total, low, high, exact, f"{how} with {wanted.encoding}{near}{around}")


def _by_ratio(base: Mapping[str, Any], wanted: Tokenizer) -> TokenFigure:
    scripts: Mapping[str, float] = base["scripts"]
    counted = float(base["total"])
    total = low = high = 0.0
    for script, tokens in scripts.items():
        ratio = wanted.ratios[script]
        total, low, high = total + tokens * ratio.value, low + tokens * ratio.low, high + tokens * ratio.high
    if counted:
        low, high = low * float(base["low"]) / counted, high * float(base["high"]) / counted
    return TokenFigure(total, low, high, False, f"estimated from {_BASE}: {wanted.because}")
