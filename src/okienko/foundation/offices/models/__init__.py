"""Tables of networks, offices, and the people in them."""

from okienko.foundation.offices.models.office import Network, Office, OfficeType, ServicePoint, Unit
from okienko.foundation.offices.models.people import Invitation, Membership, NetworkMembership

__all__ = [
    "Invitation",
    "Membership",
    "Network",
    "NetworkMembership",
    "Office",
    "OfficeType",
    "ServicePoint",
    "Unit",
]
