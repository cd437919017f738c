"""How gunicorn serves the newsroom: gunicorn -c python:newsroom.server newsroom.wsgi. Nothing it writes names a reader."""

from __future__ import annotations

import os
import sys
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from gunicorn.glogging import Logger

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
keepalive = 15
graceful_timeout = 5
timeout = 60
max_requests = 20_000
max_requests_jitter = 2_000
limit_request_line = 4094
limit_request_fields = 50
control_socket_disable = True
accesslog = None
loglevel = "error"
proc_name = "newsroom"


class NamelessLogger(Logger):
    """Gunicorn's log of errors, without what it would add: the reader's address, and the path asked for with its query."""

    def exception(self, msg: str, *args: Any, **kwargs: Any) -> None:
        super().exception(msg.split(" %s")[0], **kwargs)

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        if not msg.startswith("Invalid request from"):
            super().warning(msg, *args, **kwargs)


logger_class = NamelessLogger


def on_starting(_server: Any) -> None:
    """Reads the settings before any worker does, so that what is missing is one sentence and no traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    from django.conf import settings  # noqa: PLC0415 - only gunicorn's master comes here

    try:
        _ = settings.SECRET_KEY
    except ImproperlyConfigured as error:
        sys.exit(f"Newsroom does not start: {error}")
