"""Letters of administration. They leave when the transaction that they tell about has ended well.

They are not given to the job queue: a queued invitation would lie in the database with its token in it.
"""

from __future__ import annotations

import smtplib
from datetime import datetime
from typing import Any

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from okienko.foundation.accounts.models import User
from okienko.foundation.offices.models import Invitation, Membership, Office

log = structlog.get_logger("okienko.mail")


def send_invitation(invitation: Invitation, token: str, at: datetime) -> None:
    """Mail the link; `mailed_at` is written only when the mail server took the letter."""

    def deliver() -> None:
        url = settings.SITE_URL + reverse("administration:invitation", args=[token])
        context = {"invitation": invitation, "place": invitation.place, "url": url}
        if _send("invitation", invitation.email, context):
            Invitation.objects.filter(pk=invitation.pk).update(mailed_at=at)
            invitation.mailed_at = at

    transaction.on_commit(deliver)


def send_hand_over(*, office: Office, to: Membership, before: Membership) -> None:
    """Tell the new coordinator and the former one."""
    url = settings.SITE_URL + reverse("web:office_home", args=[office.slug])
    context = {"office": office, "successor": to.user.name, "former": before.user.name, "url": url}

    def deliver() -> None:
        for name, member in (("hand_over_to", to), ("hand_over_from", before)):
            _send(name, member.user.email, context)

    transaction.on_commit(deliver)


def _send(name: str, address: str, context: dict[str, Any]) -> bool:
    """One plain-text letter in the reader's language; the first line of the template is the subject."""
    reader = User.objects.filter(email=address).first()
    with translation.override(reader.language if reader else settings.LANGUAGE_CODE):
        text = render_to_string(f"administration/mail/{name}.txt", context)
    subject, _blank, body = text.strip().partition("\n")
    try:
        send_mail(subject, body.strip() + "\n", None, [address])
    except (OSError, smtplib.SMTPException) as error:
        # The address stays out of the log: it is personal, and the invitation shows it was not mailed.
        log.error("mail.failed", letter=name, error=type(error).__name__)
        return False
    return True
