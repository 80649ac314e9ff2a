from django.utils.translation import gettext_lazy as _

from okienko.foundation.administration.home import network_tasks
from okienko.foundation.offices.models.people import INVITED_ROLES
from okienko.foundation.registry import ModuleManifest, NavItem, Noted, Permission, Phase, Slot
from okienko.foundation.registry.manifest import LEADS, NETWORK, STAFF, Role

COORDINATOR, PERSON = frozenset({Role.COORDINATOR}), frozenset({Role.PERSON})
# Done by Okienko itself for a person who proves herself by a code or a letter, not by a role.
NOBODY: frozenset[Role] = frozenset()

_OFFICE = (
    Permission("administration.view_office", _("See the office's data"), STAFF),
    Permission("administration.view_people", _("See the office's people"), STAFF),
    Permission("administration.edit_office", _("Change of the office's data"), LEADS | NETWORK),
    Permission("administration.edit_unit", _("Change of a unit"), LEADS),
    Permission("administration.edit_point", _("Change of a service point"), LEADS),
    Permission("administration.switch_point", _("Opening or closing of a service point"), LEADS),
    Permission("administration.invite", _("Invitation of a colleague"), LEADS),
    Permission("administration.resend_invitation", _("Invitation sent again"), LEADS | NETWORK),
    Permission("administration.withdraw_invitation", _("Invitation withdrawn"), LEADS | NETWORK),
    Permission("administration.change_role", _("Change of a role"), LEADS),
    Permission("administration.hand_over", _("Hand-over of the coordinator's role"), LEADS),
    Permission("administration.remove_person", _("Removal of a person from the office"), LEADS),
    Permission("administration.history", _("See the office's history"), LEADS | {Role.HEAD}),
    Permission("administration.start_network", _("Beginning of a network"), COORDINATOR),
)
_NETWORK = (
    Permission("administration.view_network", _("See the network's data"), NETWORK),
    Permission("administration.edit_network", _("Change of the network's name"), NETWORK),
    Permission("administration.add_office", _("New office in the network"), NETWORK),
    Permission("administration.switch_office", _("Opening or closing of an office"), NETWORK),
    Permission("administration.add_office_type", _("New type of office"), NETWORK),
    Permission("administration.invite_coordinator", _("Invitation of an office's coordinator"), NETWORK),
    Permission(
        "administration.invite_network_coordinator", _("Invitation of a network coordinator"), NETWORK
    ),
    Permission("administration.remove_network_coordinator", _("Removal of a network coordinator"), NETWORK),
    Permission("administration.network_history", _("See the network's history"), NETWORK),
)
_PERSON = (
    Permission("administration.edit_profile", _("Change of one's own data"), PERSON),
    Permission("administration.accept_invitation", _("Acceptance of an invitation"), PERSON),
    Permission("administration.register", _("New account from an invitation"), NOBODY),
    Permission("administration.set_up", _("First-run set-up"), NOBODY),
)


def _office(label, url_name: str, permission: str, order: int) -> NavItem:
    return NavItem(Phase.SETTINGS, label, f"administration:{url_name}", f"administration.{permission}", order)


def _network(label, url_name: str, permission: str, order: int) -> NavItem:
    code = f"administration.{permission}"
    return NavItem(Phase.SETTINGS, label, f"administration:{url_name}", code, order, "network")


manifest = ModuleManifest(
    label="administration",
    name=_("Office and people"),
    order=7,
    urls="okienko.foundation.administration.urls",
    permissions=(*_OFFICE, *_NETWORK, *_PERSON),
    slots=(Slot("network.home.tasks", network_tasks, 70),),
    noted={
        "coordinator": Noted(_("coordinator")),
        "expires_at": Noted(_("the link worked until")),
        "is_active": Noted(_("in use")),
        "network": Noted(_("network")),
        "person": Noted(_("person")),
        "role": Noted(_("role"), dict(INVITED_ROLES)),
    },
    navigation=(
        _office(_("Office"), "office", "view_office", 10),
        _office(_("Service points"), "points", "view_office", 20),
        _office(_("People"), "people", "view_people", 30),
        _office(_("History"), "history", "history", 90),
        _network(_("Network"), "network", "view_network", 10),
        _network(_("Offices"), "network_offices", "view_network", 20),
        _network(_("History"), "network_history", "network_history", 90),
    ),
)
