"""Which provider and model reads text by which tokenizer, as rules/tokenizers.toml has it."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from dataaudit._resources import rule_data
from dataaudit.errors import UsageError, close_match


class Ratio(NamedTuple):
    """Tokens for each token of o200k_base: as measured over all texts, and the least and most of a file."""

    value: float
    low: float
    high: float


class Tokenizer(NamedTuple):
    """One tokenizer. encoding: what counts it, None where nothing does. exact: whether that gives its very numbers.

    ratios: by class of scripts, for where it is not counted. because: what the ratios rest on.
    """

    id: str
    name: str
    encoding: str | None
    exact: bool
    ratios: dict[str, Ratio]
    because: str


@cache
def _data() -> dict[str, Any]:
    return rule_data("tokenizers.toml")


def limit(name: str) -> float:
    """A number that sampling and counting go by."""
    return float(_data()["limits"][name]["value"])


def overhead() -> tuple[int, int, int]:
    """Tokens around a message, for a name, and around an example."""
    table = _data()["overhead"]
    return int(table["message"]["value"]), int(table["name"]["value"]), int(table["example"]["value"])


@cache
def tokenizers() -> dict[str, Tokenizer]:
    """Every tokenizer by its id."""
    return {
        key: Tokenizer(
            key,
            item["name"],
            item.get("encoding"),
            item.get("exact", False),
            {script: Ratio(*values) for script, values in item.get("ratios", {}).items()},
            item["because"],
        )
        for key, item in _data()["tokenizers"].items()
    }


def tokenizer(name: str) -> Tokenizer:
    """A tokenizer by its id.

    Raises:
        UsageError: there is none of that id; the nearest one is suggested.
    """
    found = tokenizers().get(name)
    if found is None:
        near = close_match(name, list(tokenizers()))
        hint = f"did you mean {near}?" if near else f"known tokenizers: {', '.join(tokenizers())}"
        raise UsageError(f"unknown tokenizer {name!r}", hint=hint)
    return found


def tokenizer_of(provider: str, model: str | None = None) -> str:
    """The id of the tokenizer of a model (by its name), else of a provider profile (by its id), else `open-models`.

    A model's name is compared without regard to case and without the folder before it (`meta-llama/`).
    """
    if model is not None:
        bare = model.lower().removeprefix("ft:").rpartition("/")[2]
        fitting = [prefix for prefix in _data()["models"] if bare.startswith(prefix)]
        if fitting:
            return str(_data()["models"][max(fitting, key=len)])
    return str(_data()["providers"].get(provider, "open-models"))


def encodings_for(providers: list[str]) -> tuple[str, ...]:
    """The encodings to count for provider profiles: o200k_base always, then those of their own that can be counted."""
    from dataaudit.tokens.encodings import available

    own = {tokenizers()[tokenizer_of(provider)].encoding for provider in providers}
    return ("o200k_base", *sorted(name for name in own if name and name != "o200k_base" and available(name)))
