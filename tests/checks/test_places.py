"""Rows beyond the first thousand of a rule: counted, told where they are asked for, and kept small."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import dataaudit
from dataaudit.checks.output_format import Seen
from dataaudit.checks.places import Place, Places
from dataaudit.engine.cache.codec import packed, unpacked

MANY = 1500


def filled(lines: range, source: int = 0) -> Places:
    places = Places()
    for line in lines:
        places.add(Place(source, line, line % 7, f"sentence {line}"))
    return places


def test_all_rows_stay_and_the_first_have_words() -> None:
    places = filled(range(1, MANY + 1))
    told = list(places.first(10_000))
    assert places.count == len(told) == MANY
    assert [place.line for place in told] == list(range(1, MANY + 1))
    assert [place.code for place in told] == [line % 7 for line in range(1, MANY + 1)]
    assert [bool(place.sentence) for place in told] == [True] * 1000 + [False] * 500
    assert list(places.first(3)) == told[:3]


def test_parts_join_in_any_order() -> None:
    parts = [filled(range(1, 900)), filled(range(900, 1200)), filled(range(5, 80), source=1)]
    expected = [*filled(range(1, 1200)).first(9999)][:1000]
    for order in ((0, 1, 2), (2, 1, 0), (1, 0, 2)):
        joined = Places()
        for number in order:
            joined.merge(parts[number])
        assert [*joined.first(1000)] == expected
        assert joined.count == 1199 + 75


def test_the_cache_keeps_it() -> None:
    places = filled(range(1, 40))
    assert unpacked(packed(places)) == places


def rows(text: str) -> list[dict[str, Any]]:
    return [{"prompt": f"Question {n}?", "completion": f"{text} {n}"} for n in range(MANY)]


@pytest.mark.parametrize(
    ("text", "code", "plain"),
    [
        ("FranÃ§ois is at the café", "TXT001", "the completion was decoded with the wrong encoding"),
        ("“Ã©” is odd", "TXT001", "the completion looks like text read in the wrong encoding"),
        ("jane.roe@acme-shop.com", "PII001", "the completion holds an e-mail address"),
    ],
    ids=["certain", "doubtful", "personal"],
)
def test_a_large_max_findings_lists_all(text: str, code: str, plain: str) -> None:
    report = dataaudit.audit(rows(text), select=[code], max_findings=100_000)
    assert [finding.line for finding in report.findings] == list(range(1, MANY + 1))
    assert report.findings[0].message.startswith(f"{plain}: ")
    assert report.findings[-1].message == plain
    assert {finding.fix is None for finding in report.findings} == {"looks like" in plain}


@pytest.mark.parametrize(("text", "code"), [("FranÃ§ois", "TXT001"), ("jane.roe@acme-shop.com", "PII001")])
def test_what_is_silent_is_so_beyond_the_first(text: str, code: str, tmp_path: Path) -> None:
    file = tmp_path / "train.jsonl"
    silent = [row | {"dataaudit_ignore": [code]} for row in rows(text)]
    file.write_text("".join(json.dumps(row) + "\n" for row in [*silent, *rows(text)[:2]]), encoding="utf-8")
    report = dataaudit.audit(file, select=[code], max_findings=10)
    assert report.counts == {code: 2}
    assert [finding.line for finding in report.findings] == [MANY + 1, MANY + 2]
    assert sum(entry.count for entry in report.suppressed) == MANY


def test_deviations_beyond_the_first_have_their_words() -> None:
    """FMT008 needs no majority."""
    same = [row | {"completion": "Dear {{name}}, welcome."} for row in rows("")]
    report = dataaudit.audit(same, select=["FMT008"], max_findings=100_000)
    assert [finding.line for finding in report.findings] == list(range(1, MANY + 1))
    assert len({finding.message for finding in report.findings}) == 1


def test_words_of_parts_are_joined() -> None:
    first, second = Seen(), Seen()
    for seen, words in ((first, ["one", "two"]), (second, ["three", "two"])):
        for line, message in enumerate(words, start=1):
            seen.places.add(Place(0, line, seen.number(message, "completion"), ""))
    first.merge(second)
    assert [message for _, message, _ in first.told(10)] == ["one", "three", "two", "two"]


def test_more_words_than_are_kept_are_those_of_another_row() -> None:
    seen = Seen()
    for line in range(1, MANY + 1):
        seen.places.add(Place(0, line, seen.number(f"{line} too many", None), ""))
    told = [message for _, message, _ in seen.told(MANY)]
    assert told[999:1001] == ["1000 too many", "as in another row: 1 too many"]
