"""Public pictures: served only while their row stands."""

from __future__ import annotations

from django.core.files.storage import storages
from django.http import HttpResponse
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from articles.editions.files import public_name
from articles.editions.models import PublicFile
from articles.public.reports import not_found
from articles.public.request import ReaderRequest

HEADERS = {
    "Cache-Control": "public, max-age=60, must-revalidate",
    "Accept-Ranges": "none",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "cross-origin",  # feeds are read at other sites too, and their pictures with them
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noarchive",
}


@require_safe
def media(request: ReaderRequest, name: str) -> HttpResponse:
    """The file's bytes under its hash; the same 404 as anywhere when no edition uses it now."""
    row = PublicFile.objects.filter(name=name).first()
    if row is None:
        return not_found(request)
    headers = {**HEADERS, "ETag": f'"{name.partition(".")[0]}"'}
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if "*" in known or headers["ETag"] in {each.removeprefix("W/") for each in known}:
        return HttpResponse(status=304, headers=headers)
    try:
        with storages["public"].open(public_name(name)) as file:
            data = file.read()
    except FileNotFoundError:
        return not_found(request)
    return HttpResponse(
        b"" if request.method == "HEAD" else data, content_type=row.content_type, headers={**headers, "Content-Length": str(len(data))}
    )
