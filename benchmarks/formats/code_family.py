"""The code family: Python functions or JavaScript, bare or fenced, 3 to 25 lines, with comments."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from benchmarks.formats.common import (
    edge_kinds,
    edges,
    length_kinds,
    system_prompt,
    talk_kinds,
    unfence_kinds,
)
from benchmarks.formats.language import Language, length
from benchmarks.formats.rows import Recipe, Row, answer_kind
from benchmarks.formats.sql_text import statement

NAMES = (
    "orders",
    "items",
    "parcels",
    "rows",
    "prices",
    "lines",
    "invoices",
    "weights",
    "users",
    "dates",
    "tags",
    "totals",
)
VERBS = ("count", "group", "parse", "sort", "filter", "merge", "check", "load", "retry", "format", "sum", "find")
FIELDS = ("name", "price", "weight", "date", "city", "status", "code", "amount")

# fmt: off
# Pieces of code read better packed than one a line.
PYTHON = (
    "{b} = [{x} for {x} in {a} if {x}.{f} > {n}]", "{b} = sorted({a}, key=lambda {x}: {x}.{f}, reverse={flag})",
    "{b} = {}\nfor {x} in {a}:\n    {b}.setdefault({x}.{f}, []).append({x})", "if not {a}:\n    return {none}",
    "for {i}, {x} in enumerate({a}):\n    if {x}.{f} == '{s}':\n        {b}[{i}] = {n}\n    else:\n        continue",
    "try:\n    {b} = int({a}[0].{f})\nexcept (ValueError, IndexError) as error:\n"
    "    raise ValueError(f'bad {f}: {{error}}') from error",
    "with open({a}, encoding='utf-8') as file:\n    {b} = [line.strip() for line in file if line[0] != '#']",
    "total = sum({x}.{f} * {d} for {x} in {a})", "while len({a}) > {n}:\n    {a}.pop()",
    "{b} = {{'{f}': {n}, '{s}': None}}", "assert {n} <= len({a}) < {n}00, '{s}'", "{b} = {a}[{n}:] + {a}[:{n}]",
    "print(f\"{s}: {{len({a})}} <{{{n}:>4}}>\")", "{b} = re.findall(r'[A-Z]{{2,}}-\\d+', {a})",
    "{b} = max({a}, default={none})",
)
JAVASCRIPT = (
    "const {b} = {a}.filter(({x}) => {x}.{f} > {n});", "const {b} = [...{a}].sort((x, y) => x.{f} - y.{f});",
    "if (!{a}.length) {{\n  return {jnone};\n}}", "while ({a}.length > {n}) {a}.pop();",
    "for (const {x} of {a}) {{\n  {b}[{x}.{f}] = ({b}[{x}.{f}] || 0) + {n};\n}}",
    "let {b} = {{ {f}: {n}, {i}: null }};", "console.log(`{s}: ${{{a}.length}}`);",
    "try {{\n  {b} = JSON.parse({a}[0].{f});\n}} catch (error) {{\n  throw new Error(`bad {f}: ${{error}}`);\n}}",
    "const total = {a}.reduce((sum, {x}) => sum + {x}.{f} * {d}, 0);", "const {{ {f}, ...rest }} = {a}[0] ?? {{}};",
    "await Promise.all({a}.map(async ({x}) => fetch(`/{s}/${{{x}.{f} }}`)));",
)
# fmt: on


def _filled(random: Random, language: Language, pattern: str) -> str:
    first, second = random.sample(NAMES, 2)
    figures = {
        "a": first,
        "b": second,
        "x": first[0],
        "f": random.choice(FIELDS),
        "n": str(length(random, 8, 1, 1, 5000)),
        "d": f"{random.uniform(0.1, 3):.2f}",
        "i": random.choice(["index", "place", "i"]),
        "s": random.choice(language.labels),
        "flag": random.choice(["True", "False"]),
        "none": random.choice(["None", "[]", "0", "{}"]),
        "jnone": random.choice(["null", "[]", "0", "undefined"]),
    }
    pattern = pattern.replace("{{", "\0").replace("}}", "\1")
    for name, text in figures.items():
        pattern = pattern.replace(f"{{{name}}}", text)
    return pattern.replace("\0", "{").replace("\1", "}")


def python_function(random: Random, language: Language, blocks: int | None = None) -> str:
    """One function, now and then with an import, a docstring, comments, types, a decorator or a second function."""
    body: list[str] = []
    name, argument = random.choice(VERBS), random.choice(NAMES)
    if random.random() < 0.4:
        body.append(f'"""{language.fill(random, random.choice(language.titles))}."""')
    for _ in range(blocks or length(random, 2.2, 0.6, 1, 7)):
        if random.random() < 0.2:
            body.append(f"# {language.fill(random, random.choice(language.comments))}")
        body += _filled(random, language, random.choice(PYTHON)).split("\n")
    body.append(f"return {random.choice([*NAMES, 'total', 'None', 'True'])}")
    typed = random.random() < 0.4
    head = f"def {name}_{argument}({argument}{': list[Order]' if typed else ''}, limit={random.randint(1, 99)})"
    lines = [f"{head}{' -> list[Order]' if typed else ''}:", *(f"    {line}" for line in body)]
    if random.random() < 0.2:
        lines = [f"import {random.choice(['re', 'json', 'math', 'datetime'])}", "", "", *lines]
    return "\n".join(lines)


def javascript_function(random: Random, language: Language, blocks: int | None = None) -> str:
    """One function, as a declaration or an arrow, with comments now and then."""
    body: list[str] = []
    name, argument = random.choice(VERBS), random.choice(NAMES)
    for _ in range(blocks or length(random, 2.2, 0.6, 1, 7)):
        if random.random() < 0.2:
            body.append(f"// {language.fill(random, random.choice(language.comments))}")
        body += _filled(random, language, random.choice(JAVASCRIPT)).split("\n")
    body.append(f"return {random.choice([*NAMES, 'total', 'null', 'true'])};")
    camel = f"{name}{argument.title()}"
    head, end = (f"function {camel}({argument}, limit = {random.randint(1, 99)}) {{", "}")
    if random.random() < 0.4:
        head, end = f"const {camel} = async ({argument}) => {{", "};"
    return "\n".join([head, *(f"  {line}" for line in body), end])


def code_family(random: Random, language: Language) -> Recipe:
    """A set of functions in Python (two of three) or JavaScript, half of the sets fenced."""
    writers = [("python", python_function), ("javascript", javascript_function)]
    if random.random() < 0.35:
        writers.reverse()
    (info, write), (other_info, other) = writers
    fenced = random.random() < 0.5
    prefix, suffix = edges(random) if not fenced else ("", "")
    system = system_prompt(random, language)

    def shown(text: str, named: str = info) -> str:
        return f"```{named}\n{text}\n```" if fenced else text

    def draw() -> Row:
        return Row(language.task(random, "code"), shown(write(random, language)), prefix, suffix, system)

    def longer(random: Random, size: int) -> str:
        return shown("\n\n\n".join(_many(lambda: write(random, language), size)))

    kinds = [
        answer_kind("prose in place of code", "FMT001", lambda random, row: language.reply(random, free=False)),
        answer_kind(
            "another language of code", "FMT001", lambda random, row: shown(other(random, language), other_info)
        ),
        answer_kind("SQL in place of code", "FMT001", lambda random, row: shown(statement(random, language), "sql")),
        answer_kind("cut off", "FMT003", lambda random, row: _cut(random, row.core)),
        length_kinds(language, draw, longer)[0],
        *talk_kinds(language, info.title()),
    ]
    if fenced:
        kinds += unfence_kinds()
    else:
        kinds.append(answer_kind("fenced", "FMT002", lambda random, row: f"```{info}\n{row.core}\n```"))
        kinds += edge_kinds(prefix, suffix)
    return Recipe(draw, tuple(kinds))


def _many(more: Callable[[], str], size: int) -> list[str]:
    parts: list[str] = []
    while sum(map(len, parts)) < size:
        parts.append(more())
    return parts


def _cut(random: Random, text: str) -> str | None:
    """Cut inside a bracket, so that no reading of the rest is whole; the fence, if any, is cut too."""
    opened = [place for place, sign in enumerate(text) if sign in "([{" and place > len(text) // 4]
    return text[: random.choice(opened) + 1] if opened else None
