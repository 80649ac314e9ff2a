from django.utils.translation import gettext_lazy as _

from okienko.foundation.registry import ModuleManifest, PersonalData

PUBLIC_TASK = _("Article 6(1)(e) of the GDPR: a task carried out in the public interest")

manifest = ModuleManifest(
    label="offices",
    name=_("Offices"),
    order=3,
    demo="okienko.foundation.offices.demo.load",
    personal_data=(
        PersonalData(
            code="offices.account",
            label=_(
                "Accounts: name, e-mail address, position, language, password (as a digest), second factor"
            ),
            purpose=_("Giving employees access to the work of their office"),
            basis=PUBLIC_TASK,
            retention_days=365,
            retention=_("As long as the person has a role, then until a year after her last sign-in"),
            purge="okienko.foundation.offices.retention.purge_accounts",
        ),
        PersonalData(
            code="offices.membership",
            label=_("Roles: who coordinates, deputises, leads or works in an office or a network"),
            purpose=_("Deciding who may read and change what"),
            basis=PUBLIC_TASK,
            retention_days=None,
            retention=_("Until the role is taken away"),
        ),
        PersonalData(
            code="offices.invitation",
            label=_("Invitations: name and e-mail address of the person invited"),
            purpose=_("Giving a role to a person who has no account yet"),
            basis=PUBLIC_TASK,
            retention_days=30,
            retention=_("Until 30 days after it was accepted, withdrawn or ran out"),
            purge="okienko.foundation.offices.retention.purge_invitations",
        ),
    ),
)
