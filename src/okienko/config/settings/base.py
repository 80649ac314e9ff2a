"""Settings common to every installation. Modules are found, not listed twice: see `foundation.registry`."""

from django.utils.translation import gettext_lazy as _

from okienko.config import env

PACKAGE = env.Path(__file__).resolve().parents[2]
DATA_DIR = env.data_dir()
SECRET_KEY = env.secret_key()
DEBUG = False
ALLOWED_HOSTS = env.words("OKIENKO_HOSTS", "localhost 127.0.0.1 [::1]")
CSRF_TRUSTED_ORIGINS = env.words("OKIENKO_ORIGINS")
SITE_URL = env.text("OKIENKO_URL", "http://127.0.0.1:8123").rstrip("/")

FOUNDATION = [
    f"okienko.foundation.{name}"
    for name in [
        "registry",
        "accounts",
        "offices",
        "audit",
        "jobs",
        "files",
        "print",
        "charts",
        "web",
        "ui",
        "activity",
        "declaration",
        "retention",
        "administration",
    ]
]
MODULES = [f"okienko.modules.{name}" for name in ["questionnaires", "surveys", "collection", "results"]]
INSTALLED_APPS = [
    *(
        app
        for app in FOUNDATION
        if (PACKAGE / app.removeprefix("okienko.").replace(".", "/") / "apps.py").exists()
    ),
    *(
        app
        for app in MODULES
        if (PACKAGE / app.removeprefix("okienko.").replace(".", "/") / "apps.py").exists()
    ),
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_cotton",
    "django_htmx",
    "django_tasks",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "okienko.foundation.web.middleware.request_log",
    "django.middleware.security.SecurityMiddleware",
    "okienko.foundation.web.policy.PolicyMiddleware",
    "okienko.modules.collection.middleware.answering",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "okienko.foundation.web.middleware.person_language",
]
ROOT_URLCONF = "okienko.config.urls"
WSGI_APPLICATION = "okienko.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "okienko.foundation.web.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "okienko.foundation.ui.forms.OkienkoFormRenderer"

DATABASES = {"default": env.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if env.text("REDIS_URL"):
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": env.text("REDIS_URL"),
        }
    }
else:
    # Shared by the server's processes on one machine, unlike memory; it holds rate limits only.
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(DATA_DIR / "cache"),
        }
    }
# The table of jobs is the queue; a backend of django-tasks that delivers may be named instead (ADR 5).
TASKS = {
    "default": {
        "BACKEND": "okienko.foundation.jobs.backend.JobTableBackend",
        "QUEUES": ["default", "heavy"],
    }
}
JOB_LEASE_SECONDS = env.number("OKIENKO_JOB_LEASE", 60)
JOB_BACKOFF_SECONDS = 5

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    }
]
ACCOUNT_ADAPTER = "okienko.foundation.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account comes from an invitation mailed to the address
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Okienko: "
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Okienko"
MFA_TOTP_TOLERANCE = 1  # a code that turns while it is typed, a clock half a minute off (RFC 6238, 5.2)
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the invitation proved the address; allauth does not know of it
USERSESSIONS_TRACK_ACTIVITY = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

LANGUAGE_CODE = "pl"
LANGUAGES = [("pl", _("Polish")), ("en", _("English"))]
TIME_ZONE = "Europe/Warsaw"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATA_DIR / "files"), "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("EMAIL_HOST", "127.0.0.1")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_TLS")
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "Okienko <okienko@localhost>")

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "okienko.foundation.web.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

LOG_FORMAT = env.text("OKIENKO_LOG", "json")
LOGGING_CONFIG = "okienko.foundation.web.logs.configure"
LOGGING = {"level": env.text("OKIENKO_LOG_LEVEL", "INFO"), "format": LOG_FORMAT}
