"""A server of an office: HTTPS only, behind a proxy that ends TLS."""

from okienko.config import env
from okienko.config.settings.base import *

# Without the right number every visitor seems to come from the proxy: one who guesses passwords would use up
# the tries of all.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("OKIENKO_PROXIES", 1)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^zdrowie$"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sesja"
CSRF_COOKIE_NAME = "__Host-csrf"
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
