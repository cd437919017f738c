"""Acts of the audit as the desk tells them: when, by whom, what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles.audit.models import AuditEvent
from articles.people.models import User
from articles.workflow.transitions import TRANSITIONS

MOST_ROWS = 500
SAID: dict[str, str | Promise] = {
    "create": gettext_lazy("Began the report"),
    "save": gettext_lazy("Saved"),
    "submit": gettext_lazy("Submitted for review"),
    "claim": gettext_lazy("Claimed the review"),
    "take_over": gettext_lazy("Took the review over"),
    "give_back": gettext_lazy("Gave the review back"),
    "sign_off_legal": gettext_lazy("Signed off the legal review"),
    "sign_off_safety": gettext_lazy("Signed off the safety review"),
    "assign": gettext_lazy("Assigned it, or set when it is due"),
    "comment": gettext_lazy("Commented"),
    "resolve_comment": gettext_lazy("Resolved a comment"),
    "reopen_comment": gettext_lazy("Opened a comment again"),
    "set_extra_review": gettext_lazy("Changed when a legal or safety review is asked for"),
    "request_changes": gettext_lazy("Requested changes"),
    "approve": gettext_lazy("Approved"),
    "publish": pgettext_lazy("act", "Published"),
    "publish_update": gettext_lazy("Published an update"),
    "set_expiry": gettext_lazy("Set when it expires"),
    "add_note": gettext_lazy("Added a note for readers"),
    "schedule": gettext_lazy("Scheduled"),
    "unschedule": gettext_lazy("Unscheduled"),
    "release": gettext_lazy("Released at its time"),
    "release_failed": gettext_lazy("Could not be released at its time"),
    "expire": gettext_lazy("Expired"),
    "withdraw": gettext_lazy("Withdrew"),
    "take_down": gettext_lazy("Took down"),
    "review_takedown": gettext_lazy("Confirmed the takedown"),
    "ask_reinstatement": gettext_lazy("Asked to reinstate"),
    "reinstate": gettext_lazy("Reinstated"),
    "join_group": gettext_lazy("Joined a group that goes out together"),
    "leave_group": gettext_lazy("Left the group that goes out together"),
    "translate": gettext_lazy("Began the translation"),
    "bring_up_to_date": gettext_lazy("Brought up to date with its source"),
    "share_embargo": gettext_lazy("Embargo changed with that of another language"),
    "vouch": gettext_lazy("Recorded a fact for the checklist"),
    "set_requirement": gettext_lazy("Changed what the checklist asks"),
    "make_preview_link": gettext_lazy("Made a preview link"),
    "revoke_preview_link": gettext_lazy("Revoked a preview link"),
    "add_account": gettext_lazy("Made the account"),
    "change_account": gettext_lazy("Changed the account"),
    "give_password": gettext_lazy("Gave a new password"),
    "drop_second_factor": gettext_lazy("Reset the second factor"),
    "log_in": gettext_lazy("Logged in"),
    "end_session": gettext_lazy("Session ended"),
    "fail_second_factor": gettext_lazy("Gave a wrong second factor"),
    "add_second_factor": gettext_lazy("Set up a second factor"),
    "remove_second_factor": gettext_lazy("Removed a second factor"),
    "renew_recovery_codes": gettext_lazy("Made new recovery codes"),
    "change_password": gettext_lazy("Changed the password"),
    "choose_language": gettext_lazy("Chose the desk's language"),
    "choose_time_zone": gettext_lazy("Chose the desk's time zone"),
    "add_public_fact": gettext_lazy("Added"),
    "change_public_fact": gettext_lazy("Changed"),
    "change_picture": gettext_lazy("Changed the picture's facts"),
    "add_picture": gettext_lazy("Added a picture"),
    "set_notices": gettext_lazy("Changed who is told of what"),
    "export_audit": gettext_lazy("Downloaded the audit"),
    "receive_inquiry": gettext_lazy("A media inquiry arrived"),
    "purge": gettext_lazy("Rows were purged"),
    "save_contact": gettext_lazy("Saved a media contact"),
    "set_password": gettext_lazy("Set a password"),
    "generate": gettext_lazy("Made reports for a trial"),
    "four_eyes_on": gettext_lazy("Switched four eyes on"),
    "four_eyes_off": gettext_lazy("Switched four eyes off"),
    "change_identity": gettext_lazy("Changed the site's identity"),
    "change_logo": gettext_lazy("Changed the logo"),
    "remove_logo": gettext_lazy("Removed the logo"),
    "change_theme": gettext_lazy("Changed the site's colours"),
    "reset_theme": gettext_lazy("Took the house's colours again"),
    "change_menu": gettext_lazy("Changed a menu"),
    "shape_page": gettext_lazy("Shaped a front page, or pinned reports"),
    "change_policies": gettext_lazy("Named the pages about how we work"),
    "save_filter": gettext_lazy("Saved a filter"),
    "change_filter": gettext_lazy("Changed a saved filter"),
    "delete_filter": gettext_lazy("Deleted a saved filter"),
}


@dataclass
class Done:
    """One act: when, by whom, what, and what was said with it."""

    at: dt.datetime
    who: str
    what: str
    said: str = ""
    revision: int | None = None


def events_on(target: str) -> list[AuditEvent]:
    """The newest 500 events of one target, newest first."""
    return list(AuditEvent.objects.filter(target=target).order_by("-seq")[:MOST_ROWS])


def told(events: Sequence[AuditEvent]) -> list[Done]:
    """The events with people's names and plain verbs."""
    codes = {event.by.removeprefix("user:") for event in events}
    people = {person.audit_code: str(person) for person in User.objects.filter(code__in=codes)}
    return [Done(event.at, people.get(event.by, event.by), said(event.verb)) for event in events]


def acts_on(target: str) -> list[Done]:
    """What was done with one target, newest first."""
    return told(events_on(target))


def said(verb: str) -> str:
    """An act as the history tells it."""
    if verb in SAID:
        return str(SAID[verb])
    return str(TRANSITIONS[verb].label) if verb in TRANSITIONS else verb.replace("_", " ").capitalize()
