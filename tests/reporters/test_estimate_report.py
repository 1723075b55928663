"""The costs as text, JSON and CSV, to the letter."""

from __future__ import annotations

import csv
import io
import json
from textwrap import dedent
from typing import Any

import pytest

from dataaudit.catalogue import Catalogue, Provider, load_catalogue
from dataaudit.project import Project
from dataaudit.reporters import View
from dataaudit.reporters.estimate import estimate_brief, render_estimate
from dataaudit.reporters.estimate_csv import COLUMNS
from dataaudit.scoring.cost import estimate_report
from dataaudit.scoring.cost_values import Estimate
from dataaudit.text.safe import display_width

DATED = {"source": "A1"}
TOKEN, MONTH = "USD per 1M tokens", "USD per month"
SIZE: dict[str, Any] = {"examples": 100, "tokens_per_example": 1000.0}
CALLS: dict[str, Any] = {"calls_per_day": 1000.0, "cost_per_call_prompted": 0.01, "project_cost": 500.0}


def price(value: float, kind: str, unit: str = TOKEN, model: str = "small", **more: Any) -> dict[str, Any]:
    return {"what": kind, "value": value, "unit": unit, "kind": kind, "models": [model], **DATED, **more}


def provider(name: str, state: str, billing: dict[str, Any] | None, *prices: dict[str, Any]) -> Provider:
    return Provider.validated(
        {
            "id": f"{name}-sft",
            "provider": name,
            "name": name,
            "method": "sft",
            "summary": "x",
            "default": True,
            "status": {"state": state, "note": "" if state == "open" else f"is {state}", **DATED},
            "shapes": [{"name": "pairs", **DATED}],
            "prices": list(prices),
            **({"billing": {**billing, **DATED}} if billing else {}),
            "sources": {
                "A1": {"title": "a page", "date": "2026-01-31"},
                "B2": {"title": "a note", "date": "2026-02-28"},
            },
        }
    )


def catalogue() -> Catalogue:
    made = Catalogue({})
    ones = {"low": 2, "high": 2, **DATED}
    profiles = [
        provider(
            "alpha", "open", {"by": "tokens", "epochs": [ones], "serving": "tokens"},
            price(10, "training"), price(25, "training", source="B2", note="third party"),
            price(1, "input"), price(2, "output"),
        ),
        provider(
            "beta", "open", {"by": "tokens", "epochs": [ones], "serving": "dedicated"},
            price(1, "training", tuning="lora"), price(120, "hosting", MONTH),
        ),
        provider("gamma", "open", {"by": "tokens", "models": ["large"], "note": "no rate was found"}),
        provider("delta", "closing", {"by": "tokens", "serving": "tokens"}, price(3, "training")),
        provider("omega", "retired", None),
        provider("trainer", "open", {"by": "machine", "serving": "machine"}),
    ]  # fmt: skip
    made.__dict__["providers"] = {profile.id: profile for profile in profiles}
    return made


def estimate(**project: Any) -> Estimate:
    return estimate_report(None, catalogue(), Project(**{**SIZE, **project}))


def text(**project: Any) -> str:
    return render_estimate(estimate(**project), "full", View())


def test_training_and_hosting() -> None:
    shown = text()
    head = """\
        Costs of training on 100 examples, 100,000 tokens
          Tokens: 100,000, 100 examples x 1,000 tokens, as given.

        Open
          provider  model        epochs   training  hosting
          alpha     small             2  2.00-5.00     0.00
          beta      small, lora       2       0.20      120
          gamma     large            3*          ?        ?

        Closing
          provider  model  epochs  training  hosting
          delta     small      3*      0.90     0.00
          delta is closing

          USD; training once, hosting a month, sorted by the first month where all of it
          is known. A range is what sources or tokens leave open; ? not known; + or
          more; * assumed.

        On a machine of your own
          trainer-sft: no price by the token; 7B-13B, LoRA on 500 examples takes 30-90
          minutes, full fine-tuning 12-48 hours (a SaaS team's guide to fine-tuning);
          what an hour of your machine costs is yours to say.

        Not to be had
          omega: is retired (any model)

        Sources that disagree on the price of training
          alpha small  10 USD per 1M tokens (A1); 25 USD per 1M tokens (B2; third party)

        Not known
          - calls a day (--calls-per-day): no bill for calls, no break-even, no payback
          - the price of the training run, which paybacks leave out: gamma
          - the price of hosting the tuned model: gamma
        """
    assert shown.startswith(dedent(head))
    assert shown.endswith(
        dedent(
            """\
            Sources of prices
              A1  a page, 2026-01-31 (alpha, beta, delta)
              B2  a note, 2026-02-28 (alpha)
            """
        )
    )


def test_prompting_or_tuning() -> None:
    shown = text(**CALLS, cost_per_call_tuned=0.004)
    middle = """\
        Prompting or tuning
                            prompted  saving  pays from  payback
          alpha small            300     180          0  2.8
          beta small, lora       300   60.00        667  8.3
          closing:
          delta small            300     180          0  2.8

          USD a month at 1,000 calls a day, hosting included. Pays from: calls a day at
          which the saving pays the hosting. Payback: months until the saving has paid
          for project and training. Never: not within ten years, never at this volume.

        With more or fewer calls: alpha small
          calls a day  prompted  tuned  saving  payback
                  100     30.00  12.00   18.00  27.9-28.1
                  300     90.00  36.00   54.00  9.3-9.4
                1,000       300    120     180  2.8
                3,000       900    360     540  0.9
               10,000     3,000  1,200   1,800  0.3

        """
    assert dedent(middle) in shown


def test_a_tuned_call_that_is_dearer_never_pays() -> None:
    shown = text(**CALLS, cost_per_call_tuned=0.02)
    assert "alpha small            300    -300      never  never\n" in shown


@pytest.mark.parametrize("project", [{}, CALLS | {"cost_per_call_tuned": 0.004}], ids=["no volume", "volume"])
def test_no_line_is_wider_than_the_view(project: dict[str, Any]) -> None:
    rules = load_catalogue()
    for width in (80, 100):
        for made in (estimate(**project), estimate_report(None, rules, Project(**{**SIZE, **project}))):
            shown = render_estimate(made, "full", View(width=width))
            assert max(display_width(line) for line in shown.splitlines()) <= width
            assert all(line == line.rstrip() for line in shown.splitlines())


def test_colours_only_where_they_are_wanted() -> None:
    assert "\x1b" not in text()
    assert "\x1b[1mOpen\x1b[0m" in render_estimate(estimate(), "full", View(color=True))


def test_a_name_cannot_reach_the_terminal_unescaped() -> None:
    named = estimate(**CALLS, cost_per_call_tuned=0.004).replaced(missing=("a \x1b[31m red one",))
    assert "\x1b" not in render_estimate(named, "full", View())


def test_json() -> None:
    data = json.loads(render_estimate(estimate(**CALLS, cost_per_call_tuned=0.004), "json", View()))
    assert list(data) == [
        "currency", "tokens", "providers", "self_hosted", "project", "break_even", "sensitivity", "missing",
        "assumptions", "sources",
    ]  # fmt: skip
    first = data["providers"][0]
    assert (first["provider"], first["model"], first["status"]) == ("alpha", "small", "open")
    assert first["training"] == {
        "low": 2.0,
        "high": 5.0,
        "because": "200,000 tokens x 10 USD per 1M tokens (A1); 25 USD per 1M tokens (B2; third party)",
    }
    assert (first["price_source"], first["price_date"]) == ("a page; a note", "2026-01-31")
    assert first["total_first_month"]["high"] == 125
    assert data["self_hosted"]["trainers"] == ["trainer-sft"]
    assert [row["calls_per_day"] for row in data["sensitivity"]] == [100, 300, 1000, 3000, 10000]


def test_csv() -> None:
    made = estimate(**CALLS, cost_per_call_tuned=0.004)
    rows = list(csv.DictReader(io.StringIO(render_estimate(made, "csv", View()))))
    assert list(rows[0]) == list(COLUMNS)
    assert [(row["provider"], row["training_low"], row["training_high"]) for row in rows] == [
        ("alpha", "2", "5"), ("beta", "0.2", "0.2"), ("gamma", "", ""), ("delta", "0.9", "0.9"), ("omega", "", ""),
    ]  # fmt: skip
    assert (rows[1]["break_even_calls_per_day_low"], rows[1]["payback"]) == ("666.666667", "8.3 months")
    assert rows[2]["notes"] == "no rate was found"
    assert rows[4]["status"] == "retired"


def test_nothing_to_train_on() -> None:
    nothing = """\
        Nothing to train on
          0 examples x 1,000 tokens, as given.

        Not known
          - the tokens of the training examples: give data with rows to train on
            (--split train=PATH), or --examples and --tokens-per-example
          - calls a day (--calls-per-day): no bill for calls, no break-even, no payback
        """
    assert text(examples=0) == dedent(nothing)


def test_trainers_of_ones_own_machine_alone() -> None:
    # Of data that were counted no tokenizer was asked for.
    found = estimate_report(None, catalogue(), Project(**SIZE), ["trainer"]).replaced(tokens=())
    shown = render_estimate(found, "full", View())
    assert shown.startswith("Costs of training: nobody here charges for tokens\n\nOn a machine of your own\n")


def brief(**project: Any) -> str:
    return "\n".join(estimate_brief(estimate(**project), View()))


def test_in_brief() -> None:
    assert brief().splitlines() == [
        "                     training  hosting a month",
        "  alpha small       2.00-5.00             0.00",
        "  beta small, lora       0.20              120",
        "  delta small            0.90             0.00  closing",
        "  Not known: --calls-per-day",
    ]


@pytest.mark.parametrize(
    ("tuned", "ending"),
    [
        (0.004, "alpha small saves most: 180 USD a month; the project pays\n  back in 2.8 months."),
        (0.02, "alpha small comes nearest to saving: -300 USD a month;\n  the project does not pay back."),
    ],
)
def test_in_brief_with_a_volume(tuned: float, ending: str) -> None:
    assert brief(**CALLS, cost_per_call_tuned=tuned).endswith(f"  At 1,000 calls a day {ending}")
