"""Every verb × role × state, held against the table in docs/workflow.md; and every address of the desk for every role."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from articles.audit.models import AuditEvent
from articles.people import roles
from articles.people.machines import CLOCK, COMMAND_LINE, machine
from articles.reports.models import EditState, PublicState, Report, Revision
from articles.workflow import guards
from articles.workflow.drawing import drawing
from articles.workflow.permissions import can, can_view
from articles.workflow.transitions import TRANSITIONS
from tests import factories

pytestmark = pytest.mark.django_db
DOCS = Path(settings.BASE_DIR, "docs", "workflow.md")


def documented():
    """{verb: the roles with a “yes” in the docs' table}."""
    table = DOCS.read_text().rpartition("## Who may")[2]
    head, _line, *rows = [line for line in table.splitlines() if line.startswith("|")]
    names = [cell.strip() for cell in head.strip("|").split("|")][1:]
    found = {}
    for row in rows:
        verb, *cells = [cell.strip() for cell in row.strip("|").split("|")]
        found[verb] = {name for name, cell in zip(names, cells, strict=True) if cell == "yes"}
    return found


def test_the_docs_are_drawn_from_the_table():
    assert DOCS.read_text() == drawing()


def test_each_role_may_what_the_docs_say_and_nothing_else(cast):
    people = {role: cast(role, role, languages=["en"]) for role in roles.ROLES}
    mine = Report(language="en", created_by=people[roles.REPORTER])
    table = documented()
    assert table.keys() == TRANSITIONS.keys()
    for verb, allowed in table.items():
        assert {role for role, person in people.items() if can(person, verb, mine)} == allowed - {"clock"}, verb
        assert can(machine(CLOCK), verb, mine) == ("clock" in allowed), verb


@pytest.mark.parametrize("verb", TRANSITIONS)
def test_each_verb_starts_from_its_states_and_no_other(verb):
    row = TRANSITIONS[verb]
    for edit, public in itertools.product(EditState, PublicState):
        report = Report(edit_state=edit, public_state=public)
        assert (guards.state_reasons(report, row) == []) == (edit in row.from_edit and public in row.from_public), (edit, public)


def test_reporters_and_translators_stay_with_their_own(cast):
    reporter, other = cast("one", roles.REPORTER), cast("two", roles.REPORTER)
    translator = cast("three", roles.TRANSLATOR, languages=["ar"])
    theirs = Report(language="en", created_by=other)
    assert not can(reporter, "save", theirs) and not can_view(reporter, theirs)
    assert can(reporter, "save", Report(language="en", created_by=other, assigned_to=reporter))
    assert not can(translator, "save", theirs) and not can_view(translator, theirs)
    assert can(translator, "save", Report(language="ar", created_by=other))


def test_machines_strangers_superusers_and_the_deactivated_may_nothing(cast):
    gone = cast("gone", *roles.ROLES)
    gone.is_active = False
    report = Report(language="en", created_by=gone)
    for person in (cast("stranger"), cast("root", is_superuser=True), gone, machine(COMMAND_LINE)):
        allowed = {verb for verb in TRANSITIONS if can(person, verb, report)}
        assert allowed == ({"save"} if person.username == COMMAND_LINE else set()), person


# Every address of the desk: which roles get 200. None: an own test stands elsewhere, or it is no page of ours.
WRITERS = {roles.REPORTER, roles.EDITOR, roles.TRANSLATOR}
READERS = WRITERS | {roles.PUBLISHER, roles.SAFETY_OFFICER, roles.AUDITOR}
FACTS = {roles.EDITOR, roles.PUBLISHER}
IDENTITY = {roles.ADMINISTRATOR, roles.PUBLISHER}
EVERYONE = set(roles.ROLES)
PAGES = {
    "/desk/": EVERYONE,
    "/desk/paste/": WRITERS,
    "/desk/articles/report/": READERS,
    "/desk/articles/report/add/": WRITERS,
    "/desk/articles/report/{report}/change/": READERS,
    "/desk/articles/report/{report}/history/": READERS,
    "/desk/articles/report/{report}/preview/": READERS,
    "/desk/articles/tag/": FACTS,
    "/desk/articles/tag/add/": FACTS,
    "/desk/articles/region/": FACTS,
    "/desk/articles/region/1/change/": FACTS,
    "/desk/articles/byline/": FACTS,
    "/desk/articles/byline/add/": FACTS,
    "/desk/articles/siteidentity/": IDENTITY,
    "/desk/articles/sitetext/": IDENTITY,
    "/desk/articles/menuitem/": IDENTITY,
    "/desk/articles/mediacontact/": {roles.PRESS_OFFICER},
    "/desk/articles/mediacontact/add/": {roles.PRESS_OFFICER},
    "/desk/articles/mediainquiry/": {roles.PRESS_OFFICER},
    "/desk/articles/image/": WRITERS,
    "/desk/articles/image/add/": WRITERS,
    "/desk/articles/user/": {roles.ADMINISTRATOR},
    "/desk/articles/user/add/": {roles.ADMINISTRATOR},
    "/desk/articles/auditevent/": {roles.AUDITOR, roles.SAFETY_OFFICER},
}


def test_every_page_of_the_desk_opens_for_its_roles_and_refuses_the_others(cast, as_user):
    people = {role: cast(role, role, languages=["en"]) for role in roles.ROLES}
    report = factories.draft(people[roles.REPORTER])
    for address, allowed in PAGES.items():
        address = address.format(report=report.pk)
        got = {role for role, person in people.items() if as_user(person).get(address).status_code == 200}
        refused = {role: as_user(person).get(address).status_code for role, person in people.items() if role not in allowed}
        assert got == allowed, address
        assert set(refused.values()) <= {403, 404}, (address, refused)
        assert (as_user(cast(f"stranger-{address}"[:150])).get(address).status_code == 200) == (allowed == EVERYONE), address
        answer = Client().get(address)
        assert answer.status_code == 302 and "/desk/" in answer.headers["Location"], address


def test_every_button_is_refused_to_who_may_not_and_writes_nothing(cast, as_user):
    people = {role: cast(role, role, languages=["en"]) for role in roles.ROLES}
    people["stranger"], people["superuser"] = cast("stranger"), cast("superuser", is_superuser=True)
    other = cast("another-editor", roles.EDITOR)
    report = factories.in_review(people[roles.REPORTER])
    table = documented()
    acts = [verb for verb in TRANSITIONS if verb not in ("save", "release", "expire")]
    given = {"comment": "Why?", "reason": "A danger.", "publish_at": "2030-01-01T10:00", "change": "silent"}
    before = (AuditEvent.objects.count(), Revision.objects.count(), Report.objects.values().get())
    for verb in acts:
        data = {f"{verb}-{name}": value for name, value in given.items()} | {f"{verb}-seen_version": report.lock_version}
        for role, person in people.items():
            if role in table[verb]:
                continue
            answer = as_user(person).post(f"/desk/articles/report/{report.pk}/act/{verb}/", data)
            assert answer.status_code in (403, 404), (verb, role, answer.status_code)
    assert (AuditEvent.objects.count(), Revision.objects.count(), Report.objects.values().get()) == before
    data = {"approve-seen_version": report.lock_version}
    assert as_user(other).post(f"/desk/articles/report/{report.pk}/act/approve/", data).status_code == 302


def test_a_button_wants_a_post_and_a_known_verb(cast, as_user):
    editor = cast("editor", roles.EDITOR)
    report = factories.draft(cast("reporter", roles.REPORTER))
    client = as_user(editor)
    assert client.get(f"/desk/articles/report/{report.pk}/act/approve/").status_code == 405
    assert client.post(f"/desk/articles/report/{report.pk}/act/explode/", {}).status_code == 404
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor, backend=settings.AUTHENTICATION_BACKENDS[0])
    assert strict.post(f"/desk/articles/report/{report.pk}/act/submit/", {}).status_code == 403
    assert Report.objects.get().lock_version == report.lock_version


COVERED_ELSEWHERE = re.compile(
    r"account_|mfa_|socialaccount|admin:(login|logout|password_change|jsi18n|app_list|view_on_site|autocomplete|articles_\w+_(delete|act|sealed|thumb|add|change|history))"
)
PUBLIC = {
    "home", "reports", "year", "month", "report", "regions", "region", "tags", "tag", "author", "search", "corrections", "press", "inquiry", "inquiry_sent",
    "media", "rss", "atom", "sitemap", "robots", "security", "healthz", "readyz", "page", "icon", "favicon",
}  # fmt: skip


def test_every_named_address_is_in_the_table():
    def names(patterns, space=""):
        for each in patterns:
            if isinstance(each, URLResolver):
                yield from names(each.url_patterns, space=f"{each.namespace}:" if each.namespace else space)
            elif isinstance(each, URLPattern) and each.name:
                yield space + each.name

    listed = {
        "admin:index",
        "desk_paste",
        "admin:articles_report_preview",
        "admin:articles_report_history",
        "admin:articles_report_revision",
    }
    listed |= {f"admin:articles_{address.split('/')[3]}_changelist" for address in PAGES if address.startswith("/desk/articles/")}
    unknown = {name for name in names(get_resolver().url_patterns) if name not in PUBLIC | listed and not COVERED_ELSEWHERE.match(name)}
    assert unknown == set()
