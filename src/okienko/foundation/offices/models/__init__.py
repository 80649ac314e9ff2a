"""Tables of networks, offices, and the people in them."""

from okienko.foundation.offices.models.office import Channel, Network, Office, OfficeType, ServicePoint, Unit
from okienko.foundation.offices.models.people import Invitation, Membership, NetworkMembership

__all__ = [
    "Channel",
    "Invitation",
    "Membership",
    "Network",
    "NetworkMembership",
    "Office",
    "OfficeType",
    "ServicePoint",
    "Unit",
]
