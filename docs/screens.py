"""Photograph a report for ``docs/images``: ``python docs/screens.py PAGE.html``.

Phone and desktop, light and dark, and the matrix and the network alone. It needs Chromium, and
Playwright and Pillow from the development tools.
"""

from __future__ import annotations

import shutil
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).with_name("images")
SIZES = {"phone": (390, 844), "desktop": (1440, 900)}
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu"]
SHARPNESS = {"phone": 2, "desktop": 1}
FIGURES = ("matrix", "network")


def main(path: Path) -> None:
    """Write the pictures of the page."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        for size, (width, height) in SIZES.items():
            for scheme in ("light", "dark"):
                context = browser.new_context(
                    viewport={"width": width, "height": height},
                    device_scale_factor=SHARPNESS[size],
                    color_scheme="dark" if scheme == "dark" else "light",
                )
                page = context.new_page()
                page.goto(path.resolve().as_uri())
                if (size, scheme) != ("phone", "light"):  # of one, the head of the page is shown
                    page.locator("#matrix").evaluate("e => e.scrollIntoView()")
                if size == "desktop":
                    page.locator(".matrix td.support a").first.hover()
                save(page.screenshot(), f"report-{size}-{scheme}")
                if (size, scheme) == ("desktop", "light"):
                    page.mouse.move(0, 0)
                    for name in FIGURES:
                        part = page.locator(f"section[aria-labelledby={name}]")
                        save(part.screenshot(), f"report-{name}")
                context.close()
        browser.close()


def save(data: bytes, name: str) -> None:
    """Save a picture with 256 colours: a page has few, and the file is a third of the size."""
    picture = Image.open(BytesIO(data)).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    picture.save(IMAGES / f"{name}.png", optimize=True)
    print(f"{name}.png {(IMAGES / f'{name}.png').stat().st_size // 1024} KB")


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_file():
        sys.exit("python docs/screens.py PAGE.html, of: claims report -o PAGE.html")
    main(Path(sys.argv[1]))
