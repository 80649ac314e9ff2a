"""A questionnaire with every kind of question, and strategies that make random ones and random answers."""

from __future__ import annotations

from hypothesis import strategies as st

from okienko.engines.questionnaire import (
    All,
    AnyOf,
    Area,
    Compare,
    Option,
    Point,
    Question,
    Questionnaire,
    Row,
    Scale,
    Section,
    items,
)


def words(text: str) -> dict[str, str]:
    return {"pl": text}


FIVE = Scale("five", tuple(Point(value, words(f"stopień {value}")) for value in range(1, 6)))
ELEVEN = Scale(
    "eleven", tuple(Point(value, words(f"koniec {value}") if value in (0, 10) else {}) for value in range(11))
)
OPTIONS = (
    Option(1, words("osobiście")),
    Option(2, words("telefon")),
    Option(9, words("inaczej"), other=True),
)
TICKS = (
    Option(1, words("winda")),
    Option(2, words("duży druk")),
    Option(3, words("inne"), other=True),
    Option(4, words("nic"), exclusive=True),
)

VISIT = Section(
    "visit",
    words("Wizyta"),
    questions=(
        Question("hello", "information", words("Dzień dobry")),
        Question("channel", "single", words("Jak?"), options=OPTIONS, role="domain", domain="channel"),
        Question("needs", "multiple", words("Co?"), options=TICKS, dont_know=True, max_choices=2),
        Question(
            "places",
            "ranking",
            words("Co najważniejsze?"),
            options=(Option(1, words("czas")), Option(2, words("wiedza")), Option(3, words("ton"))),
            max_choices=2,
            not_applicable=True,
        ),
    ),
)
RATING = Section(
    "rating",
    words("Ocena"),
    condition=AnyOf(
        (
            Compare("channel", "in", (1, 2)),
            All((Compare("needs", "contains", 1), Compare("needs", "not_contains", 2))),
        )
    ),
    questions=(
        Question(
            "waiting",
            "scale",
            words("Czekanie"),
            scale="five",
            dont_know=True,
            not_applicable=True,
            role="driver",
            area="time",
            condition=Compare("channel", "eq", 1),
        ),
        Question(
            "speed", "scale", words("Szybkość"), scale="five", role="driver", area="time", required=True
        ),
        Question(
            "weight",
            "grid",
            words("Jak ważne?"),
            scale="five",
            role="importance",
            rows=(Row("time", words("terminowość"), area="time"), Row("02", words("drugi"), area="time")),
        ),
        Question("pair", "pair", words("Para"), scale="five", importance_scale="five", dont_know=True),
        Question("likely", "recommendation", words("Polecenie"), scale="eleven", role="recommendation"),
        Question(
            "why",
            "long_text",
            words("Dlaczego?"),
            condition=Compare("likely", "le", 6),
            role="comment",
            max_length=300,
        ),
    ),
)
END = Section(
    "end",
    words("Koniec"),
    questions=(
        Question("visits", "number", words("Ile razy?"), dont_know=True, maximum=50),
        Question("hours", "number", words("Ile godzin?"), decimals=2, maximum=24, unit=words("godz.")),
        Question(
            "day", "date", words("Kiedy?"), earliest="1980-01-01", latest="2030-12-31", not_applicable=True
        ),
        Question("name", "text", words("Nazwa"), max_length=20),
        Question(
            "overall", "scale", words("Ogólnie"), scale="five", role="overall_satisfaction", required=True
        ),
    ),
)
SAMPLE = Questionnaire(
    code="sample",
    title=words("Próba"),
    languages=("pl",),
    default_language="pl",
    needs=("overall_satisfaction",),
    areas=(Area("time", words("Terminowość")),),
    scales=(FIVE, ELEVEN),
    sections=(VISIT, RATING, END),
)


def small(*questions: Question, **fields: object) -> Questionnaire:
    """Make a questionnaire of one section."""
    base = {
        "code": "small",
        "title": words("Mała"),
        "languages": ("pl",),
        "default_language": "pl",
        "scales": (FIVE, ELEVEN),
        "areas": (Area("time", words("Terminowość")),),
        "sections": (Section("only", words("Jedyna"), questions=questions),),
    }
    return Questionnaire(**{**base, **fields})


# ---- random questionnaires: kinds of all sorts, conditions on earlier items

_letters = st.characters(categories=("L", "N", "P", "S"))
_texts = st.fixed_dictionaries({"pl": st.text(_letters, min_size=1, max_size=8)})
_short = st.sampled_from(["", "a", "x y", "Łódź"]).map(lambda text: {"pl": text} if text else {})


@st.composite
def _condition(draw: st.DrawFn, earlier: tuple, depth: int = 0):
    if depth < 3 and draw(st.booleans()):
        group = draw(st.sampled_from([All, AnyOf]))
        count = draw(st.integers(1, 3))
        return group(tuple(draw(_condition(earlier, depth + 1)) for _ in range(count)))
    item = draw(st.sampled_from(earlier))
    ops = ["eq", "ne", "in", "not_in", "answered", "not_answered"]
    if item.kind in ("ordinal", "categorical", "number", "rank"):
        ops += ["lt", "le", "gt", "ge"]
    op = draw(st.sampled_from(ops))
    value = st.sampled_from(sorted(item.values()) or [0, 1, 2])
    if op in ("in", "not_in"):
        return Compare(item.code, op, tuple(draw(st.lists(value, min_size=1, max_size=3, unique=True))))
    return Compare(item.code, op, None if op in ("answered", "not_answered") else draw(value))


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Make a valid questionnaire with conditions between its questions."""
    made = small()
    sections: list[Section] = []
    number = 0
    for place in range(draw(st.integers(1, 3))):
        earlier = tuple(item for item in items(made) if item.kind not in ("text", "date"))
        condition = draw(_condition(earlier)) if earlier and draw(st.booleans()) else None
        section = Section(f"s{place}", draw(_texts), condition=condition)
        for _ in range(draw(st.integers(1, 4))):
            question = draw(_question(number, earlier))
            number += 1
            section = Section(
                section.code,
                section.title,
                condition=section.condition,
                questions=(*section.questions, question),
            )
            made = small(sections=(*sections, section))
            earlier = tuple(item for item in items(made) if item.kind not in ("text", "date"))
        sections.append(section)
    return small(sections=tuple(sections))


@st.composite
def _options(draw: st.DrawFn, kind: str, earlier: tuple) -> tuple[Option, ...]:
    values = draw(st.lists(st.integers(0, 30), min_size=2, max_size=5, unique=True))
    other = draw(st.sampled_from([*values, None]))
    hidden = draw(st.sampled_from([*values, None])) if earlier else None
    return tuple(
        Option(
            value,
            draw(_texts),
            other=value == other,
            condition=draw(_condition(earlier)) if value == hidden else None,
            exclusive=kind == "multiple" and value == values[-1] and draw(st.booleans()),
        )
        for value in values
    )


@st.composite
def _question(draw: st.DrawFn, number: int, earlier: tuple) -> Question:
    kind = draw(
        st.sampled_from(
            [
                "single",
                "multiple",
                "scale",
                "recommendation",
                "grid",
                "pair",
                "ranking",
                "number",
                "text",
                "date",
            ]
        )
    )
    fields: dict[str, object] = {
        "code": f"q{number}",
        "kind": kind,
        "text": draw(_texts),
        "help": draw(_short),
        "required": draw(st.booleans()),
        "dont_know": draw(st.booleans()),
        "not_applicable": draw(st.booleans()),
    }
    if earlier and draw(st.booleans()):
        fields["condition"] = draw(_condition(earlier))
    if kind in ("single", "multiple", "ranking"):
        fields["options"] = draw(_options(kind, earlier))
    if kind in ("scale", "grid", "pair"):
        fields["scale"] = "five"
    if kind == "recommendation":
        fields["scale"] = "eleven"
    if kind == "pair":
        fields["importance_scale"] = "eleven"
    if kind in ("grid", "pair"):
        fields["rows"] = tuple(Row(f"r{place}", draw(_texts)) for place in range(draw(st.integers(1, 3))))
    if kind == "number":
        fields["maximum"] = draw(st.integers(0, 100))
        fields["decimals"] = draw(st.integers(0, 2))
    return Question(**fields)


def field_names(questionnaire: Questionnaire) -> list[str]:
    names = [item.code for item in items(questionnaire)]
    return names + [f"{name}__m" for name in [*names, *(q.code for q in questionnaire.questions())]]


def forms(questionnaire: Questionnaire) -> st.SearchStrategy[dict[str, list[str]]]:
    """Make forms as a browser, a person or an attacker may send them."""
    value = st.one_of(
        st.integers(-5, 31).map(str),
        st.sampled_from(["", " 3 ", "2,5", "x", "2026-11-22", "³"]),
        st.text(max_size=5),
    )
    return st.dictionaries(
        st.sampled_from(field_names(questionnaire)), st.lists(value, max_size=2), max_size=40
    )
