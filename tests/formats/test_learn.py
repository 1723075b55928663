"""Formats are learned from the answers alone: the same whatever the order, and never a failure because of the data."""

from __future__ import annotations

import pickle
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataaudit.formats import Formats, Sample, learn_formats
from tests.formats.uniform import LABELS, MAKERS, ROWS, found, json_answer, learned, prose_answer, threshold

FAMILIES = [(family, language) for family in MAKERS for language in LABELS]
TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["", " ", "{", "```", '{"a": 1}', '{"a": null', "[1, {}]", "yes", "no", "\ud800", "\x00", "- x\n- y"]
    ),
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=8,
    ).map(str),
)


@pytest.mark.parametrize(("family", "language"), FAMILIES)
def test_clean_answers_have_no_deviation(family: str, language: str) -> None:
    answers = [MAKERS[family](language, number) for number in range(ROWS)]
    assert [one for one in found(answers) if one] == []


@pytest.mark.parametrize(
    ("family", "kind"),
    [
        ("JSON", "json object"), ("label", "label"), ("prose", "prose"),
        ("SQL", "sql"), ("code", "code"), ("Markdown", "markdown"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", LABELS)
def test_the_kind_is_learned(family: str, kind: str, language: str) -> None:
    formats = learned([MAKERS[family](language, number) for number in range(ROWS)])
    assert formats.resolved[0].aspects["kind"].value == kind


def test_the_format_in_words() -> None:
    formats = learned([json_answer("English", number) for number in range(ROWS)])
    assert formats.resolved[0].sentence(0.983) == (
        "98.3 % of the answers are one JSON object with keys label (3 values), score (number), items (list)"
    )


def test_a_mark_at_the_end_in_words() -> None:
    formats = learned([f"{prose_answer('Spanish', number)}!!!" for number in range(ROWS)])
    assert '100 % of the answers are prose that end in "' in formats.resolved[0].sentence()
    assert formats.resolved[0].aspects["suffix"].value.endswith("!!!")


def test_control_characters_are_shown_in_words() -> None:
    formats = learned([f"{prose_answer('English', number)} \x1b[31mEND" for number in range(ROWS)])
    sentence = formats.resolved[0].sentence()
    assert "\x1b" not in sentence
    assert "END" in sentence


def test_categories_have_formats_of_their_own() -> None:
    samples = []
    for number in range(ROWS):
        samples.append(Sample("", "order", json_answer("English", number), "order"))
        samples.append(Sample("", "hello", prose_answer("English", number), "chitchat"))
    formats = learn_formats(samples, threshold)
    assert not any(formats.deviations(formats.chain(*_place(one)), one.answer) for one in samples)
    order = formats.chain("", "order", "order")
    assert [one.rule for one in formats.deviations(order, "I cannot help with that.")] == ["FMT001"]
    assert formats.deviations(formats.chain("", "new", None), "I cannot help with that.") == []
    assert formats.resolved[order].sentence().startswith("100 % of the `order` answers are one JSON object")


def test_system_prompts_have_formats_of_their_own() -> None:
    samples = []
    for number in range(ROWS):
        samples.append(Sample("Antworte in JSON.", f"{number}", json_answer("English", number)))
        samples.append(Sample("Sei freundlich.", f"{number}", prose_answer("English", number)))
    formats = learn_formats(samples, threshold)
    assert not any(formats.deviations(formats.chain(*_place(one)), one.answer) for one in samples)
    place = formats.chain("Antworte in JSON.", "anything")
    assert [one.rule for one in formats.deviations(place, "Nein, danke.")] == ["FMT001"]


def test_a_mixed_set_has_no_format() -> None:
    random = Random(5)
    kinds = [make for name, make in MAKERS.items() if name != "label"]
    answers = [random.choice(kinds)(random.choice(list(LABELS)), number) for number in range(300)]
    assert [one for one in found(answers) if one] == []
    assert "no format in common" in learned(answers).resolved[0].sentence()


def test_few_rows_teach_nothing() -> None:
    formats = learned([json_answer("English", number) for number in range(int(threshold("FMT001", "min_rows")) - 1)])
    assert formats.deviations(0, "prose") == []


@pytest.mark.parametrize("answers", [[], [""] * 50, [" \n"] * 50], ids=["none", "empty", "blank"])
def test_nothing_to_learn_from(answers: list[str]) -> None:
    formats = learned(answers)
    assert formats.deviations(formats.chain("", "question"), "anything") == []
    assert "no format" in formats.resolved[0].sentence()


def test_formats_without_groups() -> None:
    formats = Formats()
    assert formats.deviations(formats.chain("a", "b", "c"), "{") == []


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=15, max_size=40), st.lists(TEXTS, min_size=1, max_size=5), st.randoms())
def test_any_text_can_be_learned_from(answers: list[str], others: list[str], random: Random) -> None:
    samples = [Sample(answer[:1], answer[:3], answer, answer[:2]) for answer in answers]
    formats = learn_formats(samples, threshold)
    shuffled = list(samples)
    random.shuffle(shuffled)
    assert learn_formats(shuffled, threshold) == formats
    for text in [*answers, *others]:
        for number in range(len(formats.resolved)):
            for one in formats.deviations(number, text):
                assert one.rule.startswith("FMT")
                assert one.message.isprintable() or "\n" not in one.message


@pytest.mark.parametrize(("family", "language"), FAMILIES)
def test_the_order_of_the_rows_does_not_matter(family: str, language: str) -> None:
    answers = [MAKERS[family](language, number) for number in range(ROWS)]
    samples = [Sample(answer[:2], answer[:4], answer, answer[-1:]) for answer in answers]
    shuffled = list(samples)
    Random(1).shuffle(shuffled)
    assert learn_formats(samples, threshold) == learn_formats(shuffled, threshold)


@pytest.mark.parametrize("family", MAKERS)
def test_formats_can_be_pickled(family: str) -> None:
    formats = learned([MAKERS[family]("Spanish", number) for number in range(ROWS)])
    before = formats.deviations(0, "¿?")
    copy = pickle.loads(pickle.dumps(formats))
    assert copy == formats
    assert copy.deviations(0, "¿?") == before
    assert len(pickle.dumps(formats)) < 20_000


def test_deep_and_huge_answers_are_harmless() -> None:
    answers = [json_answer("English", number) for number in range(ROWS)]
    odd = ["[" * 100_000, "{" * 5000 + "}" * 5000, '{"label": ' * 3000 + "1" + "}" * 3000, "x" * 2_000_000, "9" * 5000]
    formats = learned([*answers, *odd])
    for text in odd:
        assert [one.rule for one in formats.deviations(0, text)] in (["FMT001"], ["FMT003"], ["FMT004"])


def _place(sample: Sample) -> tuple[str, str, str | None]:
    return sample.context, sample.question, sample.label


def test_the_origin_of_an_aspect_is_the_group_it_was_learned_in() -> None:
    samples = [
        Sample("", f"question {number}", json_answer("English", number), label="few" if number % 12 == 0 else "many")
        for number in range(300)
    ]
    formats = learn_formats(samples, threshold)
    for resolved in formats.resolved:
        assert resolved.origin.keys() == resolved.aspects.keys()
        assert resolved.origin_of("kind") == 0
    assert formats.resolved[0].origin_of("type:label") == 0


def test_a_group_of_another_kind_takes_the_kind_of_the_whole_set_away() -> None:
    samples = [Sample("", f"question {number}", json_answer("English", number), label="data") for number in range(400)]
    mixed = ("- one\n- two\n- three", "It opens at nine in the morning.", "SELECT name FROM shops")
    samples += [Sample("", f"other {number}", mixed[number % 3], label="chat") for number in range(30)]
    formats = learn_formats(samples, threshold)
    assert "kind" in formats.resolved[formats.chain("", "a new one", "data")].aspects
    assert "kind" not in formats.resolved[formats.chain("", "a new one", "chat")].aspects
