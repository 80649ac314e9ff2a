from django.utils.translation import gettext_lazy as _

from okienko.foundation.registry import ModuleManifest, Permission
from okienko.foundation.registry.manifest import NETWORK, STAFF, Role

manifest = ModuleManifest(
    label="web",
    name=_("Home pages"),
    order=1,
    urls="okienko.foundation.web.urls",
    permissions=(
        Permission("web.start", _("Open the start page"), frozenset({Role.PERSON})),
        Permission("web.office_home", _("Open an office's home page"), STAFF),
        Permission("web.network_home", _("Open a network's home page"), NETWORK),
    ),
)
