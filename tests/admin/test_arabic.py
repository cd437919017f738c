"""The desk in Arabic: right to left, and no English word of ours or of a package's on it."""

from __future__ import annotations

import re

import pytest

from articles.people import roles
from tests import factories
from tests.public.test_languages import said

pytestmark = pytest.mark.django_db
PATHS = (
    "", "articles/report/", "articles/report/add/", "articles/report/{pk}/change/", "articles/report/{pk}/history/", "paste/", "accounts/",
    "articles/image/", "articles/image/add/", "articles/tag/", "articles/tag/add/", "articles/byline/add/",
    "articles/mediainquiry/", "articles/mediacontact/", "articles/mediacontact/add/", "articles/user/", "articles/user/add/",
    "articles/siteidentity/",
)  # fmt: skip
FOREIGN = set(
    "Newsroom UTC HTML JPEG PNG WebP OpenPGP armor BEGIN PGP PUBLIC KEY BLOCK gpg asc ar manage py clock True Ctrl Enter CC BY https".split()
)
"""What stays in Latin letters on an Arabic page."""


def test_no_english_is_left_on_the_arabic_desk(cast, as_user):
    everyone = cast("٣", *roles.ROLES, languages=["ar"])
    everyone.language = "ar"
    everyone.save()
    report = factories.draft(everyone, language="ar", headline="عنوان", standfirst="مقدمة", body="<p>نص</p>", slug="")
    client = as_user(everyone)

    pages = {path: client.get("/desk/" + path.format(pk=report.pk), follow=True) for path in PATHS}

    assert {path: page.status_code for path, page in pages.items() if page.status_code != 200} == {}
    assert [path for path, page in pages.items() if 'dir="rtl"' not in page.text] == []
    left = {
        piece: (path, latin)
        for path, page in pages.items()
        for piece in said(
            re.sub(r"<code>.*?</code>|<option value=\"\w+/.*?</option>", "", page.text)
        )  # a city may have no Arabic name in CLDR
        if (latin := set(re.findall(r"[A-Za-zÀ-ž][A-Za-zÀ-ž/]+", piece)) - FOREIGN)
    }
    assert left == {}
