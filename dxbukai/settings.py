"""One settings file for every machine. What differs between machines is an environment variable.

Each variable stands in docs/reference.md; a test compares the two.
"""

import re
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import Env

from dxbukai import (
    __version__,
    brakes,
    connections,
    databases,
    duties,
    installed,
    keys,
    scanners,
    starting,
    stores,
)

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()
VERSION = __version__

## MODE

MODE = starting.mode(env)
PRODUCTION = MODE == "production"
DEBUG = False

## WHERE THINGS LIE

VAR_DIR = installed.var(env, production=PRODUCTION)
MEDIA_ROOT = VAR_DIR / "files"
MAIL_FOLDER = VAR_DIR / "mail"

## SECRETS AND HOSTS

SECRET_KEY = keys.primary(env, VAR_DIR, production=PRODUCTION)
SECRET_KEY_FALLBACKS = keys.replaced(env, production=PRODUCTION)
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = env.list("DXBUKAI_ALLOWED_HOSTS", LOOPBACK if not PRODUCTION else [])
if MODE == "demo" and not set(ALLOWED_HOSTS) <= set(LOOPBACK):
    raise ImproperlyConfigured("デモはこのパソコンの中だけで動きます。DXBUKAI_ALLOWED_HOSTS を外してください。")
if PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("本番では DXBUKAI_ALLOWED_HOSTS に公開するホスト名を指定してください。")
SITE_URL = starting.site_url(env, ALLOWED_HOSTS, production=PRODUCTION)
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []

## APPS

INSTALLED_APPS = [
    *(["dxbukai.demo"] if MODE == "demo" else []),
    "dxbukai",
    "retention",
    "opendata",
    "reports",
    "meetings",
    "statements",
    "members",
    "foundation.mail",
    "foundation.ledger",
    "foundation.jobs",
    "foundation.audit",
    "foundation.db",
    "foundation.ui",
    "crispy_forms",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # What every answer carries, also the refusals of those below.
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "foundation.http.static_files.StaticFiles",
    "foundation.http.middleware.PrivatePages",
    "foundation.http.middleware.RefuseOtherMethods",
    "foundation.http.middleware.RefuseHostileText",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "members.gate.EndSessions",
    "foundation.http.refusals.NoteRefusals",
    "foundation.http.refusals.BrakePosts",
    "foundation.http.refusals.NameSenders",
    "foundation.http.middleware.LoginRequired",
    "foundation.http.astray.LeadBack",
    "foundation.http.citizens.HeldAfterRestore",
    "members.gate.FactorFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    # Below allauth's, which would ask in its own way.
    "members.gate.AskAgain",
]

ROOT_URLCONF = "dxbukai.urls"
WSGI_APPLICATION = "dxbukai.wsgi.application"

## TEMPLATES

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [installed.SHIPPED / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dxbukai.context.portal",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "foundation.ui.templatetags.one_language",
                "foundation.ui.templatetags.ui",
                "members.templatetags.words",
            ],
        },
    }
]
CRISPY_TEMPLATE_PACK = "dads"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("dads",)
CRISPY_FAIL_SILENTLY = False

## DATABASE

DATABASE_URL = databases.url(env, sys.argv, production=PRODUCTION)
if DATABASE_URL:
    DATABASES: dict[str, Any] = {"default": databases.parsed(DATABASE_URL)}
elif PRODUCTION:
    raise ImproperlyConfigured(
        "本番では DATABASE_URL に PostgreSQL（14以上）の接続先を指定してください。"
        "例：postgres://dxbukai:パスワード@localhost/dxbukai"
    )
else:
    DATABASES = {
        "default": {
            "ENGINE": "foundation.db.backends.embedded",
            "NAME": "dxbukai",
            "CONN_MAX_AGE": 60,
            # Tests have a server of their own, for theirs need not survive a power cut.
            "OPTIONS": {"data_dir": VAR_DIR / ("postgres-test" if MODE == "test" else "postgres")},
        }
    }
# Past a pool in transaction mode, where the worker can be woken; the embedded server has none before it.
DATABASE_DIRECT_URL = connections.encrypted(env.str("DATABASE_DIRECT_URL", ""), production=PRODUCTION)
if "postgresql" not in DATABASES["default"]["ENGINE"] and DATABASE_URL:
    raise ImproperlyConfigured("DATABASE_URL には postgres:// で始まる接続先を指定してください。")
# Isolates test runs that share one server.
DATABASES["default"]["TEST"] = {"NAME": env.str("DXBUKAI_TEST_DATABASE", "test_dxbukai")}

# Rate limits must hold across processes, so the cache is a table too.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "foundation_cache",
        # Django's 300 would let a flood of other keys push a counter out.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # Public pages, made once in each process (foundation/http/remembered.py); tests write without a trail.
    "pages": {
        "BACKEND": f"django.core.cache.backends.{'dummy.DummyCache' if MODE == 'test' else 'locmem.LocMemCache'}",
        "TIMEOUT": 60,
        "OPTIONS": {"MAX_ENTRIES": 300},
    },
}

## PEOPLE AND LOGIN

AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = ["members.login.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "members.passwords.NoWordsOfTheHouse"},
    {"NAME": "members.passwords.NotBreached"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "members.login.ClosedAdapter"
ACCOUNT_FORMS = {
    "login": "members.forms.login.LoginForm",
    "reset_password_from_key": "members.forms.login.ResetPasswordKeyForm",
    "set_password": "members.forms.login.SetPasswordForm",
    "change_password": "members.forms.login.ChangePasswordForm",
    "reauthenticate": "members.forms.factors.PasswordAgainForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
# The code itself is ours (members/views/entry.py). A town hall's mail gateway takes its time.
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
LOGIN_CODE_LIFETIME = timedelta(minutes=10)
# Asked for by oneself a moment ago; a gateway that asks back the next working morning is still in time.
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "members.passwords.ResetTokens"  # noqa: S105 -- makes them
# A page never tells whether an address is known, and nobody can make us write to strangers.
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# Ours know account and address together (dxbukai/brakes.py); the library's would let a stranger shut others out.
# A second factor alone is counted by account: nobody comes so far without the password or the mailed code.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/5m/key"}
BRAKES = brakes.LIMITS
ALLAUTH_TRUSTED_PROXY_COUNT = starting.proxies(env, production=PRODUCTION)
# After so long a person is asked again before a sensitive action; who tries the demo could answer nothing.
ACCOUNT_REAUTHENTICATION_TIMEOUT = (12 * 60 if MODE == "demo" else 10) * 60
# The address is unique by a constraint over Lower("email"), which the check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]

## SECOND FACTORS

MFA_ADAPTER = "members.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODE_COUNT = 10
MFA_FORMS = {
    "authenticate": "members.forms.factors.AuthenticateForm",
    "authenticate_webauthn": "members.forms.factors.AuthenticateByKeyForm",
    "reauthenticate": "members.forms.factors.ReauthenticateForm",
    "reauthenticate_webauthn": "members.forms.factors.ReauthenticateByKeyForm",
}
# Whether those who run a desk or administrate the house must have one, and how often they come in without.
FACTOR_REQUIRED = starting.flag(env, "DXBUKAI_FACTOR_REQUIRED", PRODUCTION)
FACTOR_GRACE = 3

## SINGLE SIGN-ON

# The town's own login by OpenID Connect, where there is one (the extra "sso"); its factor counts.
OIDC_ISSUER = env.str("DXBUKAI_OIDC_ISSUER", "").rstrip("/")
OIDC_CLIENT_ID = env.str("DXBUKAI_OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = env.str("DXBUKAI_OIDC_CLIENT_SECRET", "")
OIDC_NAME = env.str("DXBUKAI_OIDC_NAME", "庁内の統合認証")
if OIDC_ISSUER and not (OIDC_CLIENT_ID and OIDC_CLIENT_SECRET):
    raise ImproperlyConfigured(
        "DXBUKAI_OIDC_ISSUER を指定するときは、DXBUKAI_OIDC_CLIENT_ID と"
        "DXBUKAI_OIDC_CLIENT_SECRET も指定してください。"
    )
if OIDC_ISSUER:
    connections.refuse_plain("DXBUKAI_OIDC_ISSUER", OIDC_ISSUER, production=PRODUCTION)
if OIDC_ISSUER or MODE == "test":
    INSTALLED_APPS += ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]
SOCIALACCOUNT_ADAPTER = "members.sso.OnlyKnownPeople"

## SESSIONS, COOKIES, HEADERS

# A browser gives a cookie of such a name to this host alone, and takes it from no other (V3.3.3); it asks for TLS.
COOKIE_PREFIX = "__Host-" if PRODUCTION else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid", f"{COOKIE_PREFIX}csrftoken"
MESSAGES_COOKIE_NAME = f"{COOKIE_PREFIX}messages"
SESSION_ENGINE = "foundation.http.stamped"
# A session ends so long after the login, and earlier where nobody was there: in the demo nobody could come back.
LONGEST = 12 * 60
SESSION_COOKIE_AGE = LONGEST * 60
IDLE_ADMINISTRATOR = 60 * starting.number(
    env, "DXBUKAI_IDLE_ADMINISTRATOR", LONGEST if MODE == "demo" else 30, most=LONGEST
)
IDLE_DESK = 60 * starting.number(env, "DXBUKAI_IDLE_DESK", LONGEST if MODE == "demo" else 60, most=LONGEST)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
# No script of ours reads a cookie; Django hides the session's by itself.
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# Messages live in a signed cookie: showing one must not write to the database.
MESSAGE_STORAGE = "foundation.http.messages.Storage"
CSRF_FAILURE_VIEW = "foundation.http.views.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
X_FRAME_OPTIONS = "DENY"
# What lies below the points of a map, and whose work it is; without it there are points and the town's outline.
MAP_TILES = starting.map_tiles(env)
MAP_CREDIT = env.str("DXBUKAI_MAP_CREDIT", "")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", *re.findall(r"^https://[^/]+", MAP_TILES)],
        "object-src": [NONE],
        "base-uri": [NONE],
        # A form that leads to the town's own login is one of ours.
        "form-action": [SELF, *re.findall(r"^https?://[^/]+", OIDC_ISSUER)],
        "frame-ancestors": [NONE],
    }
}

## MAIL

# "smtp" sends each email; "folder" writes it to MAIL_FOLDER; "hold" lets it wait, for a rehearsal with real rows.
MAIL_DELIVERY = env.str("DXBUKAI_MAIL_DELIVERY", "smtp" if PRODUCTION else "folder")
if MAIL_DELIVERY not in {"smtp", "folder", "hold"}:
    raise ImproperlyConfigured(
        f"DXBUKAI_MAIL_DELIVERY は smtp・folder・hold のいずれかです（現在の値：{MAIL_DELIVERY}）。"
    )
DEFAULT_FROM_EMAIL = starting.sender(env, production=PRODUCTION)
# To bounces+41-0f3a…@… come the reports about letter 41 (foundation/mail/envelope.py); before the @ is room for 64
# octets, the addition included.
BOUNCE_ADDRESS = env.str("DXBUKAI_BOUNCE_ADDRESS", "")
if BOUNCE_ADDRESS and not re.fullmatch(r"[A-Za-z0-9._-]{1,27}@[A-Za-z0-9.-]+", BOUNCE_ADDRESS):
    raise ImproperlyConfigured(
        "DXBUKAI_BOUNCE_ADDRESS には、「@」の前が27文字以内の半角英数字のメールアドレスを一つ指定してください"
        f"（現在の値：{BOUNCE_ADDRESS}）。"
    )
EMAIL_HOST = env.str("DXBUKAI_SMTP_HOST", "localhost")
EMAIL_PORT = starting.number(env, "DXBUKAI_SMTP_PORT", 25, most=65_535)
EMAIL_HOST_USER = env.str("DXBUKAI_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.str("DXBUKAI_SMTP_PASSWORD", "")
EMAIL_USE_TLS = starting.flag(env, "DXBUKAI_SMTP_TLS", PRODUCTION and not connections.is_here(EMAIL_HOST))
# Port 465 is spoken to by TLS from the first byte (RFC 8314), the others after STARTTLS.
EMAIL_USE_SSL = EMAIL_USE_TLS and EMAIL_PORT == 465
EMAIL_USE_TLS = EMAIL_USE_TLS and not EMAIL_USE_SSL
EMAIL_TIMEOUT = 20
# What we send unasked leaves in office hours, and can be taken back until then and for this long. A visitor of the
# demo finds it at once.
MAIL_IN_OFFICE_HOURS = MODE != "demo"
# A town whose mail gateway holds back what has files attached leaves the appointment out.
MAIL_CALENDAR = starting.flag(env, "DXBUKAI_MAIL_CALENDAR", True)
MAIL_GRACE = timedelta(seconds=10) if MODE == "demo" else timedelta(minutes=5)
# Frozen emails carry a placeholder where a secret goes; it is filled as the email leaves.
OUTBOX_FILLERS = {
    "personal-link": "members.links.address_of",
    "personal-code": "members.links.code_of",
    "login-code": "members.entry_secrets.code_of",
    "again-code": "members.entry_secrets.again_code_of",
    "password-reset": "members.entry_secrets.reset_address_of",
}

## JOBS

JOB_KINDS, JOB_RULES = duties.JOB_KINDS, duties.JOB_RULES
LEDGER, LEDGER_LOST = duties.LEDGER, duties.LEDGER_LOST

## LANGUAGE AND TIME

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", _("日本語"))]
LOCALE_PATHS = [installed.SHIPPED / "locale"]
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True

## FILES

MAX_UPLOAD_BYTES = 50 * 1024 * 1024
# What strangers sent is read in children (foundation.apart): so many at once on a machine, of so much memory each.
READERS_AT_ONCE = 2
READER_MEMORY_MB = starting.number(env, "DXBUKAI_READER_MEMORY_MB", 2048, most=1_000_000)
# What asks about viruses before that, as many at once; seconds until its turn, and of its answer.
SCAN_COMMAND = scanners.command(env)
SCAN_PATIENCE, SCAN_SECONDS = 15, 30
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
STATIC_URL = "static/"
# Only production collects its static files; elsewhere they are found where they lie.
STATIC_ROOT = env.str("DXBUKAI_STATIC_ROOT", str(VAR_DIR / "static") if PRODUCTION else None)
STATICFILES_DIRS = [installed.SHIPPED / "static"]
# Outside production the files are served from where they lie; nothing has to be collected.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not PRODUCTION
# No page of another site has to read them.
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": stores.chosen(env, mode=MODE),
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

## WATCHING

# Figures at /metrics, and failures told to a Sentry: each an extra, and off unless it is asked for.
METRICS = starting.metrics(env)
SENTRY_DSN = starting.sentry(env, production=PRODUCTION)

## LOGS

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"mask_tokens": {"()": "foundation.http.logs.MaskTokens"}},
    "formatters": {
        "line": {"()": "foundation.http.logs.AsLine"},
        "json": {"()": "foundation.http.logs.AsJson"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": starting.way_of_logging(env, production=PRODUCTION),
            "filters": ["mask_tokens"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # The demo's terminal belongs to the text that says where to go.
    "loggers": {
        "foundation": {"level": "WARNING" if MODE == "demo" else "INFO"},
        # Django would mail failures to administrators of the settings: there is one place for logs.
        "django": {"handlers": [], "level": "INFO"},
    },
}
