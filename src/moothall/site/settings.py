"""Django's settings. Nothing here is needed to run locally; a server sets the variables named MOOTHALL_."""

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF

PACKAGE = Path(__file__).resolve().parents[1]

DEBUG = False
SECRET_KEY = os.environ.get("MOOTHALL_SECRET_KEY") or secrets.token_urlsafe(50)
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
NAMED_HOSTS = [host.strip() for host in os.environ.get("MOOTHALL_HOSTS", "").split(",") if host.strip()]
# Whoever listens on every address of a machine means to be reached by any of its names.
ALLOWED_HOSTS = ["*"] if {"0.0.0.0", "::"} & set(NAMED_HOSTS) else LOCAL_HOSTS + NAMED_HOSTS
USE_HTTPS = os.environ.get("MOOTHALL_HTTPS") == "1"

ROOT_URLCONF = "moothall.site.urls"
WSGI_APPLICATION = "moothall.site.wsgi.application"
INSTALLED_APPS = ["csp"]
DATABASES: dict[str, dict[str, str]] = {}
APPEND_SLASH = False

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Above the compressors: a page that the reader still has is neither made nor compressed, and its tag stays ours.
    "moothall.web.freshness.Freshness",
    "django_brotli.middleware.BrotliMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "moothall.site.headers.QuietHeaders",
    "moothall.web.no_ranking.NoRanking",
    "moothall.web.errors.ErrorPages",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "moothall.site.jinja.environment", "auto_reload": False},
    }
]

STATIC_URL = "/static/"
# Served from where they lie: there is nothing to collect. Addresses carry a mark of the content (site.jinja).
STATIC_ROOT = PACKAGE / "web" / "static"
WHITENOISE_MAX_AGE = 30 * 24 * 3600

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False
DEFAULT_CHARSET = "utf-8"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if USE_HTTPS else 0
SECURE_SSL_REDIRECT = USE_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if USE_HTTPS else None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"screen": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["screen"], "level": "WARNING"},
    # A wrong address is the reader's business and has its page; only our own faults are worth a line.
    "loggers": {"django.request": {"level": "ERROR"}, "django.security.DisallowedHost": {"level": "CRITICAL"}},
}
