"""Django's settings. Nothing here is needed to run locally; a server sets the variables named MOOTHALL_."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from moothall.catalogue.places import engagement_file, is_demonstration, outbox_folder, secret_file
from moothall.presenters.addresses import TAKE_PART
from moothall.site.databases import engagement_database
from moothall.site.first_screen import first_styles_source
from moothall.site.secret import secret_key

# A page is compressed as it is made: a quarter of its time at the library's own choice (4), for 4% fewer bytes.
os.environ.setdefault("BROTLI_QUALITY", "3")

PACKAGE = Path(__file__).resolve().parents[1]

DEBUG = False
SECRET_KEY = secret_key(secret_file())
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
NAMED_HOSTS = [host.strip() for host in os.environ.get("MOOTHALL_HOSTS", "").split(",") if host.strip()]
# Whoever listens on every address of a machine means to be reached by any of its names.
ALLOWED_HOSTS = ["*"] if {"0.0.0.0", "::"} & set(NAMED_HOSTS) else LOCAL_HOSTS + NAMED_HOSTS
USE_HTTPS = os.environ.get("MOOTHALL_HTTPS") == "1"
# The address that letters link to, such as https://figures.example.org; without it, the host of the request.
SITE_ADDRESS = os.environ.get("MOOTHALL_ADDRESS", "").rstrip("/")

# Made-up respondents, in records of their own, and marked on every page.
IS_DEMONSTRATION = is_demonstration()

ROOT_URLCONF = "moothall.site.urls"
WSGI_APPLICATION = "moothall.site.wsgi.application"
INSTALLED_APPS = [
    "csp",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.admin.apps.SimpleAdminConfig",
    "axes",
    "django_tasks",
    "django_tasks_db",
    "moothall.engagement",
]
DATABASES = {"default": engagement_database(engagement_file())}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = False

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Above the compressors: a page that the reader still has is neither made nor compressed, and its tag stays ours.
    "moothall.web.freshness.Freshness",
    # The lower one looks at an answer first: gzip is for readers without brotli.
    "django.middleware.gzip.GZipMiddleware",
    "django_brotli.middleware.BrotliMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "moothall.site.headers.QuietHeaders",
    "moothall.web.no_ranking.NoRanking",
    "moothall.web.errors.ErrorPages",
    # Sessions and people exist under /take-part only; the explorer's pages never look for a cookie.
    "django.middleware.csrf.CsrfViewMiddleware",
    "moothall.engagement.people.gate.Sessions",
    "moothall.engagement.people.gate.SignedIn",
    "moothall.engagement.people.gate.Messages",
    "moothall.engagement.people.gate.Private",
    "axes.middleware.AxesMiddleware",
]

# ---------------------------------------------------------------- signing in
AUTH_USER_MODEL = "engagement.Person"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "moothall.engagement.people.recognising.ByLink"]
LOGIN_URL = f"{TAKE_PART}/sign-in"
SESSION_ENGINE = "moothall.engagement.people.recognising"
SESSION_COOKIE_NAME = "moothall-session"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = TAKE_PART
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = USE_HTTPS
CSRF_COOKIE_NAME = "moothall-form"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "moothall.engagement.people.gate.form_refused"

SESAME_MAX_AGE = 15 * 60
SESAME_ONE_TIME = True
SESAME_INVALIDATE_ON_EMAIL_CHANGE = True
SESAME_TOKENS = ["sesame.tokens_v2"]

AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = ["ip_address"]
AXES_CLIENT_IP_CALLABLE = "moothall.engagement.people.gate.client_address"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "link", "csrfmiddlewaretoken"]
BEHIND_PROXY = USE_HTTPS

# ---------------------------------------------------------------- letters, and the worker that sends them
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# A demonstration writes to nobody.
SMTP_HOST = "" if IS_DEMONSTRATION else os.environ.get("MOOTHALL_SMTP_HOST", "")
EMAIL_BACKEND = f"moothall.engagement.post.mail.{'Server' if SMTP_HOST else 'File'}Backend"
EMAIL_FILE_PATH = str(outbox_folder())
EMAIL_HOST = SMTP_HOST
EMAIL_PORT = int(os.environ.get("MOOTHALL_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("MOOTHALL_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("MOOTHALL_SMTP_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("MOOTHALL_MAIL_FROM", "Moothall <moothall@localhost>")

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "web" / "templates", PACKAGE / "engagement" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "moothall.site.jinja.environment", "auto_reload": False},
    },
    # Django's own pages for staff.
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "engagement" / "admin_templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Whole answers kept by each worker, in bytes of memory: 0 keeps none (web.kept_pages).
KEPT_PAGES_BYTES = int(os.environ.get("MOOTHALL_KEPT_PAGES_MB", "16")) * 1_000_000

STATIC_URL = "/static/"
# Served from where they lie: there is nothing to collect. Addresses carry a mark of the content (site.jinja).
STATIC_ROOT = PACKAGE / "web" / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 30 * 24 * 3600

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False
DEFAULT_CHARSET = "utf-8"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF, first_styles_source()],
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
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = USE_HTTPS
SECURE_SSL_REDIRECT = USE_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if USE_HTTPS else None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"screen": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["screen"], "level": "WARNING"},
    # A wrong address is the reader's business and has its page; only our own faults are worth a line.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "django.security.csrf": {"level": "ERROR"},
        "axes": {"level": "ERROR"},
    },
}
