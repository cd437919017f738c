"""What a screen shows of a page."""

from __future__ import annotations

from playwright.sync_api import Page

WIDER = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const over = [...document.querySelectorAll("body *")].filter((each) => {
    const box = each.getBoundingClientRect();
    return box.width && (box.right > root.clientWidth + 1 || box.left < -1);
  });
  return [`${root.scrollWidth} px of ${root.clientWidth}`, ...over.slice(0, 5).map((each) => each.outerHTML.slice(0, 120))];
}"""


def scrolls_sideways(page: Page) -> list[str]:
    """How much wider the page is than its window, and what sticks out; nothing when it fits."""
    found: list[str] = page.evaluate(WIDER)
    return found
