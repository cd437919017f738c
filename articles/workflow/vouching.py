"""What people vouch for: right of reply, consent, and why a requirement is waived; and how much each requirement weighs."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.audit.chain import record
from articles.images.models import Image
from articles.people.models import User
from articles.reports.models import Report
from articles.safety.material import hash_of
from articles.safety.models import Assurance, Requirement
from articles.workflow.permissions import check_can_set_requirements, check_can_vouch
from articles.workflow.refusals import Reason, Refused, refuse_if

Answer, Subject = Assurance.Answer, Assurance.Subject
ANSWERS: dict[str, tuple[str, ...]] = {
    Subject.RIGHT_OF_REPLY: (Answer.NO_ANSWER, Answer.DECLINED, Answer.ANSWERED, Answer.WAIVED, Answer.TAKEN_BACK),
    Subject.CONSENT: (Answer.OBTAINED, Answer.NOT_NEEDED, Answer.WITHHELD, Answer.TAKEN_BACK),
    Subject.CITATIONS: (Answer.WAIVED, Answer.TAKEN_BACK),
}
"""Which answers a subject takes."""
ASKED = (Answer.NO_ANSWER, Answer.DECLINED, Answer.ANSWERED)


def vouch(
    report: Report,
    *,
    by: User,
    subject: str,
    answer: str,
    asked: str = "",
    asked_on: dt.date | None = None,
    text: str = "",
    at: dt.datetime | None = None,
) -> Assurance:
    """Records a fact that a requirement asks for, or its waiver, in place of what was recorded of the subject before.

    Approvals stand: the facts are no part of what readers get. Raises Forbidden or Refused, and then has written nothing.
    """
    at = at or timezone.now()
    check_can_vouch(by, report, answer=answer)
    asked, text = (each.replace("\x00", "").strip() for each in (asked, text))
    refuse_if(_reasons(subject, answer, asked=asked, asked_on=asked_on, text=text, at=at))
    with transaction.atomic():
        fresh = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)  # a publication that runs now ends first
        assurance = Assurance.objects.create(
            report=fresh,
            subject=subject,
            answer=answer,
            asked=asked if answer in ASKED else "",
            asked_on=asked_on if answer in ASKED else None,
            text=text,
            pictures_hash=hash_of(Image.objects.filter(pk__in=fresh.report_images.values("image"))),
            person=by,
            at=at,
        )
        record(by=by, verb="vouch", target=fresh, facts={"subject": subject, "answer": answer}, at=at)
    return assurance


def set_requirement(requirement: Requirement, *, by: User, level: str, max_characters: int | None = None) -> Requirement:
    """Sets how much a requirement weighs for its kind. No approval falls or rises by it: each act asks the checklist anew."""
    check_can_set_requirements(by)
    with transaction.atomic():
        fresh = Requirement.objects.select_for_update().get(pk=requirement.pk)
        if level not in Requirement.Level.values:
            raise Refused([Reason(_("Choose how much it weighs."), "level")])
        if fresh.is_fixed and level != Requirement.Level.REQUIRED:
            raise Refused([Reason(_("This one is always required: without it a report cannot lawfully or safely go out."), "level")])
        if fresh.code == Requirement.Code.HEADLINE_LENGTH:
            if max_characters is None or not 20 <= max_characters <= 200:
                raise Refused([Reason(_("Give a limit between 20 and 200 characters."), "max_characters")])
            fresh.max_characters = max_characters
        fresh.level = level
        fresh.save(update_fields=["level", "max_characters"])
        record(by=by, verb="set_requirement", target=fresh, facts={"level": level, "max_characters": fresh.max_characters or 0})
    return fresh


def _reasons(subject: str, answer: str, *, asked: str, asked_on: dt.date | None, text: str, at: dt.datetime) -> list[Reason]:
    if answer not in ANSWERS.get(subject, ()):
        return [Reason(_("Choose one of the answers."), "answer")]
    reasons = []
    if answer in ASKED and not asked:
        reasons.append(Reason(_("Say who was asked."), "asked"))
    if answer in ASKED and (asked_on is None or asked_on > at.date()):
        reasons.append(Reason(_("Say on which day: today or before."), "asked_on"))
    if answer == Answer.ANSWERED and not text:
        reasons.append(Reason(_("Say where the answer is published."), "text"))
    if answer in (Answer.WAIVED, Answer.NOT_NEEDED) and not text:
        reasons.append(Reason(_("Give the reason: colleagues will ask for it."), "text"))
    if len(asked) > 200:
        reasons.append(Reason(_("Keep it under 200 characters."), "asked"))
    if len(text) > 1000:
        reasons.append(Reason(_("Keep the reason under 1,000 characters."), "text"))
    return reasons
