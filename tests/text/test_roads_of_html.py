"""Each road by which HTML enters passes the sanitiser; composition takes only what it leaves."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.admin.report_forms import ReportForm
from articles.editions.models import Address, Edition
from articles.reports.models import Report
from articles.reports.snapshot import public_part
from articles.workflow import actions
from articles.workflow.composition import compose
from articles.workflow.pasting import draft_fields, recognise_here
from articles.workflow.refusals import Refused
from tests import factories

HOSTILE = "<p onclick=alert(1)>One <a href='//evil.test'>two</a><script>alert(2)</script><img src=x onerror=alert(3)></p><p>Three</p>"
CLEAN = "<p>One <a>two</a></p><p>Three</p>"


def test_a_draft_holds_only_safe_html(reporter):
    report = actions.create(by=reporter, language="en", body=HOSTILE)

    assert Report.objects.get(pk=report.pk).body == CLEAN


def test_a_save_keeps_only_safe_html(reporter):
    report = factories.draft(reporter)

    actions.save(report, by=reporter, version=report.lock_version, body=HOSTILE)

    assert Report.objects.get(pk=report.pk).body == CLEAN


def test_the_desks_form_gives_on_only_safe_html():
    assert ReportForm.base_fields["body"].clean(HOSTILE) == CLEAN


def test_a_pasted_text_proposes_only_safe_html(db):
    assert draft_fields(recognise_here(HOSTILE))["body"] == CLEAN


def test_the_command_writes_only_safe_html(db, tmp_path: Path):
    file = tmp_path / "report.html"
    file.write_text(HOSTILE)

    call_command("add_report", str(file), "--language=en", stdout=StringIO())

    assert [report.body for report in Report.objects.all()] == [CLEAN]


@pytest.mark.parametrize(
    "body", [HOSTILE, "<p>One</p>\n", "<p>One <span>two</span></p>", '<p><a href="//evil.test">One</a></p>', "<p>cafe\u0301</p>"]
)
def test_composition_refuses_what_the_sanitiser_would_change(reporter, editor, body):
    report = factories.in_review(reporter)
    public: dict[str, Any] = {**public_part(report), "body": body}

    with pytest.raises(Refused) as refusal:
        compose(report, public, hash_="0" * 64, published_at=timezone.now(), at=timezone.now())

    assert [reason.field for reason in refusal.value.reasons] == ["body"]
    assert list(Edition.objects.all()) == list(Address.objects.all()) == []


def test_composition_takes_what_the_sanitiser_left(reporter, editor):
    report = factories.in_review(reporter, body=HOSTILE)

    composition = compose(report, public_part(report), hash_="0" * 64, published_at=timezone.now(), at=timezone.now())

    assert composition.edition.body == CLEAN
