"""The workflow as one table: which verb leads from where to where, and who may. The drawing in docs/workflow.md is made from it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.people.roles import EDITOR, LEGAL_REVIEWER, PUBLISHER, REPORTER, SAFETY_OFFICER, TRANSLATOR
from articles.reports.models import EditState, PublicState, Report

DRAFT, IN_REVIEW, CHANGES_REQUESTED, APPROVED = EditState
UNPUBLISHED, SCHEDULED, LIVE, WITHDRAWN, TAKEN_DOWN = PublicState
ANY_EDIT = frozenset(EditState)
ANY_PUBLIC = frozenset(PublicState)


@dataclass(frozen=True)
class Transition:
    """One row: states it starts from, states it ends in (None: unchanged), roles, and what the button says."""

    verb: str
    label: str | Promise
    from_edit: frozenset[EditState]
    from_public: frozenset[PublicState]
    to_edit: EditState | None
    to_public: PublicState | None
    roles: frozenset[str]
    by_clock: bool = False

    def starts_from(self, report: Report) -> bool:
        """Whether the report stands where this transition starts."""
        return report.edit_state in self.from_edit and report.public_state in self.from_public


def _row(
    verb: str,
    label: str | Promise,
    *roles: str,
    edit: frozenset[EditState] | set[EditState] = ANY_EDIT,
    public: frozenset[PublicState] | set[PublicState] = ANY_PUBLIC,
    to_edit: EditState | None = None,
    to_public: PublicState | None = None,
    by_clock: bool = False,
) -> Transition:
    return Transition(verb, label, frozenset(edit), frozenset(public), to_edit, to_public, frozenset(roles), by_clock)


NOT_SCHEDULED = ANY_PUBLIC - {SCHEDULED}

TRANSITIONS: dict[str, Transition] = {
    row.verb: row
    for row in (
        _row("save", _("Save"), REPORTER, TRANSLATOR, EDITOR, public=NOT_SCHEDULED),
        _row(
            "submit", _("Submit for review"), REPORTER, TRANSLATOR, EDITOR,
            edit={DRAFT, CHANGES_REQUESTED}, public=NOT_SCHEDULED, to_edit=IN_REVIEW,
        ),
        _row("claim", _("I am reviewing this"), EDITOR, edit={IN_REVIEW}),
        _row("take_over", _("Take the review over"), EDITOR, edit={IN_REVIEW}),
        _row("give_back", _("Give the review back"), EDITOR, edit={IN_REVIEW}),
        _row("sign_off_legal", _("Sign off the legal review"), LEGAL_REVIEWER, edit={IN_REVIEW, APPROVED}),
        _row("sign_off_safety", _("Sign off the safety review"), SAFETY_OFFICER, edit={IN_REVIEW, APPROVED}),
        _row("request_changes", _("Request changes"), EDITOR, edit={IN_REVIEW}, to_edit=CHANGES_REQUESTED),
        _row("approve", _("Approve"), EDITOR, edit={IN_REVIEW}, to_edit=APPROVED),
        _row("publish", _("Publish"), PUBLISHER, edit={APPROVED}, public={UNPUBLISHED, SCHEDULED, WITHDRAWN}, to_public=LIVE),
        _row("schedule", _("Schedule"), PUBLISHER, edit={APPROVED}, public={UNPUBLISHED, SCHEDULED, WITHDRAWN}, to_public=SCHEDULED),
        _row("unschedule", _("Unschedule"), PUBLISHER, public={SCHEDULED}, to_public=UNPUBLISHED),
        _row("release", _("Release"), public={SCHEDULED}, edit={APPROVED}, to_public=LIVE, by_clock=True),
        _row("publish_update", _("Publish update"), PUBLISHER, edit={APPROVED}, public={LIVE}),
        _row("add_note", _("Add a note"), PUBLISHER, public={LIVE}),
        _row("set_expiry", _("Set when it expires"), PUBLISHER, EDITOR, public={SCHEDULED, LIVE, WITHDRAWN}),
        _row("expire", _("Expire"), public={LIVE}, to_public=WITHDRAWN, by_clock=True),
        _row("withdraw", _("Withdraw"), PUBLISHER, EDITOR, public={LIVE}, to_public=WITHDRAWN),
        _row(
            "take_down", _("Take down"), EDITOR, PUBLISHER, SAFETY_OFFICER,
            public={LIVE, WITHDRAWN}, to_edit=DRAFT, to_public=TAKEN_DOWN,
        ),
        _row("review_takedown", _("Confirm the takedown"), EDITOR, PUBLISHER, SAFETY_OFFICER, public={TAKEN_DOWN}),
        _row("ask_reinstatement", _("Ask to reinstate"), PUBLISHER, SAFETY_OFFICER, public={TAKEN_DOWN}),
        _row("reinstate", _("Reinstate"), PUBLISHER, SAFETY_OFFICER, public={TAKEN_DOWN}, to_public=UNPUBLISHED),
        _row("assign", _("Assign"), REPORTER, TRANSLATOR, EDITOR, PUBLISHER),
    )
}  # fmt: skip
"""Verb -> row, in the order in which a report meets them."""
