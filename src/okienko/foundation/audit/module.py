from django.utils.translation import gettext_lazy as _

from okienko.foundation.registry import ModuleManifest, PersonalData

# Accountability logs are kept for two years (National Interoperability Framework, Dz.U. 2024 item 773).
KEPT_DAYS = 731

manifest = ModuleManifest(
    label="audit",
    name=_("Audit trail"),
    order=4,
    personal_data=(
        PersonalData(
            code="audit.entry",
            label=_("History: who did what in an office and when, with the value before and after"),
            purpose=_("Accountability of those who work with the system"),
            basis=_("Article 6(1)(c) of the GDPR: the regulation on the National Interoperability Framework"),
            retention_days=KEPT_DAYS,
            retention=_("Two years"),
            purge="okienko.foundation.audit.retention.purge_entries",
        ),
    ),
)
