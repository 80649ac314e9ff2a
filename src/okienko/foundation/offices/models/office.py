"""Networks, office types, offices, their units and service points."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from okienko.foundation.offices.scoped import OfficeOwned


class Region(models.TextChoices):
    """The sixteen voivodeships."""

    DOLNOSLASKIE = "dolnoslaskie", "dolnośląskie"
    KUJAWSKO_POMORSKIE = "kujawsko-pomorskie", "kujawsko-pomorskie"
    LUBELSKIE = "lubelskie", "lubelskie"
    LUBUSKIE = "lubuskie", "lubuskie"
    LODZKIE = "lodzkie", "łódzkie"
    MALOPOLSKIE = "malopolskie", "małopolskie"
    MAZOWIECKIE = "mazowieckie", "mazowieckie"
    OPOLSKIE = "opolskie", "opolskie"
    PODKARPACKIE = "podkarpackie", "podkarpackie"
    PODLASKIE = "podlaskie", "podlaskie"
    POMORSKIE = "pomorskie", "pomorskie"
    SLASKIE = "slaskie", "śląskie"
    SWIETOKRZYSKIE = "swietokrzyskie", "świętokrzyskie"
    WARMINSKO_MAZURSKIE = "warminsko-mazurskie", "warmińsko-mazurskie"
    WIELKOPOLSKIE = "wielkopolskie", "wielkopolskie"
    ZACHODNIOPOMORSKIE = "zachodniopomorskie", "zachodniopomorskie"


class Network(models.Model):
    """Offices that run surveys together and have agreed what they show to one another."""

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address word"), max_length=60, unique=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class OfficeType(models.Model):
    """A kind of office: town hall, county office, tax office…; offices of a kind are compared."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def local_name(self) -> str:
        """The name in the language of the page."""
        return self.name if (get_language() or "pl").startswith("pl") else self.name_en


class Office(models.Model):
    """An office ("urząd"). The register of offices is open to every signed-in person of the network."""

    network = models.ForeignKey(Network, models.PROTECT, related_name="offices")
    type = models.ForeignKey(OfficeType, models.PROTECT, related_name="+", verbose_name=_("type of office"))
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address word"), max_length=60, unique=True)
    region = models.CharField(_("voivodeship"), max_length=30, choices=Region.choices)
    city = models.CharField(_("town"), max_length=100)
    street = models.CharField(_("street and number"), max_length=150, blank=True)
    postcode = models.CharField(_("postcode"), max_length=6, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    website = models.URLField(_("website"), blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Unit(OfficeOwned):
    """An organisational unit ("komórka organizacyjna") of an office."""

    name = models.CharField(_("name"), max_length=200)
    symbol = models.CharField(_("symbol"), max_length=20, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=["office", "name"], name="offices_unit_name_once"),)

    def __str__(self) -> str:
        return self.name


class Channel(models.TextChoices):
    IN_PERSON = "in_person", _("in person")
    PHONE = "phone", _("by telephone")
    ONLINE = "online", _("online")
    POST = "post", _("by post")


class ServicePoint(OfficeOwned):
    """A place or a channel where clients are served ("punkt obsługi")."""

    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("unit")
    )
    name = models.CharField(_("name"), max_length=200)
    code = models.SlugField(_("short code"), max_length=30)
    channel = models.CharField(
        _("channel"), max_length=12, choices=Channel.choices, default=Channel.IN_PERSON
    )
    street = models.CharField(_("street and number"), max_length=150, blank=True)
    city = models.CharField(_("town"), max_length=100, blank=True)
    room = models.CharField(_("room"), max_length=60, blank=True)
    # {"mon": [["07:30", "15:30"]], …}; a day that is absent is closed
    hours = models.JSONField(_("opening hours"), default=dict, blank=True)
    # codes of `rules.ACCESSIBILITY_FEATURES`
    accessibility = models.JSONField(_("accessibility"), default=list, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=["office", "code"], name="offices_point_code_once"),)

    def __str__(self) -> str:
        return self.name
