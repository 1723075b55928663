"""The answers that a question can have, as far as they make a difference; and those that an audit gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from dataaudit.model import Report
    from dataaudit.project import Project
    from dataaudit.scoring.advice_rules import AdviceRules, Answer, Question

_FROM_DATA = {
    "examples": "effective rows of the data; whether they were validated is not known",
    "categories": "labels of the data",
}


class Alternative(NamedTuple):
    """One answer; for numbers the first of a range in which all count alike (below None: without end)."""

    value: Answer
    least: float | None = None
    below: float | None = None


def alternatives(question: Question, rules: AdviceRules) -> list[Alternative]:
    """All answers to a question that the rules tell apart, numbers as ascending ranges."""
    if question.answers:
        return [Alternative(answer) for answer in question.answers]
    conditions = [ground.when[question.name] for ground in rules.grounds if question.name in ground.when]
    if any(condition.yes is not None for condition in conditions):
        return [Alternative(True), Alternative(False)]
    limits = {limit for entry in conditions for limit in (entry.least, entry.below) if limit}
    borders = [0, *sorted(limits)]
    return [Alternative(a, a, b) for a, b in zip(borders, [*borders[1:], None], strict=True)]


def in_words(question: Question, answer: Alternative) -> str:
    """'yes', 'monthly', '600', 'under 200', '200 to under 500', '95 % or more'."""
    if answer.least is None:
        return _value(question, answer.value)
    if answer.below is None:
        return f"{_value(question, answer.least)} or more"
    below = f"under {_value(question, answer.below)}"
    return below if not answer.least else f"{_value(question, answer.least)} to {below}"


def _value(question: Question, value: Answer) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return question.answers.get(value, value)
    if question.share:
        return f"{value * 100:.4g} %"
    return f"{value:,.15g}" if isinstance(value, float) else f"{value:,}"


def project_from(report: Report, project: Project) -> Project:
    """The project with examples and categories from the training split of an audit, where the user gave none."""
    splits = report.statistics.get("splits", {})
    split = splits.get("train") or next(iter(splits.values()), None)
    if split is None:
        return project
    found: dict[str, int] = {}
    if project.examples is None:
        found["examples"] = split["effective"]
    if project.categories is None and split["labels"] is not None:
        found["categories"] = split["labels"]["labels"]
    return project.replaced(**found)


def notes_from(report: Report, project: Project) -> dict[str, str]:
    """By question, what an audit says: that an answer is from the data, and which format their answers have."""
    filled = project_from(report, project)
    notes = {name: note for name, note in _FROM_DATA.items() if getattr(filled, name) != getattr(project, name)}
    formats = report.statistics.get("formats") or ()
    if formats and project.exact_format is None:
        notes["exact_format"] = f"in the data {formats[0]['format']}"
    return notes
