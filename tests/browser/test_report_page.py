"""The page in use: filters, search, sort, pages, groups, rules, colours, keys, and the address that keeps it all."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from dataaudit.model import Report
from tests.browser.conftest import Open
from tests.browser.made import RULES, made_report

pytestmark = pytest.mark.xdist_group("browser")
COUNT = 240


@pytest.fixture(scope="module")
def report() -> Report:
    return made_report(COUNT, groups=14)


def shown(page: Page, column: str) -> list[str]:
    return page.locator(f"#rows .of-{column}").all_inner_texts()


def total(page: Page) -> str:
    return page.locator("#result-count").inner_text()


def hash_of(page: Page) -> str:
    return str(page.evaluate("location.hash"))


def check(page: Page, value: str) -> None:
    page.locator(f'.facet input[value="{value}"]').check()


def test_all_findings_are_there(report: Report, opened: Open) -> None:
    page = opened(report)
    assert total(page) == "240 findings"
    assert page.locator("#rows tr").count() == 50
    assert page.locator("#page-rows").inner_text() == "1 to 50 of 240"


@pytest.mark.parametrize(
    ("facet", "value"), [("severity", "error"), ("rule", "SIM001"), ("category", "parcel"), ("family", "TXT")]
)
def test_filter(report: Report, opened: Open, facet: str, value: str) -> None:
    """The number beside the box is the number of findings that it shows."""
    of = {
        "severity": lambda finding: finding.severity.value,
        "rule": lambda finding: finding.rule,
        "category": lambda finding: finding.category,
        "family": lambda finding: finding.rule[:3],
    }
    expected = sum(of[facet](finding) == value for finding in report.findings)
    page = opened(report)
    box = page.locator(f'.facet input[value="{value}"]')
    assert box.locator("..").locator(".number").inner_text() == str(expected)
    box.check()
    assert total(page) == f"{expected} of 240 findings"
    assert hash_of(page) == f"#{facet}={value}"
    assert page.locator("#live").inner_text() == f"{expected} findings shown"


def test_filters_of_one_kind_add_and_of_two_kinds_cut(report: Report, opened: Open) -> None:
    page = opened(report)
    check(page, "DUP001")
    check(page, "DUP003")
    rules = ("DUP001", "DUP003")
    assert total(page) == f"{sum(finding.rule in rules for finding in report.findings)} of 240 findings"
    check(page, "error")
    both = [one for one in report.findings if one.rule in rules and one.severity.value == "error"]
    assert total(page) == f"{len(both)} of 240 findings"
    page.locator("#clear").click()
    assert total(page) == "240 findings"
    assert hash_of(page) == ""


def test_filter_by_file(report: Report, opened: Open) -> None:
    page = opened(report)
    check(page, "data/part-3/train.jsonl")
    assert {place.partition(":")[0] for place in shown(page, "place")} == {"part-3/train.jsonl"}


@pytest.mark.parametrize(
    "query", ["VOUCHER", "سؤال", "返品", "likely-label", "part-4/train.jsonl:14", "voucher part-3"]
)
def test_search(report: Report, opened: Open, query: str) -> None:
    page = opened(report)
    page.fill("#search", query)
    expect(page.locator("#result-count")).to_contain_text(" of 240")
    rows = [text.lower() for text in page.locator("#rows tr").all_inner_texts()]
    assert rows
    assert all(word in row for row in rows for word in query.lower().split())


def test_search_that_finds_nothing(report: Report, opened: Open) -> None:
    page = opened(report)
    page.fill("#search", "no such words")
    expect(page.locator("#rows")).to_have_text("No finding passes all filters.")
    assert total(page) == "0 of 240 findings"


def test_sort(report: Report, opened: Open) -> None:
    page = opened(report)
    page.locator("#column-severity button").click()
    assert page.locator("#column-severity").get_attribute("aria-sort") == "descending"
    assert {text.split()[-1] for text in shown(page, "severity")[:48]} == {"error"}
    page.locator("#column-rule button").click()
    assert [text.split()[0] for text in shown(page, "rule")] == sorted(f.rule for f in report.findings)[:50]
    page.locator("#column-rule button").click()
    assert [text.split()[0] for text in shown(page, "rule")] == sorted((f.rule for f in report.findings), reverse=True)[
        :50
    ]
    assert hash_of(page) == "#sort=-rule"
    page.locator("#column-message button").click()
    words = [text.split()[3] for text in shown(page, "message")]
    assert words == sorted(words)


def test_pages(report: Report, opened: Open) -> None:
    page = opened(report)
    page.locator("#page-next").click()
    assert page.locator("#page-rows").inner_text() == "51 to 100 of 240"
    page.locator("#page-last").click()
    assert page.locator("#page-rows").inner_text() == "201 to 240 of 240"
    page.locator("#page-next").dispatch_event("click")
    assert page.locator("#page").input_value() == "5"
    page.fill("#page", "2")
    page.press("#page", "Enter")
    assert page.locator("#page-rows").inner_text() == "51 to 100 of 240"
    page.select_option("#size", "250")
    assert page.locator("#rows tr").count() == 240


def test_arrow_keys_turn_pages_in_the_table(report: Report, opened: Open) -> None:
    page = opened(report)
    page.locator("#rows button").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#page").input_value() == "2"
    assert page.evaluate("document.activeElement.closest('#rows') !== null")
    page.keyboard.press("End")
    assert page.locator("#page").input_value() == "5"
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")
    assert page.locator("#page").input_value() == "1"
    page.locator("#search").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#page").input_value() == "1"


def test_slash_goes_to_the_search_and_escape_empties_it(report: Report, opened: Open) -> None:
    page = opened(report)
    page.keyboard.press("/")
    page.keyboard.type("brake/")
    assert page.input_value("#search") == "brake/"
    expect(page.locator("#result-count")).to_have_text("0 of 240 findings")
    page.keyboard.press("Escape")
    expect(page.locator("#result-count")).to_have_text("240 findings")


def test_address_brings_the_view_back(report: Report, opened: Open) -> None:
    first = opened(report)
    check(first, "DUP001")
    first.fill("#search", "refund")
    expect(first).to_have_url(re.compile("refund"))
    first.locator("#column-place button").click()
    again = opened(report, hash_of(first))
    assert total(again) == total(first)
    assert shown(again, "message") == shown(first, "message")
    assert again.input_value("#search") == "refund"
    assert again.locator('.facet input[value="DUP001"]').is_checked()


@pytest.mark.parametrize(
    "address",
    ["#page=9999999999999999999", "#page=-1&size=3", "#rule=NOPE&sort=nope", "#group=-5&groups=X", "#%", "#=&&=="],
)
def test_addresses_that_make_no_sense(report: Report, opened: Open, address: str) -> None:
    page = opened(report, address)
    assert total(page) == "240 findings"
    assert page.locator("#rows tr").count() in (40, 50)


def test_address_changes_in_an_open_page(report: Report, opened: Open) -> None:
    page = opened(report)
    page.evaluate("location.hash = '#rule=LAB006'")
    expected = sum(finding.rule == "LAB006" for finding in report.findings)
    expect(page.locator("#result-count")).to_have_text(f"{expected} of 240 findings")


def test_rule_panel(report: Report, opened: Open) -> None:
    page = opened(report)
    button = page.locator('#rows button.code:has-text("DUP003")').first
    button.click()
    panel = page.locator("#panel")
    expect(panel).to_be_visible()
    for words in ("Why", "How to fix it", "Sources", "The same question has different answers"):
        expect(panel).to_contain_text(words)
    assert "explain=DUP003" in hash_of(page)
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert hash_of(page) == ""
    assert button.evaluate("node => node === document.activeElement")
    button.click()
    panel.get_by_text("Show the").click()
    assert set(shown(page, "rule")) == {"DUP003\nconflicting-answers"}


def test_bar_of_a_rule_shows_its_findings(report: Report, opened: Open) -> None:
    page = opened(report, "#severity=error&q=brake")
    page.get_by_role("button", name="findings of SCH012").click()
    assert total(page) == f"{report.counts['SCH012']} of 240 findings"
    assert page.evaluate("document.activeElement.id") == "findings-title"


def test_groups_side_by_side(report: Report, opened: Open) -> None:
    page = opened(report)
    view = page.locator("#group-view")
    assert view.locator("del").all_inner_texts() == ["1"]
    assert view.locator("ins").all_inner_texts() == ["2"]
    expect(view).to_contain_text("the same on both sides")
    page.get_by_role("button", name="Next group").click()
    assert hash_of(page) == "#group=2"
    expect(view).to_contain_text("DUP003")
    page.select_option("#group-rule", "SIM001")
    assert page.locator("#group-list li").count() == 7
    expect(view).to_contain_text("SIM001")
    page.get_by_label("Right row").select_option("0")
    assert view.locator("del, ins").count() == 0


def test_from_a_finding_to_its_group(report: Report, opened: Open) -> None:
    page = opened(report, "#rule=SIM001")
    page.get_by_role("button", name="Compare side by side").first.click()
    assert page.evaluate("document.activeElement.id") == "group-view"
    expect(page.locator("#group-view")).to_contain_text("SIM001")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_the_system_and_the_button(report: Report, opened: Open, scheme: str) -> None:
    page = opened(report, scheme=scheme)
    colour = "getComputedStyle(document.body).backgroundColor"
    system = page.evaluate(colour)
    button = page.locator("#theme")
    button.click()
    light = page.evaluate(colour)
    button.click()
    dark = page.evaluate(colour)
    assert light != dark
    assert system == {"light": light, "dark": dark}[scheme]
    button.click()
    assert page.evaluate(colour) == system


def test_every_control_is_reached_by_tab_and_shows_it(opened: Open) -> None:
    page = opened(made_report(8, groups=2))
    controls = "button:not(:disabled), a[href], input, select, summary"
    wanted = page.evaluate(f"[...document.querySelectorAll('{controls}')].filter(n => n.checkVisibility()).length")
    script = """() => {
      const node = document.activeElement;
      const style = getComputedStyle(node);
      node.dataset.reached = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 ? "shown" : "hidden";
      return node === document.body;
    }"""
    for _ in range(wanted + 20):
        page.keyboard.press("Tab")
        if page.evaluate(script):
            break
    missed = page.evaluate(
        f"[...document.querySelectorAll('{controls}')].filter(n => n.checkVisibility())"
        ".filter(n => n.dataset.reached !== 'shown')"
        ".map(n => n.outerHTML.slice(0, 200))"
    )
    assert missed == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 2200])
def test_no_width_scrolls_sideways(report: Report, opened: Open, width: int) -> None:
    page = opened(report, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_paper_has_findings_and_no_controls(report: Report, opened: Open) -> None:
    page = opened(report)
    page.emulate_media(media="print")
    expect(page.locator(".facets")).to_be_hidden()
    expect(page.locator("#search")).to_be_hidden()
    assert page.locator("#rows tr").first.is_visible()
    assert page.evaluate("[...document.querySelectorAll('select, .details .link')].every(n => !n.checkVisibility())")
    expect(page.locator("#group-view .on-paper").first).to_contain_text("(the first), part-")


def test_what_the_search_cannot_find_is_said(report: Report, opened: Open) -> None:
    words = opened(report).locator("#findings").inner_text()
    assert "The first findings of each rule and file show a piece of their row, 1 in all" in words


def test_the_smallest_bar_is_seen(opened: Open) -> None:
    report = made_report(70)
    page = opened(report.replaced(counts={**report.counts, "DUP001": 5_000_000}))
    widths = page.locator("#pictures .piece").evaluate_all("nodes => nodes.map(n => n.getBoundingClientRect().width)")
    assert len(widths) == len(RULES)
    assert min(widths) >= 3
    assert page.get_by_role("button", name="Show the 10 findings of FMT001").count() == 1


def test_one_finding_is_no_plural(opened: Open) -> None:
    page = opened(made_report(7))
    assert page.get_by_role("button", name="Show the 1 finding of TXT001", exact=True).count() == 1
    assert page.get_by_role("button", name="1 findings").count() == 0


def test_files_are_cards_and_the_list_of_groups_is_short_on_a_phone(report: Report, opened: Open) -> None:
    page = opened(report, width=390)
    boxes = page.locator("#files .cards td:not(:empty)").evaluate_all(
        "ns => ns.map(n => n.getBoundingClientRect().width)"
    )
    assert min(boxes) > 250
    box = page.locator("#group-list").bounding_box()
    assert box is not None
    assert box["height"] < 250


def test_most_of_the_table_is_for_what_is_wrong(report: Report, opened: Open) -> None:
    page = opened(report, width=1280)
    of_place, of_message = (page.locator(f"#column-{name}").bounding_box() for name in ("place", "message"))
    assert of_place is not None
    assert of_message is not None
    assert of_message["width"] > 3 * of_place["width"]


def test_counts_beyond_what_is_listed(opened: Open) -> None:
    report = made_report(70)
    page = opened(report.replaced(counts={**report.counts, "DUP001": 5000, "SCH003": 2}))
    notice = page.locator(".notice").inner_text()
    assert notice.startswith("4,992 findings more were counted but are not in this report")
    assert "DUP001 lists 10 of 5,000, SCH003 lists 0 of 2" in notice


def test_a_report_of_nothing(opened: Open) -> None:
    report = made_report(0)
    page = opened(report.replaced(files=(), counts={}, statistics={}, readiness=None))
    expect(page.locator("#findings")).to_contain_text("No findings. All checks passed.")
    assert page.locator("#groups, #pictures, #costs").count() == 0


def test_rules_of_the_sample_are_those_of_the_catalogue(report: Report, opened: Open) -> None:
    """`made.py` is of no use if its codes are not real."""
    page = opened(report)
    assert page.locator("#pictures button.code").count() == len(RULES)
