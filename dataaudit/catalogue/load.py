"""Reads the files of rules/ and of users' own rule folders into a Catalogue."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from dataaudit._plugins import installed
from dataaudit._resources import compiled, read_toml, rules_folder
from dataaudit.catalogue.models import Rule, Task, Trait, trait_matches
from dataaudit.errors import RuleError, UsageError
from dataaudit.values import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dataaudit.catalogue.provider import Provider

GROUP = "dataaudit.rules"
_APART = {"providers", "shapes", "tasks"}
_Model = TypeVar("_Model", bound=Value)


@dataclass
class Catalogue:
    """Rules by code, and, read only when asked for, providers and tasks by id. folders: those of the user."""

    rules: dict[str, Rule]
    folders: tuple[Path, ...] = field(default_factory=tuple)

    @cached_property
    def providers(self) -> dict[str, Provider]:
        """Every provider file, by id."""
        from dataaudit.catalogue.provider import Provider

        return {entry.id: entry for entry in self._all("providers", Provider)}

    @cached_property
    def tasks(self) -> dict[str, Task]:
        """Every task profile, by id."""
        return {entry.id: entry for entry in self._all("tasks", Task)}

    def _all(self, folder: str, model: type[_Model]) -> Iterator[_Model]:
        yield from (entry for _, entry in _shipped(model, lambda name: name.startswith(f"{folder}/")))
        for root in self.folders:
            if (root / folder).is_dir():
                yield from (_read(file, model) for file in _toml_files(root / folder))

    def rule(self, word: str) -> Rule:
        """The rule of that code or name.

        Raises:
            UsageError: there is none; the nearest one is suggested, or the rules of the prefix are named.
        """
        for rule in self.rules.values():
            if word.upper() == rule.code or word.lower() == rule.name:
                return rule
        from dataaudit.config.suggest import hint_for, listed

        if word and (below := [code for code in self.rules if word.upper() == "ALL" or code.startswith(word.upper())]):
            raise UsageError(f"{word!r} stands for several rules, one is wanted here", hint=f"it has {listed(below)}")
        raise UsageError(f"unknown rule {word!r}", hint=hint_for(word, self.rules, prefixes=False))

    @cached_property
    def _exact_traits(self) -> dict[str, tuple[Rule, Trait]]:
        return {t.name: (r, t) for r in self.rules.values() for t in r.traits if not t.name.endswith("*")}

    @cached_property
    def _prefix_traits(self) -> list[tuple[Rule, Trait]]:
        return [(r, t) for r in self.rules.values() for t in r.traits if t.name.endswith("*")]

    def of_trait(self, trait: str) -> tuple[Rule, Trait] | None:
        """The rule that is about a trait, and its entry; None for a plain fact that no rule is about."""
        if (found := self._exact_traits.get(trait)) is not None:
            return found
        for rule, entry in self._prefix_traits:
            if trait_matches(entry.name, trait):
                return rule, entry
        return None


def load_catalogue(*user_folders: Path) -> Catalogue:
    """The built-in rules, with those of installed packages and of users' folders added.

    An installed package names its folder of rules by an entry point of the group `dataaudit.rules`: a call without
    arguments that returns the path.

    Raises:
        RuleError: a file breaks its schema, or a code or name is used twice; the file is named.
    """
    rules = dict(_builtin_rules())
    user_folders = (*(Path(load()()) for load in installed(GROUP)), *user_folders)
    for folder in user_folders:
        if not folder.is_dir():
            raise RuleError("no such folder of rules", path=str(folder))
        for file in _toml_files(folder):
            _add(rules, _read(file, Rule), file)
    return Catalogue(rules, user_folders)


@cache
def _builtin_rules() -> dict[str, Rule]:
    rules: dict[str, Rule] = {}
    for name, rule in _shipped(Rule, lambda name: "/" in name and name.partition("/")[0] not in _APART):
        _add(rules, rule, name)
    return rules


def _shipped(model: type[_Model], wanted: Callable[[str], bool]) -> Iterator[tuple[str, _Model]]:
    """The built-in files whose path is wanted, in the order of their paths."""
    made = compiled(model.__name__)
    if made is not None:
        yield from ((name, model.trusted(data)) for name, data in made.items() if wanted(name))
        return
    root = rules_folder()
    for folder in sorted(root.iterdir(), key=lambda entry: entry.name):
        if folder.is_dir():
            for file in _toml_files(folder):
                name = f"{folder.name}/{file.name}"
                if wanted(name):
                    yield name, _read(file, model)


def _add(rules: dict[str, Rule], rule: Rule, file: object) -> None:
    if rule.code in rules:
        raise RuleError(f"the code {rule.code} is used twice", path=str(file), hint="give the rule a code of its own")
    if any(rule.name == other.name for other in rules.values()):
        raise RuleError(f"the name {rule.name} is used twice", path=str(file), hint="give the rule a name of its own")
    rules[rule.code] = rule


def _toml_files(folder: Path) -> list[Path]:
    return sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name)


def _read(file: Path, model: type[_Model]) -> _Model:
    from pydantic import ValidationError

    data = read_toml(file)
    try:
        return model.validated(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "file"
        raise RuleError(
            f"{place}: {first['msg']}", path=str(file), hint=f"{error.error_count()} problem(s) in all"
        ) from error
