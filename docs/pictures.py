"""Takes the documentation's pictures: serves a demo newsroom of its own, opens it in Chromium, writes docs/pictures/."""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
REPORT = "They read the register aloud"
WIDTHS = {1280: 1600, 390: 1500}  # window's width: height
COLOURS = 256  # a page of text needs no more; the most distant ones are kept, for the needle is small


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="newsroom-pictures-") as var, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        site = f"http://localhost:{port}"
        kept_back = {"DATABASE_URL", "REDIS_URL", "ONION_URL"}
        given = {**{name: value for name, value in os.environ.items() if name not in kept_back}, "NEWSROOM_VAR": var, "SITE_URL": site}
        server = subprocess.Popen(
            [sys.executable, "-u", "manage.py", "serve", "--demo", "--port", str(port)],
            cwd=ROOT,
            env=given,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            take(site, password_of(server, "editor"))
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=30)


def password_of(server: subprocess.Popen[str], name: str) -> str:
    """Reads what the server says until it stands; returns the password it gave that demo account."""
    found = ""
    for line in server.stdout or ():
        if match := re.search(rf"(?<![\w-]){name}\W+([a-z0-9-]{{12,}})", line):
            found = match[1]
        if "The desk is at" in line:
            return found
    raise SystemExit("The newsroom did not start: run `make run` to see why.")


def take(site: str, password: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
            args=["--no-sandbox", "--disable-background-networking"],
        )
        for width, height in WIDTHS.items():
            page = window(browser, width, height)
            page.goto(f"{site}/reports/")
            save(page, f"list-{width}")
            page.get_by_role("link", name=REPORT).first.click()
            save(page, f"report-{width}")
            page.locator(".facts a[hreflang=ar]").click()
            save(page, f"arabic-{width}")
        page = window(browser, 1280, 1500)
        page.goto(f"{site}/desk/")
        page.fill("input[name=login]", "editor")
        page.fill("input[name=password]", password)
        page.press("input[name=password]", "Enter")
        page.goto(f"{site}/desk/articles/report/")
        page.get_by_role("link", name=REPORT).first.click()
        page.locator(".ProseMirror[contenteditable=true]").first.wait_for()
        save(page, "desk-1280")
        browser.close()


def window(browser: Browser, width: int, height: int) -> Page:
    return browser.new_page(viewport={"width": width, "height": height}, color_scheme="light", locale="en-GB")


def save(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    picture = (
        Image.open(io.BytesIO(page.screenshot()))
        .convert("RGB")
        .quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    )
    picture.save(FOLDER / f"{name}.png", optimize=True)
    sys.stdout.write(f"docs/pictures/{name}.png\n")


if __name__ == "__main__":
    main()
