"""Providers side by side: what is compared, in which order, and what is named as missing."""

from __future__ import annotations

import json
import math
import socket
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataaudit.api import audit
from dataaudit.catalogue import load_catalogue
from dataaudit.config import Settings
from dataaudit.errors import UsageError
from dataaudit.model import Report
from dataaudit.project import Project
from dataaudit.scoring.cost import estimate_report
from dataaudit.scoring.cost_prices import named_call
from dataaudit.scoring.cost_values import BreakEven, Estimate, Offer

CATALOGUE = load_catalogue()
SIZE: dict[str, Any] = {"examples": 1000, "tokens_per_example": 500.0}
CALLS: dict[str, Any] = {"calls_per_day": 50_000.0, "prompt_tokens": 1500.0, "tuned_prompt_tokens": 200.0}
PER_QUERY: dict[str, Any] = {"calls_per_day": 500.0, "cost_per_call_prompted": 0.08, "cost_per_call_tuned": 0.02}


def estimate(*providers: str, report: Report | None = None, **project: Any) -> Estimate:
    return estimate_report(report, CATALOGUE, Project(**{**({} if report else SIZE), **project}), providers)


def offer(found: Estimate, model: str) -> Offer:
    return next(entry for entry in found.offers if entry.model == model)


def compared(found: Estimate, model: str) -> BreakEven:
    return next(entry for entry in found.break_even if entry.model == model)


def test_every_provider_stands_somewhere() -> None:
    found = estimate()
    local = {CATALOGUE.providers[name].provider for name in found.local}
    assert {entry.provider for entry in found.offers} | local == {p.provider for p in CATALOGUE.providers.values()}


def test_open_ones_come_first_then_closing_then_retired() -> None:
    states = [entry.status for entry in estimate().offers]
    assert states == sorted(states, key=["open", "closing", "retired", "none"].index)
    assert offer(estimate("openai"), "gpt-4.1-mini").status == "closing"
    assert "2027-01-06" in offer(estimate("openai"), "gpt-4.1-mini").status_note
    assert offer(estimate("openai"), "gpt-3.5-turbo").status == "retired"


@pytest.mark.parametrize("project", [{}, CALLS], ids=["training and hosting", "with calls"])
def test_what_is_known_whole_is_sorted_by_cost_and_the_rest_follows(project: dict[str, Any]) -> None:
    found = [entry for entry in estimate(**project).offers if entry.status == "open"]
    whole = [entry.total_first_month.known for entry in found]
    assert whole == sorted(whole, reverse=True)
    highs = [entry.total_first_month.high or 0 for entry in found if entry.total_first_month.known]
    assert highs == sorted(highs)
    assert len(highs) > 3


def test_a_call_without_a_price_keeps_a_first_month_from_looking_cheap() -> None:
    assert offer(estimate("together"), "<= 16B").total_first_month.known
    assert not offer(estimate("together", **CALLS), "<= 16B").total_first_month.known


def test_each_offer_names_its_sources_and_their_dates() -> None:
    found = estimate(**CALLS)
    for entry in found.offers:
        assert bool(entry.sources) is (entry.price_date is not None) is bool(entry.price_source)
        assert set(entry.sources) <= set(found.sources)
    assert offer(estimate("together"), "<= 16B").price_date == "2025-12-31"


def test_per_query_prices_of_the_worked_example() -> None:
    found = estimate("azure-openai", "together", **PER_QUERY)
    azure, together = compared(found, "gpt-4o-mini"), compared(found, "<= 16B")
    assert (azure.calls_low, azure.calls_high) == (680, 680)
    assert together.calls_low == pytest.approx(83.33, abs=0.01)
    assert (azure.now.prompted_per_month, azure.now.tuned_low) == (1200, 300 + 1224)
    assert (azure.now.payback, azure.now.payback_low) == ("never at this volume", None)
    assert found.best is not None
    assert found.best.provider == "together"


def test_tokens_times_price_of_the_package_and_of_the_provider_file() -> None:
    found = estimate("openai", **CALLS, answer_tokens=0.0, base_model="gpt-4o", project_cost=15_000.0)
    now = compared(found, "gpt-4o-2024-08-06").now
    assert now.prompted_per_month == pytest.approx(5625)  # 2.50 USD a million, example 1 of the founder's guide
    assert now.tuned_low == pytest.approx(200 * 3.75 / 1e6 * 50_000 * 30)
    assert now.payback_low == pytest.approx((15_000 + 37.5) / (5625 - 1125), rel=1e-6)


def test_a_tuned_price_that_sources_disagree_on_is_a_range() -> None:
    now = compared(estimate("gemini", **CALLS, answer_tokens=0.0), "gemini-3.5-flash").now
    assert (now.tuned_low, now.tuned_high) == (450, 675)
    assert now.saving_low < now.saving_high


def test_without_a_volume_there_is_no_break_even_and_that_is_said() -> None:
    found = estimate("openai")
    assert found.break_even == ()
    assert found.best is None
    assert any("--calls-per-day" in sentence for sentence in found.missing)
    assert found.as_json()["sensitivity"] == []


@pytest.mark.parametrize(
    ("project", "flag"),
    [
        ({"calls_per_day": 10.0}, "--prompt-tokens"),
        ({"calls_per_day": 10.0}, "--tuned-prompt-tokens"),
        (CALLS, "--answer-tokens"),
        (CALLS, "--base-model"),
        (CALLS, "--cost-per-call-tuned"),
        (PER_QUERY, "--project-cost"),
    ],
    ids=["prompt", "tuned prompt", "answer", "base model", "tuned price", "project"],
)
def test_what_is_missing_is_named(project: dict[str, Any], flag: str) -> None:
    assert any(flag in sentence for sentence in estimate("all", **project).missing)


def test_prices_that_were_not_found_are_named_with_their_models() -> None:
    sentences = estimate("bedrock-nova", "azure-openai").missing
    assert any("training run" in words and "bedrock-nova" in words and "gpt-4.1-mini" in words for words in sentences)


def test_nothing_that_the_user_said_is_named_as_missing() -> None:
    found = estimate("openai", **CALLS, answer_tokens=100.0, project_cost=1.0)
    assert found.missing == ()


def test_the_range_of_a_guide_stands_in_for_the_cost_of_the_project_and_is_named() -> None:
    found = estimate("together", **PER_QUERY)
    assert found.project == {"low": 10000, "high": 50000, "given": False, "source": found.project["source"]}
    assert any("10,000 to 50,000 USD" in sentence for sentence in found.assumptions)
    assert compared(found, "<= 16B").now.payback == "13.3 to 66.7 months"


def test_longest_lengths_count_where_the_provider_says_so() -> None:
    packed, padded = estimate("together"), estimate("together", padded_tokens=4096.0)
    assert "500,000 tokens" in offer(packed, "<= 16B").training.because
    assert "4,096,000 tokens" in offer(padded, "<= 16B").training.because
    assert "500,000 tokens" in offer(estimate("gemini", padded_tokens=4096.0), "gemini-3.5-flash").training.because


def test_trainers_of_ones_own_machine_stand_apart() -> None:
    found = estimate("trl", "unsloth", "openai")
    assert found.local == ("trl-sft", "unsloth-sft")
    assert {entry.provider for entry in found.offers} == {"openai"}
    assert "30-90 minutes" in found.local_note


def test_an_empty_choice_of_data_is_refused() -> None:
    with pytest.raises(UsageError, match="--examples and --tokens-per-example"):
        estimate_report(None, CATALOGUE, Project(), ())


@pytest.mark.parametrize(
    ("project", "words"),
    [
        ({"calls_per_day": math.nan}, "--calls-per-day is nan; give a finite number"),
        ({"calls_per_day": math.inf}, "--calls-per-day is inf; give a finite number"),
        ({"project_cost": 1e300}, "--project-cost is 1e.*; give at most 1,000,000,000,000"),
        ({"examples": 10**400}, "--examples is 1e"),
        ({"epochs": 0}, "--epochs is 0"),
        ({"base_model": "gpt-40"}, "did you mean gpt-4"),
        ({**CALLS, "base_model": "gpt-40"}, "did you mean gpt-4"),
        ({**CALLS, "base_model": "no such model \ud800"}, "--cost-per-call-prompted"),
    ],
    ids=["not a number", "infinite", "huge", "huge whole", "no epoch", "no calls", "near model", "odd model"],
)
def test_what_cannot_be_is_refused(project: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        estimate(**project)


def test_a_model_of_ones_own_needs_no_price_where_that_of_a_call_is_given() -> None:
    assert estimate("together", **PER_QUERY, base_model="our own").break_even


@pytest.mark.parametrize(
    ("project", "words"),
    [
        ({"epochs": 51}, "allows at most 50"),
        ({**CALLS, "tuned_prompt_tokens": 1501.0}, "longer than that of today (1,500)"),
    ],
    ids=["many epochs", "longer prompt"],
)
def test_a_likely_slip_is_told(project: dict[str, Any], words: str) -> None:
    assert any(words in sentence for sentence in estimate("openai", **project).assumptions)
    edge = {"epochs": 50, **CALLS, "tuned_prompt_tokens": 1500.0}
    assert not any(words in sentence for sentence in estimate("openai", **edge).assumptions)


@pytest.mark.parametrize("project", [{}, CALLS], ids=["training and hosting", "with calls"])
def test_of_equal_training_the_known_hosting_comes_first_then_the_order_of_the_prices(project: dict[str, Any]) -> None:
    rows = [(entry.model, entry.tuning) for entry in estimate("together", **project).offers]
    assert rows == [(model, way) for model in ("<= 16B", "17-69B", "70-100B") for way in ("lora", "full")]


def test_an_unknown_provider_is_refused() -> None:
    with pytest.raises(UsageError, match="did you mean openai"):
        estimate("opnai")


@given(
    calls=st.floats(0, 1e12),
    prompt=st.floats(0, 1e9),
    tuned=st.floats(0, 1e9),
    cost=st.floats(0, 1e12),
    prices=st.tuples(st.floats(0, 1e6), st.floats(0, 1e6)),
)
def test_all_numbers_are_finite_and_no_payback_is_negative(
    calls: float, prompt: float, tuned: float, cost: float, prices: tuple[float, float]
) -> None:
    given_prices: dict[str, Any] = {"cost_per_call_prompted": prices[0], "cost_per_call_tuned": prices[1]}
    for more in ({}, given_prices):
        found = estimate(
            "openai", "together", calls_per_day=calls, prompt_tokens=prompt, tuned_prompt_tokens=tuned,
            answer_tokens=1.0, project_cost=cost, **more,
        )  # fmt: skip
        json.dumps(found.as_json(), allow_nan=False)
        for entry in found.break_even:
            for at in (entry.now, *entry.sensitivity):
                assert at.saving_high > 0 or at.payback_low is None
                assert at.saving_low > 0 or at.payback_high is None
                assert 0 <= (at.payback_low or 0) <= (at.payback_high or 120) <= 120
                assert at.payback.endswith(("months", "never at this volume"))


@given(more=st.floats(1, 100))
def test_a_larger_volume_never_lengthens_the_payback(more: float) -> None:
    few = compared(estimate("together", **PER_QUERY), "<= 16B").now
    many = compared(estimate("together", **{**PER_QUERY, "calls_per_day": 500 * more}), "<= 16B").now
    assert (many.payback_low or 0) <= (few.payback_low or 0)


def test_prices_of_the_package_are_read_without_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_args: Any, **_named: Any) -> None:
        raise AssertionError("a connection was made")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    assert named_call("gpt-4o", 1500, 0).low == pytest.approx(0.00375)


def test_an_updater_of_the_process_changes_no_price(monkeypatch: pytest.MonkeyPatch) -> None:
    from genai_prices import data_snapshot

    monkeypatch.setattr(data_snapshot, "_custom_snapshot", data_snapshot.DataSnapshot([], from_auto_update=True))
    assert named_call("gpt-4o", 1500, 0).low == pytest.approx(0.00375)


def test_the_package_is_loaded_only_where_a_price_is_asked_for() -> None:
    import subprocess

    code = "import sys, dataaudit.scoring.cost, dataaudit.cli.estimate; print('genai_prices' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert run.stdout.strip() == "False"


def chats(folder: Path, name: str, rows: int) -> Path:
    line = {"messages": [{"role": "user", "content": "Where is my order?"}, {"role": "assistant", "content": "There."}]}
    file = folder / name
    file.write_text("".join(json.dumps(line) + "\n" for _ in range(rows)), encoding="utf-8")
    return file


def counted(*files: Path, **settings: Any) -> Report:
    chosen = Settings(select=("SCH001",), tokens="exact", **settings)
    return audit([str(file) for file in files], settings=chosen)


def test_tokens_of_a_report_are_those_of_its_training_rows(tmp_path: Path) -> None:
    train, held = chats(tmp_path, "train.jsonl", 20), chats(tmp_path, "held.jsonl", 5)
    report = counted(train, held, splits={str(held): "validation"})
    found = estimate("openai", report=report)
    tokens = next(count for count in found.tokens if count.tokenizer == "o200k")
    assert (tokens.examples, tokens.exact) == (20, True)
    assert tokens.low == tokens.total == tokens.high
    assert tokens.validation * 4 == tokens.total
    entry = offer(found, "gpt-4.1-mini")
    assert entry.epochs.low == 100 // 20
    assert entry.training.low == pytest.approx(tokens.total * 5 * 5.0 / 1e6)
    assert "validation tokens are not charged" in entry.notes


def test_a_line_that_cannot_be_read_is_no_example(tmp_path: Path) -> None:
    file = chats(tmp_path, "train.jsonl", 20)
    file.write_text(file.read_text(encoding="utf-8") + "{broken\n", encoding="utf-8")
    assert estimate("openai", report=counted(file)).tokens[0].examples == 20


def test_nothing_to_train_on_costs_nothing_that_is_known(tmp_path: Path) -> None:
    file = tmp_path / "train.jsonl"
    file.write_text("", encoding="utf-8")
    found = estimate("openai", report=counted(file))
    assert all(entry.training.low is None for entry in found.offers)
    assert any("tokens of the training examples" in sentence for sentence in found.missing)


def test_a_report_without_token_counts_is_refused(tmp_path: Path) -> None:
    report = audit(str(chats(tmp_path, "train.jsonl", 3)), settings=Settings(select=("SCH001",)))
    with pytest.raises(UsageError, match='tokens="sample"'):
        estimate("openai", report=report)


def test_pairs_to_prefer_are_trained_by_the_method_that_reads_them(tmp_path: Path) -> None:
    said = [{"role": "assistant", "content": "Yes."}]
    line = {
        "input": {"messages": [{"role": "user", "content": "Open?"}]},
        "preferred_output": said,
        "non_preferred_output": [{"role": "assistant", "content": "No idea."}],
    }
    file = tmp_path / "train.jsonl"
    file.write_text((json.dumps(line) + "\n") * 12, encoding="utf-8")
    assert {entry.method for entry in estimate("openai", report=counted(file)).offers} == {"dpo"}


def test_evaluations_charge_validation_tokens_where_the_provider_does(tmp_path: Path) -> None:
    train, held = chats(tmp_path, "train.jsonl", 20), chats(tmp_path, "held.jsonl", 5)
    report = counted(train, held, splits={str(held): "validation"})
    none, four = (estimate("together", "openai", report=report, evaluations=runs) for runs in (0, 4))
    before, after = (
        float(offer(found, "<= 16B").training.because.split("-")[0].replace(",", "")) for found in (none, four)
    )
    assert after == pytest.approx(2 * before, rel=0.1)  # four times a quarter of the training tokens
    assert offer(none, "gpt-4.1-mini").training == offer(four, "gpt-4.1-mini").training
    assert any("--evaluations" in note for note in offer(none, "<= 16B").notes)


def rows_of(folder: Path, name: str, line: dict[str, Any]) -> Path:
    file = folder / name
    file.write_text((json.dumps(line) + "\n") * 12, encoding="utf-8")
    return file


def test_pairs_to_prefer_in_another_shape_are_priced_as_such_and_converted_first(tmp_path: Path) -> None:
    line = {
        "conversations": [{"from": "human", "value": "Open?"}],
        "chosen": {"from": "gpt", "value": "Yes."},
        "rejected": {"from": "gpt", "value": "No idea."},
    }
    found = estimate("openai", "together", "llama-factory", report=counted(rows_of(tmp_path, "train.jsonl", line)))
    assert {entry.method for entry in found.offers} == {"dpo"}
    assert found.local == ("llama-factory-dpo",)
    assert all("takes these rows only after conversion" in entry.notes for entry in found.offers)
    assert "The rows are converted first; as they are, they are not taken by: openai; together." in found.assumptions


def test_prompts_and_completions_are_priced_with_models_that_can_still_be_had(tmp_path: Path) -> None:
    report = counted(rows_of(tmp_path, "train.jsonl", {"prompt": "Is it open?", "completion": "Yes, until eight."}))
    found = estimate("openai", "together", report=report)
    assert offer(found, "gpt-4.1-mini").notes[0] == "takes these rows only after conversion"
    assert "takes these rows only after conversion" not in offer(found, "<= 16B").notes
    named = estimate("openai-completion", report=report)
    assert {entry.profile for entry in named.offers} == {"openai-completion"}


def test_rows_that_are_all_held_out_are_told(tmp_path: Path) -> None:
    found = estimate("openai", report=counted(chats(tmp_path, "validation.jsonl", 5)))
    assert {count.because for count in found.tokens} == {
        "all rows are validation rows; --split train=PATH says otherwise"
    }
    assert any("--split train=PATH" in sentence for sentence in found.missing)
