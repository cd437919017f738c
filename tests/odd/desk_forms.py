"""Every form of the desk, found as a person finds them: by opening the pages and looking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import html5lib
from django.test import Client

NOT_SENT = {"csrfmiddlewaretoken"}


@dataclass(frozen=True)
class Found:
    """A form: where it stands, where it sends to, how, and what its fields hold."""

    page: str
    action: str
    method: str
    fields: tuple[tuple[str, str], ...]


def forms_on(client: Client, page: str) -> list[Found]:
    """The forms of a page with their fields, but the way out of the desk."""
    response = client.get(page)
    assert response.status_code == 200, (page, response.status_code)
    document = html5lib.parse(response.content, namespaceHTMLElements=False)
    elsewhere = [each for each in document.iter() if each.tag in ("input", "select", "textarea", "button") and each.get("form")]
    found = []
    for form in document.iter("form"):
        action = form.get("action") or page
        if action.endswith("/logout/"):
            continue
        held = [*form.iter(), *(each for each in elsewhere if each.get("form") == form.get("id"))]
        fields = [(each.get("name"), _value(each)) for each in held if each.tag in ("input", "select", "textarea") and each.get("name")]
        named = tuple({name: value for name, value in fields if name not in NOT_SENT}.items())
        found.append(Found(page, action if action.startswith("/") else page.partition("?")[0], form.get("method", "get").lower(), named))
    return found


def _value(field: Any) -> str:
    if field.tag == "textarea":
        return field.text or ""
    if field.tag == "select":
        options = list(field.iter("option"))
        chosen = [each for each in options if each.get("selected") is not None] or options[:1]
        return chosen[0].get("value", chosen[0].text or "") if chosen else ""
    return field.get("value", "")
