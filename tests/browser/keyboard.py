"""A person without a mouse."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, TimeoutError

LOOK = """each => {
  const style = getComputedStyle(each), box = each.getClientRects()[0];
  const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];  // of a high field, what the window shows
  const above = document.elementFromPoint(box.x + box.width / 2, (top + bottom) / 2);
  return [style.outlineStyle, parseFloat(style.outlineWidth), each.contains(above) || above?.className || above?.tagName];
}"""
AT_THE_END = """() => {
  const { doc, selection } = document.querySelector(".ProseMirror").editor.state;
  return selection.to >= doc.content.size - 1;
}"""


def tab_to(page: Page, target: Locator, *, most: int = 150) -> None:
    """Presses Tab until the target has the focus, and sees that the focus shows and nothing covers it (WCAG 2.2, 2.4.7 and 2.4.11)."""
    for _step in range(most):
        page.keyboard.press("Tab")
        if has_focus(target):
            for _wait in range(20):  # the window scrolls to it in a moment
                style, width_px, in_sight = target.evaluate(LOOK)
                if in_sight is True:
                    break
                page.wait_for_timeout(25)
            assert style != "none" and width_px >= 2, f"no focus shows on {target}"
            assert in_sight is True, f"{target} has the focus under {in_sight}"
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


def to_the_end(page: Page, body: Locator) -> None:
    """Puts the caret behind the last word of the editor, and sees that the editor knows.

    A moment after a click the editor sets the caret where it was clicked: on a busy machine after the key, which is then pressed again.
    """
    body.click()
    for _try in range(20):
        body.focus()
        page.keyboard.press("Control+End")
        try:
            page.wait_for_function(AT_THE_END, timeout=1500)
        except TimeoutError:
            continue
        page.wait_for_timeout(100)
        if page.evaluate(AT_THE_END):
            return
    raise AssertionError("the caret does not come behind the last word")
