"""The invented network: offices, towns and persons that do not exist."""

from __future__ import annotations

import random

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from okienko.foundation.accounts.demo import DEMO_PASSWORD
from okienko.foundation.accounts.models import User
from okienko.foundation.offices.models import (
    Membership,
    Network,
    NetworkMembership,
    Office,
    OfficeType,
    ServicePoint,
    Unit,
)
from okienko.foundation.offices.models.office import Region
from okienko.foundation.offices.rules import make_slug
from okienko.foundation.registry import Role

SEED = 2026
SIZES = {"small": 12, "full": 100}
NETWORK_NAME = "Sieć Przyjaznych Urzędów (dane wymyślone)"
NETWORK_SLUG = "przyjazne-urzedy"

# code of an office type that every installation has, pattern of the office's name
TYPES = (
    ("urzad-miasta", "Urząd Miasta {town}"),
    ("urzad-gminy", "Urząd Gminy {town}"),
    ("starostwo-powiatowe", "Starostwo Powiatowe – {town}"),
    ("urzad-skarbowy", "Urząd Skarbowy {town}"),
    ("powiatowy-urzad-pracy", "Powiatowy Urząd Pracy {town}"),
    ("sanepid", "Stacja Sanitarna {town}"),
    ("nadzor-budowlany", "Nadzór Budowlany {town}"),
    ("archiwum", "Archiwum Publiczne {town}"),
    ("urzad-wojewodzki", "Delegatura Wojewódzka {town}"),
    ("urzad-statystyczny", "Oddział Statystyczny {town}"),
)
WEIGHTS = (22, 18, 14, 14, 12, 6, 5, 3, 4, 2)
FIRST_WORDS = [
    "Brzozów",
    "Jaworzyn",
    "Kalinów",
    "Lipczyn",
    "Olszyniec",
    "Wierzbin",
    "Topolów",
    "Grabiec",
    "Jesionów",
    "Dębczyn",
    "Sosnówek",
    "Modrzyn",
    "Leszczyniec",
    "Klonowiec",
    "Wiązów",
    "Bukowin",
    "Tarninów",
    "Głożyniec",
    "Świerczyn",
    "Cisówek",
]
SECOND_WORDS = (
    "Dolny",
    "Górny",
    "Stary",
    "Nowy",
    "Wielki",
    "Mały",
    "Leśny",
    "nad Strugą",
    "Polny",
    "Królewiecki",
)
POINTS = (
    ("Sala obsługi, parter", "sala", "in_person"),
    ("Kancelaria i biuro podawcze", "kancelaria", "in_person"),
    ("Wydział Komunikacji", "komunikacja", "in_person"),
    ("Urząd Stanu Cywilnego", "usc", "in_person"),
    ("Infolinia", "infolinia", "phone"),
)
HOURS = {"mon": [["08:00", "17:00"]]} | {day: [["07:30", "15:30"]] for day in ("tue", "wed", "thu", "fri")}
FIRST_NAMES = [
    "Agata",
    "Barbara",
    "Cecylia",
    "Daria",
    "Elżbieta",
    "Grażyna",
    "Hanna",
    "Irena",
    "Jolanta",
    "Kinga",
    "Lena",
    "Marta",
    "Nina",
    "Olga",
    "Paulina",
    "Renata",
    "Adam",
    "Bogdan",
    "Cezary",
    "Dariusz",
    "Edward",
    "Grzegorz",
    "Henryk",
    "Ireneusz",
    "Jan",
    "Karol",
    "Leszek",
    "Marek",
    "Norbert",
    "Piotr",
]
SURNAMES = (
    ["Przykładowska", "Wymyślna", "Próbna", "Zmyślona"],
    ["Przykładowski", "Wymyślny", "Próbny", "Zmyślony"],
)
PEOPLE = (Role.COORDINATOR, Role.DEPUTY, Role.HEAD, Role.CLERK, Role.ANALYST)
ROLE_WORDS = dict(
    zip(PEOPLE, ("koordynator", "zastepca", "kierownik", "kancelista", "analityk"), strict=True)
)


def load(*, size: str) -> None:
    """Network, office types, offices in all sixteen voivodeships, points, units and people."""
    chance = random.Random(SEED)
    network = Network.objects.create(name=NETWORK_NAME, slug=NETWORK_SLUG, is_demo=True)
    known = {kind.code: kind for kind in OfficeType.objects.all()}
    types = [known[code] for code, _ in TYPES]
    offices = _offices(network, types, SIZES[size], chance)
    _points(offices, chance)
    _people(network, offices, chance)


def _offices(network: Network, types: list[OfficeType], count: int, chance: random.Random) -> list[Office]:
    towns = [f"{first} {second}" for second in SECOND_WORDS for first in FIRST_WORDS]
    regions = [region.value for region in Region]
    rows, taken = [], {"brzozow-dolny"}
    for number in range(count):
        # The first office is the one that the manual's pictures show.
        kind = 0 if number == 0 else chance.choices(range(len(TYPES)), WEIGHTS)[0]
        town = towns[number]
        name = TYPES[kind][1].format(town=town)
        slug = "brzozow-dolny" if number == 0 else make_slug(name, taken=taken)
        taken.add(slug)
        rows.append(
            Office(
                network=network,
                type=types[kind],
                name=name,
                slug=slug,
                region=regions[number % len(regions)],
                city=town,
                street=f"Ratuszowa {chance.randint(1, 40)}",
                postcode=f"{chance.randint(0, 9)}0-0{chance.randint(10, 99)}",
                email=f"urzad{number + 1}@example.org",
                phone="000 000 000",
            )
        )
    return Office.objects.bulk_create(rows)


def _points(offices: list[Office], chance: random.Random) -> None:
    units = Unit.objects.bulk_create(
        [Unit(office=office, name="Biuro Obsługi Klienta", symbol="BOK") for office in offices]
    )
    points = []
    for number, (office, unit) in enumerate(zip(offices, units, strict=True)):
        count = len(POINTS) if number == 0 else chance.randint(2, 4)
        for name, code, channel in POINTS[:count]:
            points.append(
                ServicePoint(
                    office=office,
                    unit=unit,
                    name=name,
                    code=code,
                    channel=channel,
                    street=office.street,
                    city=office.city,
                    hours=HOURS,
                    accessibility=[],
                )
            )
    ServicePoint.objects.bulk_create(points)


def _people(network: Network, offices: list[Office], chance: random.Random) -> None:
    # One hash for all: the password is public, and a hundred offices would hash for half a minute.
    password = make_password(DEMO_PASSWORD)

    def person(email: str, title: str) -> User:
        number = chance.randrange(len(FIRST_NAMES))
        name = f"{FIRST_NAMES[number]} {chance.choice(SURNAMES[0] if number < 16 else SURNAMES[1])}"
        return User(email=email, name=name, job_title=title, password=password, is_demo=True)

    centre = person("siec@example.org", "koordynator sieci")
    centre.save()
    NetworkMembership.objects.create(user=centre, network=network)
    places = [(office, role) for office in offices for role in PEOPLE]
    rows = User.objects.bulk_create(
        [
            person(f"{ROLE_WORDS[role]}{'' if office is offices[0] else f'.{office.slug}'}@example.org", "")
            for office, role in places
        ]
    )
    # Without a confirmed address nobody could have a new password sent.
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in (centre, *rows)]
    )
    Membership.objects.bulk_create(
        [
            Membership(user=user, office=office, role=role)
            for user, (office, role) in zip(rows, places, strict=True)
        ]
    )
