"""The arithmetic of the grade: laws, sums by hand, caps, what is said of it."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataaudit.errors import UsageError
from dataaudit.scoring.measures import Category, Measures, Refusal
from dataaudit.scoring.need import Need
from dataaudit.scoring.readiness import readiness, scored
from dataaudit.scoring.scheme import scheme
from tests.scoring.made import CLASSES, NEED, counts

SCHEME = scheme()
FAULTS = ("invalid", "duplicates", "near", "contradicted", "mislabeled", "off_format")
FEW = st.integers(0, 3) | st.integers(0, 5000)


@st.composite
def measures(draw: st.DrawFn) -> Measures:
    sizes = draw(st.lists(FEW, max_size=8))
    faults = {name: draw(FEW) for name in FAULTS}
    loose = draw(FEW)
    made = counts(*sizes, **faults)
    return made.changed(sound=made.sound + loose)


NEEDS = st.sampled_from([NEED, CLASSES])


@given(measures(), NEEDS)
def test_every_score_is_finite_and_in_range(made: Measures, need: Need) -> None:
    found = readiness(made, need, SCHEME)
    numbers = [found.score, *found.interval]
    numbers += [dimension.score for dimension in found.dimensions if dimension.score is not None]
    assert all(math.isfinite(number) and 0 <= number <= 100 for number in numbers)
    assert found.interval[0] <= found.score + 0.05
    assert found.score <= found.interval[1] + 0.05


@given(measures(), NEEDS)
def test_the_sum_can_be_recomputed_by_hand(made: Measures, need: Need) -> None:
    found = readiness(made, need, SCHEME)
    judged = [dimension for dimension in found.dimensions if dimension.score is not None]
    assert sum(dimension.weight for dimension in judged) == pytest.approx(1, abs=0.001)
    by_hand = sum(dimension.weight * dimension.score for dimension in judged if dimension.score is not None)
    assert by_hand == pytest.approx(found.score, abs=0.15)
    grades = [SCHEME.grade(found.score) if made.sound else "F", *(cap.grade for cap in found.caps)]
    assert found.grade == max(grades)


@given(measures(), NEEDS, st.sampled_from(FAULTS))
def test_a_faulty_row_more_never_raises_the_score(made: Measures, need: Need, fault: str) -> None:
    worse = made.changed(**{fault: getattr(made, fault) + 1})
    assert scored(worse, need, SCHEME).score <= scored(made, need, SCHEME).score + 1e-9


@given(measures(), NEEDS, st.sampled_from(FAULTS), st.sampled_from((1, 10, 1000)))
def test_faulty_rows_more_never_better_the_grade(made: Measures, need: Need, fault: str, rows: int) -> None:
    worse = made.changed(**{fault: getattr(made, fault) + rows})
    assert scored(worse, need, SCHEME).grade >= scored(made, need, SCHEME).grade


@given(measures(), NEEDS, st.sampled_from(FAULTS))
def test_a_faulty_row_less_never_lowers_the_score(made: Measures, need: Need, fault: str) -> None:
    better = made.changed(**{fault: max(0, getattr(made, fault) - 1)})
    assert scored(better, need, SCHEME).score >= scored(made, need, SCHEME).score - 1e-9


@given(measures(), NEEDS, st.sampled_from(("contradicted", "mislabeled", "off_format")), st.integers(0, 7))
def test_spoiling_a_sound_row_never_raises_the_score(made: Measures, need: Need, fault: str, place: int) -> None:
    """Its label stays known: the category has one sound row less."""
    kept = [category for category in made.categories if category.sound]
    if not kept:
        return
    spoiled = kept[place % len(kept)]
    categories = tuple(Category(one.label, one.sound - (one is spoiled), one.rows) for one in made.categories)
    worse = made.changed(sound=made.sound - 1, categories=categories, **{fault: getattr(made, fault) + 1})
    assert scored(worse, need, SCHEME).score <= scored(made, need, SCHEME).score + 1e-9


@given(measures(), NEEDS, st.integers(1, 5))
def test_a_file_given_several_times_does_not_score_better(made: Measures, need: Need, times: int) -> None:
    again = made.changed(
        invalid=made.invalid * (times + 1), duplicates=made.duplicates + times * (made.rows - made.invalid)
    )
    assert scored(again, need, SCHEME).score <= scored(made, need, SCHEME).score + 1e-9


def test_no_rows_are_an_f_with_a_reason() -> None:
    found = readiness(Measures("train"), NEED, SCHEME)
    assert (found.grade, found.score, found.ready) == ("F", 0.0, False)
    assert found.because == "there are no training rows"


def test_no_sound_row_is_an_f() -> None:
    found = readiness(Measures("train", invalid=7), NEED, SCHEME)
    assert (found.grade, found.score) == ("F", 0.0)
    assert found.because == "none of the 7 training rows is sound"


CAPS: list[tuple[str, Measures, str, str]] = [
    ("nothing much", counts(sound=9), "F", "9 sound rows, too few to train on: 10 at least"),
    ("few", counts(sound=49), "D", "49 sound rows, results are unreliable below 50"),
    ("contradictions", counts(sound=900, contradicted=60), "D", "60 rows contradicted beside 900 sound rows: over 5%"),
    ("copies", counts(sound=400, duplicates=401), "D", "401 rows that are copies beside 400 sound rows: over 50%"),
    ("nearly all copies", counts(sound=99, near=901), "F", "901 rows that are copies beside 99 sound rows: over 90%"),
    ("broken", counts(sound=800, invalid=100), "D", "100 rows broken beside 800 sound rows: over 10% of both"),
    ("formats", counts(sound=900, off_format=60), "C", "60 rows off the format of the others beside 900 sound rows"),
    ("labels", counts(sound=800, mislabeled=200), "D", "200 rows mislabeled beside 800 sound rows: over 15% of both"),
    ("estimate", counts(sound=800, mislabeled=200, unseen=150), "D", "200 rows mislabeled, 150 of them by estimate,"),
    ("one label", counts(500), "D", "all rows have the label 'label 0'"),
    ("leak", counts(sound=500, leaks=400), "D", "400 of 500 sound rows have a prompt that gives the label away"),
    ("doubtful", counts(100, 100, told=0.6), "C", "a simple model tells 60% of the labels from the prompts"),
    ("open", counts(sound=5000, unjudged=frozenset({"labels"})), "C", "there are more labels than can be judged"),
    ("refused", counts(sound=500, refusals=(Refusal("acme", "no rows", ("SCH022",), 3),)), "F", "acme does not take"),
]  # fmt: skip


@pytest.mark.parametrize(("made", "grade", "because"), [case[1:] for case in CAPS], ids=[case[0] for case in CAPS])
def test_the_worst_finding_caps_the_grade(made: Measures, grade: str, because: str) -> None:
    found = readiness(made, NEED, SCHEME)
    assert found.caps[0].grade == grade
    assert because in found.caps[0].because
    assert found.grade == grade
    if grade > SCHEME.grade(found.score):
        assert f"leaves {grade} at most" in found.because


def test_a_good_set_is_ready() -> None:
    found = readiness(counts(100, 100, 100), CLASSES, SCHEME)
    assert (found.grade, found.ready, found.caps) == ("A", True, ())


def test_labels_that_cannot_be_told_from_prompts_are_not_trusted() -> None:
    found = readiness(counts(100, 100, 100, unlearned=True), CLASSES, SCHEME)
    assert (found.grade, found.ready) == ("C", False)
    assert found.caps[0].because == "the prompts hardly tell the labels apart: none could be verified"


def test_one_broken_row_is_mended_before_money_is_spent() -> None:
    found = readiness(counts(sound=1000, invalid=1), NEED, SCHEME)
    assert (found.grade, found.ready) == ("C", False)
    assert found.caps[0].because == "1 broken row"
    assert found.because.endswith("would be A, but the worst finding leaves C at most")


def test_few_rows_have_a_wide_interval() -> None:
    few, many = (readiness(counts(sound=size, mislabeled=size // 20), NEED, SCHEME).interval for size in (100, 10_000))
    assert few[1] - few[0] > 5 * (many[1] - many[0]) > 0


def test_what_was_not_judged_is_said() -> None:
    made = counts(sound=100, unjudged=frozenset({"near"}))
    by_name = {dimension.name: dimension for dimension in readiness(made, NEED, SCHEME).dimensions}
    assert by_name["uniqueness"].unchecked == "not judged: near"
    assert by_name["validity"].unchecked is None
    assert by_name["integrity"].score is None


@pytest.mark.parametrize(
    ("own", "what"),
    [
        pytest.param({"weigths": {"validity": 1}}, "no table 'weigths'", id="table"),
        pytest.param({"weights": {"validty": 1}}, "no number of weights 'validty'", id="number"),
        pytest.param({"borders": {"A": 50}}, "should descend", id="borders"),
        pytest.param({"weights": dict.fromkeys(SCHEME.weights, 0)}, "at least one weight", id="weights"),
    ],
)
def test_a_wrong_setting_is_refused(own: dict[str, dict[str, float]], what: str) -> None:
    with pytest.raises(UsageError, match=what):
        scheme(own)


@pytest.mark.parametrize(("share", "grade"), [(0.05, "D"), (0.2, "A")])
def test_a_users_number_replaces_that_of_the_scheme(share: float, grade: str) -> None:
    own = scheme({"caps": {"contradicted": share}})
    assert readiness(counts(sound=900, contradicted=60), NEED, own).grade == grade
    assert SCHEME.caps["contradicted"].value == 0.05
