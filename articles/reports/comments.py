"""What colleagues say to each other about a report: on the whole of it, on a field, or on a paragraph that may change or go."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.people.models import User
from articles.reports.models import Report, Revision
from articles.text import anchors


class Field(models.TextChoices):
    """What a comment can stand on, besides the whole report."""

    HEADLINE = "headline", _("Headline")
    STANDFIRST = "standfirst", _("Standfirst")
    DATELINE = "dateline", _("Dateline")
    BODY = "body", _("Body")
    PICTURES = "pictures", _("Pictures")
    CITATIONS = "citations", _("Sources")
    SUBJECTS = "subjects", _("Regions and tags")
    CREDITS = "credits", _("Credits")


class ReviewCommentQuerySet(models.QuerySet["ReviewComment"]):
    def threads(self) -> ReviewCommentQuerySet:
        """Those that began a thread, the oldest first."""
        return self.filter(parent=None).order_by("at", "id")

    def open(self) -> ReviewCommentQuerySet:
        """Threads that nobody has resolved."""
        return self.filter(parent=None, resolved_at=None)


class ReviewComment(models.Model):
    """One comment, or a reply to one. Its words never change (trigger); what can change is where its paragraph stands now, and whether it is resolved.

    In no edition, no revision, no mail and no text of the audit.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="review_comments")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=4000)
    at = models.DateTimeField()
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replies")
    field = models.CharField(max_length=12, choices=Field, blank=True)
    quoted = models.TextField(blank=True)
    anchor = models.TextField(blank=True)
    place = models.PositiveIntegerField(null=True)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ReviewCommentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        verbose_name = _("review comment")
        indexes: ClassVar = [
            models.Index(
                fields=["report"], condition=models.Q(parent__isnull=True, resolved_at__isnull=True), name="open_comments_of_a_report"
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="comment_on_a_paragraph_quotes_it",
                condition=models.Q(field="body") & ~models.Q(quoted="") | ~models.Q(field="body") & models.Q(quoted="", place__isnull=True),
            ),
            models.CheckConstraint(name="comment_says_something", condition=~models.Q(text="")),
            models.CheckConstraint(
                name="resolution_names_who",
                condition=models.Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | models.Q(resolved_at__isnull=False, resolved_by__isnull=False, parent__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_lost(self) -> bool:
        """Whether its paragraph is gone."""
        return self.field == Field.BODY and self.place is None


def anchor_again(report: Report) -> None:
    """Moves each comment on a paragraph to where that paragraph stands now; one whose paragraph is gone stays without a place.

    Asked before the revision of a save is kept, when the newest still has the body as it was.
    """
    on_text = list(report.review_comments.filter(parent=None, field=Field.BODY))
    if not on_text:
        return
    before = report.revisions.order_by("-number").values_list("content__public__body", flat=True).first() or ""
    texts, stood = anchors.paragraphs(report.body), frozenset(anchors.paragraphs(before))
    moved = []
    for comment in on_text:
        place = anchors.found(texts, comment.anchor, comment.quoted, near=comment.place, stood=stood)
        anchor = comment.anchor if place is None else texts[place]
        if (place, anchor) != (comment.place, comment.anchor):
            comment.place, comment.anchor = place, anchor
            moved.append(comment)
    ReviewComment.objects.bulk_update(moved, ["place", "anchor"])
