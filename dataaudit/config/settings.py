"""What a user may set, as one frozen value, with the kind and the default of each key.

How files are found and laid over each other is the work of the modules beside this one; names of rules, providers and
labels are checked where they are used.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Annotated, Any, Literal

from dataaudit.errors import UsageError
from dataaudit.model import Grade, Severity
from dataaudit.project import Project
from dataaudit.values import Exact, Text, Value, fields_of

Names = tuple[Text, ...]


class Settings(Value):
    """How data is judged. Paths of a settings file are absolute here, whatever the working folder.

    What each field means to a user stands in `config.keys`; here what it means to code.
    select, ignore: codes, prefixes ("DUP"), names, or "ALL"; the more exact word wins, see `selection`.
    splits: path to split. exclude: globs; with a slash matched with whole paths, without one with any part.
    severity: code or name to severity or "off". thresholds: code or name to {threshold: value}.
    labels: the labels that may occur; None where they are not declared. max_findings: kept findings a rule.
    figures: name of a task's figure to a range of the user's own. scoring: table and name in scoring.toml to a number.
    project: what the user says of the project, for costs and advice. tokens: whether tokens are counted, and how.
    extend_select, extend_ignore: added to select and ignore. per_file_ignores: glob to rules that are silent there.
    preview: rules in preview count as selected by "ALL" and prefixes. respect_gitignore: files that git ignores are
    left out of folders. force_exclude: `exclude` holds for files that are named too. max_warnings: more of them fail.
    fail_below: a worse grade fails. ignore_file, baseline: findings that are silent, see `suppression`.
    exit_zero: findings do not fail a run. exit_non_zero_on_fix: a run that fixed something fails.
    """

    select: Names = ("ALL",)
    ignore: Names = ()
    providers: Names = ()
    task: str | None = None
    splits: dict[str, Text] = dataclasses.field(default_factory=dict)
    shape: str | None = None
    prompt_column: str | None = None
    completion_column: str | None = None
    system_column: str | None = None
    label_column: str | None = None
    text_column: str | None = None
    id_column: str | None = None
    labels: Names | None = None
    rules: tuple[Path, ...] = ()
    format_contract: Path | None = None
    severity: dict[str, Literal["error", "warning", "info", "off"]] = dataclasses.field(default_factory=dict)
    thresholds: dict[str, dict[str, Annotated[float, Exact()]]] = dataclasses.field(default_factory=dict)
    fail_on: Severity = Severity.ERROR
    max_findings: Annotated[int, Exact(1)] = 1000
    exclude: Names = ()
    figures: dict[str, tuple[Annotated[float, Exact(0)], Annotated[float, Exact(0)]]] = dataclasses.field(
        default_factory=dict
    )
    scoring: dict[str, dict[str, Annotated[float, Exact(0)]]] = dataclasses.field(default_factory=dict)
    project: Project = dataclasses.field(default_factory=Project)
    tokens: Literal["off", "sample", "exact"] = "off"
    extend_select: Names = ()
    extend_ignore: Names = ()
    per_file_ignores: dict[str, Names] = dataclasses.field(default_factory=dict)
    preview: bool = False
    respect_gitignore: bool = True
    force_exclude: bool = False
    max_warnings: Annotated[int, Exact(0)] | None = None
    fail_below: Grade | None = None
    ignore_file: Path | None = None
    baseline: Path | None = None
    exit_zero: bool = False
    exit_non_zero_on_fix: bool = False

    @classmethod
    def prepared(cls, data: Any) -> Any:
        """Grades may be written small."""
        if isinstance(data, dict) and isinstance(grade := data.get("fail_below"), str):
            return {**data, "fail_below": grade.upper()}
        return data

    def only(self, *rules: str) -> Settings:
        """These settings with some rules alone, whatever was chosen before."""
        return self.replaced(select=rules, ignore=(), extend_select=(), extend_ignore=())

    def changed(self, **overrides: Any) -> Settings:
        """These settings with some fields replaced.

        Raises:
            UsageError: a field that does not exist, or a value of the wrong kind.
        """
        if not overrides:
            return self
        from pydantic import ValidationError

        from dataaudit.config.messages import words

        try:
            return Settings.validated(
                {entry.name: getattr(self, entry.name) for entry in fields_of(Settings)} | overrides
            )
        except ValidationError as error:
            what, hint, _ = words(error)
            raise UsageError(what, hint=hint) from error
