"""Files that an office, a network, or the installation keeps."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from okienko.foundation.files.purposes import Purpose, get_purpose
from okienko.foundation.offices.scoped import OwnerOnly


class StoredFile(OwnerOnly):
    """What is known of a file. Its content lies in the storage under `content_name`, which nobody chose."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose_code = models.CharField(max_length=60)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(max_length=20)
    declared_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    content_name = models.CharField(max_length=100)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    expires_on = models.DateField(null=True, db_index=True)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return self.name

    @property
    def purpose(self) -> Purpose:
        return get_purpose(self.purpose_code)
