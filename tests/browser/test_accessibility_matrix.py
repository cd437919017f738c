"""Every kind of page of both sides in the demo newsroom breaks no rule of WCAG 2.2 AA and never scrolls sideways.

Each is seen light and dark, at 320 and 1280 px; public pages at 768 too, and with text twice as large."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from articles.contacts.models import MediaContact
from articles.demo import newsroom
from articles.editions.models import Address, Edition, EditionByline
from articles.images.models import Image
from articles.people.models import User
from articles.reports.models import Report
from articles.taxonomy.models import Tag
from articles.workflow import publication
from tests.browser.axe import PUBLIC_SCREENS, survey, survey_twice_as_large

pytestmark = [pytest.mark.once, pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]

LISTS = (
    "", "reports/", "reports/?region=nigeria", "reports/?kind=opinion&region=nigeria", "reports/?from=2020-01-01&to=2020-02-01",
    "regions/", "regions/africa/", "regions/nigeria/", "tags/", "tags/displacement/", "search/", "search/?q=zzzz",
    "search/?q=-zzzz&language=all", "search/?q=regster", "press/", "press/?language=ar",
    "press/inquiry/", "press/inquiry/sent/", "corrections/", "api/", "nothing/",
)  # fmt: skip
WORDS = {"en": "register", "ar": "القرية"}
PASTED = "10/18/2023 North Korea (Harbour Lantern) – A text of some length, that was pasted.\n\nAnother.\n\nFor media interviews: [email protected]"


def public_paths(language: str) -> list[str]:
    """Every kind of list and page of the language, and one report of each kind."""
    prefix = "/" if language == "en" else f"/{language}/"
    kinds = {edition.kind: edition.path for edition in Edition.objects.filter(language=language).order_by("published_at")}
    byline = EditionByline.objects.filter(edition__language=language).values_list("byline__slug", flat=True)[0]
    newest = Edition.objects.filter(language=language, listed=True).latest("published_at").published_at
    paths = [*LISTS, f"search/?q={WORDS[language]}", f"authors/{byline}/", f"reports/{newest:%Y}/", f"reports/{newest:%Y/%m}/"]
    return [prefix + path for path in paths] + sorted(kinds.values()) + [f"{kinds['news']}republish/"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_kind_of_public_page_is_accessible(window, watch, language):
    newsroom.build()
    gone = Address.objects.filter(answer="gone")[0].path
    page = window(bypass_csp=True)
    prefix = "" if language == "en" else f"/{language}"
    watch.expected |= {(404, f"{prefix}/nothing/"), (410, gone), (400, f"{prefix}/press/inquiry/")}
    found, paths = [], public_paths(language)

    for path in [*paths, gone]:
        page.goto(path)
        found += survey(page, path, screens=PUBLIC_SCREENS)
        found += survey_twice_as_large(page, path)
    page.goto(f"{prefix}/press/inquiry/")
    page.locator("main button[type=submit]").click()
    page.get_by_role("alert").wait_for()
    found += survey(page, "the inquiry with errors")
    MediaContact.objects.update(certificate="")
    page.goto(f"{prefix}/press/inquiry/")
    found += survey(page, "the inquiry without a key")

    assert (len(paths) >= 27, found) == (True, [])


def survey_desk(window, name: str, *paths: str) -> list[str]:
    page = window(person=User.objects.get(username=name), bypass_csp=True)
    found = []
    for path in paths:
        page.goto(f"/desk/{path}")
        if page.locator("[data-report-form] .prose-editor").count():
            page.locator(".ProseMirror[contenteditable=true]").wait_for()
        found += survey(page, f"{name}: {path}")
    page.context.close()
    return found


def states() -> dict[tuple[str, str], Report]:
    """One report in each state."""
    down = Report.objects.filter(public_state="live", kind="news").latest("pk")
    publication.take_down(down, by=User.objects.get(username="safety-officer"), reason="Somebody is in danger.")
    return {(report.edit_state, report.public_state): report for report in Report.objects.exclude(kind="page")}


def test_the_desks_report_pages_are_accessible(window, watch):
    newsroom.build()
    reports = states()
    assert len(reports) == 8
    edits = [f"articles/report/{report.pk}/change/" for report in reports.values()]
    draft, live = reports["draft", "unpublished"].pk, reports["approved", "live"].pk
    found = survey_desk(window, "reporter", "", "articles/report/add/", "paste/", f"articles/report/{draft}/change/")
    found += survey_desk(
        window, "editor", "", "articles/report/", "articles/report/?q=register&edit_state__exact=draft", *edits,
        f"articles/report/{draft}/preview/", f"articles/report/{live}/history/",
        f"articles/report/{live}/revisions/", f"articles/report/{live}/revisions/2/", f"articles/report/{live}/revisions/compare/?from=1&to=live",
        f"articles/report/{draft}/checks/", f"articles/report/{live}/checks/", f"articles/report/{live}/comments/",
        f"articles/report/{draft}/links/", f"articles/report/{live}/translations/", f"articles/report/{draft}/group/",
    )  # fmt: skip
    found += survey_desk(window, "publisher", "", "articles/requirement/", "articles/requirement/?kind__exact=report", *edits)
    found += survey_desk(
        window, "translator", "", "board/", "articles/report/", "calendar/", f"calendar/?week={timezone.localdate()}", "filters/", "keys/"
    )
    found += survey_desk(window, "translator", "notices/", "notices/mail/")
    found += survey_desk(window, "publisher", "notices/", "notices/rules/")
    found += survey_desk(window, "auditor", "articles/auditevent/", "articles/auditevent/?verb=save&since=2026-01-01", edits[0])

    page = window(person=User.objects.get(username="reporter"), bypass_csp=True)
    found += refused_forms(page, watch, draft)

    assert found == []


def refused_forms(page: Page, watch, draft: int) -> list[str]:
    """The second step of pasting; a form with errors; a form that meets what somebody else saved."""
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/desk/paste/")
    page.get_by_label("The text").fill(PASTED)
    page.get_by_role("button", name="Recognise").click()
    page.get_by_label("Headline").wait_for()
    found = survey(page, "what was recognised")

    watch.expected |= {(400, "/desk/articles/report/add/"), (409, f"/desk/articles/report/{draft}/change/")}
    page.goto("/desk/articles/report/add/")
    page.get_by_label("Short name in the address").fill("No Slug!")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".errornote[role=alert]").wait_for()
    found += survey(page, "a new report with errors")

    page.goto(f"/desk/articles/report/{draft}/change/")
    Report.objects.filter(pk=draft).update(lock_version=99, standfirst="Somebody else's.")
    page.get_by_label("Standfirst").fill("Mine.")
    page.get_by_label("Headline").fill("Mine too.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("group", name="Both of you changed this").wait_for()
    return found + survey(page, "two texts")


def test_the_desks_other_pages_are_accessible(window, watch):
    newsroom.build()
    contact = MediaContact.objects.exclude(certificate="")[0].pk
    pinned = Tag.objects.get(slug="displacement").pk
    image, person = Image.objects.all()[0].pk, User.objects.get(username="editor").pk
    watch.expected |= {(403, "/desk/articles/user/"), (404, "/desk/nothing/")}
    page = window(bypass_csp=True)
    page.goto("/desk/accounts/login/")
    found = survey(page, "login")
    page.get_by_label("Username").fill("nobody")
    page.get_by_label("Password").fill("nothing")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("alert").wait_for()
    found += survey(page, "login refused")

    found += survey_desk(
        window, "editor", "articles/image/", "articles/image/add/", f"articles/image/{image}/change/", "articles/tag/", "articles/tag/add/",
        "articles/byline/", "articles/byline/add/", "articles/region/", "articles/region/1/change/", "articles/user/", "nothing/",
        "accounts/2fa/", "accounts/2fa/totp/activate/", "accounts/password/change/", "accounts/logout/",
    )  # fmt: skip
    found += survey_desk(
        window, "press-officer", "", "articles/mediainquiry/", "articles/mediacontact/", "articles/mediacontact/add/",
        f"articles/mediacontact/{contact}/change/",
    )  # fmt: skip
    found += survey_desk(
        window, "publisher", "articles/shapedpage/", "articles/shapedpage/en/change/", "articles/shapedpage/ar/change/",
        f"articles/shapedpage/en-tag-{pinned}/change/", "articles/theme/",
    )  # fmt: skip
    found += survey_desk(
        window, "administrator", "", "articles/user/", "articles/user/add/", f"articles/user/{person}/change/", "articles/siteidentity/",
        "articles/siteidentity/1/change/", "articles/sitetext/", "articles/menuitem/", "articles/menuitem/en-menu/change/",
    )  # fmt: skip

    assert found == []
