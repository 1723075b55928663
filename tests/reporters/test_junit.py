"""JUnit XML: well formed whatever the data hold, and with the attributes that viewers count by."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataaudit.model import Report, Unchecked
from dataaudit.reporters import render
from dataaudit.reporters.channels import limit
from tests.reporters.made import ACCEPTED, CATALOGUE, HOSTILE, REFUSED, THREE, finding, hostile, report


def parsed(of: Report) -> ElementTree.Element:
    # As bytes: a text with lone surrogates would be no file.
    return ElementTree.fromstring(render(of, CATALOGUE, "junit").encode("utf-8"))


def keeps_the_rules(root: ElementTree.Element) -> None:
    """What the common schemas (Jenkins, Windy Road) ask for, and unique names, which GitLab asks for."""
    assert root.tag == "testsuites"
    for total in ("tests", "failures", "errors", "skipped"):
        assert int(root.attrib[total]) == sum(int(suite.attrib[total]) for suite in root)
    names = []
    for suite in root:
        assert suite.tag == "testsuite"
        assert set(suite.attrib) == {"name", "tests", "failures", "errors", "skipped", "time"}
        assert int(suite.attrib["tests"]) == len(suite) > 0
        assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))
        assert int(suite.attrib["skipped"]) == len(suite.findall("testcase/skipped"))
        for case in suite:
            assert case.tag == "testcase"
            assert set(case.attrib) == {"classname", "name", "time"}
            assert float(case.attrib["time"]) >= 0
            assert [inner.tag for inner in case] in ([], ["failure"], ["skipped"], ["system-out"])
            names.append((case.attrib["classname"], case.attrib["name"]))
    assert len(set(names)) == len(names)


def test_junit() -> None:
    of = report(THREE, verdicts=(REFUSED, ACCEPTED), unchecked=(Unchecked(rule="LAB001", because="no labels"),))
    assert render(of, CATALOGUE, "junit") == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<testsuites name="dataaudit" tests="7" failures="3" errors="0" skipped="1" time="0">\n'
        '  <testsuite name="train.jsonl" tests="2" failures="2" errors="0" skipped="0" time="0">\n'
        '    <testcase classname="train.jsonl" name="DUP001 exact-duplicate" time="0">\n'
        '      <failure type="warning" message="1 warning: repeats an earlier row">'
        "train.jsonl:9: repeats an earlier row\n\nfix: Remove it.</failure>\n"
        "    </testcase>\n"
        '    <testcase classname="train.jsonl" name="SCH001 invalid-json" time="0">\n'
        '      <failure type="error" message="1 error: expected a comma">'
        "train.jsonl:12:24: expected a comma\n\nfix: Remove it.</failure>\n"
        "    </testcase>\n"
        "  </testsuite>\n"
        '  <testsuite name="held.jsonl" tests="1" failures="0" errors="0" skipped="0" time="0">\n'
        '    <testcase classname="held.jsonl" name="no findings" time="0" />\n'
        "  </testsuite>\n"
        '  <testsuite name="all files" tests="2" failures="0" errors="0" skipped="1" time="0">\n'
        '    <testcase classname="all files" name="MIN001 few" time="0">\n'
        "      <system-out>1 note: there are 4 examples, and 10 are asked for\n"
        "all files: there are 4 examples, and 10 are asked for\n\nfix: Remove it.</system-out>\n"
        "    </testcase>\n"
        '    <testcase classname="all files" name="LAB001 not checked" time="0">\n'
        '      <skipped message="no labels" />\n'
        "    </testcase>\n"
        "  </testsuite>\n"
        '  <testsuite name="providers" tests="2" failures="1" errors="0" skipped="0" time="0">\n'
        '    <testcase classname="providers" name="one" time="0">\n'
        '      <failure message="one: refused, 1 reason; first at train.jsonl:12" />\n'
        "    </testcase>\n"
        '    <testcase classname="providers" name="two" time="0" />\n'
        "  </testsuite>\n"
        "</testsuites>\n"
    )
    keeps_the_rules(parsed(of))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_stay_texts(text: str) -> None:
    root = parsed(hostile(text))
    keeps_the_rules(root)
    assert {element.tag for element in root.iter()} <= {
        "testsuites", "testsuite", "testcase", "failure", "skipped", "system-out",
    }  # fmt: skip


@given(text=st.text(alphabet=st.characters(), max_size=40))
def test_any_text_gives_well_formed_xml(text: str) -> None:
    keeps_the_rules(parsed(hostile(text)))


@given(text=st.text(alphabet=st.characters(categories=("Cs", "Cc", "Cn", "Cf")), min_size=1, max_size=20))
def test_characters_that_xml_forbids_are_shown_as_numbers(text: str) -> None:
    parsed(report([finding("SCH001", 1, text)]))


def test_no_findings_is_a_suite_a_file_that_passes() -> None:
    root = parsed(report())
    keeps_the_rules(root)
    assert [suite.attrib["name"] for suite in root] == ["train.jsonl", "held.jsonl"]
    assert root.attrib["failures"] == "0"


def test_no_file_at_all_still_has_a_suite() -> None:
    root = parsed(report(files=()))
    assert [suite.attrib["name"] for suite in root] == ["all files"]


def test_many_findings_of_a_rule_are_one_case_that_names_the_rest() -> None:
    most = limit("junit", "listed")
    case = parsed(report([finding("SCH001", line) for line in range(1, most + 51)])).find("testsuite/testcase/failure")
    assert case is not None
    assert case.attrib["message"] == f"{most + 50} errors"
    assert f"train.jsonl:{most}: a message\nand 50 more\n" in (case.text or "")
