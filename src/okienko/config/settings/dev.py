"""A checkout on a developer's or a curious newcomer's machine: loopback only, mail to the log."""

from okienko.config import env
from okienko.config.settings.base import *

DEBUG = env.flag("OKIENKO_DEBUG")
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = str(DATA_DIR / "mail")
LOG_FORMAT = env.text("OKIENKO_LOG", "console")
LOGGING = {"level": env.text("OKIENKO_LOG_LEVEL", "INFO"), "format": LOG_FORMAT}
WHITENOISE_USE_FINDERS = True
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # empty here, but WhiteNoise warns when it is missing
