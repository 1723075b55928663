"""Which training method of a provider is meant by a shape of data."""

from __future__ import annotations

import pytest

from dataaudit.catalogue import load_catalogue
from dataaudit.checks.profiles import choose_profiles
from dataaudit.errors import UsageError

CATALOGUE = load_catalogue()


def chosen(name: str, shape: str | None, *, available: bool = False) -> str:
    found, _ = choose_profiles(CATALOGUE, [name], shape, available=available)
    return found[name].id


@pytest.mark.parametrize(
    ("provider", "shape", "profile"),
    [
        ("openai", "openai-chat", "openai-sft"),
        ("openai", "openai-preference", "openai-dpo"),
        ("openai", "prompt-completion", "openai-completion"),
        ("trl", "unpaired-preference", "trl-kto"),
        ("trl", "preference", "trl-dpo"),
    ],
)
def test_the_profile_that_reads_the_shape(provider: str, shape: str, profile: str) -> None:
    assert chosen(provider, shape) == profile


@pytest.mark.parametrize(
    ("provider", "shape", "profile"),
    [
        *(
            pytest.param(provider, shape, profile, id=f"{provider}-{shape}")
            for shape in ("sharegpt-preference", "preference", "preference-chat", "gemini-preference", "nemo-ranked")
            for provider, profile in (
                ("openai", "openai-dpo"),
                ("azure-openai", "azure-openai-dpo"),
                ("fireworks", "fireworks-dpo"),
                ("together", "together-preference"),
            )
        ),
        pytest.param("trl", "sharegpt-preference", "trl-dpo", id="trainer"),
        pytest.param("trl", "sharegpt-unpaired", "trl-kto", id="unpaired"),
        pytest.param("fireworks", "unpaired-preference", "fireworks-sft", id="unpaired-without-kto"),
        pytest.param("together", "alpaca", "together-sft", id="answers-to-learn"),
        pytest.param("openai", "labeled-text", "openai-sft", id="labels"),
        pytest.param("openai", "image-caption", "openai-sft", id="nobody-has-the-method"),
        pytest.param("openai", None, "openai-sft", id="no-data"),
    ],
)
def test_where_none_reads_it_the_one_that_trains_by_the_method_that_it_is_for(
    provider: str, shape: str | None, profile: str
) -> None:
    assert chosen(provider, shape) == profile


def test_what_is_no_longer_to_be_had_is_passed_over_where_that_is_asked_for() -> None:
    assert chosen("openai", "prompt-completion", available=True) == "openai-sft"
    assert chosen("openai-completion", "prompt-completion", available=True) == "openai-completion"
    assert chosen("cohere", "cohere-chat", available=True) == "cohere-sft"


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(UsageError, match="did you mean openai"):
        chosen("opnai", None)
