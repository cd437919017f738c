"""What a role does not allow is refused with a sentence; a text that was sent with it is not lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.state import everything

pytestmark = pytest.mark.django_db


def test_a_page_that_a_role_may_not_open_says_so(as_user: Any, editor: Any) -> None:
    answer = as_user(editor).get("/desk/articles/sitetext/")
    assert (answer.status_code, "Your role does not allow this." in answer.text, "Edith" in answer.text or "Log out" in answer.text) == (
        403,
        True,
        True,
    )


def test_what_was_typed_into_a_refused_form_is_shown_and_nothing_is_written(as_user: Any, editor: Any) -> None:
    client, before = as_user(editor), everything()
    answer = client.post("/desk/articles/sitetext/add/", {"language": "en", "name": "A <long> name", "password": "secret words"})
    assert answer.status_code == 403
    assert "A &lt;long&gt; name</textarea>" in answer.text and "secret words" not in answer.text
    assert everything() == before


def test_readers_are_shown_nothing_of_the_desk() -> None:
    assert "Your role" not in Client().get("/desk-of-nothing/").text
