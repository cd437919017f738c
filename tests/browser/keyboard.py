"""A person without a mouse."""

from __future__ import annotations

from playwright.sync_api import Locator, Page


def tab_to(page: Page, target: Locator, *, most: int = 150) -> None:
    """Presses Tab until the target has the focus, and sees that the focus shows."""
    for _step in range(most):
        page.keyboard.press("Tab")
        if has_focus(target):
            outline = target.evaluate("each => { const style = getComputedStyle(each); return [style.outlineStyle, style.outlineWidth] }")
            assert outline[0] != "none" and float(outline[1].removesuffix("px")) >= 2, f"no focus shows on {target}"
            return
    raise AssertionError(f"Tab does not reach {target}")


def has_focus(target: Locator) -> bool:
    return bool(target.evaluate("each => each === document.activeElement"))


def enter(page: Page, target: Locator, text: str) -> None:
    """Goes to a field and types."""
    tab_to(page, target)
    page.keyboard.type(text)


def press(page: Page, target: Locator) -> None:
    """Goes to a link or button and presses Enter."""
    tab_to(page, target)
    page.keyboard.press("Enter")
