"""The catalogues: every text of desk and site is translated, and the check says which is not."""

from __future__ import annotations

import pytest

from newsroom.messages import collect, complaints


@pytest.mark.parametrize("path", ["articles/admin/panel.py", "templates/public/base.html"])
def test_the_check_names_an_untranslated_text_of_desk_and_site(path: str) -> None:
    template = collect()
    template.add("A text that nobody translated.", locations=[(path, 0)])
    template.add(("%(number)d such text", "%(number)d such texts"), locations=[(path, 0)])

    assert list(complaints("ar", template)) == [
        f"ar: 'A text that nobody translated.' ({path}) is not translated",
        f"ar: ('%(number)d such text', '%(number)d such texts') ({path}) is not translated",
    ]


def test_a_language_of_the_public_side_needs_no_text_of_the_desk() -> None:
    template = collect()
    template.add("A text that nobody translated.", locations=[("articles/admin/panel.py", 0)])
    template.add("Another for readers.", locations=[("articles/admin/panel.py", 0), ("templates/public/base.html", 0)])

    missing = [sentence for sentence in complaints("fr", template) if "nobody" in sentence or "Another" in sentence]
    assert missing == ["fr: 'Another for readers.' (articles/admin/panel.py, templates/public/base.html) is not translated"]
