"""Prompt engineering, retrieval, fine-tuning or a mix: a sum of reasons, overruled by blockers.

Each factor of rules/advice.toml that holds gives its points to tools; the sum of an option is the sum of its tools, and
the highest sum is the advice. A blocker takes fine-tuning off the list. Answers that are not given count for nothing
and are named. Knows no prices (that is the estimate) and reads no rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from dataaudit.scoring.advice_answers import Alternative, alternatives, in_words
from dataaudit.scoring.advice_model import UNKNOWN, Advice, Blocked, Change, Given, Missing, Reason, Sum
from dataaudit.scoring.advice_rules import TOOLS, AdviceRules, Blocker, Factor, Option, advice_rules

if TYPE_CHECKING:
    from dataaudit.project import Project


class _Judged(NamedTuple):
    """points: of each tool. best: of the options that can be chosen. option: its id, or unknown."""

    factors: list[Factor]
    blockers: list[Blocker]
    points: dict[str, int]
    best: Option
    option: str


def advise(project: Project, rules: AdviceRules | None = None, *, notes: Mapping[str, str] | None = None) -> Advice:
    """The advice for a project.

    notes: by question, where an answer is from, or what the data say about one that is not given.
    """
    rules, notes = rules or advice_rules(), notes or {}
    judged = _judged(project, rules)
    changes = tuple(_changes(project, rules, judged.option))
    return Advice(
        option=judged.option,
        title=rules.title(judged.option),
        sentence=_sentence(project, rules, judged),
        points=judged.points,
        sums=tuple(_sum(option, judged) for option in rules.options),
        reasons=tuple(_reason(factor) for factor in judged.factors),
        blockers=tuple(_blocked(blocker) for blocker in judged.blockers),
        changes=changes,
        answers=tuple(
            Given(
                question=question.name,
                label=question.label,
                value=value,
                words=in_words(question, Alternative(value)),
                note=notes.get(question.name),
            )
            for question in rules.questions
            if (value := getattr(project, question.name)) is not None
        ),
        missing=tuple(_missing(project, rules, changes, notes)),
        weights=rules.weights.why,
    )


def _judged(project: Project, rules: AdviceRules) -> _Judged:
    factors = [factor for factor in rules.factors if factor.holds(project)]
    blockers = [blocker for blocker in rules.blockers if blocker.holds(project)]
    points: dict[str, int] = {tool: sum(factor.points.get(tool, 0) for factor in factors) for tool in TOOLS}
    possible = [option for option in rules.options if _possible(option, blockers)]
    best = max(possible, key=lambda option: _points(option, points))  # the first of equal ones
    known = best.id if _enough(project, rules, blockers, best) else UNKNOWN
    return _Judged(factors, blockers, points, best, known)


def _points(option: Option, points: Mapping[str, int]) -> int:
    return sum(points[tool] for tool in option.tools)


def _ruled_out(option: Option, blockers: list[Blocker]) -> tuple[str, ...]:
    """The blockers that rule an option out; what is for later waits for those that can be lifted."""
    if "fine-tuning" not in option.tools:
        return ()
    return tuple(blocker.name for blocker in blockers if blocker.lasting or not option.later)


def _possible(option: Option, blockers: list[Blocker]) -> bool:
    return not _ruled_out(option, blockers) and bool(blockers or not option.later)


def _enough(project: Project, rules: AdviceRules, blockers: list[Blocker], best: Option) -> bool:
    """Whether the advice may be given: fine-tuning only where no blocker can be hidden in what was not answered."""
    if any(blocker.lasting for blocker in blockers):
        return True
    if "fine-tuning" in best.tools and any(blocker.holds(project) is None for blocker in rules.blockers):
        return False
    return _answered(project, rules) >= (rules.least_answers.value or 0)


def _answered(project: Project, rules: AdviceRules) -> int:
    return sum(getattr(project, question.name) is not None for question in rules.questions)


def _sentence(project: Project, rules: AdviceRules, judged: _Judged) -> str:
    if judged.option != UNKNOWN:
        return judged.best.sentence
    given = _answered(project, rules)
    text = f"Not enough is known to advise: {given} of {len(rules.questions)} questions are answered"
    if given < (rules.least_answers.value or 0):
        return text + "."
    open_ = {name for blocker in rules.blockers if blocker.holds(project) is None for name in blocker.when}
    flags = [question.flag for question in rules.questions if question.name in open_]
    return f"{text}; the sum speaks for {judged.best.title}, but it can still be ruled out by {', '.join(flags)}."


def _sum(option: Option, judged: _Judged) -> Sum:
    return Sum(
        option=option.id,
        title=option.title,
        points=_points(option, judged.points),
        parts={tool: judged.points[tool] for tool in option.tools},
        possible=_possible(option, judged.blockers),
        ruled_out=_ruled_out(option, judged.blockers),
    )


def _reason(factor: Factor) -> Reason:
    return Reason(
        name=factor.name,
        points={tool: factor.points[tool] for tool in TOOLS if tool in factor.points},
        words=factor.words,
        source=factor.source,
        date=factor.date.isoformat(),
    )


def _blocked(blocker: Blocker) -> Blocked:
    return Blocked(
        name=blocker.name,
        words=blocker.words,
        lift=blocker.lift,
        lasting=blocker.lasting,
        source=blocker.source,
        date=blocker.date.isoformat(),
    )


def _changes(project: Project, rules: AdviceRules, option: str) -> list[Change]:
    """For each question the answers with which the advice differs; neighbouring ranges with one advice are one."""
    changes: list[Change] = []
    for question in rules.questions:
        now = getattr(project, question.name)
        tried = [(other, _option(project, rules, question.name, other)) for other in alternatives(question, rules)]
        runs: list[tuple[Alternative, str]] = []
        for other, found in tried:
            if runs and runs[-1][1] == found and other.least is not None:
                runs[-1] = (runs[-1][0]._replace(below=other.below), found)
            else:
                runs.append((other, found))
        changes += [
            Change(
                question=question.name,
                label=question.label,
                value=other.value if other.least is None else None,
                least=other.least,
                below=other.below,
                words=in_words(question, other),
                now=None if now is None else in_words(question, Alternative(now)),
                option=found,
                title=rules.title(found),
            )
            for other, found in runs
            if found != option
        ]
    return changes


def _option(project: Project, rules: AdviceRules, question: str, other: Alternative) -> str:
    return _judged(project.replaced(**{question: other.value}), rules).option


def _missing(
    project: Project, rules: AdviceRules, changes: tuple[Change, ...], notes: Mapping[str, str]
) -> list[Missing]:
    """The questions without an answer, those with the most influence first."""
    # Where fine-tuning is out for ever, only retrieval is still to be decided.
    decided = any(blocker.lasting and blocker.holds(project) for blocker in rules.blockers)
    tools = ("retrieval",) if decided else TOOLS
    open_ = [ground for ground in rules.grounds if ground.holds(project) is None]
    missing = []
    for question in rules.questions:
        if getattr(project, question.name) is not None:
            continue
        grounds = [ground for ground in open_ if question.name in ground.when]
        points = [abs(g.points.get(tool, 0)) for g in grounds if isinstance(g, Factor) for tool in tools]
        missing.append(
            Missing(
                question=question.name,
                label=question.label,
                ask=question.ask,
                flag=question.flag,
                points=max(points, default=0),
                blocks=not decided and any(isinstance(ground, Blocker) for ground in grounds),
                options=tuple(dict.fromkeys(change.option for change in changes if change.question == question.name)),
                note=notes.get(question.name),
            )
        )
    return sorted(missing, key=lambda entry: (not entry.blocks, not entry.options, -entry.points))
