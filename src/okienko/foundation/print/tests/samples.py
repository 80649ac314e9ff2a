"""A small report, a form and a poster for the tests, and ways to read a file back."""

import io
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import pikepdf
import pypdfium2

from okienko.engines.questionnaire.blocks import (
    Answer,
    ChoiceBlock,
    Filter,
    GridBlock,
    GridRow,
    Heading,
    Instruction,
    RankBlock,
    WriteBlock,
)
from okienko.foundation.charts import DotChart, Estimate, Hidden
from okienko.foundation.print import blocks as b

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
WORDS = {"page": "Strona {page} z {pages}", "table": "Tabela", "figure": "Wykres"}

CHART = DotChart(
    uid="areas",
    title="Średnie obszarów",
    description="Najwyżej Kompetencje.",
    rows=(Estimate("Kompetencje", 4.22, 4.13, 4.31), Hidden("Kasa", "Ukryte: mniej niż 10 odpowiedzi.")),
)
IMAGES = {"areas": CHART.svg()}


def report(*extra: dict[str, Any]) -> dict[str, Any]:
    """Data of a report with one block of most kinds, and the extra ones."""
    columns = [b.column("Obszar"), b.column("Średnia", "right"), b.column("n", "right")]
    rows = [
        ["Kompetencje", b.cell("4,22", note="4,13–4,31"), 408],
        b.group("Później"),
        ["Kasa", b.hidden("Ukryte", span=2)],
    ]
    return {
        "title": "Zadowolenie klientów, jesień 2026",
        "office": "Urząd Miasta Brzozów Dolny",
        "words": WORDS,
        "cover": {"sentence": "Zadowolenie wzrosło z 3,91 do 4,12.", "facts": [["Odpowiedzi", "412 z 655"]]},
        "blocks": [
            b.contents("Spis treści"),
            b.heading("Wyniki"),
            b.heading("Obszary", 2),
            b.text("Zażółć gęślą jaźń, ŻÓŁĆ."),
            b.figure("areas", "Średnia Kompetencji 4,22.", "Średnie obszarów"),
            b.table(
                "Obszary w tabeli", columns, [*rows, b.total("Razem", "4,12", "412")], note="Źródło: badanie."
            ),
            b.stat("4,12", label="Ocena ogólna", interval="4,03–4,21", change="O 0,21 więcej."),
            b.note("Jak czytać przedziały", title="Uwaga"),
            b.items(["pierwszy", "drugi"], ordered=True),
            b.quotes(
                [
                    {
                        "text": "Дуже ввічливо.",
                        "language": "uk",
                        "translation": "Uprzejmie.",
                        "source": "ocena 4",
                    }
                ]
            ),
            b.card("Decyzja", [b.facts([("Termin", "31 marca 2027")]), b.signatures(["Kierownik"])]),
            b.list_of("table", "Spis tabel"),
            *extra,
        ],
    }


def form_blocks() -> list[dict[str, Any]]:
    """A questionnaire on paper with every kind of block."""
    points = tuple(Answer(str(k), k, words) for k, words in enumerate(("źle", "średnio", "dobrze"), 1))
    unsure = Answer("-", -2, "Nie wiem", special=True)
    ten = tuple(Answer(str(k) if k < 10 else "+", k, "pewne" if k == 10 else "") for k in range(11))
    options = (Answer("1", 1, "w urzędzie"), Answer("2", 2, "inaczej", writes="q1_other"))
    found = (
        Heading(1, "Ankieta klientów", "klienci"),
        Instruction("Ankieta jest anonimowa.", "klienci"),
        Heading(2, "Pani/Pana sprawa", "sprawa"),
        ChoiceBlock("1", "q1", "q1", "Jak załatwiono sprawę?", "", "", False, False, options),
        Filter(
            "Na pytanie 2 proszę odpowiedzieć tylko wtedy, gdy w pytaniu 1 zaznaczono „w urzędzie”.", ("q2",)
        ),
        ChoiceBlock("2", "q2", "q2", "Ocena ogólna?", "", "", False, True, (*points, unsure)),
        ChoiceBlock("3", "q3", "q3", "Czy Pani/Pan poleci urząd?", "", "", False, True, ten),
        GridBlock("", "", "", "", points, (GridRow("4", "q4", "czas"), GridRow("5", "q5", "wiedza"))),
        GridBlock(
            "6",
            "q6",
            "Ważność i ocena",
            "",
            points,
            (GridRow("6a", "q6_a", "czas", "i"),),
            points,
            "ocena",
            "ważność",
        ),
        RankBlock("7", "q7", "Proszę ustawić", "", "", 2, (GridRow("", "q7_1", "czas"),), (unsure,)),
        WriteBlock("8", "q8", "q8", "text", "Co poprawić?", "Bez nazwisk.", "", "", 3, ()),
        WriteBlock("9", "q9", "q9", "number", "Ile minut?", "", "", "min", 1, ()),
        Instruction("Dziękujemy.", "klienci"),
    )
    return [asdict(block) for block in found]


def form(**more: Any) -> dict[str, Any]:
    """Data of a form."""
    return {
        "title": "Ankieta klientów",
        "office": "Urząd Miasta Brzozów Dolny",
        "point": "Sala obsługi",
        "blocks": form_blocks(),
        "correcting": "Pomyłka? Proszę zamalować całą kratkę.",
        "words": WORDS,
        **more,
    }


def opened(pdf: bytes) -> pikepdf.Pdf:
    """The file, to look at its objects."""
    return pikepdf.open(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """All text of the file as a reader program extracts it, on one line."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [document[k].get_textpage().get_text_bounded() for k in range(len(document))]
    return " ".join(" ".join(pages).split())


def elements(pdf: pikepdf.Pdf, kind: str | None = None) -> list[Any]:
    """Structure elements in reading order."""

    def walk(node: Any) -> Iterator[Any]:
        if isinstance(node, pikepdf.Array):
            for child in node:
                yield from walk(child)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            yield node
            yield from walk(node.get("/K"))

    return [each for each in walk(pdf.Root.StructTreeRoot.K) if kind is None or kind == each.S]
