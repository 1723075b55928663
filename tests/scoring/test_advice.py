"""Laws of the advice for any answers, and the cases that the guides describe."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataaudit.project import Project
from dataaudit.scoring.advice import advise
from dataaudit.scoring.advice_answers import Alternative, alternatives, in_words, notes_from, project_from
from dataaudit.scoring.advice_model import UNKNOWN, Advice
from dataaudit.scoring.advice_rules import TOOLS, advice_rules

RULES = advice_rules()
TUNED = {"fine-tuning", "retrieval-fine-tuning"}
LATER = {"fine-tuning-later", "retrieval-fine-tuning-later"}
RANK = {UNKNOWN: 0, "prompting": 0, "retrieval": 0, **dict.fromkeys(LATER, 1), **dict.fromkeys(TUNED, 2)}

# All that would make fine-tuning the answer, by the guides.
READY = Project(
    need="behaviour",
    exact_format=True,
    changes="quarterly",
    examples=600,
    judge=True,
    prompting="plateaued",
    calls_per_day=2000,
)
BLOCKING: dict[str, Any] = {
    "need": "knowledge",
    "changes": "live",
    "judge": False,
    "prompting": "basic",
    "examples": 199,
}


def _answers(name: str) -> st.SearchStrategy[Any]:
    question = next(entry for entry in RULES.questions if entry.name == name)
    told_apart = st.sampled_from([other.value for other in alternatives(question, RULES)])
    if question.answers or isinstance(alternatives(question, RULES)[0].value, bool):
        return st.none() | told_apart
    if question.share:
        return st.none() | told_apart | st.floats(0, 1)
    if name in {"examples", "categories", "prompted_runs"}:
        return st.none() | told_apart | st.integers(0, 10**30)
    return st.none() | told_apart | st.floats(0, 1e300)


PROJECTS = st.builds(Project, **{question.name: _answers(question.name) for question in RULES.questions})


@given(PROJECTS)
def test_any_answers_give_an_advice_that_adds_up(project: Project) -> None:
    advice = advise(project)
    for tool in TOOLS:
        assert advice.points[tool] == sum(reason.points.get(tool, 0) for reason in advice.reasons)
    for entry in advice.sums:
        assert entry.points == sum(entry.parts.values())
    if advice.option != UNKNOWN:
        sums = {entry.option: entry for entry in advice.sums if entry.possible}
        assert sums[advice.option].points == max(entry.points for entry in sums.values())
    assert Advice.validated(advice.as_json()) == advice


@given(PROJECTS)
def test_what_is_missing_is_what_was_not_given(project: Project) -> None:
    advice = advise(project)
    given_ = {entry.question for entry in advice.answers}
    missing = {entry.question for entry in advice.missing}
    assert missing == {q.name for q in RULES.questions if getattr(project, q.name) is None}
    assert given_ == {q.name for q in RULES.questions} - missing


@given(PROJECTS, st.sampled_from(sorted(BLOCKING)))
def test_a_blocker_never_makes_fine_tuning_the_answer(project: Project, question: str) -> None:
    advice = advise(project.replaced(**{question: BLOCKING[question]}))
    assert advice.blockers
    assert advice.option not in TUNED


@given(PROJECTS, st.sampled_from(["calls_per_day", "examples"]), st.integers(0, 10**6), st.integers(0, 10**6))
def test_more_calls_or_examples_never_speak_against_fine_tuning(
    project: Project, question: str, one: int, other: int
) -> None:
    fewer, more = (advise(project.replaced(**{question: n})).option for n in sorted((one, other)))
    assert RANK[more] >= RANK[fewer]


@given(PROJECTS, st.data())
def test_what_would_change_the_answer_does(project: Project, data: st.DataObject) -> None:
    advice = advise(project)
    claimed: dict[str, set[float | str | bool]] = {}
    for change in advice.changes:
        tried = change.value
        if change.least is not None:
            tried = data.draw(st.sampled_from([change.least, _inside(change.question, change.least, change.below)]))
        assert advise(project.replaced(**{change.question: tried})).option == change.option != advice.option
        claimed.setdefault(change.question, set()).add(tried if tried is not None else "")
    for question in RULES.questions:
        if question.name not in claimed:
            for other in alternatives(question, RULES):
                assert advise(project.replaced(**{question.name: other.value})).option == advice.option


def _inside(question: str, least: float, below: float | None) -> float:
    """The last number of a range, or one far up where it has no end."""
    if question == "prompted_consistency":
        return 1.0 if below is None else (least + below) / 2
    return least + 10**6 if below is None else below - 1


@pytest.mark.parametrize("question", RULES.questions, ids=lambda question: question.name)
def test_each_question_matters(question: Any) -> None:
    assert any(question.name in ground.when for ground in RULES.grounds)


def test_fine_tuning_needs_all_that_could_rule_it_out() -> None:
    assert advise(READY).option == "fine-tuning"
    for question in BLOCKING:
        advice = advise(READY.replaced(**{question: None}))
        assert advice.option == UNKNOWN
        assert advice.missing[0].question == question
        assert advice.missing[0].blocks
        assert advice.missing[0].flag in advice.sentence


@pytest.mark.parametrize(
    ("change", "option"),
    [
        pytest.param({"need": "knowledge"}, "retrieval", id="knowledge"),
        pytest.param({"need": "both"}, "retrieval-fine-tuning", id="both"),
        pytest.param({"need": "both", "examples": 50}, "retrieval-fine-tuning-later", id="both-few-examples"),
        pytest.param({"changes": "live"}, "retrieval", id="live-data"),
        pytest.param({"examples": 199}, "fine-tuning-later", id="under-200-examples"),
        pytest.param({"examples": 200}, "fine-tuning", id="200-examples"),
        pytest.param({"judge": False}, "fine-tuning-later", id="nobody-judges"),
        pytest.param({"prompting": "none"}, "prompting", id="no-prompt-tried"),
        pytest.param({"categories": 5, "prompting": "structured"}, "prompting", id="few-categories"),
        pytest.param(
            {"prompting": "structured", "prompted_consistency": 0.97, "prompted_runs": 100},
            "prompting",
            id="prompting-is-consistent",
        ),
        pytest.param(
            {"prompting": "structured", "prompted_consistency": 0.7, "prompted_runs": 100},
            "fine-tuning",
            id="documented-gap",
        ),
        pytest.param(
            {"calls_per_day": 50, "changes": "monthly", "prompting": "structured"}, "prompting", id="under-100-a-day"
        ),
    ],
)
def test_cases_of_the_guides(change: dict[str, Any], option: str) -> None:
    assert advise(READY.replaced(**change)).option == option


@pytest.mark.parametrize(("calls", "option"), [(50_000, "fine-tuning"), (5_000, "prompting")])
def test_the_prompt_bill(calls: int, option: str) -> None:
    """A founder's guide: 1,500 tokens of prompt pay back in 3 months at 50,000 calls a day, in 30 at 5,000."""
    project = READY.replaced(calls_per_day=calls, prompt_tokens=1500, prompting="structured", exact_format=None)
    assert advise(project).option == option


def test_guides_that_disagree_both_speak() -> None:
    reasons = {reason.name: reason for reason in advise(READY).reasons}
    assert reasons["volume"].points == {"fine-tuning": 2}
    assert reasons["volume-below-the-prompt-bill"].points == {"fine-tuning": -1}
    assert reasons["volume"].source != reasons["volume-below-the-prompt-bill"].source


def test_what_is_no_classification_has_no_few_categories() -> None:
    assert advise(READY.replaced(categories=0)).points == advise(READY).points
    assert advise(READY.replaced(categories=2)).points["prompting"] == advise(READY).points["prompting"] + 2


def test_too_few_runs_measure_nothing() -> None:
    advice = advise(READY.replaced(prompted_consistency=0.5, prompted_runs=99))
    assert advice.points == advise(READY).points
    assert "few-runs" in {reason.name for reason in advice.reasons}


def test_with_few_answers_not_enough_is_known() -> None:
    advice = advise(Project(calls_per_day=5000))
    assert advice.option == UNKNOWN
    assert advice.sentence == "Not enough is known to advise: 1 of 16 questions are answered."
    assert [entry.question for entry in advice.missing[:3]] == ["need", "changes", "prompting"]
    assert advise(Project(need="knowledge")).option == "retrieval", "a lasting blocker decides alone"


def test_what_cannot_matter_any_more_has_no_weight() -> None:
    missing = advise(Project(need="knowledge")).missing
    assert {entry.question for entry in missing if entry.points} == {"changes"}
    assert not any(entry.blocks for entry in missing)


@pytest.mark.parametrize(
    ("question", "answer", "words"),
    [
        ("judge", Alternative(False), "no"),
        ("changes", Alternative("live"), "all the time"),
        ("examples", Alternative(1200), "1,200"),
        ("examples", Alternative(0, 0, 200.0), "under 200"),
        ("calls_per_day", Alternative(100.0, 100.0, 1000.0), "100 to under 1,000"),
        ("prompted_consistency", Alternative(0.95, 0.95), "95 % or more"),
    ],
)
def test_answers_in_words(question: str, answer: Alternative, words: str) -> None:
    asked = next(entry for entry in RULES.questions if entry.name == question)
    assert in_words(asked, answer) == words


def _report(**statistics: Any) -> Any:
    from dataaudit.model import Report, Tool

    return Report(tool=Tool(version="0"), files=(), findings=(), counts={}, statistics=statistics)


def test_data_answer_what_the_user_did_not() -> None:
    splits = {"validation": {"effective": 9, "labels": None}, "train": {"effective": 250, "labels": {"labels": 12}}}
    report = _report(splits=splits, formats=[{"format": "100 % of the answers are one JSON object"}])
    project = project_from(report, Project(judge=True))
    assert project == Project(judge=True, examples=250, categories=12)
    assert set(notes_from(report, Project())) == {"examples", "categories", "exact_format"}
    said = Project(examples=5, categories=2, exact_format=False)
    assert project_from(report, said) == said
    assert notes_from(report, said) == {}


@pytest.mark.parametrize("statistics", [{}, {"splits": {}}], ids=["nothing", "no-splits"])
def test_a_report_without_rows_answers_nothing(statistics: dict[str, Any]) -> None:
    assert project_from(_report(**statistics), Project()) == Project()
    assert notes_from(_report(**statistics), Project()) == {}


def test_requirements_that_change_monthly_put_fine_tuning_off() -> None:
    advice = advise(READY.replaced(changes="monthly"))
    assert advice.option == "fine-tuning-later"
    assert [blocker.name for blocker in advice.blockers] == ["monthly-changes"]


def test_a_reason_takes_no_answer_for_granted_that_is_not_given() -> None:
    reasons = {reason.name: reason.words for reason in advise(Project(changes="quarterly")).reasons}
    assert "keeps up" not in reasons["stable-task"]
