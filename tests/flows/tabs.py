"""A tab of a browser without a script: one person's open form, what is typed in it, and what was acknowledged of that."""

from __future__ import annotations

import re

from django.test import Client
from django.urls import reverse

from articles.reports.models import Report
from tests.admin.browserless import fields_of

OFFER = "You typed more than is saved"
CHOICE = re.compile(r'name="(choose-\w+)" value="(\w+)"')


class Tab:
    """Types words, saves, keeps drafts, and settles what collides so that no word goes: both texts where both can stand."""

    def __init__(self, client: Client, report: Report, *, own_field: str) -> None:
        self.client, self.own_field = client, own_field
        self.address = reverse("admin:articles_report_change", args=[report.pk])
        self.keeping = reverse("admin:articles_report_draft", args=[report.pk])
        self.typed: set[str] = set()
        self.acknowledged: set[str] = set()
        self.conflicts = 0
        self.open()

    def open(self) -> None:
        """Opens the form; what waits there as a draft is taken up. What was typed and not acknowledged goes."""
        page = self.client.get(self.address).text
        self.typed = set()
        if OFFER in page:
            answer = self.client.post(self.address, {"_continue": "1"})
            page = answer.text if answer.status_code == 200 else self._put_together(answer.text, "form")
        self.fields = fields_of(page)

    def is_offered_a_draft(self) -> bool:
        return OFFER in self.client.get(self.address).text

    def type(self, word: str, *, paragraph: int | None) -> None:
        """A word at the end of a paragraph, of a new one when there are not so many; or in the field that nobody else writes in."""
        self.typed.add(word)
        if paragraph is None:
            self.fields[self.own_field] = [f"{self.fields[self.own_field][0]} {word}"]
            return
        paragraphs = re.findall(r"<p>(.*?)</p>", self.fields["body"][0])
        if paragraph < len(paragraphs):
            paragraphs[paragraph] += f" {word}"
        else:
            paragraphs.append(word)
        self.fields["body"] = ["".join(f"<p>{each}</p>" for each in paragraphs)]

    def keep(self) -> bool:
        """The autosave; whether it was acknowledged."""
        kept = self.client.post(self.keeping, self.fields).status_code == 200
        self.acknowledged |= self.typed if kept else set()
        return kept

    def save(self, *, submits: bool = False) -> None:
        answer = self.client.post(self.address, self.fields | ({"_submit": ["1"]} if submits else {}))
        if answer.status_code == 409:
            self._put_together(answer.text, "save")
        else:
            assert answer.status_code == 302, (answer.status_code, re.findall(r"errornote.*?</div>", answer.text, re.DOTALL))
        self.acknowledged |= self.typed
        self.typed = set()
        self.fields = fields_of(self.client.get(self.address).text)

    def _put_together(self, page: str, how: str) -> str:
        """Chooses in the page until it is taken; what it answers."""
        self.conflicts += 1
        for _attempt in range(5):
            offered: dict[str, list[str]] = {}
            for key, value in CHOICE.findall(page):
                offered.setdefault(key, []).append(value)
            chosen = {key: ["both" if "both" in values else "mine"] for key, values in offered.items()}
            answer = self.client.post(self.address, fields_of(page) | chosen | {"_merged": [how]})
            if answer.status_code in (200, 302):
                return answer.text
            page = answer.text
        raise AssertionError(page)
