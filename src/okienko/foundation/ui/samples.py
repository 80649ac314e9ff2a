"""What the living style page shows: forms with and without errors, a page of a list, invented names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator

from okienko.foundation.charts import DotChart, Estimate, Hidden, LikertChart, Reference, Shares, TrendChart
from okienko.foundation.ui.forms import DayField
from okienko.foundation.ui.icons import NAMES

_TOKEN = re.compile(r"(--(?:ok|sat|fig)-[a-z0-9-]+):")
_ASSETS = Path(__file__).resolve().parent / "static" / "okienko"


@dataclass(frozen=True)
class Entry:
    at: datetime
    who: str
    what: str
    details: str = ""


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Nazwa punktu obsługi", help_text="Tak, jak mówią o nim klienci.")
    email = forms.EmailField(label="Adres e-mail", required=False)
    starts = DayField(label="Początek badania")
    kind = forms.ChoiceField(
        label="Rodzaj urzędu", choices=[("", "wybierz"), ("gmina", "urząd gminy"), ("miasto", "urząd miasta")]
    )
    channel = forms.ChoiceField(
        label="Jak zbieramy odpowiedzi",
        widget=forms.RadioSelect,
        choices=[("web", "na stronie"), ("paper", "na papierze"), ("both", "na oba sposoby")],
        help_text="Papier przepisuje się potem na ekranie.",
    )
    days = forms.MultipleChoiceField(
        label="Dni przyjęć",
        widget=forms.CheckboxSelectMultiple,
        choices=[("mon", "poniedziałek"), ("tue", "wtorek"), ("wed", "środa")],
    )
    share = forms.DecimalField(label="Odsetek, w procentach", localize=True, max_value=100)
    remarks = forms.CharField(label="Uwagi", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    poster = forms.FileField(label="Plakat", help_text="PDF, najwyżej 5 MB.")
    agreed = forms.BooleanField(label="Kierownik urzędu zna termin badania")


class SampleFilter(forms.Form):
    q = forms.CharField(label="Szukaj", required=False, widget=forms.SearchInput)
    kind = forms.ChoiceField(
        label="Rodzaj urzędu", required=False, choices=[("", "wszystkie"), ("gmina", "urząd gminy")]
    )
    state = forms.ChoiceField(label="Stan", required=False, choices=[("", "każdy"), ("open", "trwa")])


def page(query: Mapping[str, str]) -> dict[str, Any]:
    """Context of the style page; `query` may hold `page`, `sort` and the filters."""
    wrong = SampleForm({"name": "", "email": "to nie adres", "share": "120", "starts": "31.02.2026"}, {})
    number = query.get("page", "3")
    return {
        "form": SampleForm(initial={"starts": date(2026, 11, 23), "channel": "both"}, auto_id="f_%s"),
        "wrong": wrong,
        "filters": SampleFilter(query or None),
        "rows": Paginator(range(1, 1235), 25).get_page(number),
        "entries": [
            Entry(
                datetime(2026, 11, 20, 14, 5, tzinfo=UTC), "Anna Przykładowa", "Zamknięto falę „Jesień 2026”"
            ),
            Entry(
                datetime(2026, 10, 19, 6, 30, tzinfo=UTC),
                "Okienko",
                "Otwarto falę „Jesień 2026”",
                "Punkty: 5",
            ),
        ],
        "steps": ["Badanie", "Kwestionariusz", "Punkty i terminy", "Próba", "Sprawdzenie"],
        "icons": sorted(NAMES),
        "tokens": tokens(),
        "dots": dots(),
        "likert": likert(),
        "trend": trend(),
        "labels": ["bardzo źle", "źle", "średnio", "dobrze", "bardzo dobrze"],
        "days": (date(2026, 10, 19), date(2026, 11, 13)),
    }


def tokens() -> list[str]:
    """Names of the colours, as the built style sheet defines them."""
    file = _ASSETS / "okienko.css"
    found = _TOKEN.findall(file.read_text(encoding="utf-8")) if file.exists() else []
    return [name for name in dict.fromkeys(found) if not name.endswith(("-font",))]


def frame() -> dict[str, Any]:
    """An invented frame, for looking at the shell without signing in."""
    link = {"url": "/styl/", "active": False, "badge": 0}
    names = {
        "listen": ("Słuchamy", ("Klienci", "Badania", "Ankiety z papieru")),
        "understand": ("Rozumiemy", ("Wyniki", "Porównania")),
        "improve": ("Ulepszamy", ("Działania",)),
        "prove": ("Sprawdzamy", ("Efekty zmian", "Program")),
        "settings": ("Urząd i ludzie", ("Dane urzędu", "Pracownicy")),
    }
    nav = [
        {
            "code": code,
            "label": label,
            "items": [
                link | {"label": item, "active": item == "Wyniki", "badge": int(item == "Badania")}
                for item in items
            ],
        }
        for code, (label, items) in names.items()
    ]
    return {"nav": nav, "home_url": "/", "member_offices": (), "member_networks": ()}


def dots() -> DotChart:
    rows = (
        Estimate("Urząd Stanu Cywilnego", 4.36, 4.19, 4.53, 71),
        Estimate("Wydział Komunikacji", 3.88, 3.70, 4.06, 112, emphasis=True),
        Hidden("Punkt w Sośnianach", "Ukryte: mniej niż 10 odpowiedzi."),
    )
    return DotChart(
        uid="dots",
        title="Ocena ogólna w punktach obsługi",
        description="Wydział Komunikacji 3,88 jest niżej niż cały urząd.",
        columns=("Punkt", "Średnia", "Przedział", "n"),
        rows=rows,
        limits=(1, 5),
        reference=Reference(4.12, "cały urząd 4,12"),
    )


def likert() -> LikertChart:
    return LikertChart(
        uid="likert",
        title="Rozkład odpowiedzi w obszarach",
        description="Kompetencje na czele, terminowość na końcu.",
        columns=("Obszar", "1", "2", "3", "4", "5", "n"),
        answers=("bardzo źle", "źle", "średnio", "dobrze", "bardzo dobrze"),
        rows=(
            Shares("Kompetencje", (0.02, 0.04, 0.10, 0.38, 0.46), 408),
            Shares("Terminowość", (0.05, 0.10, 0.18, 0.35, 0.32), 406),
        ),
    )


def trend() -> TrendChart:
    waves = ((2022, 3.78), (2023, 3.85), (2024, 3.88), (2025, 3.91), (2026, 4.12))
    return TrendChart(
        uid="trend",
        title="Ocena ogólna w pięciu falach",
        description="Zadowolenie wzrosło z 3,78 do 4,12.",
        columns=("Fala", "Średnia", "Przedział", "n"),
        rows=tuple(Estimate(str(year), mean, mean - 0.1, mean + 0.1, 400) for year, mean in waves),
        limits=(1, 5),
    )
