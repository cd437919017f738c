"""A page's form as a browser without a script sends it: every named field with what stands in it."""

from __future__ import annotations

from html.parser import HTMLParser

BUTTONS = {"submit", "button", "image", "reset"}


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, list[str]] = {}
        self.textarea = self.select = ""
        self.text = ""
        self.first: str | None = None
        self.templates = 0

    def put(self, name: str | None, value: str) -> None:
        if name and not self.templates:
            self.found.setdefault(name, []).append(value)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        kind = given.get("type") or "text"
        if tag == "template":
            self.templates += 1
        elif tag == "textarea" and "readonly" not in given:
            self.textarea, self.text = given.get("name") or "", ""
        elif tag == "select":
            self.select, self.first = given.get("name") or "", None
        elif tag == "option" and self.select:
            self.first = given.get("value") if self.first is None else self.first
            if "selected" in given:
                self.put(self.select, given.get("value") or "")
                self.select = ""
        elif tag == "input" and kind not in BUTTONS and (kind not in ("checkbox", "radio") or "checked" in given):
            self.put(given.get("name"), given.get("value") or ("on" if kind == "checkbox" else ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self.templates -= 1
        elif tag == "textarea" and self.textarea:
            self.put(self.textarea, self.text.removeprefix("\n"))
            self.textarea = ""
        elif tag == "select" and self.select:
            self.put(self.select, self.first or "")
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.text += data


def fields_of(html: str) -> dict[str, list[str]]:
    """Name -> the values that would be sent."""
    parser = _Fields()
    parser.feed(html)
    return parser.found
