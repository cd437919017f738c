"""The newsroom, served to a browser by several threads: the settings of production, with the wall guarded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from django.conf import settings
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.test import override_settings


class Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: what goes wrong is in the answers, which the tests watch."""


class Server(ThreadedWSGIServer):
    daemon_threads = False  # closing waits for each thread, and so for its connection to the database


@contextmanager
def served() -> Iterator[str]:
    """Serves until the block ends; gives the site's address."""
    with override_settings(
        STORAGES={**settings.STORAGES, "staticfiles": {"BACKEND": "newsroom.stylesheets.JoinedManifestStorage"}},
        WHITENOISE_AUTOREFRESH=False,
        KEEP_PAGES=True,
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
        server = Server(("127.0.0.1", 0), Silent)
        server.set_app(get_wsgi_application())
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
