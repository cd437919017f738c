"""Why an act is not possible now, as sentences: shown on the button before the click, and asked again by the act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.people.models import User
from articles.people.roles import EDITOR, SAFETY_OFFICER, holds
from articles.reports import four_eyes
from articles.reports.embargo_groups import keys_with
from articles.reports.models import EditState, PublicState, Report, Severity, SignOff
from articles.reports.review_claims import ReviewClaim
from articles.reports.snapshot import content_hash, public_part
from articles.safety import checklist, extra_reviews, gate
from articles.safety.extra_reviews import Review
from articles.safety.finding import Finding, Outgoing
from articles.taxonomy.slugs import propose_slug
from articles.text.moments import moment
from articles.workflow.permissions import can, check_can
from articles.workflow.refusals import Forbidden, Reason
from articles.workflow.second_person import SECOND_PERSON
from articles.workflow.transitions import TRANSITIONS, Transition

UNLISTED_KINDS = ("page", "profile")
EXTRA_VERBS: dict[str, str] = {"sign_off_legal": Review.LEGAL, "sign_off_safety": Review.SAFETY}


def reasons_against(report: Report, verb: str, *, by: User, at: dt.datetime | None = None) -> list[Reason]:
    """Every reason why this person cannot do this now; empty when they can. What a button shows beside itself."""
    try:
        check_can(by, verb, report)
    except Forbidden as refusal:
        return list(refusal.reasons)
    if reasons := state_reasons(report, TRANSITIONS[verb]):
        return reasons
    if verb in ("publish", "schedule", "unschedule") and (reasons := alone_reasons(report)):
        return reasons
    if verb == "submit":
        return submit_reasons(report, by=by)
    if verb == "approve":
        return approve_reasons(report, by=by)
    if verb in ("publish", "publish_update"):
        return publish_reasons(report, at=at)
    if verb in ("claim", "take_over", "give_back"):
        return claim_reasons(report, verb, by=by)
    if verb in EXTRA_VERBS:
        return extra_sign_off_reasons(report, EXTRA_VERBS[verb], by=by)
    if verb == "schedule":
        return publish_reasons(report, at=None, embargo=False)
    if verb in SECOND_PERSON:
        return SECOND_PERSON[verb](report, by=by)
    return []


def state_reasons(report: Report, transition: Transition) -> list[Reason]:
    """One reason when the report does not stand where the transition starts."""
    if transition.starts_from(report):
        return []
    if report.public_state == PublicState.SCHEDULED and PublicState.SCHEDULED not in transition.from_public:
        return [Reason(_("The report is scheduled: unschedule it first."))]
    if report.public_state not in transition.from_public:
        wanted = ", ".join(str(state.label) for state in PublicState if state in transition.from_public)
        stands = report.get_public_state_display()
    else:
        wanted = ", ".join(str(state.label) for state in EditState if state in transition.from_edit)
        stands = report.get_edit_state_display()
    return [
        Reason(
            _("This can be done when the report stands at: %(wanted)s. It stands at: %(stands)s.") % {"wanted": wanted, "stands": stands}
        )
    ]


def alone_reasons(report: Report) -> list[Reason]:
    """Why a report of an embargo group does not go its own way."""
    others = len(keys_with(report)) - 1
    if not others:
        return []
    sentence = ngettext(
        "It goes out together with %(others)d other report: publish, schedule and unschedule them on the page “Released together”.",
        "It goes out together with %(others)d other reports: publish, schedule and unschedule them on the page “Released together”.",
        others,
    )
    return [Reason(sentence % {"others": others})]


def submit_reasons(report: Report, *, by: User) -> list[Reason]:
    """What a report lacks before it can be reviewed."""
    reasons = []
    if not report.headline:
        reasons.append(Reason(_("Give the report a headline."), "headline"))
    elif not report.slug and not free_slug(report):
        reasons.append(Reason(_("The headline gives no short name for the address: write one in Latin letters."), "slug"))
    if report.kind not in UNLISTED_KINDS and not report.report_regions.exists():
        reasons.append(Reason(_("Choose a region, or “World” when the report is about no region in particular."), "regions"))
    if not _somebody_can_review(report, by=by):
        reasons.append(Reason(_("Nobody could review this: another active editor is needed. Ask an administrator for one.")))
    return reasons


def approve_reasons(report: Report, *, by: User) -> list[Reason]:
    """Why this person cannot approve the report as it stands."""
    reasons = []
    if not four_eyes.are_off():
        reasons += own_part_reasons(report, by=by)
    if content_hash(public_part(report)) != report.content_hash:
        reasons.append(Reason(_("A tag, region, byline, contact or picture of it was changed after it was saved: save the report again.")))
    return reasons + _missing(report) + checklist_reasons(report, at=timezone.now()) + _gate_reasons(report)


def claim_reasons(report: Report, verb: str, *, by: User) -> list[Reason]:
    """Why this person cannot claim the review, take it over or give it back. A claim keeps nobody from anything else."""
    claim = claim_of(report)
    if verb == "give_back":
        return [] if claim and claim.person_id == by.pk else [Reason(_("You have not claimed this review: there is nothing to give back."))]
    reasons = [] if four_eyes.are_off() else own_part_reasons(report, by=by)
    if claim and claim.person_id == by.pk:
        reasons.append(Reason(_("You are reviewing this already.")))
    elif claim and verb == "claim":
        reasons.append(Reason(_("%(who)s is reviewing this: take the review over if they cannot.") % {"who": claim.person}))
    elif not claim and verb == "take_over":
        reasons.append(Reason(_("Nobody is reviewing this: claim it.")))
    return reasons


def claim_of(report: Report) -> ReviewClaim | None:
    """Who is reviewing it, if anybody says so."""
    return ReviewClaim.objects.filter(report=report).select_related("person").first()


def extra_sign_off_reasons(report: Report, review: str, *, by: User) -> list[Reason]:
    """Why this person cannot sign off that review of the report as it stands."""
    if review not in extra_reviews.demanded_of(report):
        return [Reason(_("Nothing asks for this review: neither its severity nor an allegation, as the rules for its kind say."))]
    if review in extra_reviews.standing(report, report.content_hash):
        return [Reason(_("This text is signed off already."))]
    reasons = [] if four_eyes.are_off() else own_part_reasons(report, by=by, besides=report.content_hash)
    if content_hash(public_part(report)) != report.content_hash:
        reasons.append(Reason(_("A tag, region, byline, contact or picture of it was changed after it was saved: save the report again.")))
    return reasons


def extra_review_reasons(report: Report, content_hash: str) -> list[Reason]:
    """Which legal or safety reviews of that text are asked for and were not given."""
    missing = set(extra_reviews.demanded_of(report)) - extra_reviews.standing(report, content_hash).keys()
    told = {
        Review.LEGAL: _("A legal review is asked for: a legal reviewer must sign off this text."),
        Review.SAFETY: _("A safety review is asked for: a safety officer must sign off this text."),
    }
    return [Reason(told[Review(review)]) for review in sorted(missing)]


def risk_reasons(report: Report, changes: Mapping[str, Any], *, by: User) -> list[Reason]:
    """Why this person cannot say that it is less grave, or accuses nobody, once others have looked at it under that sign."""
    if (report.edit_state == EditState.DRAFT and report.public_state == PublicState.UNPUBLISHED) or holds(by, EDITOR, SAFETY_OFFICER):
        return []
    sentence = _("This was submitted as it is: an editor or a safety officer takes it back, so that no review is passed by.")
    lowered = report.severity == Severity.HIGH and changes.get("severity", report.severity) != Severity.HIGH
    found = [Reason(sentence, "severity")] if lowered else []
    return found + ([Reason(sentence, "makes_allegation")] if report.makes_allegation and not changes.get("makes_allegation", True) else [])


def own_part_reasons(report: Report, *, by: User, besides: str = "") -> list[Reason]:
    """What makes the text the person's own, so that a second pair of eyes is somebody else's.

    `besides` names a text whose own approval does not make it somebody else's.
    """
    reasons = []
    if _written(report, besides=besides).filter(person=by).exists():
        reasons.append(Reason(_("You wrote part of this text since it was last approved: somebody else must approve it.")))
    if by.byline_id and report.credits.filter(byline=by.byline_id).exists():
        reasons.append(Reason(_("Your byline stands among its credits: somebody else must approve it.")))
    return reasons


def reviewers(report: Report) -> QuerySet[User]:
    """The active editors who could approve what is written so far: none who wrote it or are credited."""
    own = Q(pk__in=_written(report).values("person")) | Q(byline__in=report.credits.values("byline"))
    return User.objects.filter(is_active=True, is_machine=False, groups__name=EDITOR).exclude(own)


def _written(report: Report, *, besides: str = "") -> QuerySet[SignOff]:
    """Who wrote in which round, as far as no approval that stands covers it: all of it again after a takedown."""
    covered = approved_sign_offs(report).exclude(content_hash=besides).aggregate(last=Max("round"))["last"] or 0
    return report.sign_offs.filter(part=SignOff.Part.WROTE, round__gt=covered)


def publish_reasons(report: Report, *, at: dt.datetime | None = None, embargo: bool = True) -> list[Reason]:
    """Why the report cannot go public at that time (now, if None). Empty: it can."""
    at = at or timezone.now()
    reasons = []
    current = content_hash(public_part(report))
    if not approved_sign_offs(report).filter(content_hash=current).exists():
        sentence = _("The text, a picture, a tag or a name is no longer what was approved: save the report and submit it for review again.")
        reasons.append(Reason(sentence))
    if report.public_state == PublicState.LIVE and report.live_hash == current:
        reasons.append(Reason(_("What is live is the same: there is nothing to publish.")))
    if embargo and report.embargo_until and at < report.embargo_until:
        until = moment(report.embargo_until)
        reasons.append(Reason(_("The embargo runs until %(until)s.") % {"until": until}, "embargo_until"))
    if report.expire_at and report.expire_at <= at:
        reasons.append(Reason(_("The date on which the report expires has passed: change it first."), "expire_at"))
    reasons += extra_review_reasons(report, current)
    return reasons + _missing(report) + checklist_reasons(report, at=at) + _gate_reasons(report)


def checklist_reasons(report: Report, *, at: dt.datetime) -> list[Reason]:
    """What the checklist holds against the report at that time."""
    return [Reason(finding.sentence, finding.field) for finding in checklist.blocking(report, at=at)]


def approved_sign_offs(report: Report):  # type: ignore[no-untyped-def]  # a reverse manager's queryset, typed by django-stubs
    """The report's approvals that are not void."""
    return report.sign_offs.filter(part=SignOff.Part.APPROVED, voided_at__isnull=True)


def free_slug(report: Report) -> str:
    """A slug proposed from the headline that no other report of the language has; "" when the headline gives none."""
    base = propose_slug(report.headline)
    if not base:
        return ""
    slug, number = base, 1
    while Report.objects.filter(language=report.language, slug=slug).exclude(pk=report.pk).exists():
        number += 1
        ending = f"-{number}"
        slug = base[: 80 - len(ending)].rstrip("-") + ending
    return slug


def findings(report: Report, *, beside: tuple[tuple[str, str], ...] = ()) -> list[Finding]:
    """What the source gate says of the report as it stands, and of the texts that would go public `beside` it."""
    public = public_part(report)
    hidden_place = report.dateline_mode != "shown"
    credits_ = list(report.credits.select_related("byline"))
    shown = {row.byline_id for row in credits_ if row.shown and report.byline_mode == "named"}
    return gate.scan(
        Outgoing(
            texts=(*gate.texts_of(public), *beside),
            place_withheld=hidden_place,
            withheld_places=(report.dateline_place,) if hidden_place and report.dateline_place else (),
            withheld_names=tuple(row.byline.name for row in credits_ if row.byline_id not in shown),
        )
    )


def expiry_reasons(report: Report, wish: dt.datetime | None, *, by: User) -> list[Reason]:
    """Why this person cannot give the report that date of expiry: on a live one it is a withdrawal to come."""
    if report.public_state != PublicState.LIVE or wish == report.expire_at or can(by, "withdraw", report):
        return []
    return [Reason(_("The report is live: only who may withdraw it says when it expires. Ask an editor."), "expire_at")]


def note_reasons(report: Report, *, field: str, text: str) -> list[Reason]:
    """What the source gate holds against a text that goes public with the report."""
    return [
        Reason(finding.sentence, field)
        for finding in findings(report, beside=((field, text),))
        if finding.blocks and finding.field == field
    ]


def _missing(report: Report) -> list[Reason]:
    """What no public report may lack: said to the reviewer already, since what is added later needs a new approval."""
    reasons = []
    if not report.dateline_on and report.kind not in UNLISTED_KINDS:
        reasons.append(Reason(_("Give the dateline its date."), "dateline_on"))
    if not report.body.strip():
        reasons.append(Reason(_("The report has no text."), "body"))
    return reasons


def _gate_reasons(report: Report) -> list[Reason]:
    return [Reason(finding.sentence, finding.field) for finding in findings(report) if finding.blocks]


def _somebody_can_review(report: Report, *, by: User) -> bool:
    if four_eyes.are_off():
        return True
    others = reviewers(report)
    if not report.slug:  # who submits will have written it
        others = others.exclude(pk=by.pk)
    return others.exists()
