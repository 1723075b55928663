"""A learned format in plain words, one sentence."""

from __future__ import annotations

from collections.abc import Mapping

from dataaudit.formats.affixes import STOPS
from dataaudit.formats.groups import GroupKey
from dataaudit.formats.kinds import WORDS
from dataaudit.formats.quote import plain, quoted
from dataaudit.formats.tree import Node
from dataaudit.formats.votes import Aspect

_KEYS_SHOWN = 6
_LONGEST = 220


def sentence(key: GroupKey, aspects: Mapping[str, Aspect], share: float | None, rows: int | None) -> str:
    """Such as "98.3 % of `billing` answers are one JSON object with keys label (5 values), reply (text)"."""
    kind = aspects.get("kind")
    if share is None:
        share = kind.share if kind is not None else 1.0
    counted = f" ({rows:,} row{'s' * (rows != 1)})" if rows is not None else ""
    manner = _manner(aspects)
    if kind is None:
        if not manner:
            return f"the {_group(key)}answers have no format in common{counted}"
        return plain(f"{_percent(share)} of the {_group(key)}answers {' and '.join(manner)}{counted}", _LONGEST)
    what = _what(str(kind.value), aspects)
    joined = f" that {' and '.join(manner)}" if manner else ""
    return plain(f"{_percent(share)} of the {_group(key)}answers are {what}{joined}{counted}", _LONGEST)


def _percent(share: float) -> str:
    return f"{share:.1%}".replace(".0%", "%").replace("%", " %")


def _group(key: GroupKey) -> str:
    if key.what == "label":
        return f"`{plain(key.name, 30)}` "
    if key.what == "context":
        return f"{quoted(key.name, 30)} (system prompt) "
    return f"{quoted(key.name, 30)} (opening) " if key.what == "opening" else ""


def _what(kind: str, aspects: Mapping[str, Aspect]) -> str:
    words = WORDS.get(kind, kind)
    if kind == "label":
        labels = aspects["labels"].value
        shown = ", ".join(plain(value, 20) for value in labels.values[:5])
        return f"one of {len(labels.values)} labels ({shown}{', ...' if len(labels.values) > 5 else ''})"
    language = aspects.get("style:language")
    if kind == "code" and language is not None:
        words = f"{plain(language.value, 20)} code"
    fence = aspects.get("fence")
    if fence is not None and fence.value is not None:
        words += f" fenced in ```{plain(fence.value, 12)}"
    for name in ("before", "after"):
        if name in aspects and aspects[name].value:
            words += (
                f" {name.replace('before', 'after')} {quoted(aspects[name].value, 30)}"
                if name == "before"
                else (f" before {quoted(aspects[name].value, 30)}")
            )
    if "tree" in aspects:
        words += _keys(aspects["tree"].value)
    elif "names" in aspects:
        words += f" with {', '.join(plain(name, 20) for name in aspects['names'].value.required[:_KEYS_SHOWN])}"
    return words


def _keys(node: Node) -> str:
    if node.items is not None and node.items.names is not None:
        return f" of objects{_keys(node.items)}"
    if node.names is None or node.children is None:
        return ""
    shown = []
    for name in (*node.names.required, *node.names.optional):
        child = node.children.get(name)
        optional = ", optional" if name in node.names.optional else ""
        shown.append(f"{plain(name, 24)} ({_value(child) if child is not None else 'any'}{optional})")
    more = f" and {len(shown) - _KEYS_SHOWN} more" if len(shown) > _KEYS_SHOWN else ""
    noun = "key" if len(shown) == 1 else "keys"
    return f" with {noun} {', '.join(shown[:_KEYS_SHOWN])}{more}"


def _value(node: Node) -> str:
    if node.closed is not None:
        count = len(node.closed.values)
        return f"{count} values" if count > 1 else "always the same"
    return " or ".join(node.types[:2]) if node.type_share else "any"


def _manner(aspects: Mapping[str, Aspect]) -> list[str]:
    parts = []
    if "prefix" in aspects:
        parts.append(f"begin with {quoted(aspects['prefix'].value, 30)}")
    elif "leading" in aspects and aspects["leading"].value == " ":
        parts.append("begin with a blank")
    if "suffix" in aspects:
        parts.append(f"end in {quoted(aspects['suffix'].value, 30)}")
    elif "end" in aspects and aspects["end"].value == "stop":
        parts.append(f"end in a sentence mark ({STOPS[0]} and the like)")
    if "case" in aspects and aspects["case"].value in ("upper", "lower"):
        parts.append(f"are in {'capitals' if aspects['case'].value == 'upper' else 'lower case'}")
    return parts
