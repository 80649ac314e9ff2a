from django.utils.translation import gettext_lazy as _

from okienko.foundation.declaration.reminding import tasks
from okienko.foundation.registry import ModuleManifest, NavItem, Permission, PersonalData, Phase, Slot
from okienko.foundation.registry.manifest import LEADS, NETWORK

manifest = ModuleManifest(
    label="declaration",
    name=_("Accessibility declaration"),
    order=9,
    urls="okienko.foundation.declaration.urls",
    permissions=(Permission("declaration.edit", _("Change the accessibility declaration"), LEADS | NETWORK),),
    navigation=(
        NavItem(Phase.SETTINGS, _("Accessibility"), "declaration:edit", "declaration.edit", 50),
        NavItem(
            Phase.SETTINGS,
            _("Accessibility"),
            "declaration:network_edit",
            "declaration.edit",
            50,
            "network",
        ),
    ),
    slots=(
        Slot("office.home.tasks", tasks, 80),
        Slot("network.home.tasks", tasks, 80),
    ),
    personal_data=(
        PersonalData(
            code="declaration.contact",
            label=_("Contact for accessibility: name, e-mail address, telephone (published)"),
            purpose=_("Answering requests of people who meet barriers"),
            basis=_("Article 6(1)(c) of the GDPR: the act on digital accessibility of 4 April 2019"),
            retention_days=None,
            retention=_("As long as the declaration names the person"),
        ),
    ),
)
