"""The tokens that an estimate is worked out from: counted in a report, or as the user says where there is no data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dataaudit.checks.limits import TEST, TRAIN, VALIDATION
from dataaudit.errors import UsageError
from dataaudit.scoring.cost_values import Tokens
from dataaudit.tokens.estimate import estimate_tokens
from dataaudit.tokens.tokenizers import tokenizer_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dataaudit.model import Report
    from dataaudit.project import Project


class Counter:
    """Tokens of the training examples for each provider's model, by its tokenizer; each tokenizer is asked once.

    Raises:
        UsageError: a report without token counts, or no report and not both `examples` and `tokens_per_example`.
    """

    def __init__(self, report: Report | None, project: Project) -> None:
        self._known: dict[str | None, Tokens] = {}
        self._splits: Mapping[str, Any] = {}
        self._train: tuple[str, ...] = ()
        self._rows: Mapping[str, Any] = {}
        if report is None:
            self._known[None] = _as_given(project)
        else:
            self._read(report)

    def __call__(self, profile: str, model: str) -> Tokens:
        """The tokens for a model of a provider file."""
        if None in self._known:
            return self._known[None]
        name = tokenizer_of(profile, model)
        if name not in self._known:
            self._known[name] = self._by(name)
        return self._known[name]

    @property
    def used(self) -> tuple[Tokens, ...]:
        """What was asked for, by name of the tokenizer."""
        return tuple(self._known[name] for name in sorted(self._known, key=str))

    def _read(self, report: Report) -> None:
        if "tokens" not in report.statistics:
            raise UsageError("the report counts no tokens", hint='audit with tokens="sample" or tokens="exact"')
        self._splits = report.statistics["tokens"]["splits"]
        self._rows = report.statistics.get("splits", {})
        others = tuple(name for name in sorted(self._splits) if name not in (VALIDATION, TEST))
        self._train = (TRAIN,) if TRAIN in self._splits else others

    def _by(self, tokenizer: str) -> Tokens:
        figures = [estimate_tokens(self._splits[name], tokenizer) for name in self._train]
        checked = estimate_tokens(self._splits[VALIDATION], tokenizer).total if VALIDATION in self._splits else 0
        words = dict.fromkeys(figure.because for figure in figures if figure.total) or [self._nothing()]
        return Tokens(
            examples=sum(self._examples(name) for name in self._train),
            total=round(sum(figure.total for figure in figures)),
            low=round(sum(figure.low for figure in figures)),
            high=round(sum(figure.high for figure in figures)),
            exact=all(figure.exact for figure in figures),
            tokenizer=tokenizer,
            because="; ".join(words),
            validation=round(checked),
        )

    def _nothing(self) -> str:
        """Why there is nothing to train on."""
        kinds = [name for name in sorted(self._splits) if self._examples(name)]
        if not kinds:
            return "there are no rows that can be read"
        if any(name in self._train for name in kinds):
            return "no text to train on was found in the rows"
        return f"all rows are {' and '.join(kinds)} rows; --split train=PATH says otherwise"

    def _examples(self, split: str) -> int:
        """Rows that can be read: what cannot be is not trained on."""
        rows = self._rows.get(split, {})
        return max(int(rows.get("rows", 0)) - int(rows.get("unreadable", 0)), 0)


def _as_given(project: Project) -> Tokens:
    if project.examples is None or project.tokens_per_example is None:
        raise UsageError(
            "there is nothing to count tokens of", hint="name data, or give --examples and --tokens-per-example"
        )
    tokens = round(project.examples * project.tokens_per_example)
    because = f"{project.examples:,} examples x {project.tokens_per_example:,.10g} tokens, as given"
    return Tokens(
        examples=project.examples, total=tokens, low=tokens, high=tokens, exact=True, tokenizer=None, because=because
    )
