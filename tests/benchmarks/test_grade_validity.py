"""The benchmark of the grade spoils as it says, classifies what can be read, and ranks with ties."""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from benchmarks.validity import store
from benchmarks.validity.agreement import Point, agreement, by_kind, spearman
from benchmarks.validity.classify import measured, readable
from benchmarks.validity.plot import plot
from benchmarks.validity.report import page
from benchmarks.validity.sets import LabeledSet, Row
from benchmarks.validity.spoil import KINDS, PAIRS, copies, edited

if TYPE_CHECKING:
    from pathlib import Path

_WORDS = {"weather": "rain sun wind cloud storm", "music": "song tune band chord beat", "travel": "train plane road"}
_ROWS = [
    Row(f"tell me about {word} number {number}", label)
    for label, words in _WORDS.items()
    for word in words.split()
    for number in range(10)
]
_LABELS = {row.prompt: row.answer for row in _ROWS}


def _spoiled(kind: str, strength: float) -> list[Row]:
    return KINDS[kind].spoiler(_ROWS, strength, random.Random(1))


def _wrong(rows: list[Row]) -> int:
    return sum(_LABELS[row.prompt] != row.answer for row in rows)


@pytest.mark.parametrize("kind", KINDS)
def test_spoiled_rows_leave_the_given_ones_alone(kind: str) -> None:
    before = list(_ROWS)
    assert _spoiled(kind, KINDS[kind].middle) != before
    assert before == _ROWS


def test_copies_are_the_same_on_every_run_and_have_names_of_their_own() -> None:
    made = list(copies(_ROWS, "seed"))
    assert [copy.lines() for copy in made] == [copy.lines() for copy in copies(_ROWS, "seed")]
    assert (
        len({copy.name for copy in made}) == len(made) == 1 + sum(len(k.strengths) for k in KINDS.values()) + len(PAIRS)
    )
    assert made[0].rows == _ROWS


def test_few_keeps_a_part_of_each_label() -> None:
    assert Counter(row.answer for row in _spoiled("few", 10)) == {"weather": 5, "music": 5, "travel": 3}
    assert Counter(row.answer for row in _spoiled("few", 1000)) == {"weather": 1, "music": 1, "travel": 1}


def test_imbalance_decays_from_all_rows_to_one_in_so_many() -> None:
    assert sorted(Counter(row.answer for row in _spoiled("imbalance", 10)).values()) == [3, 16, 50]


@pytest.mark.parametrize("share", [0.1, 0.5])
def test_noise_gives_another_label_to_a_share(share: float) -> None:
    assert _wrong(_spoiled("noise", share)) == share * len(_ROWS)


def test_a_stronger_noise_holds_the_weaker_one() -> None:
    weak, strong = (
        {row.prompt for row in _spoiled("noise", share) if _LABELS[row.prompt] != row.answer} for share in (0.1, 0.5)
    )
    assert weak < strong


def test_conflicts_contradict_rows_that_are_left() -> None:
    rows = _spoiled("conflicts", 0.2)
    true = {row.prompt for row in rows if _LABELS[row.prompt] == row.answer}
    assert len(rows) == len(_ROWS)
    assert _wrong(rows) == 0.2 * len(_ROWS)
    assert all(row.prompt in true for row in rows)


def test_exact_copies_make_way_for_nothing_new() -> None:
    rows = _spoiled("exact", 0.8)
    assert len(rows) == len(_ROWS)
    assert len(set(rows)) == round(0.2 * len(_ROWS))


def test_near_copies_are_edited_and_keep_their_label() -> None:
    rows = _spoiled("near", 0.5)
    new = [row for row in rows if row.prompt not in _LABELS]
    assert len(new) == 0.5 * len(_ROWS)
    assert {row.answer for row in rows} == set(_WORDS)


@pytest.mark.parametrize("text", ["", " ", "a", "one word", "天气怎么样", "What? No!"])
def test_an_edited_text_differs(text: str) -> None:
    assert all(edited(text, random.Random(seed)) != text for seed in range(50))


def test_formats_change_the_form_only() -> None:
    forms = {row.answer for row in _spoiled("formats", 0.5) if row.answer not in _WORDS}
    assert {"MUSIC", '{"label": "music"}', "The label is music."} <= forms


def test_broken_lines_cannot_be_read_and_the_others_can() -> None:
    copy = next(copy for copy in copies(_ROWS, "seed") if copy.parts == (("broken", 0.2),))
    lines = copy.lines().splitlines()
    assert len(lines) == len(_ROWS)
    assert len(readable(copy.lines())) == 0.8 * len(_ROWS)


def test_a_classifier_learns_what_is_taught() -> None:
    def accuracy(rows: list[Row]) -> float:
        lines = "".join(json.dumps({"prompt": row.prompt, "completion": row.answer}) + "\n" for row in rows)
        return measured(lines, _ROWS).accuracy

    assert accuracy(_ROWS) == 1
    assert accuracy([row._replace(answer=row.answer.upper()) for row in _ROWS]) == 0
    assert accuracy([row for row in _ROWS if row.answer == "music"]) == 50 / len(_ROWS)
    assert accuracy([]) == 0


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ([1, 2, 3], [10, 20, 40], 1),
        ([1, 2, 3], [3, 2, 1], -1),
        ([1, 2, 2, 3], [1, 2, 3, 4], math.sqrt(0.9)),
        ([1, 1], [1, 2], math.nan),
        ([], [], math.nan),
    ],
    ids=["same order", "reversed", "tie", "no variation", "nothing"],
)
def test_spearman(first: list[float], second: list[float], expected: float) -> None:
    assert spearman(first, second) == pytest.approx(expected, nan_ok=True)


def _point(name: str, parts: tuple[tuple[str, float], ...], score: float, kept: float, of: str = "a") -> Point:
    return Point(of, name, parts, 10, kept, kept, kept, kept, score, "B")


def test_copies_of_several_sets_are_ranked_together_and_apart() -> None:
    found = [_point("x", (), 90, 1.0), _point("y", (("noise", 0.1),), 70, 0.9)]
    found += [_point("x", (), 60, 0.8, "b"), _point("y", (("noise", 0.1),), 65, 0.7, "b")]
    assert agreement(found)["mean of sets"] == 0
    assert agreement(found)["retained"] == pytest.approx(0.8)
    assert by_kind(found)["noise"]["falls"] == 0.5


def test_page_and_plot_hold_every_copy() -> None:
    found = {"a": [_point("un<spoiled", (), 90, 1.0), _point("few", (("few", 2.0),), 70, 0.9)]}
    text = page(found, {"a": "Set A"}, ["a"])
    assert "| un<spoiled | 10 | 100.0% | 100.0% | 1.000 | 90.0 | B |" in text
    assert "Set A (tuned on) | 2 | 1.00 |" in text
    drawn = ElementTree.fromstring(plot([("Set <A>", found["a"])]))
    titles = [title.text for title in drawn.iter("{http://www.w3.org/2000/svg}title")]
    assert "un<spoiled: score 90.0 (B), accuracy 100.0%" in titles


def test_what_was_measured_is_kept_and_graded_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [copy for copy in copies(_ROWS, "seed") if copy.parts in ((), (("exact", 0.6),))]
    monkeypatch.setattr(store, "copies", lambda rows, seed: made)
    labeled = LabeledSet("tiny", "Tiny", _ROWS, _ROWS)
    store.fill(tmp_path, labeled, again=False)
    kept = {part: store.read(tmp_path, part, "tiny") for part in ("accuracies", "audits")}
    assert [list(entries) for entries in kept.values()] == [[copy.name for copy in made]] * 2
    for entry in kept["audits"].values():
        again = store.graded(entry)
        assert (again.score, again.grade) == (entry["readiness"]["score"], entry["readiness"]["grade"])
    monkeypatch.delattr(store, "measured")
    monkeypatch.delattr(store, "_audited")
    store.fill(tmp_path, labeled, again=False)
    assert kept == {part: store.read(tmp_path, part, "tiny") for part in ("accuracies", "audits")}
