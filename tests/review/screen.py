"""The review screen as a reviewer uses it: a real browser, real keys and a real mouse."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Request, TimeoutError, sync_playwright

from pipeline.review.studio import Account

ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
TEXT = ".passage .lsf-richtext__container"
LINES = ".lines .htx-highlight"

# Where on the screen the code point at an offset of the text is: [x of its left, of its right, y].
_PLACE = """([text, offset]) => {
  const walker = document.createTreeWalker(document.querySelector(text), NodeFilter.SHOW_TEXT);
  let before = 0;
  while (walker.nextNode()) {
    const node = walker.currentNode, points = Array.from(node.data);
    if (offset < before + points.length) {
      const head = points.slice(0, offset - before).join('').length;
      const range = document.createRange();
      range.setStart(node, head);
      range.setEnd(node, head + points[offset - before].length);
      const box = range.getBoundingClientRect();
      return [box.left, box.right, box.top + box.height / 2];
    }
    before += points.length;
  }
  return null;
}"""

_HANDLE = """(side) => {
  const box = document.querySelector('area.__resize_' + side).getBoundingClientRect();
  return [box.left + box.width / 2, box.top + box.height / 2];
}"""


# What the foot of the page says of the passage: its number, and which of how many it is.
_FOOT = "(document.body.innerText.match(/(\\d+)\\s+\\d+ of \\d+\\b/) || [''])[0]"
_IS_ANOTHER = "([foot, before]) => eval(foot) && eval(foot) !== before"


@dataclass(frozen=True)
class Seen:
    """A page that is open, what its console said, and which addresses it asked for."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


class Browser:
    """A Chromium; each reviewer gets a window with cookies of its own."""

    def __init__(self, program: str) -> None:
        self._program = program

    def __enter__(self) -> Browser:
        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(
            executable_path=self._program, args=ARGUMENTS
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._browser.close()
        self._playwright.stop()

    @contextmanager
    def open_page(self, path: Path, *, width: int, height: int, scheme: str) -> Iterator[Seen]:
        """A window of that size, light or dark, with a file open in it."""
        context = self._browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
        )
        seen = Seen(context.new_page())
        seen.page.on("console", lambda message: seen.said.append(message.text))
        seen.page.on("pageerror", lambda error: seen.said.append(str(error)))
        seen.page.on("request", lambda request: seen.asked.append(request.url))
        seen.page.goto(path.as_uri())
        yield seen
        context.close()

    def sign_in(self, url: str, account: Account) -> Screen:
        """A window in which the account is signed in."""
        context = self._browser.new_context(viewport={"width": 1400, "height": 900})
        page = context.new_page()
        page.goto(f"{url}/user/login/")
        page.fill("input[name=email]", account.email)
        page.fill("input[name=password]", account.password)
        page.click("button[type=submit]")
        page.wait_for_url(lambda address: "/user/login" not in address)
        return Screen(page, url)


class Screen:
    """One reviewer's window."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self._url = page, url
        self.outside: list[str] = []
        self.keys = self.clicks = self.drags = 0
        page.on("request", self._note)

    def _note(self, request: Request) -> None:
        if not request.url.startswith((self._url, "data:", "blob:", "about:")):
            self.outside.append(request.url)

    def open_stream(self, project: int) -> None:
        """Open the stream of passages, as the address that ``start`` prints does."""
        self.page.goto(f"{self._url}/projects/{project}/data?labeling=1")
        self.wait_for_text()

    def open_task(self, project: int, task: int) -> None:
        """Open one passage by its address."""
        self.page.goto(f"{self._url}/projects/{project}/data?task={task}")
        self.wait_for_text()

    def wait_for_text(self) -> None:
        """Wait until the passage is there and its regions, if any, are drawn."""
        self.page.wait_for_selector(TEXT, timeout=30_000)
        self.page.wait_for_timeout(1200)

    def task(self) -> int:
        """The number of the passage on the screen."""
        found = re.search(r"(\d+)\s+\d+ of \d+\b", self.page.inner_text("body"))
        assert found, self.page.inner_text("body")
        return int(found[1])

    def regions(self) -> int:
        """How many marked pieces are in the passage."""
        return self.page.locator(f"{TEXT} .htx-highlight").count()

    def lines(self) -> list[str]:
        """The claims in words, as they stand in the list."""
        return self.page.locator(LINES).all_inner_texts()

    def choose_line(self, number: int) -> None:
        """Click the line of the claim of that number."""
        self.clicks += 1
        self.page.locator(LINES).nth(number - 1).click()
        self.page.wait_for_timeout(300)

    def shown_beside(self, number: int) -> str:
        """What the chip at the end of a line says; empty where there is none."""
        script = """e => { const s = getComputedStyle(e, '::after');
          return s.display === 'none' ? '' : s.content.replace(/"/g, ''); }"""
        return str(self.page.locator(LINES).nth(number - 1).evaluate(script))

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.keys += 1
            self.page.keyboard.press(key)
            self.page.wait_for_timeout(150)

    def type_into(self, field: str, words: str) -> None:
        """Click a field by the words that stand in it while it is empty, and type."""
        self.page.get_by_placeholder(field).click()
        self.page.keyboard.type(words)

    def join(self, offset: int) -> None:
        """Join the chosen region to the one that covers the code point at the offset."""
        self.press("Alt+r")
        x, x2, y = self._place(offset)
        self.page.mouse.click((x + x2) / 2, y)
        self.page.wait_for_timeout(300)

    def go_back(self) -> None:
        """Open the passage before, as it was submitted, with the arrow below the text."""
        self.page.get_by_label("Previous task").click()
        self.page.wait_for_selector("button:has-text('Update')")
        self.page.wait_for_timeout(600)

    def mark(self, key: str, start: int, end: int) -> None:
        """Press a label's key and draw over the code points of the text."""
        self.press(key)
        self.drags += 1
        x, _, y = self._place(start)
        _, x2, y2 = self._place(end - 1)
        self._drag(x + 1, y, x2 - 1, y2)

    def stretch_to(self, end: int) -> None:
        """Drag the right end of the chosen region behind the code point before ``end``."""
        self.drags += 1
        x, y = self.page.evaluate(_HANDLE, "right")
        _, x2, y2 = self._place(end - 1)
        self._drag(x, y, x2 - 1, y2)

    def submit(self, *, click: bool = False) -> dict[str, Any]:
        """Submit (or update) by key, or by a click on the button; what the browser sent."""
        before = self.page.evaluate(_FOOT)
        with self.page.expect_response(
            lambda r: "/annotations" in r.url and r.request.method in ("POST", "PATCH")
        ) as waiting:
            if click:
                self.page.get_by_role("button", name="Submit").first.click()
            else:
                self.keys += 1
                self.page.keyboard.press("Control+Enter")
        sent = json.loads(waiting.value.request.post_data or "{}")
        assert waiting.value.ok, waiting.value.text()
        self._wait_for_another(before)
        return dict(sent)

    def _wait_for_another(self, before: str) -> None:
        """Wait until another passage is on the screen, at most as long as one needs to come."""
        with suppress(TimeoutError):
            self.page.wait_for_function(_IS_ANOTHER, arg=[_FOOT, before], timeout=2500)
        self.page.wait_for_timeout(700)

    def skip(self) -> None:
        """Skip the passage by key."""
        with self.page.expect_response(lambda r: "/annotations" in r.url):
            self.page.keyboard.press("Control+Space")
        self.page.wait_for_timeout(1500)

    def photograph(self, path: Path) -> None:
        """Save what is on the screen."""
        self.page.screenshot(path=str(path))

    def _place(self, offset: int) -> tuple[float, float, float]:
        left, right, y = self.page.evaluate(_PLACE, [TEXT, offset])
        return left, right, y

    def _drag(self, x: float, y: float, x2: float, y2: float) -> None:
        mouse = self.page.mouse
        mouse.move(x, y)
        mouse.down()
        mouse.move(x + (3 if x2 > x else -3), y, steps=2)
        mouse.move(x2, y2, steps=12)
        self.page.wait_for_timeout(100)
        mouse.up()
        self.page.wait_for_timeout(400)
