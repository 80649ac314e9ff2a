"""The one fact that the whole installation keeps about itself."""

from django.db import models
from django.db.models import Q


class Installation(models.Model):
    """Made by the first-run set-up and never again: of two people at once, one gets it."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    set_up_at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=1), name="administration_one_installation"),)

    def __str__(self) -> str:
        return f"{self.set_up_at:%Y-%m-%d}"
