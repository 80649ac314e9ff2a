"""The codes of masked places in words, for pages and reports."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

WORDS = {
    "pesel": pgettext_lazy("masked", "PESEL number"),
    "phone": pgettext_lazy("masked", "telephone number"),
    "email": pgettext_lazy("masked", "e-mail address"),
    "address": pgettext_lazy("masked", "address"),
    "number": pgettext_lazy("masked", "number"),
    "name": pgettext_lazy("masked", "name"),
    "link": pgettext_lazy("masked", "web address"),
    "chosen": pgettext_lazy("masked", "words"),
}
_CODE = re.compile(r"⟨(\w+)⟩")


def worded(masked: str) -> str:
    """`⟨phone⟩` → `⟨hidden: telephone number⟩`, in the language of the page."""
    return _CODE.sub(lambda match: _("⟨hidden: %(what)s⟩") % {"what": WORDS[match[1]]}, masked)
