"""Finds the class of a shape by its name, and the shape of a record. Kept apart so that names cost no imports."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from dataaudit.errors import UsageError, close_match
from dataaudit.shapes import SHAPE_NAMES
from dataaudit.shapes.base import Layout
from dataaudit.shapes.lens import RecordShape
from dataaudit.shapes.recognise import kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dataaudit.shapes.base import Record, Shape

_NAMES_OF = {
    "argilla": ("argilla",),
    "bedrock": ("bedrock-converse", "bedrock-haiku"),
    "chat": ("openai-chat", "cohere-chat", "flat-chat", "prompt-completion-chat"),
    "doccano": ("doccano",),
    "gemini": ("gemini", "gemini-preference", "gemini-rft"),
    "label_studio": ("label-studio",),
    "label_studio_min": ("label-studio-min",),
    "nemo": ("nemo-helpsteer", "nemo-ranked"),
    "pairs": ("prompt-completion", "prompt-response", "pairs", "alpaca", "prompt-only", "stepwise"),
    "preference": (
        *("preference", "preference-chat", "preference-implicit"),
        *("autotrain-preference", "openai-preference", "unpaired-preference"),
    ),
    "prodigy": ("prodigy",),
    "reinforcement": ("openai-rft",),
    "sharegpt": ("sharegpt", "sharegpt-preference", "sharegpt-unpaired"),
    "text": ("nemo-embedding", "image-caption", "segments", "tokenized", "labeled-text", "text"),
}
"""The names of the shapes of each module, so that the one shape of a file costs the import of one module."""
_MODULE_OF = {name: module for module, names in _NAMES_OF.items() for name in names}


@cache
def class_of(name: str) -> type[Shape]:
    """The class of a shape that is known."""
    shapes: tuple[type[Shape], ...] = import_module(f"dataaudit.shapes.{_MODULE_OF[name]}").SHAPES
    return next(shape for shape in shapes if shape.name == name)


def verdict_of(name: str) -> str | None:
    """Which part of a shape's records is somebody's verdict, see `Shape.verdict`; None of a shape that is not known."""
    return class_of(name).verdict if name in _MODULE_OF else None


def classes() -> Mapping[str, type[Shape]]:
    """Every shape class by its name."""
    return {name: class_of(name) for name in _MODULE_OF}


def make(layout: Layout) -> Shape:
    """The shape of a layout.

    Raises:
        UsageError: there is no shape of that name; the nearest one is suggested.
    """
    check_name(layout.shape)
    shape: Shape = class_of(layout.shape)(layout)  # type: ignore[call-arg]
    return shape


def check_name(shape: str) -> None:
    """Make sure that a shape is known.

    Raises:
        UsageError: it is not; the nearest one is suggested.
    """
    if shape not in SHAPE_NAMES:
        near = close_match(shape, list(SHAPE_NAMES))
        hint = f"did you mean {near}?" if near else f"known shapes: {', '.join(SHAPE_NAMES)}"
        raise UsageError(f"unknown record shape {shape!r}", hint=hint)


@cache
def default_shape(name: str) -> Shape:
    """A shape that knows nothing of the columns of a file."""
    return make(Layout(name))


@cache
def _in_order() -> tuple[tuple[Shape, bool], ...]:
    """Every shape in the order of `SHAPE_NAMES`, and whether `recognise.kind` decides what it claims."""
    shapes = [default_shape(name) for name in SHAPE_NAMES]
    return tuple((shape, getattr(type(shape), "claims", None) is RecordShape.claims) for shape in shapes)


def claimant(record: Record) -> Shape | None:
    """The first shape, in the order of `SHAPE_NAMES`, that takes a record; None where none does."""
    known = kind(record)
    for shape, by_kind in _in_order():
        if shape.name == known if by_kind else shape.claims(record):
            return shape
    return None
