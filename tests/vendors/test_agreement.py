"""Our verdicts agree with those of the vendors' own validators, or the difference is explained with its source.

The validators themselves are not needed: their verdicts are recorded (see benchmarks/vendor_agreement.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.vendors.agreement import (
    differences,
    digests,
    explanations,
    our_verdicts,
    read_record,
    theirs,
)
from benchmarks.vendors.files import crafted_files, write_files
from benchmarks.vendors.oracles import ORACLES, Oracle, Verdict, restated
from benchmarks.vendors.page import PAGE, page

if TYPE_CHECKING:
    from pathlib import Path

each_oracle = pytest.mark.parametrize("oracle", ORACLES, ids=lambda oracle: oracle.name)


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The crafted files on disk."""
    return write_files(tmp_path_factory.mktemp("crafted"))


@pytest.fixture(scope="module")
def ours(paths: dict[str, Path]) -> dict[tuple[str, str], Verdict]:
    """Our verdicts by file and profile."""
    return our_verdicts(paths)


@pytest.fixture(scope="module")
def record() -> dict[str, Any]:
    """What the validators said when they were last run."""
    return read_record()


def test_record_is_of_these_files(record: dict[str, Any]) -> None:
    assert record["digests"] == digests(), "files changed: python -m benchmarks.vendor_agreement --record"


@each_oracle
def test_every_file_has_a_recorded_verdict(oracle: Oracle, record: dict[str, Any]) -> None:
    judged = theirs(oracle, record["verdicts"])
    assert judged.keys() == oracle.files().keys()
    assert set(judged.values()) == {"ok", "refused"}, "a validator that says only one thing compares nothing"


@pytest.mark.slow
@each_oracle
def test_differences_are_explained_and_no_more(
    oracle: Oracle, record: dict[str, Any], ours: dict[tuple[str, str], Verdict]
) -> None:
    found = set(differences(oracle, record["verdicts"], ours))
    explained = [one for text in explanations() if text.validator == oracle.name for one in text.differences()]
    assert len(explained) == len(set(explained)), "a difference is explained twice"
    assert found - set(explained) == set(), "not explained in fixtures/vendors/explained.toml"
    assert set(explained) - found == set(), "explained, but we agree"


def test_explanations_name_validator_reason_and_source() -> None:
    names = {oracle.name for oracle in ORACLES}
    for text in explanations():
        assert text.validator in names
        assert text.files
        assert text.ours != text.theirs
        assert len(text.why) > 20
        assert len(text.source) > 10


def test_comparison_is_large_enough(record: dict[str, Any]) -> None:
    compared = {name for oracle in ORACLES for name in theirs(oracle, record["verdicts"])}
    assert len(compared) >= 60
    assert compared == crafted_files().keys() == record["verdicts"].keys()


@pytest.mark.parametrize("oracle", [oracle for oracle in ORACLES if oracle.script], ids=lambda oracle: oracle.name)
def test_restated_scripts_say_what_is_recorded(oracle: Oracle, record: dict[str, Any], paths: dict[str, Path]) -> None:
    assert restated(oracle, paths) == theirs(oracle, record["verdicts"])


# What the validators were seen to say when they were first run, by hand, before this comparison was written.
_SEEN = {
    "together": {
        "chat-good.jsonl": "ok",
        "bytes-bom.jsonl": "refused",
        "bytes-blank-line.jsonl": "refused",
        "bytes-crlf.jsonl": "ok",
        "bytes-latin-1.jsonl": "refused",
        "chat-last-user.jsonl": "ok",
        "chat-no-assistant.jsonl": "refused",
        "chat-empty-answer.jsonl": "ok",
        "chat-weight-2.jsonl": "refused",
        "chat-weight-half.jsonl": "refused",
        "chat-weight-true.jsonl": "ok",
        "chat-weights-all-zero.jsonl": "ok",
        "chat-extra-top-key.jsonl": "refused",
        "chat-extra-message-key.jsonl": "ok",
        "chat-role-bot.jsonl": "refused",
        "chat-role-developer.jsonl": "refused",
        "chat-rows-1.jsonl": "ok",
        "bytes-zero.jsonl": "refused",
        "chat-two-users.jsonl": "ok",
        "chat-system-later.jsonl": "ok",
        "bytes-array.jsonl": "refused",
        "pairs-good.jsonl": "ok",
        "pairs-empty-completion.jsonl": "ok",
        "chat-mixed-with-pairs.jsonl": "refused",
        "preference-good.jsonl": "ok",
        "preference-two-preferred.jsonl": "refused",
        "preference-equal.jsonl": "ok",
        "tools-good.jsonl": "ok",
        "tools-orphan-result.jsonl": "ok",
        "chat-null-answer.jsonl": "ok",
        "chat-integer-answer.jsonl": "refused",
        "chat-duplicate-key.jsonl": "ok",
        "chat-nan-in-extra-key.jsonl": "refused",
        "bytes-good.json": "refused",
        "pairs-good.csv": "refused",
    },
    "mistral-v3": {
        "chat-good.jsonl": "ok",
        "chat-last-user.jsonl": "refused",
        "chat-no-assistant.jsonl": "refused",
        "chat-weight-2.jsonl": "refused",
        "chat-weight-half.jsonl": "refused",
        "chat-extra-message-key.jsonl": "refused",
        "chat-integer-answer.jsonl": "refused",
        "tools-missing-result.jsonl": "refused",
        "chat-empty-answer.jsonl": "refused",
        "chat-null-answer.jsonl": "refused",
        "tools-id-of-six.jsonl": "refused",
        "tools-result-id-foreign.jsonl": "ok",
    },
    "mistral-v13": {
        "chat-empty-answer.jsonl": "ok",
        "chat-null-answer.jsonl": "ok",
        "tools-id-of-six.jsonl": "ok",
        "tools-result-id-foreign.jsonl": "refused",
    },
    "openai-legacy": {
        "pairs-duplicates.jsonl": "ok",
        "pairs-empty-completions.jsonl": "ok",
        "pairs-prompt-capital.jsonl": "ok",
        "pairs-extra-id.jsonl": "ok",
        "pairs-two-labels.jsonl": "ok",
        "pairs-equal-prompts.jsonl": "refused",
    },
}


@pytest.mark.parametrize("name", _SEEN)
def test_record_holds_what_was_seen(name: str, record: dict[str, Any]) -> None:
    assert {file: record["verdicts"][file].get(name) for file in _SEEN[name]} == _SEEN[name]


@pytest.mark.slow
def test_page_is_up_to_date(record: dict[str, Any], ours: dict[tuple[str, str], Verdict]) -> None:
    found = [one for oracle in ORACLES for one in differences(oracle, record["verdicts"], ours)]
    assert PAGE.read_text(encoding="utf-8") == page(record["verdicts"], found, explanations()), (
        "run python -m benchmarks.vendor_agreement --write-docs"
    )
