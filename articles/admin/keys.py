"""The keyboard's shortcuts on a page of their own, for those who read it without a script."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.admin.site import desk


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    request.current_app = desk.name
    return TemplateResponse(request, "admin/keys.html", {**desk.each_context(request), "title": _("Keyboard shortcuts")})
