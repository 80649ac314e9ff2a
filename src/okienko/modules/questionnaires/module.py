"""What the module declares to Okienko."""

from django.utils.translation import gettext_lazy as _

from okienko.foundation.registry import ModuleManifest, NavItem, Noted, Permission, Phase
from okienko.foundation.registry.manifest import LEADS, NETWORK, STAFF

# One permission serves offices and the network: a person's roles hold only where she is, and the scope
# lets nobody write a questionnaire of another owner.
manifest = ModuleManifest(
    label="questionnaires",
    name=_("Questionnaires"),
    order=110,
    urls="okienko.modules.questionnaires.urls",
    demo="okienko.modules.questionnaires.demo.load",
    permissions=(
        Permission("questionnaires.view", _("See questionnaires"), STAFF | NETWORK),
        Permission("questionnaires.copy", _("Take ready questionnaires and copy"), LEADS | NETWORK),
        Permission("questionnaires.edit", _("Edit questionnaires"), LEADS | NETWORK),
        Permission("questionnaires.publish", _("Publish questionnaires"), LEADS | NETWORK),
        Permission("questionnaires.archive", _("Archive and restore questionnaires"), LEADS | NETWORK),
    ),
    noted={
        "archived": Noted(_("in the archive")),
        "brought_in": Noted(_("made elsewhere as")),
        "copied_from": Noted(_("copied from")),
        "library_code": Noted(_("ready questionnaire")),
        "version": Noted(_("version")),
    },
    navigation=(
        NavItem(
            Phase.LISTEN, _("Questionnaires"), "questionnaires:questionnaires", "questionnaires.view", 40
        ),
        NavItem(
            Phase.LISTEN,
            _("Questionnaires"),
            "questionnaires:network_questionnaires",
            "questionnaires.view",
            40,
            "network",
        ),
    ),
)
