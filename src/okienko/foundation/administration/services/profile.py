"""What a person changes about herself."""

from __future__ import annotations

from datetime import datetime

from okienko.foundation.accounts.models import User
from okienko.foundation.administration.writing import change
from okienko.foundation.audit.commands import command
from okienko.foundation.offices.actor import Actor


@command("administration.edit_profile")
def edit_profile(*, name: str, job_title: str, language: str, by: Actor, at: datetime) -> User:
    user = User.objects.select_for_update().get(pk=by.user_id)
    change(user, {"name": name, "job_title": job_title, "language": language})
    return user
