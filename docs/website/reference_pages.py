"""Reference of the Python interface and of the types of settings, from signatures and docstrings."""

from __future__ import annotations

import dataclasses
import inspect
import json
import re
from typing import TYPE_CHECKING, Any

import dataaudit
from dataaudit.config import Settings
from dataaudit.values import Value, fields_of
from docs.website.markdown import code, fence, prose, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_SECTIONS = ("Args:", "Raises:", "Returns:", "Yields:")
SCHEMA = "assets/dataaudit.schema.json"
_LINE = 88
_ENTRY = re.compile(r"^(\w[\w ,.]*): (.*)$")


def all_pages() -> Iterator[tuple[str, Callable[[], str]]]:
    """The path of every page of the reference, and the call that makes it."""
    yield "reference/python.md", python_page


def appended(page: str) -> str:
    """What is generated at the end of a page that somebody wrote."""
    return f"\n\n{settings_section()}\n" if page == "settings.md" else ""


def python_page() -> str:
    """The public names with their signatures and docstrings."""
    parts = [
        "# The public names",
        "[The Python interface](../api.md) shows them at work. They are imported from `dataaudit`; all "
        "else may change.",
        *_docstring(dataaudit.__doc__ or ""),
    ]
    for name in dataaudit.__all__:
        parts += [f"## {name}", *_name(name, getattr(dataaudit, name))]
    return "\n\n".join(parts) + "\n"


def _name(name: str, thing: Any) -> Iterator[str]:
    is_value = inspect.isclass(thing) and issubclass(thing, (Value, Exception))
    if not (is_value or _is_enum(thing)):
        yield fence(f"{name}{_signature(thing)}", "python")
    yield from _docstring(inspect.getdoc(thing) or "")
    if _is_enum(thing):
        yield ", ".join(code(f"{name}.{member.name}") for member in thing)
    elif inspect.isclass(thing) and issubclass(thing, Value):
        rows = [(code(entry.name), code(_type(entry)), _default(entry)) for entry in fields_of(thing)]
        yield table(("field", "type", "default"), rows)
    if inspect.isclass(thing):
        for method, function in inspect.getmembers(thing, inspect.isfunction):
            if not method.startswith("_") and function.__qualname__.startswith(f"{name}."):
                yield f"### {name}.{method}"
                yield fence(f"{method}{_signature(function)}", "python")
                yield from _docstring(inspect.getdoc(function) or "")


def _is_enum(thing: Any) -> bool:
    return hasattr(thing, "__members__")


def _signature(thing: Any) -> str:
    """The signature, one parameter a line where it is long; a parameter `self` is left out."""
    found = inspect.signature(thing)
    kept = [parameter for parameter in found.parameters.values() if parameter.name != "self"]
    line = str(found.replace(parameters=kept))
    if len(line) > _LINE:
        words = [str(parameter) for parameter in kept]
        by_name = [number for number, parameter in enumerate(kept) if parameter.kind is parameter.KEYWORD_ONLY]
        if by_name and not any(parameter.kind is parameter.VAR_POSITIONAL for parameter in kept):
            words.insert(by_name[0], "*")
        line = "".join(["(\n", *(f"    {word},\n" for word in words), ")", line.rpartition(")")[2]])
    return line.replace("'", "")


def _docstring(text: str) -> Iterator[str]:
    """Paragraphs, and the sections of a docstring as lists."""
    for part in text.split("\n\n"):
        head, _, rest = part.partition("\n")
        if head.strip() in _SECTIONS:
            yield f"**{head.strip().rstrip(':')}**"
            yield "\n".join(f"- {_entry(entry)}" for entry in _entries(rest))
        elif part.strip():
            yield prose(part)


def _entries(text: str) -> Iterable[str]:
    """The entries of a section; lines that are indented further continue the one before."""
    entries: list[str] = []
    for line in inspect.cleandoc(text).split("\n"):
        if line.startswith(" ") and entries:
            entries[-1] += f" {line.strip()}"
        else:
            entries.append(line)
    return entries


def _entry(text: str) -> str:
    found = _ENTRY.match(text)
    return f"{code(found[1])}: {prose(found[2])}" if found else prose(text)


def settings_section() -> str:
    """Every key of the settings with its type and default, from the class that reads them."""
    rows = [(code(entry.name), code(_type(entry)), _default(entry)) for entry in fields_of(Settings)]
    schema = (
        f"Editors check a settings file against [its JSON Schema]({SCHEMA}): `dataaudit config --schema` prints it."
    )
    return f"## Types and defaults\n\n{table(('key', 'type', 'default'), rows)}\n\n{schema}"


def _type(entry: dataclasses.Field[Any]) -> str:
    words = entry.type if isinstance(entry.type, str) else getattr(entry.type, "__name__", str(entry.type))
    return re.sub(r"Annotated\[([\w.]+(?: \| None)?), .*\]", r"\1", words)


def _default(entry: dataclasses.Field[Any]) -> str:
    if entry.default_factory is not dataclasses.MISSING:
        default = entry.default_factory()
    elif entry.default is dataclasses.MISSING:
        return ""
    else:
        default = entry.default
    if default is None or isinstance(default, Value):
        return "none"
    return code(json.dumps(getattr(default, "value", default)))
