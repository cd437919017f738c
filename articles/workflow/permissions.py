"""Who may do what, asked of one person and one report. `check_…` raises Forbidden with a sentence, `can_…` asks quietly.

A superuser has no short cut: only roles count.
"""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from articles.editions.models import EditionImage
from articles.images.models import Image
from articles.people.models import User
from articles.people.roles import (
    ADMINISTRATOR,
    AUDITOR,
    EDITOR,
    LEGAL_REVIEWER,
    PRESS_OFFICER,
    PUBLISHER,
    REPORTER,
    SAFETY_OFFICER,
    TRANSLATOR,
    holds,
    named,
    roles_of,
)
from articles.reports.models import Report, ReportImage
from articles.workflow.refusals import Forbidden, Reason
from articles.workflow.transitions import TRANSITIONS

READERS_OF_ALL = (EDITOR, PUBLISHER, SAFETY_OFFICER, LEGAL_REVIEWER, AUDITOR)


def reads_all_reports(person: User) -> bool:
    """Whether the person may read every report at the desk, drafts of others among them: by role, or where the site shares its drafts."""
    return holds(person, *READERS_OF_ALL) or (settings.SHARED_DRAFTS and holds(person, REPORTER, TRANSLATOR))


def can_view(person: User, report: Report) -> bool:
    """Whether the person may read the report at the desk."""
    return reads_all_reports(person) or _is_own(person, report) or _is_in_own_language(person, report)


def reads_reports(person: User) -> bool:
    """Whether the person has anything to do with reports."""
    return holds(person, REPORTER, TRANSLATOR, *READERS_OF_ALL)


def visible_to(person: User) -> QuerySet[Report]:
    """The reports that the person may read at the desk."""
    reports = Report.objects.all()
    if reads_all_reports(person):
        return reports
    mine = Q(pk__in=[])
    if holds(person, REPORTER):
        mine |= Q(created_by=person) | Q(assigned_to=person)
    if holds(person, TRANSLATOR):
        mine |= Q(language__in=person.languages)
    return reports.filter(mine)


def parts_visible_to(person: User) -> list[QuerySet[Report]]:
    """What `visible_to` holds, as parts that each follow an index; one report may stand in several. Never empty."""
    reports = Report.objects.all()
    if reads_all_reports(person):
        return [reports]
    parts = []
    if holds(person, REPORTER):
        parts += [reports.filter(created_by=person), reports.filter(assigned_to=person)]
    if holds(person, TRANSLATOR):
        parts += [reports.filter(language=each) for each in person.languages]
    return parts or [reports.none()]


def check_can_view(person: User, report: Report) -> None:
    """Raises Forbidden unless the person may read the report at the desk."""
    if not can_view(person, report):
        raise Forbidden([Reason(_("You may open reports of your own, those assigned to you, or those in a language you translate into."))])


def check_can(person: User, verb: str, report: Report) -> None:
    """Raises Forbidden unless the person's roles allow the verb (a key of TRANSITIONS) on this report, in whatever state it is."""
    transition = TRANSITIONS[verb]
    if transition.by_clock:
        if not (person.is_machine and person.username == "clock"):
            raise Forbidden([Reason(_("Only the clock does this."))])
        return
    if person.is_machine:
        if person.username == "command line" and verb == "save":
            return
        raise Forbidden([Reason(_("The command line writes drafts; the rest is done by a person at the desk."))])
    allowed = roles_of(person) & transition.roles
    if not allowed:
        needed = named(sorted(transition.roles))
        raise Forbidden([Reason(_("This needs the role: %(roles)s.") % {"roles": needed})])
    if allowed <= {REPORTER, TRANSLATOR} and not (
        (REPORTER in allowed and _is_own(person, report)) or (TRANSLATOR in allowed and _is_in_own_language(person, report))
    ):
        raise Forbidden(
            [Reason(_("You may change reports of your own, those assigned to you, or those in a language you translate into."))]
        )


def can(person: User, verb: str, report: Report) -> bool:
    """Whether `check_can` would pass."""
    try:
        check_can(person, verb, report)
    except Forbidden:
        return False
    return True


def check_can_create(person: User, *, language: str | None = None) -> None:
    """Raises Forbidden unless the person may begin a report (in that language, for a translator without another role)."""
    if person.is_machine and person.username == "command line":
        return
    if holds(person, REPORTER, EDITOR):
        return
    if holds(person, TRANSLATOR) and (language is None or language in person.languages):
        return
    raise Forbidden([Reason(_("Reporters and editors begin reports; translators do in their own languages."))])


def can_create(person: User) -> bool:
    """Whether `check_can_create` would pass."""
    try:
        check_can_create(person)
    except Forbidden:
        return False
    return True


def check_can_add_picture(person: User) -> None:
    """Raises Forbidden unless the person may upload pictures."""
    _check_holds(person, REPORTER, TRANSLATOR, EDITOR)


def pictures_visible_to(person: User, report: Report | None = None) -> QuerySet[Image]:
    """The pictures that the person may see and use: all of them for an editor; for others those that they added, that are shared
    with the desk, that stand in reports they may open (or in that one), or that are public."""
    if holds(person, *READERS_OF_ALL):
        return Image.objects.all()
    reports = visible_to(person) | Report.objects.filter(pk=report.pk) if report and report.pk else visible_to(person)
    return Image.objects.filter(
        Q(added_by=person)
        | Q(shared=True)
        | Q(pk__in=ReportImage.objects.filter(report__in=reports).values("image"))
        | Q(content_hash__in=EditionImage.objects.values("sha256"))
    )


def can_change_picture(person: User, image: Image) -> bool:
    """Whether the person may change what is told of the picture: editors, and whoever added it."""
    return holds(person, EDITOR) or (holds(person, REPORTER, TRANSLATOR) and image.added_by_id == person.pk)


def check_can_change_public_facts(person: User) -> None:
    """Raises Forbidden unless the person may change regions' and tags' names and bylines."""
    _check_holds(person, EDITOR, PUBLISHER)


def check_can_change_identity(person: User) -> None:
    """Raises Forbidden unless the person may change the site's identity, texts and menu."""
    _check_holds(person, ADMINISTRATOR, PUBLISHER)


def check_can_shape_pages(person: User) -> None:
    """Raises Forbidden unless the person may shape front pages and pin reports to a tag or region."""
    _check_holds(person, EDITOR, PUBLISHER)


def check_can_change_contacts(person: User) -> None:
    """Raises Forbidden unless the person may change the public media contacts."""
    _check_holds(person, PRESS_OFFICER)


def check_can_read_audit(person: User) -> None:
    """Raises Forbidden unless the person may read the audit."""
    _check_holds(person, AUDITOR, SAFETY_OFFICER)


def check_can_set_requirements(person: User) -> None:
    """Raises Forbidden unless the person may say what the checklist asks of each kind of report."""
    _check_holds(person, PUBLISHER, SAFETY_OFFICER)


def check_can_set_notices(person: User) -> None:
    """Raises Forbidden unless the person may say who is told of what: who answers for what goes out, and who keeps the accounts."""
    _check_holds(person, PUBLISHER, ADMINISTRATOR)


def can_set_notices(person: User) -> bool:
    """Whether `check_can_set_notices` would pass."""
    return holds(person, PUBLISHER, ADMINISTRATOR)


def check_can_read_requirements(person: User) -> None:
    """Raises Forbidden unless the person may see the whole checklist."""
    _check_holds(person, *READERS_OF_ALL)


def check_can_vouch(person: User, report: Report, *, answer: str = "") -> None:
    """Raises Forbidden unless the person may record right of reply and consent: who may write the report, and who decides on it.

    Only those who decide waive a requirement; neither the clock nor the command line vouches for anything.
    """
    deciding = (EDITOR, PUBLISHER, SAFETY_OFFICER)
    if person.is_machine:
        raise Forbidden([Reason(_("A person vouches for this, at the desk."))])
    if answer == "waived":
        _check_holds(person, *deciding)
    if not holds(person, *deciding):
        check_can(person, "save", report)


def check_can_comment(person: User, report: Report) -> None:
    """Raises Forbidden unless the person may write and resolve comments: whoever may open the report, but for those who only read."""
    check_can_view(person, report)
    if person.is_machine or not (roles_of(person) - {AUDITOR}):
        raise Forbidden([Reason(_("Who only reads reports writes no comments: ask an editor."))])


def can_comment(person: User, report: Report) -> bool:
    """Whether `check_can_comment` would pass."""
    try:
        check_can_comment(person, report)
    except Forbidden:
        return False
    return True


def check_can_keep_accounts(person: User) -> None:
    """Raises Forbidden unless the person may make and deactivate accounts and give roles."""
    _check_holds(person, ADMINISTRATOR)


def _check_holds(person: User, *roles: str) -> None:
    if person.is_machine and person.username == "command line":
        return
    if not holds(person, *roles):
        raise Forbidden([Reason(_("This needs the role: %(roles)s.") % {"roles": named(roles)})])


def _is_own(person: User, report: Report) -> bool:
    return holds(person, REPORTER) and person.pk in (report.created_by_id, report.assigned_to_id)


def _is_in_own_language(person: User, report: Report) -> bool:
    return holds(person, TRANSLATOR) and report.language in person.languages
