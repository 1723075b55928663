"""The worked examples of the guides, with what their own numbers give where they do not add up."""

from __future__ import annotations

import pytest

from dataaudit.project import Project
from dataaudit.scoring.cost_running import (
    NEVER,
    Calls,
    Spent,
    balance,
    bill,
    break_even,
    call_cost,
    monthly,
    payback_months,
    volumes,
)
from dataaudit.scoring.cost_training import billed_tokens, passes, training_cost
from dataaudit.scoring.cost_values import Cost, Tokens

MILLION = 1_000_000
FREE = Cost(low=0, high=0)
THOUSAND = Tokens(
    examples=1000, total=500_000, low=500_000, high=500_000, exact=True, tokenizer=None, because="as given"
)


def price(low: float, high: float | None = None) -> Cost:
    return Cost(low=low, high=low if high is None else high, because="a page")


class TestPromptBill:
    """A founder's guide: 1,500 tokens x 50,000 calls a day x 2.50 USD per million, against a prompt of 200 tokens."""

    long, short = call_cost(1500, 0, 2.5, 10), call_cost(200, 0, 2.5, 10)

    def test_the_day(self) -> None:
        assert self.long * 50_000 == pytest.approx(187.50)
        assert self.short * 50_000 == pytest.approx(25)

    def test_the_month_which_the_guide_rounds_to_about_5600(self) -> None:
        assert bill(self.long, 50_000) == pytest.approx(5625)
        assert bill(self.short, 50_000) == pytest.approx(750)

    def test_the_saving_which_the_guide_gives_as_about_4850(self) -> None:
        now = balance(Calls(self.long, (self.short, self.short), (0, 0)), 50_000, Spent(15_000, 15_000))
        assert now.saving_low == now.saving_high == pytest.approx(4875)

    @pytest.mark.parametrize(("calls", "months", "words"), [(50_000, 3.08, "3.1 months"), (5_000, 30.8, "30.8 months")])
    def test_a_project_of_15000_pays_back_in_about_3_months_and_with_a_tenth_of_the_calls_in_about_30(
        self, calls: float, months: float, words: str
    ) -> None:
        now = balance(Calls(self.long, (self.short, self.short), (0, 0)), calls, Spent(15_000, 15_000))
        assert now.payback_low == pytest.approx(months, abs=0.05)
        assert now.payback == words


class TestPerQuery:
    """A SaaS team's guide: 0.08 USD a prompted ticket, 0.02 a tuned one, 500 a day; hosting 1,224 or 150 a month."""

    def test_the_months(self) -> None:
        assert bill(0.08, 500) == pytest.approx(1200)
        assert bill(0.02, 500) == pytest.approx(300)

    @pytest.mark.parametrize(
        ("hosting", "calls"), [(1224, 680), (150, 83.33)], ids=["azure: the guide says 800", "together: it says 200"]
    )
    def test_the_break_even_that_its_own_numbers_give(self, hosting: float, calls: float) -> None:
        assert break_even(0.08, 0.02, hosting) == pytest.approx(calls, abs=0.01)

    def test_at_500_tickets_azure_eats_the_saving_and_together_does_not(self) -> None:
        azure = balance(Calls(0.08, (0.02, 0.02), (1224, 1224)), 500, Spent(10_000, 50_000))
        together = balance(Calls(0.08, (0.02, 0.02), (150, 150)), 500, Spent(10_000, 50_000))
        assert azure.saving_low == pytest.approx(-324)
        assert azure.payback == NEVER
        assert together.saving_low == pytest.approx(750)
        assert together.payback == "13.3 to 66.7 months"


class TestTrainingRun:
    """1,000 examples x 500 tokens x price; the guides leave out the epochs that providers charge."""

    @pytest.mark.parametrize(
        ("per_million", "once", "thrice"),
        [(3, 1.50, 4.50), (8, 4.00, 12.00), (25, 12.50, 37.50), (0.48, 0.24, 0.72)],
        ids=["founders", "techniques", "saas, azure", "saas, together"],
    )
    def test_with_and_without_epochs(self, per_million: float, once: float, thrice: float) -> None:
        for epochs, cost in ((1, once), (3, thrice)):
            billed = billed_tokens(THOUSAND, passes((), 1000, epochs), None)
            assert training_cost(billed, price(per_million), FREE).low == pytest.approx(cost)

    def test_5_to_50_usd_of_the_tutorial_at_8_to_25_a_million_hold_for_one_to_four_epochs(self) -> None:
        once = training_cost(billed_tokens(THOUSAND, passes((), 1000, 1), None), price(8, 25), FREE)
        assert once.low == pytest.approx(4)
        assert once.high == pytest.approx(12.5)
        often = training_cost(billed_tokens(THOUSAND, passes((), 1000, 4), None), price(8, 25), FREE)
        assert often.high == pytest.approx(50)


def test_hosting_by_the_hour() -> None:
    """A SaaS team's guide: 1.70 USD an hour x 24 x 30."""
    assert monthly(1.70) == pytest.approx(1224)


def test_a_shorter_prompt_is_what_the_user_says_and_no_share_of_a_guide() -> None:
    """2,000 to 200 tokens are 90 % fewer, beyond the 50-80 % that another guide names: so neither is used silently."""
    assert 1 - call_cost(200, 0, 1, 1) / call_cost(2000, 0, 1, 1) == pytest.approx(0.9)
    assert Project().tuned_prompt_tokens is None


def test_volumes_are_a_decade_either_way() -> None:
    assert volumes(500) == [50, 150, 500, 1500, 5000]


@pytest.mark.parametrize(("prompted", "tuned"), [(0.02, 0.08), (0.02, 0.02), (0, 0)], ids=["dearer", "equal", "free"])
def test_what_saves_nothing_never_pays(prompted: float, tuned: float) -> None:
    assert break_even(prompted, tuned, 100) is None
    now = balance(Calls(prompted, (tuned, tuned), (100, 100)), 1000, Spent(1, 1))
    assert (now.payback_low, now.payback_high, now.payback) == (None, None, NEVER)


def test_a_range_may_pay_at_one_end_only() -> None:
    now = balance(Calls(0.05, (0.01, 0.09), (0, 0)), 100, Spent(120, 120))
    assert now.saving_low < 0 < now.saving_high
    assert now.payback == f"1.0 months at best, or {NEVER}"


def test_no_saving_never_pays() -> None:
    assert payback_months(15_000, 0) is None
    assert payback_months(15_000, -1) is None
    assert payback_months(0, 10) == 0


def test_what_takes_more_than_ten_years_never_pays() -> None:
    assert payback_months(1200, 10) == 120
    assert payback_months(1201, 10) is None
    assert break_even(5e-324, 0, 1) is None
