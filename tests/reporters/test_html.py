"""The HTML report without a browser: what is in the file, how large it is, and what may run in it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from itertools import accumulate
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataaudit.catalogue import load_catalogue
from dataaudit.model import Finding, Report, Severity, Tool
from dataaudit.reporters.html import html
from dataaudit.reporters.html.packing import ALPHABET, packed
from dataaudit.reporters.html.quoted import without_json
from dataaudit.reporters.html.safe import in_script, safe, visible
from dataaudit.reporters.html.table import Strings, finding_columns, group_list
from tests.browser.made import made_report

CATALOGUE = load_catalogue()


@pytest.mark.parametrize(
    ("text", "caret", "shown"),
    [
        pytest.param('..."Where is it?"}, {"role": "as...', None, ("Where is it?", None), id="behind-a-gap"),
        pytest.param('{"prompt": "Say \\"hi\\"\\n", "x": 1}', 11, ('Say "hi"\n', None), id="field"),
        pytest.param('{"messages": ["a", "b cut...', 19, ("b cut...", None), id="cut-in-a-list"),
        pytest.param('..."cut in \\u00', None, ("cut in \\u00", None), id="cut-in-an-escape"),
        pytest.param('{"prompt": ""}', 11, ('{"prompt": ""}', 11), id="empty"),
        pytest.param('{"prompt": 5}', 11, ('{"prompt": 5}', 11), id="number"),
        pytest.param('{"prompt": "a"}', None, ('{"prompt": "a"}', None), id="whole-row"),
        pytest.param("text,label", 3, ("text,label", 3), id="no-json"),
    ],
)
def test_an_excerpt_is_the_text_of_its_field(text: str, caret: int | None, shown: tuple[str, int | None]) -> None:
    assert without_json(text, caret) == shown


class Page(HTMLParser):
    """The text of each script and style, all tags, and the policy."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.parts: list[tuple[str, dict[str, str | None], str]] = []
        self.tags: list[str] = []
        self.policy = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.tags.append(tag)
        if named.get("http-equiv") == "Content-Security-Policy":
            self.policy = named["content"] or ""
        if tag in ("script", "style"):
            self.parts.append((tag, named, ""))

    def handle_data(self, data: str) -> None:
        if self.parts and self.cdata_elem:
            tag, named, text = self.parts[-1]
            self.parts[-1] = (tag, named, text + data)


def data_of(text: str) -> dict[str, Any]:
    (found,) = (part for _, named, part in Page(text).parts if named.get("type") == "application/json")
    data: dict[str, Any] = json.loads(found)
    return data


def report_of(message: str) -> Report:
    one = Finding(
        rule="DUP001",
        name=message,
        severity=Severity.ERROR,
        path=message,
        line=1,
        message=message,
        fingerprint="f",
        category=message,
    )
    return made_report(1).replaced(findings=(one,), tool=Tool(version=message))


def test_only_the_own_style_and_script_may_run() -> None:
    page = Page(html(made_report(3, groups=2), CATALOGUE))
    kinds = [(tag, named.get("type")) for tag, named, _ in page.parts]
    assert kinds == [("style", None), ("script", "application/json"), ("script", None)]
    for tag, text in ((page.parts[0][0], page.parts[0][2]), (page.parts[2][0], page.parts[2][2])):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in page.policy
    assert page.policy.startswith("default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; ")
    assert "unsafe" not in page.policy


def test_nothing_is_loaded_and_no_markup_is_made_of_texts() -> None:
    text = html(made_report(3), CATALOGUE)
    script = Page(text).parts[2][2]
    for word in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "new Function", "fetch(",
                 "XMLHttpRequest", "import(", "WebSocket", "sendBeacon", "localStorage"):  # fmt: skip
        assert word not in script
    assert not re.findall(r"\b(?:src|href)=[\"'](?!#main|data:,)", text)
    assert "@import" not in text
    assert "url(" not in text


def test_small_before_data() -> None:
    empty = html(made_report(0), CATALOGUE)
    assert len(empty.encode()) < 120_000


def test_small_with_data() -> None:
    many, few = (len(html(made_report(count), CATALOGUE).encode()) for count in (4000, 1000))
    assert (many - few) / 3000 < 40


def test_the_same_bytes_every_time() -> None:
    assert html(made_report(50, groups=3), CATALOGUE) == html(made_report(50, groups=3), CATALOGUE)


@given(st.text(alphabet=st.characters(), max_size=60))
def test_texts_reach_the_page_and_no_markup_does(message: str) -> None:
    text = html(report_of(message), CATALOGUE)
    text.encode("utf-8")
    data = data_of(text)
    assert visible(message) in data["strings"] or re.search("[0-9]", message)
    assert Page(text).tags == Page(html(report_of("a"), CATALOGUE)).tags


@pytest.mark.parametrize("message", ["</script><script>x", "<!--<script>", "a&b", "\u2028\u2029", "]]>", "@@data@@"])
def test_what_could_end_the_script(message: str) -> None:
    text = html(report_of(message), CATALOGUE)
    start = text.index('id="data">') + len('id="data">')
    data = text[start : text.index("</script>", start)]
    assert json.loads(data)["tool"]["version"] == visible(message)
    assert not set(data) & set("<>&\u2028\u2029")
    assert len(Page(text).parts) == 3


@given(st.text(max_size=80))
def test_safe_values(text: str) -> None:
    assert json.loads(in_script(json.dumps(safe({text: [text, (text,), None, 1]})))) == {
        visible(text): [visible(text), [visible(text)], None, 1]
    }


def unpacked(text: str) -> list[int]:
    """As the page does it."""
    numbers, bits, shift = [], 0, 0
    for character in text:
        digit = ALPHABET.index(character)
        bits |= (digit & 31) << shift
        shift += 5
        if digit < 32:
            numbers.append(-(bits >> 1) - 1 if bits & 1 else bits >> 1)
            bits = shift = 0
    return numbers


@given(st.lists(st.integers(-(2**30), 2**30)))
def test_packed_numbers_come_back(numbers: list[int]) -> None:
    assert unpacked(packed(numbers)) == numbers


def test_small_numbers_take_one_character() -> None:
    assert packed([0, 1, 2, -1, 15, 16]) == "ACEBegB"


def rebuilt(columns: dict[str, Any], texts: list[str]) -> list[str]:
    """Messages put together as the page does it."""
    numbers = iter(unpacked(columns["numbers"]))
    found = []
    for place in unpacked(columns["message"]):
        first, *others = texts[place].split("\0")
        found.append(first + "".join(f"{next(numbers)}{piece}" for piece in others))
    return found


MESSAGES = st.one_of(st.text(max_size=30), st.from_regex(r"(line 0?[0-9]{1,12}[.,]? ){0,4}", fullmatch=True))


@given(st.lists(MESSAGES, max_size=8))
def test_messages_come_back(messages: list[str]) -> None:
    strings = Strings()
    findings = tuple(report_of(message).findings[0] for message in messages)
    columns = finding_columns(made_report(1).replaced(findings=findings), strings)
    assert rebuilt(columns, strings.texts) == [visible(message) for message in messages]


def test_columns() -> None:
    report, strings = made_report(40, groups=4), Strings()
    columns, groups = finding_columns(report, strings), group_list(report, strings)
    names = ("rule", "severity", "path", "line", "column", "field", "category", "message", "others", "related")
    columns |= {name: unpacked(columns[name]) for name in names}
    assert {len(columns[name]) for name in names[:-1]} == {40}
    assert list(accumulate(columns["line"])) == [finding.line for finding in report.findings]
    for row, finding in enumerate(report.findings):
        assert columns["rules"][columns["rule"][row]] == finding.rule
        assert columns["severities"][columns["severity"][row]] == finding.severity
        assert strings.texts[columns["path"][row]] == finding.path
        assert strings.texts[columns["field"][row]] == (finding.field or "")
        assert strings.texts[columns["category"][row]] == finding.category
        assert columns["others"][row] == len(finding.related)
    assert len(columns["related"]) == 3 * sum(columns["others"])
    assert [[strings.texts[row[2]] for row in group["rows"]] for group in groups] == [
        [row.prompt for row in group.rows] for group in report.groups
    ]


def test_findings_know_their_group() -> None:
    report = made_report(60, groups=4)
    columns = finding_columns(report, Strings())
    known = {int(row): group for row, (group,) in columns["group"].items()}
    assert len(known) >= 4
    for row, group in known.items():
        places = {(one.path, one.line) for one in report.groups[group].rows}
        finding = report.findings[row]
        assert finding.rule == report.groups[group].rule
        assert places & {(finding.path, finding.line), *((one.path, one.line) for one in finding.related)}


def test_long_lists_of_labels_are_cut() -> None:
    rows = {f"label {number}": 5 for number in range(900)}
    labels = {"from": ["column 'a'"], "labels": 1200, "evenness": 1.0, "rows": rows, "effective_rows": rows}
    report = made_report(1).replaced(statistics={"rows": 9, "splits": {"train": {"labels": labels}}})
    shown = data_of(html(report, CATALOGUE))["statistics"]["splits"]["train"]["labels"]
    assert len(shown["rows"]) == len(shown["effective_rows"]) == 300
    assert shown["more"] == 900


def test_page_knows_every_rule_it_names() -> None:
    report = made_report(20)
    data = data_of(html(report, CATALOGUE))
    assert set(data["rules"]) == set(report.counts)
    assert data["rules"]["DUP001"]["how_to_fix"]
