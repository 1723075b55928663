from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from dataaudit.config import Settings, selected, selection_of
from dataaudit.errors import UsageError


@dataclass(frozen=True)
class Stated:
    name: str
    status: str = "stable"
    replaced_by: str | None = None


RULES = {
    "DUP001": Stated("exact-duplicate"),
    "DUP002": Stated("normalized-duplicate"),
    "DUP008": Stated("old-duplicate", "deprecated", "DUP001"),
    "DUP009": Stated("older-duplicate", "removed", "DUP001"),
    "SCH001": Stated("invalid-json"),
    "SCH009": Stated("gone", "removed"),
    "SCH012": Stated("empty-text"),
    "TXT001": Stated("mojibake", "preview"),
}


def chosen(**fields: Any) -> str:
    return " ".join(sorted(selected(Settings().changed(**fields), RULES)))


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        pytest.param({}, "DUP001 DUP002 DUP008 SCH001 SCH012", id="all"),
        pytest.param({"select": ["dup"]}, "DUP001 DUP002 DUP008", id="prefix-in-any-case"),
        pytest.param({"select": ["exact-duplicate", "SCH012"]}, "DUP001 SCH012", id="name-and-code"),
        pytest.param({"ignore": ["DUP"]}, "SCH001 SCH012", id="ignore-prefix"),
        pytest.param(
            {"select": ["ALL", "DUP002"], "ignore": ["DUP"]}, "DUP002 SCH001 SCH012", id="the-exact-word-wins"
        ),
        pytest.param({"select": ["SCH"], "ignore": ["SCH01"]}, "SCH001", id="the-longer-prefix-wins"),
        pytest.param({"select": ["DUP001", "SCH001"], "ignore": ["DUP001"]}, "SCH001", id="ignore-wins-when-equal"),
        pytest.param({"select": ["SCH001"], "extend_select": ["DUP002"]}, "DUP002 SCH001", id="extend-select"),
        pytest.param({"select": ["DUP"], "extend_ignore": ["DUP00"]}, None, id="extend-ignore-leaves-nothing"),
        pytest.param({"select": ["DUP"], "extend_ignore": ["DUP008"]}, "DUP001 DUP002", id="extend-ignore"),
        pytest.param({"select": ["TXT001"]}, "TXT001", id="preview-named-by-code"),
        pytest.param({"select": ["mojibake"]}, "TXT001", id="preview-named-by-name"),
        pytest.param({"select": ["TXT"]}, None, id="preview-by-prefix-is-not-taken"),
        pytest.param({"select": ["TXT"], "preview": True}, "TXT001", id="preview-wanted"),
        pytest.param({"select": ["DUP009"]}, "DUP001", id="removed-leads-to-what-replaced-it"),
    ],
)
def test_selected(fields: dict[str, Any], codes: str | None) -> None:
    if codes is None:
        with pytest.raises(UsageError, match="leave no rule to check"):
            chosen(**fields)
    else:
        assert chosen(**fields) == codes


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        pytest.param({"select": ["DUP007"]}, "select: unknown rule 'DUP007'; did you mean DUP001", id="code"),
        pytest.param({"select": ["DUPP"]}, r"select: unknown rule 'DUPP'; did you mean DUP\?", id="prefix"),
        pytest.param({"select": ["SCHH"]}, r"select: unknown rule 'SCHH'; did you mean SCH\?", id="other-prefix"),
        pytest.param({"ignore": ["exact-duplicates"]}, "ignore: .*; did you mean exact-duplicate", id="name"),
        pytest.param({"extend_select": ["zzzz"]}, "extend_select: .*see `dataaudit rule --all`", id="nothing-near"),
        pytest.param({"select": ["SCH009"]}, "select: the rule SCH009 was removed", id="removed"),
        pytest.param({"select": ["TXT"]}, "--preview takes them", id="only-preview"),
    ],
)
def test_words_that_select_nothing(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        chosen(**fields)


def test_what_the_user_should_know_is_said() -> None:
    told = selection_of(Settings(select=("DUP008", "DUP009", "TXT001")), RULES)
    assert told.notes == (
        "DUP009 was removed and DUP001 taken in its place: name DUP001 in select",
        "DUP008 is deprecated and will be removed; DUP001 will take its place",
        "TXT001 is in preview: it may change",
    )
    assert selection_of(Settings(), RULES).notes == ()


@pytest.mark.parametrize("key", ["ignore", "extend_ignore"])
def test_a_removed_rule_may_be_ignored(key: str) -> None:
    told = selection_of(Settings().changed(**{key: ["SCH009"]}), RULES)
    assert told.notes == (f"{key}: the rule SCH009 was removed: take it out of the settings",)
    assert told.codes == selection_of(Settings(), RULES).codes


def test_each_rule_that_is_off_has_a_reason() -> None:
    off = selection_of(Settings(select=("DUP", "TXT"), ignore=("DUP002",)), RULES).off
    assert off == {
        "DUP002": "ignore = DUP002",
        "DUP009": "removed",
        "SCH001": "not selected",
        "SCH009": "not selected",
        "SCH012": "not selected",
        "TXT001": "in preview",
    }


def test_some_rules_alone() -> None:
    settings = Settings(select=("SCH",), ignore=("DUP001",), extend_select=("TXT",), extend_ignore=("SCH001",))
    assert selected(settings.only("DUP001"), RULES) == {"DUP001"}
