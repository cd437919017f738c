"""Who else has this report's form open: the line on the page, and the address that the page asks while it is open."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from articles.admin.drafts import KEY
from articles.admin.report_pages import report_or_404
from articles.admin.requests import who
from articles.workflow.presence import beat, close_page, writers


@never_cache
@require_POST
def presence_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Notes that the page is open, or with `gone` that it closes; answers who else writes, a sentence each. Readers are told, not noted."""
    report = report_or_404(request, pk)
    page = request.POST.get("page_key", "")
    if not KEY.match(page):
        return JsonResponse({"why": _("Open the report again: this form is none of it.")}, status=400)
    if "gone" in request.POST:
        close_page(report, by=who(request), page=page)
        return HttpResponse(status=204)
    beat(report, by=who(request), page=page)
    return JsonResponse({"writers": [str(each) for each in writers(report, by=who(request), page=page)]})


presence_view.counts_as_idle = True  # type: ignore[attr-defined]  # a page that is open is no person at work: it keeps no session alive
