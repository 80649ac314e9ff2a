"""People's roles in offices and networks, and invitations to take one."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from okienko.foundation.registry import Role


class OfficeRole(models.TextChoices):
    COORDINATOR = Role.COORDINATOR, _("coordinator")
    DEPUTY = Role.DEPUTY, _("deputy coordinator")
    HEAD = Role.HEAD, _("head of the office")
    ANALYST = Role.ANALYST, _("analyst")
    CLERK = Role.CLERK, _("clerk who enters forms")
    MEMBER = Role.MEMBER, _("employee")


class Membership(models.Model):
    """A person's role in an office. One coordinator and one deputy at a time."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=OfficeRole.choices)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "office"], name="offices_membership_once"),
            models.UniqueConstraint(
                fields=["office"], condition=Q(role=Role.COORDINATOR), name="offices_one_coordinator"
            ),
            models.UniqueConstraint(
                fields=["office"], condition=Q(role=Role.DEPUTY), name="offices_one_deputy"
            ),
        )

    def __str__(self) -> str:
        return self.user.name


class NetworkMembership(models.Model):
    """A person who coordinates a network."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="network_memberships")
    network = models.ForeignKey("offices.Network", models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, default=Role.NETWORK_COORDINATOR)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "network"], name="offices_network_member_once"),
        )

    def __str__(self) -> str:
        return self.user.name


# The roles of an office, and the network's.
INVITED_ROLES = [*OfficeRole.choices, (Role.NETWORK_COORDINATOR.value, _("network coordinator"))]


class Invitation(models.Model):
    """An invitation to a role in an office or in a network, mailed to an address.

    Only the hash of its token is kept, so that neither the database nor a backup opens a door.
    """

    office = models.ForeignKey("offices.Office", models.PROTECT, null=True, related_name="invitations")
    network = models.ForeignKey("offices.Network", models.PROTECT, null=True, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name and surname"), max_length=120)
    role = models.CharField(_("role"), max_length=20, choices=INVITED_ROLES)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    # when the mail server took the letter; empty: it did not
    mailed_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(office__isnull=True) ^ Q(network__isnull=True),
                name="offices_invitation_to_one_place",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"

    @property
    def place(self):
        """The office or the network in which the role is."""
        return self.office or self.network
