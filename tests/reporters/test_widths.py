"""Text reports keep to their columns, whatever stands in them, and say what one is."""

from __future__ import annotations

import pytest

from dataaudit import audit
from dataaudit.catalogue import load_catalogue
from dataaudit.reporters import View, render
from dataaudit.reporters.layout import broken, wrap
from dataaudit.reporters.rules import rule_text
from dataaudit.text.safe import display_width
from tests.reporters.made import CATALOGUE, SUPPRESSED, THREE, UNUSED, finding, report


def widest(text: str) -> int:
    return max(display_width(line) for line in text.splitlines())


@pytest.mark.parametrize("code", sorted(load_catalogue().rules))
def test_a_rule_fits_a_page(code: str) -> None:
    lines = rule_text(load_catalogue().rules[code], View()).splitlines()
    assert [line for line in lines if display_width(line) > 80 and "https://" not in line] == []


def test_an_example_goes_on_below_and_loses_nothing() -> None:
    text = rule_text(load_catalogue().rules["SIM001"], View())
    assert widest(text) <= 80
    whole = text.replace("\n    > ", "")
    for example in (*load_catalogue().rules["SIM001"].bad, *load_catalogue().rules["SIM001"].good):
        for content in example.files.values():
            assert all(f"    | {line}\n" in whole for line in content.rstrip("\n").split("\n"))


@pytest.mark.parametrize("word", ["x" * 3000, "知" * 1500, "é" * 3000], ids=["ascii", "wide", "accents"])
@pytest.mark.parametrize("form", ["full", "grouped"])
def test_one_word_fills_no_line(form: str, word: str) -> None:
    of = report([finding("SCH001", 1, f"label '{word}' has one row")])
    assert widest(render(of, CATALOGUE, form)) <= 80


def test_the_sum_keeps_to_the_width() -> None:
    assert widest(render(report(THREE, suppressed=SUPPRESSED, unused=UNUSED), CATALOGUE, "grouped")) <= 80


@pytest.mark.parametrize("text", ["", "a", "a  b " * 40, "知識 " * 30, "\x1b"])
def test_broken_text_is_all_there(text: str) -> None:
    pieces = list(broken(text, 20))
    assert "".join(pieces) == text
    assert all(display_width(piece) <= 20 for piece in pieces)


def test_a_path_is_whole() -> None:
    path = "/" + "/".join(["folder"] * 20)
    assert path in wrap(f"see also {path}", 80)


def test_one_of_a_kind_is_one() -> None:
    rows = [{"text": f"Text {number}", "label": "billing"} for number in range(30)]
    rows.append({"text": "Text", "label": "biling"})
    (found,) = audit(rows, select=["LAB003"]).findings
    assert "'biling' (1 row)" in found.message
    assert "(30 rows)" in found.message
