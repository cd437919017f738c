"""The public page of what is not public: composed, drawn, shown to staff, and forgotten."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any

from django.core.files.storage import storages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.admin.report_pages import page, report_or_404
from articles.editions import addresses, files
from articles.editions.drawing import RELATED_MARK, draw
from articles.editions.models import EditionImage
from articles.editions.page import assemble
from articles.identity.shell import shell_for
from articles.images.actions import private_name
from articles.reports.models import Report
from articles.reports.snapshot import content_hash, snapshot
from articles.workflow.composition import compose
from articles.workflow.refusals import Refused

POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; font-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)


def preview_view(request: HttpRequest, pk: int) -> HttpResponse:
    """The public page of the working copy, for those who may read it at the desk; what cannot be drawn yet is said in sentences."""
    report = report_or_404(request, pk)
    try:
        public = snapshot(report)["public"]
        return preview_response(report, public, hash_=content_hash(public))
    except Refused as refusal:
        return page(
            request, "undrawn", report, status=400, title=_("This cannot be drawn yet"), said=[str(reason) for reason in refusal.reasons]
        )


def preview_response(report: Report, public: dict[str, Any], *, hash_: str, head_html: str = "", above_html: str = "") -> HttpResponse:
    """What the public would get of the public part of a revision; the two pieces of HTML are put into its head and above its text."""
    at = timezone.now()
    composition = compose(report, public, hash_=hash_, published_at=report.published_at or at, at=at)
    pictures = _held_within(composition.images)
    draw(composition.parts())
    edition = composition.edition
    main_html = edition.main_html.replace(RELATED_MARK, "")  # what is related is read with a public page alone
    for path, held in pictures.items():
        main_html = main_html.replace(path, held)
    response = HttpResponse(assemble(shell_for(report.language), edition.head_html + head_html, above_html + main_html))
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _held_within(images: Iterable[EditionImage]) -> dict[str, str]:
    """Public path -> data: address of one file a picture. Its files are still private: `/media/` does not serve them."""
    held = {}
    for image in images:
        image.renditions = sorted(image.renditions, key=lambda each: (each["format"] == "webp", abs(each["width_px"] - 800)))[:1]
        for each in image.renditions:
            with storages["private"].open(private_name(each["file"])) as file:
                text = base64.b64encode(file.read()).decode()
            held[addresses.media_path(each["file"])] = f"data:{files.CONTENT_TYPES[each['file'].rpartition('.')[2]]};base64,{text}"
    return held
