"""What a service point offers to people who are at risk of exclusion.

The seven classes of barriers are those of the collection of good practices of Polish offices (January 2012).
A feature is a fact about a place, never about a person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

BARRIERS = {
    "architecture": _("Architectural barriers"),
    "communication": _("Communication"),
    "digital": _("Digital help"),
    "language": _("Languages"),
    "information": _("Clear information"),
    "children": _("Parents with children"),
    "individual": _("Individual service"),
}


@dataclass(frozen=True)
class Feature:
    """`barrier` is a key of `BARRIERS`; `label` says what a client finds at the place."""

    code: str
    barrier: str
    label: Any


_FEATURES = (
    Feature("step-free", "architecture", _("entrance without steps or with a ramp")),
    Feature("lift", "architecture", _("lift to every floor where clients are served")),
    Feature("automatic-door", "architecture", _("automatic door")),
    Feature("accessible-toilet", "architecture", _("accessible toilet")),
    Feature("parking", "architecture", _("parking space for disabled persons near the entrance")),
    Feature("low-counter", "architecture", _("lowered counter")),
    Feature("guide-path", "architecture", _("tactile guide paths or markings")),
    Feature("assistance-dog", "architecture", _("entry with an assistance dog")),
    Feature("seats", "architecture", _("seats for those who wait")),
    Feature("pjm-on-site", "communication", _("Polish Sign Language interpreter on the spot")),
    Feature("pjm-online", "communication", _("Polish Sign Language interpreter by video")),
    Feature("induction-loop", "communication", _("induction loop")),
    Feature("text-contact", "communication", _("contact by text message or chat")),
    Feature("speech-aids", "communication", _("aids for persons who do not speak (pictures, boards)")),
    Feature("client-computer", "digital", _("computer for clients")),
    Feature("e-service-help", "digital", _("help with e-services and the trusted profile")),
    Feature("accessible-kiosk", "digital", _("self-service kiosk usable from a wheelchair and by ear")),
    Feature("ukrainian", "language", _("service in Ukrainian")),
    Feature("english", "language", _("service in English")),
    Feature("interpreter", "language", _("interpreter of other languages on request")),
    Feature("easy-to-read", "information", _("easy-to-read texts (ETR)")),
    Feature("plain-language", "information", _("letters and forms in plain language")),
    Feature("large-print", "information", _("large print")),
    Feature("braille", "information", _("Braille signs")),
    Feature("audio-queue", "information", _("queue announced by voice")),
    Feature("clear-signs", "information", _("contrasting signs with pictograms")),
    Feature("play-corner", "children", _("children's corner")),
    Feature("changing-table", "children", _("baby changing table")),
    Feature("pram", "children", _("room for a pram")),
    Feature("priority", "individual", _("service out of turn for those who cannot wait")),
    Feature("appointment", "individual", _("appointment for a chosen time")),
    Feature("assistant", "individual", _("an employee who accompanies the client")),
    Feature("home-visit", "individual", _("visit at the client's home")),
    Feature("quiet", "individual", _("quiet room or quiet hours")),
)
ACCESSIBILITY_FEATURES: dict[str, Feature] = {feature.code: feature for feature in _FEATURES}
FEATURES_OF: dict[str, list[Feature]] = {
    barrier: [feature for feature in _FEATURES if feature.barrier == barrier] for barrier in BARRIERS
}


def features_by_barrier(codes: Iterable[str]) -> list[tuple[Any, list[Feature]]]:
    """The features of these codes by class, in the fixed order; no empty class."""
    wanted = set(codes)
    found = {name: [item for item in items if item.code in wanted] for name, items in FEATURES_OF.items()}
    return [(BARRIERS[name], items) for name, items in found.items() if items]


def known_features(codes: Iterable[str]) -> list[str]:
    """The codes that exist, each once, in the fixed order."""
    wanted = set(codes)
    return [code for code in ACCESSIBILITY_FEATURES if code in wanted]
