"""Every setting once, in reading order. What differs between machines comes from the environment (or `.env`)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from js_asset import static_lazy

from newsroom import address, keys, languages, overrides

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("NEWSROOM_VAR", BASE_DIR / "var"))
env = environ.Env()
if (BASE_DIR / ".env").exists():
    environ.Env.read_env(BASE_DIR / ".env")

# Which newsroom this is
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
SITE_URL = env.str("SITE_URL", default=address.kept(VAR)).rstrip("/")
ONION_URL = env.str("ONION_URL", default="").rstrip("/")
HTTPS = SITE_URL.startswith("https://")
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="")
SECURITY_TXT_EXPIRES = env.str("SECURITY_TXT_EXPIRES", default="2027-11-30T00:00:00Z")
MAP_FILE = env.str("MAP_FILE", default="")  # the newsroom's own file of shapes, see docs/maps.md

# A newsroom's own templates and static files, which go before ours (docs/theming.md)
OVERRIDES = Path(env.str("OVERRIDES", default=str(BASE_DIR / "overrides")))
overrides.check(OVERRIDES, named="OVERRIDES" in os.environ)

# A hub that is told when the feeds change, for who subscribes there (WebSub). It hears the feeds' addresses and nothing else
WEBSUB_HUB = env.str("WEBSUB_HUB", default="")
if WEBSUB_HUB and not WEBSUB_HUB.startswith("https://"):
    raise ImproperlyConfigured("WEBSUB_HUB must begin with https://, such as https://hub.example.org/.")

# Keys: from the environment, or generated once into var/ (see newsroom/keys.py)
SECRET_KEY = keys.secret("SECRET_KEY", directory=VAR / "keys")
AUDIT_KEY = keys.secret("AUDIT_KEY", directory=VAR / "keys")
MFA_KEY = keys.secret("MFA_KEY", directory=VAR / "keys")

# Languages: the main one has no prefix in addresses, every other one has its own
MAIN_LANGUAGE = env.str("MAIN_LANGUAGE", default="en")
LANGUAGES = languages.offered(
    env.list("LANGUAGES", default=["en", "es", "fr", "ar", "fa", "ko", "zh-hans", "my"]), main=MAIN_LANGUAGE
)  # those whose interface is translated; any other that CLDR knows may be named, its interface is then the main language's
LANGUAGE_CODE = MAIN_LANGUAGE
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
USE_TZ = True

# Parts
INSTALLED_APPS = [
    "articles",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "taggit",
    "django_filters",
    "django_prose_editor",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
]
AUTH_USER_MODEL = "articles.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

# Two sides: what is named Desk… in newsroom/sides.py leaves public addresses alone
MIDDLEWARE = [
    "newsroom.sides.Sides",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.sides.DeskSession",
    "newsroom.sides.DeskCsrf",
    "newsroom.sides.DeskAuthentication",
    "newsroom.sides.DeskDoor",
    "newsroom.sides.DeskLanguage",
    "newsroom.sides.DeskZone",
    "newsroom.sides.DeskMessages",
    "allauth.account.middleware.AccountMiddleware",
    "newsroom.sides.DeskCSP",
]
# Looked for by `check --deploy`: the headers of W001 and W002 are set in newsroom/sides.py for every answer (HSTS by the server in front),
# and W003's middleware runs as DeskCsrf; the inquiry has a token of its own, for readers without cookies
SILENCED_SYSTEM_CHECKS = ["security.W001", "security.W002", "security.W003"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [*overrides.folders(OVERRIDES, "templates"), BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Database, cache
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'newsroom.sqlite3'}")}
if "ENGINE" not in DATABASES["default"]:
    raise ImproperlyConfigured(
        "DATABASE_URL is no address of a database. Write it as postgres://user:password@host/name, or leave it out for SQLite in var/."
    )
if not DATABASES["default"]["ENGINE"].endswith(("sqlite3", "postgresql")):
    raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// or sqlite:///, such as postgres://newsroom@localhost/newsroom.")
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON;",
    }
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / f"test-{os.getpid()}.sqlite3")}
    DATABASES["default"]["CONN_MAX_AGE"] = 300
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 300
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
ATOMIC_REQUESTS = False
REDIS_URL = env.str("REDIS_URL", default="")
CACHES: dict[str, dict[str, Any]]
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL, "KEY_PREFIX": "newsroom"}}
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "newsroom_cache",
            # at its 300 by default it throws counts away: who tries 300 invented names would unlock a locked one, and used codes
            "OPTIONS": {"MAX_ENTRIES": 200_000},
        }
    }

# Lists, feeds and other answers of the public side are kept in each process until the stamp moves
KEEP_PAGES = env.bool("KEEP_PAGES", default=True)

# Files. Originals and renditions are private; public copies stand in PUBLIC_MEDIA and are served by /media/ alone
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
WHITENOISE_ALLOW_ALL_ORIGINS = False
STATICFILES_DIRS = [*overrides.folders(OVERRIDES, "static"), BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": VAR / "private"}},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "private", "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "public": {"BACKEND": "articles.editions.whole_files.WholeFiles", "OPTIONS": {"location": VAR / "public"}},
    "staticfiles": {
        "BACKEND": "newsroom.stylesheets.JoinedManifestStorage",
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},  # a front server of another user reads them
    },
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = ["articles.admin.uploads.InMemory"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Tags: commas alone stand between them, and case makes no other tag
TAGGIT_TAGS_FROM_STRING = "articles.taxonomy.tagging.comma_tags"
TAGGIT_CASE_INSENSITIVE = True

# The editor: our own marks, beside its own
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {
        "js": [static_lazy("js/editor_marks.js")],
        "extensions": dict.fromkeys(
            ("Sic", "Passage", "Direction", "Isolate", "Quoted", "Cited", "Abbreviation", "LanguageAndDirection"),
            "articles.text.sanitise.sanitise",  # never called: the form field is given the sanitiser itself
        ),
    }
]

# Accounts
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_ADAPTER = "articles.admin.adapters.DeskAdapter"
MFA_ADAPTER = "articles.admin.adapters.DeskMfaAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/desk/accounts/login/"
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
# Five wrong passwords or codes an account in five minutes. No address is counted (see DeskAdapter): a limit "by ip" is one for
# everybody together, and only keeps a flood of tries from using up the processors.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key", "login": "120/m/ip"}
ACCOUNT_SESSION_REMEMBER = False
# A session of the desk shows a second factor (`required`), or only may (`offered`: the demo newsroom)
SECOND_FACTOR = env.str("SECOND_FACTOR", default="required")
if SECOND_FACTOR not in ("required", "offered"):
    raise ImproperlyConfigured("SECOND_FACTOR is `required` or `offered`.")
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A passkey cannot be guessed. A limit "by ip" would be one for everybody together (see above), and with it a stranger could shut all out.
MFA_RATE_LIMITS = {"webauthn_login": None}
MFA_TOTP_ISSUER = "Newsroom"
MFA_FORMS = {"authenticate": "articles.admin.factors.CodeForm", "reauthenticate": "articles.admin.factors.CodeAgainForm"}
# Publishing, waiving a check and changing keys ask again who it is, after so long
REAUTHENTICATE_AFTER_MINUTES = env.int("REAUTHENTICATE_AFTER_MINUTES", default=15)
ACCOUNT_REAUTHENTICATION_TIMEOUT = REAUTHENTICATE_AFTER_MINUTES * 60

# Sessions and headers of the desk
SESSION_COOKIE_NAME = "__Host-desk" if HTTPS else "desk"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", default=120)
SESSION_LONGEST_HOURS = env.int("SESSION_LONGEST_HOURS", default=12)
SESSION_COOKIE_AGE = (SESSION_LONGEST_HOURS + 1) * 3600  # the server's row ends it (articles/people/sessions.py), and can say why
CSRF_COOKIE_NAME = "__Host-desk-csrf" if HTTPS else "desk-csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "articles.admin.refused.without_token"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Mail, errors, log: nothing that a reader or a journalist sent reaches any of them
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="filemail:///" + str(VAR / "mail").lstrip("/"))
EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_FILE_PATH = str(VAR / "mail")
EMAIL_HOST = EMAIL_CONFIG.get("EMAIL_HOST", "localhost")
EMAIL_PORT = EMAIL_CONFIG.get("EMAIL_PORT", 25)
EMAIL_HOST_USER = EMAIL_CONFIG.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = EMAIL_CONFIG.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_CONFIG.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL_CONFIG.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20
SHARED_DRAFTS = env.bool(
    "SHARED_DRAFTS", default=False
)  # true: reporters and translators read every report at the desk, not only their own
AUDIT_HEAD_MAIL = env.list("AUDIT_HEAD_MAIL", default=[])  # who keeps the audit's signed heads, off this machine
NOTICES_NAME_REPORTS = env.bool("NOTICES_NAME_REPORTS", default=False)  # headlines in the desk's mails: only where every mailbox is safe
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="newsroom@localhost")
ADMINS: list[tuple[str, str]] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},  # 404 and 410 would write down what was asked for
    },
}
