"""Writes of administration, by subject. Every public function is a command with its own permission."""

from okienko.foundation.administration.services.invitations import (
    accept_invitation,
    invite,
    invite_coordinator,
    invite_network_coordinator,
    register,
    resend_invitation,
    withdraw_invitation,
)
from okienko.foundation.administration.services.network import (
    add_office,
    add_office_type,
    edit_network,
    remove_network_coordinator,
    start_network,
    switch_office,
)
from okienko.foundation.administration.services.office import edit_office, save_point, save_unit, switch_point
from okienko.foundation.administration.services.people import change_role, hand_over, remove_person
from okienko.foundation.administration.services.profile import edit_profile
from okienko.foundation.administration.services.set_up import set_up

__all__ = [
    "accept_invitation",
    "add_office",
    "add_office_type",
    "change_role",
    "edit_network",
    "edit_office",
    "edit_profile",
    "hand_over",
    "invite",
    "invite_coordinator",
    "invite_network_coordinator",
    "register",
    "remove_network_coordinator",
    "remove_person",
    "resend_invitation",
    "save_point",
    "save_unit",
    "set_up",
    "start_network",
    "switch_office",
    "switch_point",
    "withdraw_invitation",
]
