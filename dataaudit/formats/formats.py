"""Learned formats as values: what each group has, and what a row of given groups is held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from dataaudit.formats.compare import Comparer
from dataaudit.formats.groups import Grouping, GroupKey
from dataaudit.formats.limits import Limits
from dataaudit.formats.votes import Aspect
from dataaudit.formats.words import sentence

if TYPE_CHECKING:
    from dataaudit.formats.deviation import Deviation


class GroupFormat(NamedTuple):
    """What was learned of one group. rows: of the sample, blank answers left aside.

    kept: of the aspects of the whole set, the share of this group's rows that keep to them; not for all aspects.
    """

    key: GroupKey
    rows: int
    aspects: Mapping[str, Aspect]
    kept: Mapping[str, float] = {}


@dataclass(frozen=True)
class ResolvedFormat:
    """What a row is held against. keys: its groups, coarse to fine. aspects: by name, only those that are real.

    origin: of each aspect the number of the group that it was learned in, as in `Formats.groups`.
    """

    keys: tuple[GroupKey, ...]
    aspects: Mapping[str, Aspect]
    limits: Limits
    origin: Mapping[str, int] = field(default_factory=dict)

    def origin_of(self, aspect: str) -> int:
        """The number of the group behind the aspect of a deviation; the whole set where it is not known."""
        if aspect in self.origin:
            return self.origin[aspect]
        names = ("labels",) if aspect == "enum" else ("tree", "names", "kind")
        if aspect in ("before", "after", "fence", "fault"):
            names = ("kind",)
        return next((self.origin[name] for name in names if name in self.origin), 0)

    @cached_property
    def comparer(self) -> Comparer:
        """What finds deviations, made when first asked for."""
        return Comparer(self.aspects, self.limits)

    def sentence(self, share: float | None = None, rows: int | None = None) -> str:
        """The format in words: `share` of `rows` rows comply; by default as in the sample."""
        return sentence(self.keys[-1], self.aspects, share, rows)

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in self.__dict__.items() if name != "comparer"}


class Formats(NamedTuple):
    """The formats of a set; without groups no answer deviates.

    groups: the whole set first. resolved: one for each combination of groups. enforced: laid down in a contract.
    """

    groups: tuple[GroupFormat, ...] = ()
    grouping: Grouping = Grouping()
    resolved: tuple[ResolvedFormat, ...] = (ResolvedFormat((GroupKey("all"),), {}, Limits.none()),)
    enforced: bool = False

    def chain(self, context: str, question: str, label: str | None = None) -> int:
        """The number of the resolved format of a row."""
        return self.grouping.chain(context, question, label)

    def to_contract(self, stem: str = "answers") -> tuple[str, dict[str, dict[str, Any]]]:
        """The formats as a TOML file to correct and commit, and the JSON Schemas beside it by file name.

        stem: what the names of the schemas begin with.
        """
        from dataaudit.formats.contract import contract_of

        return contract_of(self, stem)

    def deviations(self, format_id: int, answer: str) -> list[Deviation]:
        """What of the answer is not as in the others; empty for most answers, after a few looks."""
        return self.resolved[format_id].comparer.deviations(answer)
