"""The pages of answers and remarks in the module's manifest."""

from django.utils.translation import gettext_lazy as _

from okienko.foundation.registry import Permission, PersonalData, Slot
from okienko.foundation.registry.manifest import LEADS, Role
from okienko.modules.collection import hooks_answers

PERMISSIONS = (
    Permission(
        "collection.view_quality",
        _("See how many answers came and which are doubtful"),
        LEADS | {Role.HEAD, Role.ANALYST},
    ),
    Permission("collection.exclude", _("Leaving doubtful answers out of the results"), LEADS),
    Permission("collection.include", _("Taking answers that were left out in again"), LEADS),
    Permission("collection.review_remarks", _("Read remarks before they are masked"), LEADS),
    Permission("collection.approve_remarks", _("Showing of remarks"), LEADS),
    Permission("collection.hide_remarks", _("Hiding of remarks"), LEADS),
    Permission("collection.mask_remark", _("Masking of words in a remark"), LEADS),
    # nobody's by hand: it is done when a wave closes
    Permission("collection.extract_remarks", _("Taking remarks out of the answers"), frozenset()),
)
SLOTS = (
    Slot("surveys.wave.closed", hooks_answers.wave_closed, 20),
    Slot("surveys.wave.actions", hooks_answers.wave_actions, 30),
    Slot("office.home.tasks", hooks_answers.home_tasks, 30),
)
PERSONAL_DATA = (
    PersonalData(
        code="collection.remark",
        label=_("Remarks as they were written; people sometimes name themselves or others in them"),
        purpose=_("Reading what clients say, and masking it before others read it"),
        basis=_("The office's task in the public interest: improving the service of clients"),
        retention_days=365,
        retention=_("A year after the end of the wave; then only the masked text is kept"),
        purge="okienko.modules.collection.purging.purge_original_remarks",
    ),
)
