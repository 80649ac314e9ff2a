"""What an office or a network declares about the accessibility of its pages here."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from okienko.foundation.declaration.rules import missing
from okienko.foundation.offices.scoped import NetworkOwned


class Status(models.TextChoices):
    FULL = "full", _("complies with the act")
    PARTIAL = "partial", _("complies with the act only in part")
    NONE = "none", _("does not comply with the act")


class Method(models.TextChoices):
    SELF = "self", _("self-assessment by the office")
    AUDIT = "audit", _("assessment by an outside body")


class Apps(models.TextChoices):
    NONE = "none", _("we offer no mobile application")
    SOME = "some", _("we offer mobile applications")


class Declaration(NetworkOwned):
    """Empty fields mean "not declared": then the public page says so and claims nothing."""

    published_on = models.DateField(_("date when the website was published"), null=True, blank=True)
    updated_on = models.DateField(
        _("date of the last important change of the website"), null=True, blank=True
    )
    status = models.CharField(_("compliance"), max_length=8, choices=Status.choices, blank=True)
    gaps = models.TextField(_("what is not accessible and why"), max_length=5000, blank=True)
    gaps_en = models.TextField(_("what is not accessible, in English"), max_length=5000, blank=True)
    method = models.CharField(
        _("what the declaration rests on"), max_length=8, choices=Method.choices, blank=True
    )
    auditor = models.CharField(_("who made the assessment"), max_length=200, blank=True)
    prepared_on = models.DateField(_("date when the declaration was drawn up"), null=True, blank=True)
    reviewed_on = models.DateField(_("date of the last review of the declaration"), null=True, blank=True)
    contact_name = models.CharField(_("who answers for accessibility"), max_length=150, blank=True)
    contact_email = models.EmailField(_("e-mail address"), blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    architecture = models.TextField(_("accessibility of the buildings"), max_length=10000, blank=True)
    architecture_en = models.TextField(
        _("accessibility of the buildings, in English"), max_length=10000, blank=True
    )
    apps = models.CharField(_("mobile applications"), max_length=8, choices=Apps.choices, blank=True)
    apps_list = models.TextField(
        _("which applications and where their declarations are"), max_length=3000, blank=True
    )
    apps_list_en = models.TextField(_("applications, in English"), max_length=3000, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["network", "office"], name="declaration_of_office_once"),
            models.UniqueConstraint(
                fields=["network"], condition=Q(office__isnull=True), name="declaration_of_network_once"
            ),
        )

    def __str__(self) -> str:
        return str(_("Accessibility declaration"))

    def missing(self) -> list[str]:
        """Names of fields that must still be filled in; empty when the declaration may be shown."""
        return missing({field.attname: getattr(self, field.attname) for field in self._meta.concrete_fields})
