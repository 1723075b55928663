"""100,000 findings: the page still has only one page of rows, and all of them are found. How fast: benchmarks/."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from dataaudit.catalogue import load_catalogue
from dataaudit.reporters.html import html
from tests.browser.conftest import Open
from tests.browser.made import made_report

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.slow]
MANY = 100_000


def test_many(opened: Open) -> None:
    report = made_report(MANY, groups=300)
    text = html(report, load_catalogue())
    assert len(text.encode()) < 30 * MANY
    page = opened(text)
    count, rows = page.locator("#result-count"), page.locator("#rows tr")
    assert count.inner_text() == "100,000 findings"
    assert rows.count() == 50
    page.locator('.facet input[value="FMT001"]').check()
    assert count.inner_text() == f"{report.counts['FMT001']:,} of 100,000 findings"
    page.fill("#search", "voucher")
    wanted = [
        one
        for one in report.findings
        if one.rule == "FMT001" and ("voucher" in one.message or one.category == "voucher")
    ]
    expect(count).to_have_text(f"{len(wanted):,} of 100,000 findings")
    page.locator("#clear").click()
    page.locator("#page-last").click()
    last = report.findings[-1]
    assert page.locator("#rows .message").last.inner_text() == last.message
    assert page.locator("#rows .of-place").last.inner_text().split()[0] == f"part-8/train.jsonl:{last.line}"
