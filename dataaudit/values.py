"""Values: frozen records that pydantic validates when they come from outside, and only then.

The report, the settings and the rule data are such values. The command builds them from its own flags and from rules
that were validated before they were shipped, so that a run in a commit hook need not load pydantic at all.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from pathlib import PurePath
from types import NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ClassVar,
    Self,
    Union,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, TypeAdapter
    from pydantic_core import CoreSchema

Build = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Words:
    """Says that a text has its white space at the ends cut off, is not empty, and matches a pattern if there is one."""

    pattern: str | None = None

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.str_schema(strip_whitespace=True, min_length=1, pattern=self.pattern)


@dataclass(frozen=True, slots=True)
class Exact:
    """Says that a number is written as one (no text, no true or false), is finite, and is not below `least`."""

    least: float | None = None

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        if source is int:
            return core_schema.int_schema(strict=True, ge=None if self.least is None else int(self.least))
        return core_schema.float_schema(strict=True, allow_inf_nan=False, ge=self.least)


Text = Annotated[str, Words()]


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
class Value:
    """A frozen record with keyword arguments; subclasses only list their fields. Unknown keys are refused."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}

    def __init_subclass__(cls) -> None:
        # What is the same for all values is written once below: made for each class, it would slow down the start.
        dataclass(frozen=True, kw_only=True, eq=False, repr=False)(cls)

    def __eq__(self, other: object) -> bool:
        return vars(self) == vars(other) if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(vars(self).values()))

    def __repr__(self) -> str:
        shown = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in fields_of(type(self)))
        return f"{type(self).__name__}({shown})"

    @classmethod
    def prepared(cls, data: Any) -> Any:
        """The data of a file as the fields expect it; for short forms that files may use."""
        return data

    @classmethod
    def validated(cls, data: Any) -> Self:
        """A value of data from outside.

        Raises:
            pydantic.ValidationError: the data does not fit.
        """
        value: Self = adapter(cls).validate_python(cls.prepared(data))  # type: ignore[arg-type]
        return value

    @classmethod
    def trusted(cls, data: dict[str, Any]) -> Self:
        """A value of JSON data that was validated before; nothing is checked."""
        builds = _builds(cls)  # type: ignore[arg-type]
        return cls(**{name: builds[name](value) for name, value in cls.prepared(data).items()})

    def replaced(self, **changes: Any) -> Self:
        """The same value with some fields changed; nothing is checked."""
        return dataclasses.replace(self, **changes)  # type: ignore[type-var]

    def as_json(self) -> dict[str, Any]:
        """The value as JSON data; fields of the metadata `shown: False` are left out."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields_of(type(self)) if f.metadata.get("shown", True)}


def fields_of(cls: type[Value]) -> tuple[dataclasses.Field[Any], ...]:
    """The fields of a value, in order."""
    return dataclasses.fields(cls)  # type: ignore[arg-type]


@cache
def adapter(cls: type[Any]) -> TypeAdapter[Any]:
    """What validates data for a class, and gives its JSON Schema."""
    from pydantic import TypeAdapter

    return TypeAdapter(cls)


def _plain(value: Any) -> Any:
    if isinstance(value, Value):
        return value.as_json()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value) if isinstance(value, PurePath) else value


@cache
def _builds(cls: type[Value]) -> dict[str, Build]:
    return {name: _build(kind) for name, kind in get_type_hints(cls, include_extras=True).items()}


def _build(kind: Any) -> Build:
    """How JSON data becomes a value of a type."""
    origin, args = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return str.strip if any(isinstance(note, Words) for note in args[1:]) else _build(args[0])
    if origin in (Union, UnionType):
        others = [arg for arg in args if arg is not NoneType]
        inner = _build(others[0]) if len(others) == 1 else _same
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        inner = _build(args[0])
        return lambda value: tuple(map(inner, value))
    if origin is dict:
        inner = _build(args[1])
        return lambda value: {key: inner(item) for key, item in value.items()}
    if isinstance(kind, type) and issubclass(kind, Value):
        return kind.trusted
    if kind is datetime.date:
        return datetime.date.fromisoformat
    return kind if isinstance(kind, type) and issubclass(kind, Enum) else _same


def _same(value: Any) -> Any:
    return value
