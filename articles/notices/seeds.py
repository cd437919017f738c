"""The rules that a newsroom starts with: who has to act is told on the desk; what cannot wait, or is for one person, by mail too."""

from __future__ import annotations

from articles.notices.models import Channel, Event, NoticeRule, Receiver

BOTH = (Channel.DESK, Channel.MAIL)
DESK = (Channel.DESK,)

STANDARD: tuple[tuple[Event, Receiver, tuple[Channel, ...]], ...] = (
    (Event.ASSIGNED, Receiver.ASSIGNEE, BOTH),
    (Event.SUBMITTED, Receiver.EDITORS, BOTH),
    (Event.COMMENTED, Receiver.CONCERNED, BOTH),
    (Event.COMMENTED, Receiver.WRITERS, DESK),
    (Event.CHANGES_REQUESTED, Receiver.WRITERS, BOTH),
    (Event.CHANGES_REQUESTED, Receiver.ASSIGNEE, BOTH),
    (Event.APPROVED, Receiver.PUBLISHERS, BOTH),
    (Event.APPROVED, Receiver.WRITERS, DESK),
    (Event.DUE_SOON, Receiver.ASSIGNEE, BOTH),
    (Event.OVERDUE, Receiver.ASSIGNEE, BOTH),
    (Event.OVERDUE, Receiver.EDITORS, DESK),
    (Event.SCHEDULED, Receiver.WRITERS, DESK),
    (Event.PUBLISHED, Receiver.WRITERS, DESK),
    (Event.UPDATED, Receiver.WRITERS, DESK),
    (Event.RELEASE_FAILED, Receiver.PUBLISHERS, BOTH),
    (Event.RELEASE_FAILED, Receiver.SCHEDULER, BOTH),
    (Event.WITHDRAWN, Receiver.WRITERS, DESK),
    (Event.WITHDRAWN, Receiver.EDITORS, DESK),
    (Event.TAKEN_DOWN, Receiver.SAFETY_OFFICERS, BOTH),
    (Event.TAKEN_DOWN, Receiver.EDITORS, BOTH),
    (Event.TAKEN_DOWN, Receiver.PUBLISHERS, BOTH),
    (Event.CLOCK_SILENT, Receiver.ADMINISTRATORS, BOTH),
    (Event.CLOCK_SILENT, Receiver.PUBLISHERS, BOTH),
)


def seed() -> None:
    """Makes the rules in a newsroom that has none; one that has any is left as it is."""
    if NoticeRule.objects.exists():
        return
    NoticeRule.objects.bulk_create(
        NoticeRule(event=event, receiver=receiver, channel=channel) for event, receiver, channels in STANDARD for channel in channels
    )
