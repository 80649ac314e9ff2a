"""Scheduled deletion of personal data in collected answers (named by the manifest's register)."""

from __future__ import annotations

from datetime import datetime

from okienko.modules.collection.selectors_remarks import expired_originals


def purge_original_remarks(before: datetime) -> int:
    """Delete what people wrote and leave what was masked; how many remarks."""
    return expired_originals(before).update(text="")
