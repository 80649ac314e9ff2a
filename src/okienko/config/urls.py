"""All addresses: the foundation's own, then each module's, as its manifest says."""

from django.urls import include, path

from okienko.foundation.registry import manifests

urlpatterns = [
    path("konto/", include("allauth.urls")),
    *(path("", include(manifest.urls)) for manifest in manifests() if manifest.urls),
]
handler400 = "okienko.foundation.web.views.bad_request"
handler403 = "okienko.foundation.web.views.forbidden"
handler404 = "okienko.foundation.web.views.not_found"
handler500 = "okienko.foundation.web.views.server_error"
