"""Record shapes: what a record means, whatever it is named. The registry; shapes are imported when first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from dataaudit.shapes.base import Layout, Reading, Record, Shape

SHAPE_NAMES: tuple[str, ...] = (
    "label-studio",
    "label-studio-min",
    "argilla",
    "prodigy",
    "openai-preference",
    "gemini-preference",
    "gemini-rft",
    "gemini",
    "sharegpt-preference",
    "sharegpt-unpaired",
    "bedrock-converse",
    "bedrock-haiku",
    "cohere-chat",
    "openai-rft",
    "openai-chat",
    "sharegpt",
    "nemo-helpsteer",
    "nemo-ranked",
    "preference-chat",
    "preference",
    "preference-implicit",
    "autotrain-preference",
    "unpaired-preference",
    "stepwise",
    "prompt-completion-chat",
    "flat-chat",
    "segments",
    "tokenized",
    "nemo-embedding",
    "image-caption",
    "alpaca",
    "prompt-completion",
    "prompt-response",
    "doccano",
    "labeled-text",
    "prompt-only",
    "text",
    "pairs",
)
"""Every shape, the most particular first: a record that several shapes would take belongs to the first of them."""


def shape_for(layout: Layout) -> Shape:
    """The shape that reads the records of a layout.

    Raises:
        UsageError: there is no shape of that name.
    """
    from dataaudit.shapes.registry import make

    return make(layout)


def reader_for(layout: Layout) -> Callable[[Record], Reading]:
    """What turns the records of a layout into readings; it never raises, whatever the record holds.

    Raises:
        UsageError: there is no shape of that name.
    """
    from dataaudit.shapes.readers import make_reader

    return make_reader(layout)


__all__ = ["SHAPE_NAMES", "reader_for", "shape_for"]
