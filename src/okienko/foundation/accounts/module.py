from django.utils.translation import gettext_lazy as _

from okienko.foundation.registry import ModuleManifest, PersonalData

SECURITY = _("Article 6(1)(c) of the GDPR: the duty to secure information systems")

manifest = ModuleManifest(
    label="accounts",
    name=_("Accounts"),
    order=2,
    personal_data=(
        PersonalData(
            code="accounts.session",
            label=_("Sessions: network address, browser, time of the last visit"),
            purpose=_("Keeping people signed in and letting them see and end their own sessions"),
            basis=SECURITY,
            retention_days=0,
            retention=_("Until sign-out, at most 12 hours"),
            purge="okienko.foundation.accounts.retention.purge_sessions",
        ),
        PersonalData(
            code="accounts.attempts",
            label=_("Failed sign-ins: a digest of the network address and of the e-mail address"),
            purpose=_("Protection against guessing passwords"),
            basis=SECURITY,
            retention_days=None,
            retention=_("A few minutes, outside the database"),
        ),
        PersonalData(
            code="accounts.log",
            label=_(
                "Server log: number of the account, address of the page, time; never of people who answer"
            ),
            purpose=_("Finding faults and misuse"),
            basis=SECURITY,
            retention_days=None,
            retention=_("As long as the administrator of the server keeps logs; 90 days are advised"),
        ),
    ),
)
