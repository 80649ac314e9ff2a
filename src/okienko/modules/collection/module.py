from django.utils.translation import gettext_lazy as _

from okienko.foundation.registry import ModuleManifest, Permission, PersonalData, Schedule, Slot
from okienko.modules.collection import history, manifest_answers, manifest_entry
from okienko.modules.collection.selectors import counts

manifest = ModuleManifest(
    label="collection",
    name=_("Answers"),
    order=130,
    urls="okienko.modules.collection.urls",
    demo="okienko.modules.collection.demo.load",
    navigation=manifest_entry.NAVIGATION,
    permissions=(
        *manifest_answers.PERMISSIONS,
        *manifest_entry.PERMISSIONS,
        # nobody's by hand: the schedule does it
        Permission("collection.purge_keys", _("Delete the hashes of submission keys"), frozenset()),
    ),
    slots=(
        Slot("surveys.wave.counts", counts),
        *manifest_answers.SLOTS,
        *manifest_entry.SLOTS,
    ),
    noted=history.NOTED,
    schedules=(
        Schedule(
            "collection.forget_order",
            "40 2 * * *",
            "okienko.modules.collection.jobs.forget_order_of_answers",
            _("Make the order of answers unreadable and delete old submission keys"),
        ),
    ),
    personal_data=(
        *manifest_answers.PERSONAL_DATA,
        PersonalData(
            code="collection.submission_key",
            label=_("Keyed hashes of one-time submission keys; they point at no answer and at no person"),
            purpose=_("Storing an answer once, even when it is sent twice"),
            basis=_("No personal data; listed for completeness"),
            retention_days=2,
            retention=_("48 hours"),
        ),
        PersonalData(
            code="collection.response",
            label=_(
                "Answers: codes, remarks, the day and the service point; no name, address, device or time"
            ),
            purpose=_("Learning how clients, staff and partners see the office"),
            basis=_("Anonymous: cannot be joined to a person. Remarks are masked before others read them"),
            retention_days=None,
            retention=_("As long as the office compares its waves"),
        ),
    ),
)
