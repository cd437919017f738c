"""The newsroom's settings with what a test differs in: files in a folder of its own, quick hashes, mail that stays here."""

import os
import tempfile
from pathlib import Path

FOLDER = Path(os.environ.setdefault("NEWSROOM_TEST_FOLDER", tempfile.mkdtemp(prefix="newsroom-test-")))
os.environ.update({"NEWSROOM_GENERATE_KEYS": "1", "NEWSROOM_VAR": str(FOLDER), "SITE_URL": "http://testserver"})
for name in ("SECRET_KEY", "AUDIT_KEY", "MFA_KEY", "ONION_URL", "EMAIL_URL", "DEBUG"):
    os.environ.pop(name, None)

from newsroom.settings import *  # noqa: E402, F403 - the environment is set first
from newsroom.settings import DATABASES, MIDDLEWARE, STORAGES  # noqa: E402 - as above

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
MIDDLEWARE = [MIDDLEWARE[0], "tests.wall.Guard", *MIDDLEWARE[1:]]
KEEP_PAGES = False  # tests go back in time: a stamp comes twice
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(FOLDER / "test.sqlite3")}  # a file: several threads write it
