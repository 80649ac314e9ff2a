from django.utils.translation import gettext_lazy as _

from okienko.foundation.registry import ModuleManifest, Permission
from okienko.foundation.registry.manifest import NETWORK

manifest = ModuleManifest(
    label="ui",
    name=_("Look"),
    order=2,
    urls="okienko.foundation.ui.urls",
    permissions=(Permission("ui.style", _("Open the living style page"), NETWORK),),
)
