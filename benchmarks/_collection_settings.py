"""The product's own settings, without mail and logs, for a database that is thrown away."""

from okienko.config.settings.base import *  # noqa: F403

ALLOWED_HOSTS = ["testserver"]
LOGGING = {"level": "ERROR", "format": "console"}
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": f"{DATABASES['default']['NAME']}.bench"}  # noqa: F405
