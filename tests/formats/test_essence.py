"""What answers are held against finds what the learned formats find, and a row more or less leaves it as it is."""

from __future__ import annotations

import json
import random
from collections.abc import Callable

import pytest

from dataaudit.catalogue import Given, load_catalogue
from dataaudit.checks.learned import one_in, thinned
from dataaudit.engine.cache.keys import key_of
from dataaudit.formats import Formats, Sample, learn_formats
from dataaudit.formats.essence import essence, in_order

THRESHOLD = Given(load_catalogue()).threshold
WORDS = ["parcel", "refund", "invoice", "order", "delay", "account", "login", "price"]


def _json(rng: random.Random) -> str:
    value = {"topic": rng.choice(WORDS[:4]), "urgent": rng.random() < 0.5, "reply": " ".join(rng.choices(WORDS, k=6))}
    return json.dumps(value)


def _label(rng: random.Random) -> str:
    return rng.choice(WORDS[:4])


def _prose(rng: random.Random) -> str:
    return f"Thank you for asking. {' '.join(rng.choices(WORDS, k=rng.randint(8, 20))).capitalize()}."


KINDS: dict[str, Callable[[random.Random], str]] = {"json": _json, "label": _label, "prose": _prose}
ODD = [
    '{"topic": "parcel"}', '{"topic": "pracel", "urgent": true, "reply": "x"}', "Sure! {}", "```json\n{}\n```", "parcl",
    "Parcel", "something else altogether", "", "word " * 900, '{"urgent": "yes", "topic": 3, "reply": ""}',
    "no full stop",
]  # fmt: skip


def _samples(kind: str, rows: int = 300, seed: int = 3) -> list[Sample]:
    rng = random.Random(seed)
    contexts = ["Answer as told.", "Be brief and kind."]
    return [
        Sample(
            rng.choice(contexts), f"{rng.choice(['How do I', 'Where is the', 'What about'])} {number}", KINDS[kind](rng)
        )
        for number in range(rows)
    ]


def _found(formats: Formats, samples: list[Sample]) -> list[object]:
    rows = [(sample.context, sample.question, answer) for sample in samples[:6] for answer in (*ODD, sample.answer)]
    found = [formats.deviations(formats.chain(context, question), answer) for context, question, answer in rows]
    return [[(one.rule, one.aspect) for one in of_row] for of_row in found]


@pytest.mark.parametrize("kind", KINDS)
def test_the_essence_finds_what_the_formats_find(kind: str) -> None:
    samples = _samples(kind)
    formats = in_order(learn_formats(samples, THRESHOLD))
    found = _found(formats, samples)
    assert any(found)
    assert _found(essence(formats), samples) == found


@pytest.mark.parametrize("kind", KINDS)
def test_the_order_of_groups_does_not_depend_on_the_order_of_rows(kind: str) -> None:
    samples = _samples(kind)
    shuffled = random.Random(1).sample(samples, len(samples))
    one, other = (in_order(learn_formats(rows, THRESHOLD)) for rows in (samples, shuffled))
    assert one == other
    assert _found(one, samples) == _found(learn_formats(samples, THRESHOLD), samples)


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_more_seldom_changes_the_essence(kind: str) -> None:
    samples = _samples(kind, rows=1500)
    base = key_of(essence(in_order(learn_formats(samples, THRESHOLD))))
    more = [_samples(kind, rows=1, seed=seed) for seed in range(10)]
    kept = [key_of(essence(in_order(learn_formats([*samples, *row], THRESHOLD)))) == base for row in more]
    assert sum(kept) >= 8


def test_the_choice_of_rows_changes_by_the_row_that_changed() -> None:
    rows = [("", f"question {number % 700}", f"answer {number % 300}") for number in range(4000)]
    step = one_in(len(rows), 500)
    chosen = [rows[place] for place in thinned(rows, step)]
    assert 300 < len(chosen) < 700
    edited = [*rows[:1000], ("", "new", "row"), *rows[1000:2000], *rows[2001:]]
    again = [edited[place] for place in thinned(edited, step)]
    assert len(set(chosen) ^ set(again)) <= 2
    assert list(thinned(rows, 1)) == list(range(len(rows)))


def test_of_rows_that_are_all_the_same_some_are_chosen() -> None:
    assert 60 < len(thinned([("", "same", "same")] * 1600, 16)) < 140
