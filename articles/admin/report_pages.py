"""What the pages of one report share: who may open them, and their frame."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse

from articles.admin.requests import who
from articles.admin.site import desk
from articles.reports.models import Report
from articles.workflow.permissions import can_view


def report_or_404(request: HttpRequest, pk: int | str) -> Report:
    """The report, or Http404: who may not read it is not told that it exists."""
    digits = str(pk)
    report = Report.objects.filter(pk=digits).first() if digits.isascii() and digits.isdecimal() and len(digits) < 19 else None
    if report is None or not can_view(who(request), report):
        raise Http404
    return report


def page(request: HttpRequest, name: str, report: Report, *, status: int = 200, **context: Any) -> TemplateResponse:
    """`admin/articles/report/<name>.html` in the desk's frame."""
    request.current_app = desk.name
    shared = {**desk.each_context(request), "report": report, "opts": Report._meta}
    return TemplateResponse(request, f"admin/articles/report/{name}.html", {**shared, **context}, status=status)
