"""A browser, and pages that fail the test if they load, say or ask anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, sync_playwright

from dataaudit.catalogue import load_catalogue
from dataaudit.model import Report
from dataaudit.reporters.html import html
from tests.browser.made import FLAGS, chromium

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.skip("no Chromium on the PATH, and DATAAUDIT_CHROMIUM names none")
    with sync_playwright() as player:
        running = player.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens the HTML of a report (or its text) in a page of its own; `address` is its end, from the # on.

    At the end of the test no page may have asked for anything but itself, or written to the console, or opened a
    dialog.
    """
    contexts: list[BrowserContext] = []
    noise: list[str] = []

    def open_page(report: Report | str, address: str = "", *, scheme: str = "light", width: int = 1280) -> Page:
        text = report if isinstance(report, str) else html(report, load_catalogue())
        file = tmp_path / f"report-{len(contexts)}.html"
        file.write_text(text, encoding="utf-8")
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: noise.append(f"console: {message.type}: {message.text}"))
        page.on("pageerror", lambda error: noise.append(f"error: {error}"))
        page.on("popup", lambda popup: noise.append(f"popup: {popup.url}"))
        page.on("dialog", dismiss)
        page.on("request", lambda request: noise.extend(_foreign(request.url, file)))
        page.goto(file.as_uri() + address)
        page.wait_for_selector("#files")
        return page

    def dismiss(dialog: Dialog) -> None:
        noise.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    yield open_page
    for context in contexts:
        context.close()
    assert noise == []


def _foreign(url: str, file: Path) -> list[str]:
    own = url.partition("#")[0] == file.as_uri() or url == "data:,"
    return [] if own else [f"request: {url}"]
