"""What scheduled deletion has done. Counts only: the record of a deletion must not bring the data back."""

from django.db import models


class PurgeRun(models.Model):
    """One entry of the register, purged once. It belongs to the whole installation, not to an office."""

    at = models.DateTimeField()
    code = models.CharField(max_length=80)
    deleted = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=["code", "-at"], name="retention_code_at"),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.code}: {self.deleted}"
