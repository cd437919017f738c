"""Whether a reporter reads the drafts of others: as the site says, everywhere alike, and never to write in them."""

from __future__ import annotations

import pytest

from articles.audit.models import AuditEvent
from articles.reports.models import Report, Revision
from articles.workflow import actions
from articles.workflow.refusals import Forbidden
from tests import factories

pytestmark = pytest.mark.django_db
SECRET = "A draft of the other desk"


@pytest.fixture
def theirs(second_reporter):
    return factories.draft(second_reporter, headline=SECRET)


def pages(report):
    at = f"/desk/articles/report/{report.pk}/"
    own = [at + rest for rest in ("change/", "preview/", "history/", "revisions/", "revisions/1/", "checks/", "links/", "translations/")]
    return own, ["/desk/articles/report/", "/desk/articles/report/?q=draft", "/desk/board/", "/desk/"]


def test_a_site_that_does_not_share_drafts_shows_none_of_it(as_user, reporter, theirs):
    client = as_user(reporter)
    own, lists = pages(theirs)

    assert {client.get(path).status_code for path in own} == {404}
    assert [path for path in lists if SECRET in client.get(path).text] == []


def test_a_site_that_shares_drafts_shows_them_to_read(as_user, reporter, translator, theirs, settings):
    settings.SHARED_DRAFTS = True
    own, lists = pages(theirs)

    for person in (reporter, translator):
        assert {path: as_user(person).get(path).status_code for path in own} == dict.fromkeys(own, 200)
        assert [path for path in lists if SECRET in as_user(person).get(path).text] == lists[:3]


def test_what_is_shared_is_not_theirs_to_change(as_user, reporter, theirs, settings):
    settings.SHARED_DRAFTS = True
    before = list(Report.objects.values()), Revision.objects.count(), AuditEvent.objects.count()

    answer = as_user(reporter).post(f"/desk/articles/report/{theirs.pk}/change/", {"headline": "Mine now"})
    with pytest.raises(Forbidden):
        actions.save(theirs, by=reporter, headline="Mine now")

    assert answer.status_code == 403
    assert (list(Report.objects.values()), Revision.objects.count(), AuditEvent.objects.count()) == before


def test_who_has_no_role_reads_nothing_of_it(as_user, stranger, theirs, settings):
    settings.SHARED_DRAFTS = True
    own, _lists = pages(theirs)
    assert {as_user(stranger).get(path).status_code for path in own} <= {403, 404}
