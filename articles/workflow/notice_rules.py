"""The rules of notices, as publishers and administrators set them, and what each person mutes for themselves."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from articles.audit.chain import record
from articles.notices.models import ALWAYS, Channel, Event, Muted, NoticeRule, Receiver
from articles.people.models import User
from articles.workflow.permissions import check_can_set_notices
from articles.workflow.refusals import CHANGED_MEANWHILE, Conflict, Reason, Refused, refuse_if

OF_NO_REPORT = frozenset({Event.CLOCK_SILENT})
OF_A_REPORT_ALONE = frozenset({Receiver.WRITERS, Receiver.ASSIGNEE, Receiver.SCHEDULER, Receiver.CONCERNED})


@dataclass(frozen=True, order=True)
class Rule:
    """A rule as a value: `who` is a `Receiver`, or the key of a person as digits."""

    event: str
    who: str
    channel: str

    def __str__(self) -> str:
        return f"{self.event}|{self.who}|{self.channel}"


def standing() -> set[Rule]:
    """The rules as they stand."""
    return {Rule(row.event, str(row.person_id or row.receiver), row.channel) for row in NoticeRule.objects.all()}


def mark(rules: Collection[Rule]) -> str:
    """A short mark of these rules: another one says that they were changed meanwhile."""
    return hashlib.sha256("\n".join(sorted(map(str, rules))).encode()).hexdigest()[:16]


def can_be(event: str, receiver: str) -> bool:
    """Whether a rule of the event for the receiver means anything."""
    if event in OF_NO_REPORT:
        return receiver not in OF_A_REPORT_ALONE
    return receiver != Receiver.CONCERNED or event == Event.COMMENTED


def set_rules(wanted: Collection[Rule], *, by: User, seen: str) -> int:
    """Puts these rules in the place of those that stand; returns how many came or went. Audited by number.

    Raises Conflict when they are not those that were `seen` (a `mark`), Refused for a rule that cannot be or a person who left.
    """
    check_can_set_notices(by)
    people = {rule.who for rule in wanted if rule.who.isdecimal()}
    with transaction.atomic():
        list(NoticeRule.objects.select_for_update().values_list("pk"))
        old, new = standing(), set(wanted)
        refuse_if([Reason(_("Choose among the rules of the list."))] if any(not _is_a_rule(rule) for rule in new) else [])
        fresh = {rule.who for rule in new - old} & people
        working = User.objects.filter(pk__in=fresh, is_active=True, is_staff=True, is_machine=False)
        if len(fresh) != working.count():
            raise Refused([Reason(_("This account is not active: choose somebody who works at the desk."), "person")])
        if mark(old) != seen:
            raise Conflict([CHANGED_MEANWHILE])
        for rule in old - new:
            NoticeRule.objects.filter(event=rule.event, channel=rule.channel, **_whom(rule)).delete()
        NoticeRule.objects.bulk_create(NoticeRule(event=rule.event, channel=rule.channel, **_whom(rule)) for rule in sorted(new - old))
        changed = len(old ^ new)
        if changed:
            record(by=by, verb="set_notices", target="notices", facts={"added": len(new - old), "removed": len(old - new)})
    return changed


def mute(events: Collection[str], *, by: User) -> None:
    """The person wants no mail of these events, and of all others. Raises Refused for one that nobody can mute."""
    refuse_if([Reason(_("This one cannot be muted: it cannot wait."))] if set(events) & ALWAYS or set(events) - set(Event.values) else [])
    with transaction.atomic():
        Muted.objects.filter(person=by).exclude(event__in=events).delete()
        Muted.objects.bulk_create([Muted(person=by, event=event) for event in sorted(events)], ignore_conflicts=True)


def _is_a_rule(rule: Rule) -> bool:
    who = rule.who in Receiver.values and rule.who != Receiver.PERSON and can_be(rule.event, rule.who)
    return rule.event in Event.values and rule.channel in Channel.values and (who or (rule.who.isdecimal() and len(rule.who) < 19))


def _whom(rule: Rule) -> dict[str, object]:
    return {"receiver": Receiver.PERSON, "person_id": int(rule.who)} if rule.who.isdecimal() else {"receiver": rule.who, "person": None}
