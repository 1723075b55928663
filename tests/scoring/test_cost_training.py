"""Default epochs and training costs by each provider's own rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataaudit.catalogue import load_catalogue
from dataaudit.catalogue.provider import Provider
from dataaudit.scoring.cost_prices import Row, hosting, least, prices_of, rate, rows
from dataaudit.scoring.cost_training import billed_tokens, passes, training_cost
from dataaudit.scoring.cost_values import Cost, Passes, Tokens

PROVIDERS = load_catalogue().providers


def epochs(profile: str, examples: int) -> tuple[int, int]:
    billing = PROVIDERS[profile].billing
    assert billing is not None
    found = passes(billing.epochs, examples)
    return found.low, found.high


def notebook(examples: int) -> int:
    """Default epochs as OpenAI's notebook computes them."""
    if examples * 3 < 100:
        return min(25, 100 // examples)
    if examples * 3 > 25_000:
        return max(1, 25_000 // examples)
    return 3


@given(examples=st.integers(1, 100_000))
def test_openai_as_in_its_notebook(examples: int) -> None:
    assert epochs("openai-sft", examples) == (notebook(examples), notebook(examples))


@pytest.mark.parametrize(
    ("examples", "expected"), [(1, 25), (4, 25), (10, 10), (33, 3), (34, 3), (8333, 3), (8334, 2), (30_000, 1)]
)
def test_openai_at_the_edges(examples: int, expected: int) -> None:
    assert epochs("openai-sft", examples) == (expected, expected)


@pytest.mark.parametrize(
    ("examples", "expected"), [(0, (3, 5)), (99, (3, 5)), (100, (2, 3)), (500, (1, 2)), (2000, (1, 2)), (2001, (1, 1))]
)
def test_azure_by_size(examples: int, expected: tuple[int, int]) -> None:
    assert epochs("azure-openai-sft", examples) == expected


@pytest.mark.parametrize("profile", ["azure-openai-sft", "azure-openai-dpo"])
def test_what_a_provider_advises_is_not_called_its_default(profile: str) -> None:
    billing = PROVIDERS[profile].billing
    assert billing is not None
    assert passes(billing.epochs, 300).because == "advised by the provider (A7), not a default"


@pytest.mark.parametrize(("profile", "expected"), [("together-sft", 1), ("bedrock-nova-sft", 2)])
def test_a_fixed_default(profile: str, expected: int) -> None:
    assert epochs(profile, 1000) == (expected, expected)


@pytest.mark.parametrize("profile", ["gemini-sft", "fireworks-sft", "mistral-sft"])
def test_a_default_that_was_not_found_is_assumed_and_said_to_be(profile: str) -> None:
    billing = PROVIDERS[profile].billing
    assert billing is not None
    found = passes(billing.epochs, 1000)
    assert (found.low, found.high, found.assumed) == (3, 3, True)
    assert found.because.startswith("assumed")


def test_what_the_user_says_stands_over_every_default() -> None:
    billing = PROVIDERS["openai-sft"].billing
    assert billing is not None
    assert passes(billing.epochs, 5, given=2) == Passes(low=2, high=2, assumed=False, because="as given")


def tokens(low: int, high: int, examples: int = 10, validation: int = 0) -> Tokens:
    return Tokens(
        examples=examples,
        total=low,
        low=low,
        high=high,
        exact=low == high,
        tokenizer=None,
        because="",
        validation=validation,
    )


ONCE = Passes(low=1, high=1, assumed=False, because="")
FREE = Cost(low=0, high=0)


def test_without_packing_examples_count_with_the_longest_length() -> None:
    assert billed_tokens(tokens(700, 900), ONCE, padded_to=4096) == (40_960, 40_960)


def test_each_evaluation_charges_the_validation_tokens() -> None:
    assert billed_tokens(tokens(700, 700, validation=50), ONCE, None, evaluations=3) == (850, 850)
    assert billed_tokens(tokens(700, 700, validation=50), ONCE, None) == (700, 700)


def test_a_range_of_tokens_epochs_and_prices_is_a_range_of_costs() -> None:
    twice = Passes(low=1, high=2, assumed=False, because="")
    cost = training_cost(billed_tokens(tokens(1_000_000, 1_200_000), twice, None), Cost(low=3, high=25), FREE)
    assert (cost.low, cost.high) == (3, 60)


@pytest.mark.parametrize(
    ("profile", "model", "expected"),
    [
        ("together-sft", "<= 16B", (4, 22)),
        ("mistral-sft", "classifier", (4, 4)),
        ("fireworks-sft", "<= 16B", (0, 3)),
        ("openai-sft", "gpt-4.1-mini", (0, 0)),
    ],
    ids=["a range", "one figure", "older sources only", "none"],
)
def test_the_least_price_of_a_job(profile: str, model: str, expected: tuple[float, float]) -> None:
    floor = least(PROVIDERS[profile], Row(model, None))
    assert (floor.low, floor.high) == expected
    small = training_cost((1, 1), Cost(low=1, high=1), floor)
    assert small.low == pytest.approx(max(expected[0], 1e-6))
    assert small.high == pytest.approx(max(expected[1], 1e-6))


def test_without_a_price_by_the_token_only_the_least_price_is_known() -> None:
    unknown = Cost(low=None, high=None)
    assert training_cost((1, 1), unknown, Cost(low=4, high=4)).low == 4
    assert training_cost((1, 1), unknown, Cost(low=4, high=4)).high is None
    assert training_cost((1, 1), unknown, FREE).low is None


@pytest.mark.parametrize(
    ("profile", "row", "expected"),
    [
        ("openai-sft", Row("gpt-4o-mini-2024-07-18", None), (3, 3)),
        ("together-sft", Row("<= 16B", "lora"), (0.34, 0.48)),
        ("together-sft", Row("<= 16B", "full"), (0.34, 0.54)),
        ("together-sft", Row("70-100B", "lora"), (2.03, 7.0)),
        ("fireworks-dpo", Row("> 300B", "full"), (40, 40)),
        ("azure-openai-sft", Row("gpt-4o-mini", None), (3, 25)),
        ("gemini-sft", Row("gemini-3.5-flash", None), (10, 10)),
        ("bedrock-nova-sft", Row("nova-micro", None), (None, None)),
    ],
    ids=str,
)
def test_sources_that_disagree_are_a_range(profile: str, row: Row, expected: tuple[float, float]) -> None:
    found = rate(PROVIDERS[profile], row, "training")
    assert (found.low, found.high) == expected
    assert row in rows(PROVIDERS[profile])


@pytest.mark.parametrize(
    ("profile", "model", "expected"),
    [
        ("azure-openai-sft", "gpt-4o", (1224, 1224)),
        ("together-sft", "<= 16B", (150, 150)),
        ("together-sft", "17-69B", (None, None)),
        ("openai-sft", "gpt-4.1-mini", (0, 0)),
        ("mistral-sft", "classifier", (2, None)),
        ("bedrock-nova-sft", "nova-lite", (1.95, 1.95)),
        ("bedrock-haiku-sft", "claude-3-haiku", (1.95, None)),
    ],
    ids=str,
)
def test_hosting_and_storage_a_month(profile: str, model: str, expected: tuple[float, float]) -> None:
    found = hosting(PROVIDERS[profile], Row(model, None))
    assert (found.low, found.high) == (
        expected[0] and pytest.approx(expected[0]),
        expected[1] and pytest.approx(expected[1]),
    )


@pytest.mark.parametrize("profile", PROVIDERS.values(), ids=lambda profile: profile.id)
def test_prices_that_costs_rest_on_are_of_a_known_unit_and_belong_to_a_row(profile: Provider) -> None:
    units = {
        "training": ("USD per 1M tokens", "USD per hour", "USD per hour of the core training loop"),
        "input": ("USD per 1M tokens",),
        "cached-input": ("USD per 1M tokens",),
        "output": ("USD per 1M tokens",),
        "hosting": ("USD per hour", "USD per month"),
        "storage": ("USD per month",),
        "least": ("USD per job",),
    }
    models = {row.model for row in rows(profile)}
    for price in profile.prices:
        if price.kind is not None:
            assert price.unit in units[price.kind], price
            assert price.row is None or price.row in models or price.kind == "hosting", price
    if any(price.kind is not None for price in profile.prices):
        assert profile.billing is not None


@pytest.mark.parametrize("profile", PROVIDERS.values(), ids=lambda profile: profile.id)
def test_a_provider_that_takes_data_says_how_it_charges(profile: Provider) -> None:
    if profile.billing is None:
        # What is not sold, what has no tokens, and what no source tells the charge of.
        assert profile.status.state in ("retired", "none") or profile.method in ("image", "rft")
        return
    last = [rule.below for rule in profile.billing.epochs[-1:]]
    assert last in ([], [None]), "the last rule of epochs holds for all sizes"
    for row in rows(profile):
        for price in prices_of(profile, row, "training"):
            assert price.value > 0
