"""axe-core over a page: what it finds against WCAG 2.0 A to 2.2 AA. The library is vendored in axe-4.14.1/ (MPL-2.0), for tests alone."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from tests.browser.layout import scrolls_sideways

AXE = Path(__file__).parent / "axe-4.14.1" / "axe.min.js"
RUN = """async (tags) => {
  document.getAnimations().forEach((each) => each.finish());
  const found = await axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
  return found.violations.map((each) => `${each.id}: ${each.help}\\n  ${each.nodes.slice(0, 4).map((node) => node.html.slice(0, 160)).join("\\n  ")}`);
}"""
SCREENS = [(width_px, scheme) for width_px in (1280, 320) for scheme in ("light", "dark")]
PUBLIC_SCREENS = [(width_px, scheme) for width_px in (1280, 768, 320) for scheme in ("light", "dark")]
TWICE = "document.documentElement.style.fontSize = '200%'"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page) -> list[str]:
    """Each rule that the page breaks, with some of the elements that do."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(RUN, TAGS)
    return found


def survey(page: Page, name: str, *, screens: list[tuple[int, str]] = SCREENS) -> list[str]:
    """What is wrong with the page, everything in it unfolded, on wide and narrow screens, light and dark; `name` begins each line."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    found = []
    for width_px, scheme in screens:
        page.set_viewport_size({"width": width_px, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # light or dark
        whole_px = page.evaluate("document.documentElement.scrollHeight") + 200
        page.set_viewport_size({"width": width_px, "height": whole_px})  # a bar that sticks to the window's end lies over nothing
        found += [f"{name}, {width_px} px, {scheme}: {each}" for each in (*violations(page), *scrolls_sideways(page))]
    return found


def survey_twice_as_large(page: Page, name: str) -> list[str]:
    """What is wrong with the page at 1280 px when its text is twice as large (WCAG 2.2, 1.4.4)."""
    page.evaluate(TWICE)
    return survey(page, f"{name}, text at 200 %", screens=[(1280, "light")])
