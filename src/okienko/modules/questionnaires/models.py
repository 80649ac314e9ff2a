"""Questionnaires: a draft that is edited, and versions that are frozen once published."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from okienko.foundation.offices.scoped import NetworkOwned, NetworkScopedManager


class Audience(models.TextChoices):
    CLIENTS = "clients", _("clients")
    STAFF = "staff", _("staff")
    PARTNERS = "partners", _("partners")


class FrozenVersion(RuntimeError):
    """Somebody tried to change a published version."""


class _FrozenRows(NetworkScopedManager._queryset_class):
    """Published versions in bulk: read and added, never changed or deleted."""

    def update(self, **values):
        raise FrozenVersion("a published version is never changed; publish a new one")

    def delete(self):
        raise FrozenVersion("a published version is never deleted: answers refer to it")

    def bulk_create(self, objs, *args, update_conflicts=False, **kwargs):
        if update_conflicts:
            raise FrozenVersion("a published version is never changed; publish a new one")
        return super().bulk_create(objs, *args, **kwargs)


class _FrozenManager(NetworkScopedManager):
    _queryset_class = _FrozenRows


class Questionnaire(NetworkOwned):
    """A questionnaire of a network (`office` empty) or of one office, made as a copy of a ready one."""

    name = models.CharField(_("name"), max_length=200)
    audience = models.CharField(
        _("who is asked"), max_length=10, choices=Audience.choices, default=Audience.CLIENTS
    )
    # the ready questionnaire or the questionnaire that it was copied from
    library_code = models.SlugField(max_length=60, blank=True)
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    draft = models.JSONField(_("draft"))
    # raised by one at every edit: a stale form is refused instead of overwriting a colleague's work
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class QuestionnaireVersion(NetworkOwned):
    """A published version: never changed, whatever happens to the draft."""

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    definition = models.JSONField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    objects = _FrozenManager()

    class Meta:
        ordering = ("questionnaire", "-number")
        constraints = (
            models.UniqueConstraint(fields=["questionnaire", "number"], name="questionnaires_version_once"),
        )

    def __str__(self) -> str:
        return f"{self.questionnaire} {self.number}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise FrozenVersion("a published version is never changed; publish a new one")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise FrozenVersion("a published version is never deleted: answers refer to it")
