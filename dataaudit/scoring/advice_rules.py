"""The questions, factors and blockers of rules/advice.toml, and when a factor counts. Weighs nothing up."""

from __future__ import annotations

import dataclasses
import datetime
from functools import cache
from typing import Any, Literal

from dataaudit._resources import rule_data
from dataaudit.project import Project
from dataaudit.values import Text, Value, fields_of

Tool = Literal["prompting", "retrieval", "fine-tuning"]
TOOLS: tuple[Tool, ...] = ("prompting", "retrieval", "fine-tuning")
Answer = str | int | float | bool


class Condition(Value):
    """What an answer must be: a number from `least`, or below `below`; one of `among`; yes or no. Empty: anything."""

    least: float | None = None
    below: float | None = None
    among: tuple[str, ...] = ()
    yes: bool | None = None

    def holds(self, answer: Answer) -> bool:
        """Whether an answer fits; one of another kind does not."""
        if self.among:
            return answer in self.among
        if self.yes is not None:
            return answer is self.yes
        if self.least is None and self.below is None:
            return True
        if isinstance(answer, (str, bool)):
            return False
        return (self.least is None or answer >= self.least) and (self.below is None or answer < self.below)


class Ground(Value):
    """What factors and blockers have in common: conditions by question, words, and who says so."""

    name: Text
    when: dict[str, Condition] = dataclasses.field(default_factory=dict)
    words: Text
    source: Text
    date: datetime.date

    def holds(self, project: Project) -> bool | None:
        """Whether all conditions hold; None where that hangs on questions without an answer."""
        known: bool | None = True
        for question, condition in self.when.items():
            answer = getattr(project, question)
            if answer is None:
                known = None
            elif not condition.holds(answer):
                return False
        return known


class Factor(Ground):
    """A reason for or against tools, with its points."""

    points: dict[Tool, int]


class Blocker(Ground):
    """What rules fine-tuning out: until it is lifted, or, where it is lasting, for ever."""

    lasting: bool = False
    lift: Text


class Option(Value):
    """One possible advice; its sum is that of its tools. later: stands in for fine-tuning while that is blocked."""

    id: Text
    title: Text
    tools: tuple[Tool, ...]
    later: bool = False
    sentence: Text


class Question(Value):
    """One field of `Project`: what is asked, a short name, short words for its answers."""

    name: Text
    ask: Text
    label: Text
    answers: dict[str, str] = dataclasses.field(default_factory=dict)
    share: bool = False

    @property
    def flag(self) -> str:
        """The flag of the command that answers it."""
        return "--" + self.name.replace("_", "-")


class Noted(Value):
    """What a part of the rules rests on; `value` for numbers."""

    value: float | None = None
    unit: str | None = None
    why: Text
    source: Text
    date: datetime.date


class AdviceRules(Value):
    """All of rules/advice.toml. Options stand in the order in which equal sums are decided."""

    weights: Noted
    least_answers: Noted
    options: tuple[Option, ...]
    questions: tuple[Question, ...]
    blockers: tuple[Blocker, ...]
    factors: tuple[Factor, ...]

    def __post_init__(self) -> None:
        fields = {entry.name for entry in fields_of(Project)}
        asked = {question.name for question in self.questions}
        for name in asked - fields:
            raise ValueError(f"the question {name} is no field of Project")
        for ground in self.grounds:
            if unknown := set(ground.when) - asked:
                raise ValueError(f"{ground.name} hangs on {', '.join(sorted(unknown))}, which is not asked")

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """Blockers and factors."""
        return (*self.blockers, *self.factors)

    def title(self, option: str) -> str:
        """The title of an option, and a word where nothing is advised."""
        return next((entry.title for entry in self.options if entry.id == option), "not enough is known")


@cache
def advice_rules() -> AdviceRules:
    """The rules of advice that ship with dataaudit."""
    return AdviceRules.trusted(_plain(rule_data("advice.toml")))


def _plain(data: Any) -> Any:
    """TOML data as JSON has it: dates are text, as in a wheel."""
    if isinstance(data, dict):
        return {key: _plain(item) for key, item in data.items()}
    if isinstance(data, list):
        return [_plain(item) for item in data]
    return data.isoformat() if isinstance(data, datetime.date) else data
