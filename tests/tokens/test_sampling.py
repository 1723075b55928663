"""Samples: the same for any number of workers, true within their interval, and whole where that is cheap."""

from __future__ import annotations

import json
import pickle
import random
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataaudit import audit
from dataaudit.checks.batch import Batch, Outlines, make_batch
from dataaudit.checks.tokens import TokenCheck, figures
from dataaudit.loaders import memory_source
from dataaudit.shapes import reader_for
from dataaudit.shapes.base import Layout
from dataaudit.tokens.sampling import Draw, TokenPlan, chances, plan_tokens, rate_of, strata_of
from dataaudit.tokens.scripts import SCRIPTS, script_of
from dataaudit.tokens.totals import Part, figures_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

CHAT = Layout("openai-chat")
WORDS = "order refund where Bestellung Rückgabe заказ возврат 订单 退款 注文 वापसी طلب".split()  # noqa: SIM905


def rows(count: int, seed: int, longest: int = 60) -> list[Any]:
    chance = random.Random(seed)
    made = []
    for _ in range(count):
        texts = [" ".join(chance.choices(WORDS, k=chance.randint(1, longest))) for _ in range(2)]
        roles = ("user", "assistant")
        made.append({"messages": [{"role": role, "content": text} for role, text in zip(roles, texts, strict=True)]})
    return made


def batches(made: list[Any]) -> list[Batch]:
    source, loader = memory_source(made, "made.jsonl")
    read, outlines = reader_for(CHAT), Outlines()
    return [make_batch(0, block, read, outlines) for block in loader.read(source, loader.units(source, 0)[0])]


def plan(rate: float, size: float = 0.0) -> TokenPlan:
    return TokenPlan("sample", ("o200k_base", "cl100k_base"), ("train",), (("train", Draw(rate, size / 500)),))


def measured(made: list[Any], wanted: TokenPlan) -> dict[str, Any]:
    check = TokenCheck(wanted, [CHAT])
    state = check.start()
    for batch in batches(made):
        state = check.add(state, batch)
    return figures(state, wanted, ["made.jsonl"])


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 2), min_size=3, max_size=3), st.integers(0, 99), st.sampled_from([0.3, 1.0]))
def test_states_merge_in_any_order(order: list[int], seed: int, rate: float) -> None:
    made = batches(rows(3000, seed))
    wanted = plan(rate, 1e6)
    check = TokenCheck(wanted, [CHAT])
    states = [pickle.loads(pickle.dumps(check.add(check.start(), batch))) for batch in made]
    together = check.start()
    for batch in made:
        together = check.add(together, batch)
    turned = sorted(range(len(states)), key=lambda index: order[index % 3])
    merged = check.start()
    for index in turned:
        merged = check.merge(merged, states[index])
    assert figures(merged, wanted, ["made.jsonl"]) == figures(together, wanted, ["made.jsonl"])


def test_a_sample_comes_near_the_true_total_and_says_how_near() -> None:
    made = rows(3000, 1)
    true = measured(made, plan(1.0))["splits"]["train"]["o200k_base"]
    size = len(json.dumps(made, ensure_ascii=False).encode())
    found = measured(made, plan(0.1, size))["splits"]["train"]["o200k_base"]
    assert found["sampled_rows"] < 900
    assert found["low"] < found["total"] < found["high"] < found["low"] * 1.1
    for figure in ("total", "answer", "prompt", "mean", "p50"):
        assert found[figure] == pytest.approx(true[figure], rel=0.08)


@pytest.mark.parametrize(("rows_made", "rate"), [(2000, 0.03), (2000, 0.1), (10_000, 0.05)])
def test_95_of_100_intervals_hold_the_true_total(rows_made: int, rate: float) -> None:
    chance = np.random.default_rng(5)
    held = 0
    for _ in range(200):
        sizes = np.exp(chance.normal(5, 1.5, rows_made)).astype(np.int64) + 10
        ratios = np.where(chance.random(rows_made) < 0.3, 0.35, 0.2) + chance.normal(0, 0.02, rows_made)
        tokens = (11 + sizes * ratios).astype(np.int64)
        found = figures_of(_parts(sizes, tokens, Draw(rate, float(sizes.sum()) / 500), chance), None)
        held += found["low"] <= tokens.sum() <= found["high"]
    assert held >= 0.92 * 200


def _parts(sizes: NDArray[np.int64], tokens: NDArray[np.int64], draw: Draw, chance: np.random.Generator) -> list[Part]:
    strata = strata_of(sizes, np.zeros(len(sizes), dtype=np.int64))
    parts = []
    for stratum in np.unique(strata).tolist():
        inside = strata == stratum
        drawn = inside & (chance.random(len(sizes)) < rate_of(stratum, draw))
        x, t = sizes[drawn], tokens[drawn]
        numbers = (inside.sum(), sizes[inside].sum(), len(x), x.sum(), (x * x).sum(), (x * t).sum())
        rows_of, size, n, total, squared, crossed = map(int, numbers)
        parts.append(Part(stratum, rows_of, size, n, total, squared, crossed, 0, 0, 0, Counter(t.tolist())))
    return parts


def test_copies_do_not_fool_the_interval() -> None:
    made = rows(1, 1) * 900 + rows(1, 2) * 900
    true = measured(made, plan(1.0))["splits"]["train"]["o200k_base"]["total"]
    size = len(json.dumps(made, ensure_ascii=False).encode())
    found = measured(made, plan(0.1, size))["splits"]["train"]["o200k_base"]
    assert found["low"] * 0.99 <= true <= found["high"] * 1.01


def test_long_rows_are_always_counted() -> None:
    made = rows(1500, 3, longest=5)
    huge = {"role": "assistant", "content": "word " * 50_000}
    made[700]["messages"][1] = huge
    size = len(json.dumps(made, ensure_ascii=False).encode())
    found = measured(made, plan(0.01, size))["splits"]["train"]["o200k_base"]
    assert found["max"] > 50_000
    assert found["longest"]["line"] == 701
    assert found["rows_over"]["32768"] == pytest.approx(1, abs=0.01)


def test_a_whole_count_is_exact_in_every_figure() -> None:
    made = rows(400, 5)
    tokens = measured(made, plan(1.0))
    found = tokens["splits"]["train"]["o200k_base"]
    assert tokens["mode"] == "exact"
    assert found["low"] == found["total"] == found["high"] == found["prompt"] + found["answer"]
    assert sum(found["scripts"].values()) == found["total"]
    one_by_one = [measured([row], plan(1.0))["splits"]["train"]["o200k_base"]["total"] for row in made]
    assert found["total"] == sum(one_by_one)
    assert found["max"] == max(one_by_one)
    assert found["p50"] == sorted(one_by_one)[199]


@pytest.mark.parametrize("mode", ["sample", "exact"])
def test_any_number_of_workers_gives_the_same(tmp_path: Path, mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dataaudit.engine.pool.POOL_FROM_BYTES", 0)
    file = tmp_path / "train.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows(600, 1)), encoding="utf-8")
    one, two = (audit(file, tokens=mode, workers=workers).statistics["tokens"] for workers in (1, 2))
    assert one == two
    assert one["mode"] == "exact"


def test_the_order_of_rows_does_not_matter() -> None:
    made = rows(300, 8)
    first, second = (audit(some, tokens="exact").statistics["tokens"] for some in (made, made[::-1]))
    places = [tokens["splits"]["train"]["o200k_base"].pop("longest") for tokens in (first, second)]
    assert first == second
    assert places[0]["line"] == 301 - places[1]["line"]


def test_a_small_split_is_counted_whole_beside_a_large_one() -> None:
    found = plan_tokens("sample", [("train", 10**10), ("validation", 10**5), ("test", None)], ["o200k_base"])
    assert found.draw(0).rate < 0.01
    assert found.draw(1).rate == found.draw(2).rate == 1.0
    assert plan_tokens("exact", [("train", 10**12)], ["o200k_base"]).draw(0).rate == 1.0
    assert plan_tokens("off", [("train", 10**12)], ["o200k_base"]) == TokenPlan()


@given(st.integers(0, 255), st.floats(1e-9, 1.0), st.floats(1.0, 1e12))
def test_rates_are_shares_and_rise_with_length(stratum: int, rate: float, whole: float) -> None:
    found = rate_of(stratum, Draw(rate, whole))
    assert rate <= found <= 1.0
    if stratum % 64:
        assert rate_of(stratum - 1, Draw(rate, whole)) <= found


def test_lines_are_drawn_evenly() -> None:
    for source in (0, 7):
        drawn = chances(source, np.arange(1, 100_001, dtype=np.uint64))
        assert np.histogram(drawn, bins=10, range=(0, 1))[0].tolist() == pytest.approx([10_000] * 10, rel=0.03)
        assert abs(float(np.corrcoef(drawn[:-1], drawn[1:])[0, 1])) < 0.02


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("plain English, and code(x) == 1", "latin"),
        ("Où est la façade déjà réparée ?", "latin"),
        ("Tiếng Việt có rất nhiều dấu và khó đọc", "latin"),
        ("Türkçe ığüşöç", "latin"),
        ("", "latin"),
        ("👍👍👍", "latin"),
        ("Где мой заказ?", "cyrillic"),
        ("Πού είναι η παραγγελία μου;", "cyrillic"),
        ("我的订单在哪里?", "east-asian"),
        ("注文はどこですか", "east-asian"),
        ("주문은 어디에 있나요?", "east-asian"),
        ("أين طلبي؟", "other"),
        ("मेरा ऑर्डर कहाँ है?", "other"),
        ("สินค้าอยู่ที่ไหน", "other"),
        ("სად არის ჩემი შეკვეთა", "other"),
        ("an English sentence of some length that names 北京 once", "latin"),
    ],
)
def test_classes_of_scripts(text: str, script: str) -> None:
    assert SCRIPTS[script_of(text.encode(), len(text))] == script


@given(st.binary(max_size=300))
def test_any_bytes_have_a_class(data: bytes) -> None:
    assert 0 <= script_of(data, max(len(data) // 3, 1)) < len(SCRIPTS)
