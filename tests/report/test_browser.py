"""The page in a real browser: nothing asked for, nothing refused, nothing that axe-core finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.report.page import Options
from tests.report.build import page_of, small
from tests.report.test_page import HOSTILE, hostile
from tests.review.screen import Browser

SIZES = {"phone": (390, 844), "desktop": (1440, 900)}


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page.html"
    words = "\n".join(HOSTILE)
    options = Options(unreviewed=True, selection="since 2023")
    page = page_of(*small(), *hostile(words), options=options)
    path.write_text(page, encoding="utf-8")
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_and_the_console_is_silent(
    browser: Browser, page_file: Path, size: str, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    width, height = SIZES[size]
    with browser.open_page(page_file, width=width, height=height, scheme=scheme) as seen:
        found = Axe().run(seen.page)
        assert [
            (one["id"], one["nodes"][0]["target"]) for one in found.response["violations"]
        ] == []
        assert seen.said == []
        assert seen.asked == [page_file.as_uri()]
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_keyboard_reaches_the_cells_and_sees_their_counts(
    browser: Browser, page_file: Path
) -> None:
    with browser.open_page(page_file, width=1000, height=800, scheme="light") as seen:
        page = seen.page
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
        page.keyboard.press("Enter")
        page.locator(".matrix td a").first.focus()
        page.keyboard.press("Tab")
        tip = page.locator(".matrix td a:focus .tip")
        assert "Alder Union on quota: 1 in opposition" in tip.inner_text()
        assert tip.evaluate("e => getComputedStyle(e).clipPath") == "none"
        place = page.locator(".matrix td a:focus").get_attribute("href") or ""
        page.keyboard.press("Enter")
        assert page.url.endswith(place)
        assert page.locator(place).is_visible()
