"""Scheduled deletion of what signing in leaves behind."""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session


def purge_sessions(before: datetime) -> int:
    """Delete sessions that ended before `before`, and the notes (address, browser) about ended ones."""
    sessions, _kinds = Session.objects.filter(expire_date__lt=before).delete()
    living = Session.objects.values("session_key")
    notes, _kinds = UserSession.objects.exclude(session_key__in=living).delete()
    return sessions + notes
