"""Pure decisions about offices: address words, opening hours, accessibility features, roles."""

from okienko.foundation.offices.rules.accessibility import (
    ACCESSIBILITY_FEATURES,
    BARRIERS,
    FEATURES_OF,
    Feature,
    features_by_barrier,
    known_features,
)
from okienko.foundation.offices.rules.hours import DAYS, HoursFault, format_day, parse_day
from okienko.foundation.offices.rules.roles import (
    Refused,
    RoleRefused,
    check_removal,
    check_role_change,
    roles_to_give,
)
from okienko.foundation.offices.rules.slugs import make_slug, transliterate

__all__ = [
    "ACCESSIBILITY_FEATURES",
    "BARRIERS",
    "DAYS",
    "FEATURES_OF",
    "Feature",
    "HoursFault",
    "Refused",
    "RoleRefused",
    "check_removal",
    "check_role_change",
    "features_by_barrier",
    "format_day",
    "known_features",
    "make_slug",
    "parse_day",
    "roles_to_give",
    "transliterate",
]
