"""Figures for other tokenizers: exact, counted in part, or estimated, each said so; and the rules behind them."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from dataaudit import audit
from dataaudit.errors import UsageError
from dataaudit.tokens.encodings import KNOWN
from dataaudit.tokens.estimate import estimate_tokens
from dataaudit.tokens.scripts import SCRIPTS
from dataaudit.tokens.tokenizers import encodings_for, tokenizer, tokenizer_of, tokenizers

ROOT = Path(__file__).parents[2]
RULES: dict[str, Any] = tomllib.loads((ROOT / "rules" / "tokenizers.toml").read_text(encoding="utf-8"))
MEASURED: dict[str, Any] = json.loads((ROOT / "benchmarks" / "tokens" / "recorded.json").read_text(encoding="utf-8"))
CHINESE = [{"prompt": "我的订单在哪里?" * 5, "completion": "您的订单已经发出,请耐心等待。" * 5}] * 20


def split_of(rows: list[Any], **options: Any) -> dict[str, Any]:
    found: dict[str, Any] = audit(rows, tokens="exact", **options).statistics["tokens"]["splits"]["train"]
    return found


def test_the_own_encoding_is_exact() -> None:
    split = split_of(CHINESE)
    found = estimate_tokens(split, "o200k")
    assert found.exact
    assert found.low == found.total == found.high == split["o200k_base"]["total"]
    assert "every row counted" in found.because


def test_another_encoding_is_counted_for_the_providers_that_need_it() -> None:
    split = split_of(CHINESE, providers=["openai-completion"])
    assert estimate_tokens(split, "cl100k").exact
    assert estimate_tokens(split, "cl100k").total == split["cl100k_base"]["total"]
    assert "cl100k_base" not in split_of(CHINESE, providers=["openai-sft"])


def test_an_estimate_says_so_and_holds_the_count() -> None:
    split = split_of(CHINESE, providers=["openai-completion"])
    true = split.pop("cl100k_base")["total"]
    found = estimate_tokens(split, "cl100k")
    assert not found.exact
    assert found.low < found.total < found.high
    assert found.low <= true <= found.high
    assert found.because.startswith("estimated from o200k_base")


def test_scripts_are_weighed_by_their_own_ratios() -> None:
    base = {"total": 100.0, "low": 90.0, "high": 120.0, "rows": 9, "sampled_rows": 3}
    split = {"o200k_base": base | {"scripts": {"latin": 60.0, "cyrillic": 0.0, "east-asian": 40.0, "other": 0.0}}}
    ratios = tokenizer("qwen").ratios
    found = estimate_tokens(split, "qwen")
    assert found.total == pytest.approx(60 * ratios["latin"].value + 40 * ratios["east-asian"].value)
    assert found.low == pytest.approx((60 * ratios["latin"].low + 40 * ratios["east-asian"].low) * 0.9)
    assert found.high == pytest.approx((60 * ratios["latin"].high + 40 * ratios["east-asian"].high) * 1.2)


def test_a_sampled_count_is_not_exact() -> None:
    base = {"total": 100.0, "low": 90.0, "high": 120.0, "rows": 9, "sampled_rows": 3}
    found = estimate_tokens({"o200k_base": base}, "o200k")
    assert (found.total, found.low, found.high, found.exact) == (100.0, 90.0, 120.0, False)
    assert "3 of 9 rows" in found.because


def test_a_total_with_tools_is_not_called_exact() -> None:
    base = {"total": 100.0, "low": 100.0, "high": 100.0, "rows": 9, "sampled_rows": 9, "rows_with_tools": 4}
    found = estimate_tokens({"o200k_base": base}, "o200k")
    assert not found.exact
    assert "4 of them with tools" in found.because


def test_nothing_is_nothing_by_every_tokenizer() -> None:
    split = split_of([{"prompt": None, "completion": None}])
    for name in tokenizers():
        assert estimate_tokens(split, name).total == 0


def test_an_unknown_tokenizer_is_named_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="lama-3"):
        tokenizer("lama-3")


@pytest.mark.parametrize(
    ("provider", "model", "expected"),
    [
        ("openai-sft", None, "o200k"),
        ("openai-sft", "gpt-3.5-turbo-0125", "cl100k"),
        ("openai-sft", "ft:gpt-4.1-mini-2025-04-14:shop::x1", "o200k"),
        ("openai-sft", "gpt-4-0613", "cl100k"),
        ("openai-completion", None, "cl100k"),
        ("together-sft", "meta-llama/Meta-Llama-3.1-8B-Instruct-Reference", "llama-3"),
        ("together-sft", "deepseek-ai/DeepSeek-R1-Distill-Qwen-14B", "qwen"),
        ("together-sft", "Qwen/Qwen3-8B-Base", "qwen"),
        ("together-sft", "who/knows-1b", "open-models"),
        ("together-sft", None, "open-models"),
        ("bedrock-haiku-sft", "claude-3-haiku", "claude-3"),
        ("mistral-sft", "open-mistral-7b", "mistral-v3"),
        ("gemini-sft", None, "gemini"),
    ],
)
def test_tokenizers_of_providers_and_models(provider: str, model: str | None, expected: str) -> None:
    assert tokenizer_of(provider, model) == expected


def test_every_name_in_the_rules_is_known() -> None:
    profiles = {path.stem for path in (ROOT / "rules" / "providers").glob("*.toml")}
    assert set(RULES["providers"]) <= profiles
    assert {*RULES["providers"].values(), *RULES["models"].values(), "open-models"} <= set(tokenizers())
    for one in tokenizers().values():
        assert one.encoding is None or one.encoding in KNOWN
        assert one.because
        assert one.id == "o200k" or set(one.ratios) == set(SCRIPTS)
        assert all(ratio.low <= ratio.value <= ratio.high for ratio in one.ratios.values())


def test_ratios_are_as_measured() -> None:
    measured = MEASURED["ratios"]["families"]
    assert {name: item["ratios"] for name, item in RULES["tokenizers"].items() if "ratios" in item} == measured


def test_o200k_is_always_counted_first() -> None:
    assert encodings_for([]) == ("o200k_base",)
    assert encodings_for(["openai-completion", "openai-sft"]) == ("o200k_base", "cl100k_base")
