"""The bare Django that the newsroom is measured beside: settings, address and view of one page of two words. No middleware, no database."""

from __future__ import annotations

import secrets

from django.http import HttpRequest, HttpResponse
from django.urls import path

SECRET_KEY = secrets.token_urlsafe(48)
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
ROOT_URLCONF = __name__
MIDDLEWARE: list[str] = []


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Hello, world")


urlpatterns = [path("", hello)]
