"""What the answers of a set look like, and whether the outputs of a model keep to it: the calls behind two commands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from os import PathLike, fspath
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple, Union

from dataaudit._resources import rule_data
from dataaudit.api import columns_of
from dataaudit.catalogue import Given, given, load_catalogue
from dataaudit.checks.agreement import Agreement, figures
from dataaudit.checks.learned import Learned
from dataaudit.checks.output_format import Answers, FormatCheck
from dataaudit.config import Settings
from dataaudit.engine.plan import Plan, make_plan
from dataaudit.engine.run import run
from dataaudit.errors import SourceError, UsageError
from dataaudit.formats import read_contract
from dataaudit.loaders import choice_of, open_sources
from dataaudit.text.intervals import wilson
from dataaudit.text.safe import shown
from dataaudit.values import Value

if TYPE_CHECKING:
    from dataaudit.formats import Formats

Paths = Union[str, "PathLike[str]", Sequence[Union[str, "PathLike[str]"]]]
_RULES = frozenset(FormatCheck.codes)
_LINES_SHOWN = 20


class LearnedFormat(NamedTuple):
    """formats: what was learned. figures: each format in words with its rows, most rows first (JSON values)."""

    formats: Formats
    figures: list[dict[str, Any]]


class Deviating(Value):
    """Outputs that deviate in one way: how many, the words of the first, and the lines of the first ones."""

    rule: str
    name: str
    count: int
    message: str
    lines: tuple[int, ...]


class OutputFile(Value):
    """One file of outputs held against a format.

    rate: share of the outputs that keep to it; low, high: its 95 % interval (Wilson). enough: so many outputs that
    the bar can be judged; passed: enough, and the rate reaches the bar.
    """

    path: str
    outputs: int
    agreeing: int
    rate: float
    low: float
    high: float
    enough: bool
    passed: bool
    deviations: tuple[Deviating, ...]


class Consistency(Value):
    """Files of outputs side by side. bar: the share to reach over at least `least` outputs; source: who says so."""

    against: str
    formats: tuple[str, ...]
    bar: float
    least: int
    source: str
    files: tuple[OutputFile, ...]


class _Standard(NamedTuple):
    """The formats to hold outputs against, how their own set keeps to them, and aspects that are not real there."""

    formats: Formats
    answers: Answers
    ignored: frozenset[tuple[int, str]]


def learn(source: Paths, *, settings: Settings | None = None) -> LearnedFormat:
    """Learn the format of the answers of one set: files, folders or globs.

    Raises:
        SourceError: nothing can be read, or no row has an answer. UsageError: columns that cannot be followed.
    """
    settings = settings or Settings()
    standard = _learned(_paths(source), settings, _given(settings))
    return LearnedFormat(standard.formats, figures(standard.formats, standard.answers))


def consistency(
    outputs: Paths,
    *,
    against: Paths | None = None,
    contract: Path | None = None,
    settings: Settings | None = None,
) -> Consistency:
    """Hold files of a model's outputs against the format of a training set, or against a contract.

    Raises:
        UsageError: neither or both are given. SourceError: a file cannot be read or holds no answers.
        SettingsError: the contract is broken.
    """
    settings = settings or Settings()
    rules = _given(settings)
    if contract is not None and against is None:
        standard = _Standard(read_contract(contract, rules.threshold), Answers(), frozenset())
    elif against is not None and contract is None:
        standard = _learned(_paths(against), settings, rules)
    else:
        raise UsageError("give either a training set or a format contract", hint="--against or --format-contract")
    bar = rule_data("consistency.toml")["bar"]
    return Consistency(
        against=shown(str(contract) if against is None else ", ".join(_paths(against))),
        formats=tuple(group["format"] for group in figures(standard.formats, standard.answers)),
        bar=bar["share"],
        least=bar["outputs"],
        source=bar["source"],
        files=tuple(_held(path, settings, rules, standard, bar) for path in _paths(outputs)),
    )


def _given(settings: Settings) -> Given:
    return given(load_catalogue(*settings.rules), settings.severity, settings.thresholds)


def _paths(source: Paths) -> list[str]:
    return [fspath(source)] if isinstance(source, (str, PathLike)) else [fspath(path) for path in source]


def _learned(paths: list[str], settings: Settings, rules: Given) -> _Standard:
    with TemporaryDirectory(prefix="dataaudit-") as spool:
        plan = _plan(paths, settings, rules, Path(spool))
        formats = plan.learned.formats
        answers = _measured(plan)
    if formats is None or not answers.rows:
        raise SourceError("no answers to learn from", path=paths[0], hint="name the columns, e.g. --completion-column")
    agreement = Agreement(formats, answers, rules)
    ignored = frozenset(key for key in answers.off if not agreement.is_real(*key))
    return _Standard(formats, answers, ignored)


def _held(path: str, settings: Settings, rules: Given, standard: _Standard, bar: dict[str, Any]) -> OutputFile:
    with TemporaryDirectory(prefix="dataaudit-") as spool:
        plan = _plan([path], settings, rules, Path(spool))
        learned = Learned(formats=standard.formats, ignored=standard.ignored, texts_as_answers=True)
        answers = _measured(replace(plan, learned=learned))
    outputs = sum(answers.rows.values())
    if not outputs:
        raise SourceError("no outputs", path=path, hint="one output a row; --completion-column names the column")
    agreeing = outputs - sum(count for (_, aspect), count in answers.off.items() if aspect == "*")
    low, high = wilson(agreeing, outputs)
    enough = outputs >= bar["outputs"]
    return OutputFile(
        path=shown(path, [path]),
        outputs=outputs,
        agreeing=agreeing,
        rate=agreeing / outputs,
        low=low,
        high=high,
        enough=enough,
        passed=enough and agreeing >= bar["share"] * outputs,
        deviations=tuple(_deviations(answers, rules)),
    )


def _deviations(answers: Answers, rules: Given) -> list[Deviating]:
    """By rule, aspect and detail whatever the group, most frequent first."""
    kinds: dict[tuple[str, str, str], Deviating] = {}
    for kind, seen in sorted(answers.seen.items()):
        key = kind.rule, kind.aspect, kind.detail
        told = list(seen.told(_LINES_SHOWN))
        lines = tuple(place.line for place, *_ in told)
        known = kinds.get(key)
        if known is None:
            name, message = rules.catalogue.rules[kind.rule].name, shown(told[0][1])
            kinds[key] = Deviating(rule=kind.rule, name=name, count=seen.count, message=message, lines=lines)
        else:
            lines = tuple(sorted((*known.lines, *lines))[:_LINES_SHOWN])
            kinds[key] = known.replaced(count=known.count + seen.count, lines=lines)
    return sorted(kinds.values(), key=lambda found: (-found.count, found.rule, found.message))


def _plan(paths: list[str], settings: Settings, rules: Given, spool: Path) -> Plan:
    sources = open_sources(paths, splits=settings.splits, spool=spool, choice=choice_of(settings))
    folders = [str(folder) for folder in settings.rules]
    return make_plan(sources, rules, _RULES, folders=folders, columns=columns_of(settings), shape=settings.shape)


def _measured(plan: Plan) -> Answers:
    measured, _, _ = run(plan, None)
    return next(state for state in measured.states if isinstance(state, Answers))
