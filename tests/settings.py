"""The newsroom's settings with what a test differs in: files in a folder of its own, quick hashes, mail that stays here."""

import os
import tempfile
from pathlib import Path

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")  # one of several processes that share the tests: gw0, gw1, …
FOLDER = Path(os.environ.setdefault("NEWSROOM_TEST_FOLDER", tempfile.mkdtemp(prefix="newsroom-test-")), WORKER)
FOLDER.mkdir(parents=True, exist_ok=True)
os.environ.update({"NEWSROOM_GENERATE_KEYS": "1", "NEWSROOM_VAR": str(FOLDER), "SITE_URL": "http://testserver", "LANGUAGES": "en,es,ar"})
for name in ("SECRET_KEY", "AUDIT_KEY", "MFA_KEY", "ONION_URL", "EMAIL_URL", "DEBUG"):
    os.environ.pop(name, None)

from newsroom.settings import *  # noqa: E402, F403 - the environment is set first
from newsroom.settings import CACHES, DATABASES, MIDDLEWARE, REDIS_URL, STORAGES  # noqa: E402 - as above

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
MIDDLEWARE = [MIDDLEWARE[0], "tests.wall.Guard", *MIDDLEWARE[1:]]
if REDIS_URL and WORKER:  # a process empties its cache between tests: each has a Redis database of its own, counted down from the given one
    server, _, number = REDIS_URL.rpartition("/")
    CACHES["default"]["LOCATION"] = f"{server}/{int(number) - int(WORKER.removeprefix('gw'))}"
KEEP_PAGES = False  # tests go back in time: a stamp comes twice
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(FOLDER / "test.sqlite3")}  # a file: several threads write it
