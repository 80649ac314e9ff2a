"""The person who signs in. Roles are not here: they belong to an office (`offices.Membership`)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager):
    def create_user(self, email: str, *, name: str, password: str | None = None, **fields) -> User:
        user = self.model(email=email.strip().lower(), name=name, **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str) -> User:
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(_("name and surname"), max_length=120)
    job_title = models.CharField(_("position"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="pl")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        # One spelling per address, so that `unique` means what people mean by it.
        constraints = (
            models.CheckConstraint(condition=Q(email=Lower("email")), name="accounts_email_lower"),
        )

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Nothing hangs on Django's own permissions; see `foundation.web.access`."""
        return False

    def has_module_perms(self, label: str) -> bool:
        return False
