import pikepdf
import pytest

from okienko.foundation.print import PrintError, compile_pdf
from okienko.foundation.print import blocks as b
from okienko.foundation.print.tests.samples import AT, IMAGES, WORDS, elements, opened, report, text_of


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return compile_pdf("report", report(), images=IMAGES, at=AT)


def test_a_report_is_a_tagged_file_with_title_and_language(pdf: bytes) -> None:
    document = opened(pdf)
    assert document.Root.MarkInfo.Marked
    assert document.Root.Lang == "pl"
    assert document.docinfo.Title == "Zadowolenie klientów, jesień 2026"
    assert document.Root.ViewerPreferences.DisplayDocTitle
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")


def test_headings_figures_and_notes_are_tagged(pdf: bytes) -> None:
    document = opened(pdf)
    kinds = [str(element.S) for element in elements(document)]
    assert {"/Title", "/H1", "/H2", "/Figure", "/Caption", "/TOC", "/L", "/BlockQuote", "/P"} <= set(kinds)
    (figure,) = elements(document, "/Figure")
    assert figure.Alt == "Średnia Kompetencji 4,22."


def test_table_cells_know_their_column_and_their_row(pdf: bytes) -> None:
    document = opened(pdf)
    table = next(each for each in elements(document, "/Table") if "/THead" in [str(k.S) for k in each.K])
    heads = [a for cell in elements(document, "/TH") for a in cell.A if a.get("/O") == "/Table"]
    assert {str(head.Scope) for head in heads} == {"/Column", "/Row"}
    body = [row for part in table.K if part.S == "/TBody" for row in part.K]
    first = body[0].K
    assert [str(cell.S) for cell in first] == ["/TH", "/TD", "/TD"]
    joined = [str(name) for name in next(a for a in first[1].A if a.get("/O") == "/Table").Headers]
    assert str(first[0].ID) in joined
    assert len(joined) == 2


def test_every_header_that_a_cell_names_exists(pdf: bytes) -> None:
    document = opened(pdf)
    cells = elements(document, "/TH") + elements(document, "/TD")
    named = {str(n) for cell in cells for a in cell.get("/A", []) for n in a.get("/Headers", [])}
    known = {str(cell.ID): cell for cell in cells if "/ID" in cell}
    assert named <= set(known)
    names = [str(name) for name in document.Root.StructTreeRoot.IDTree.Kids[0].Names][::2]
    assert names == sorted(names)
    assert set(known) <= set(names)


def test_the_text_can_be_copied_with_its_polish_letters(pdf: bytes) -> None:
    text = text_of(pdf)
    for words in (
        "Zażółć gęślą jaźń, ŻÓŁĆ.",
        "Дуже ввічливо.",
        "Strona 2 z",
        "Tabela 1.",
        "Wykres 1.",
        "Ukryte",
    ):
        assert words in text
    assert text.index("Wyniki") < text.index("Zażółć") < text.index("Decyzja")


def test_only_the_typeface_of_the_bundle_is_embedded(pdf: bytes) -> None:
    document = opened(pdf)
    fonts = {
        str(o.BaseFont) for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o
    }
    assert fonts
    families = {name.partition("+")[2].partition("-")[0] for name in fonts}
    assert len(families) == 1
    assert families <= {"Lato", "LibertinusSerif"}


def test_the_same_data_gives_the_same_bytes(pdf: bytes) -> None:
    assert compile_pdf("report", report(), images=IMAGES, at=AT) == pdf
    assert compile_pdf("report", report(b.text("więcej")), images=IMAGES, at=AT) != pdf


@pytest.mark.parametrize(
    "words",
    [
        "#panic(1)",
        "*bold* _it_",
        "$x^2$",
        "@ref <label>",
        "= Nie nagłówek",
        '#import "x.typ"',
        "\\#",
        "/* a */ // b",
        "https://a.pl",
    ],
)
def test_markup_in_the_data_is_printed_as_it_stands(words: str) -> None:
    extra = [
        b.text(words),
        b.table(words, [b.column(words)], [[words]]),
        b.quotes([{"text": words, "source": words}]),
    ]
    pdf = compile_pdf("report", report(*extra), images=IMAGES, at=AT)
    assert text_of(pdf).count(words) >= 6


def test_a_smiley_in_a_comment_does_not_stop_a_report() -> None:
    comment = "Super \U0001f600\U0001f44d\ufe0f! 中文 \u202etxt\x00 e\u0301 \U0001d5d4"
    pdf = compile_pdf("report", report(b.quotes([{"text": comment}])), images=IMAGES, at=AT)
    assert "Super □! □ txt é A" in text_of(pdf)


def test_a_chart_with_a_smiley_is_printed_too() -> None:
    images = {"areas": IMAGES["areas"].replace("Kompetencje", "Kompetencje \U0001f600")}
    assert compile_pdf("report", report(), images=images, at=AT)


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ({"kind": "figure", "image": "areas", "alt": " ", "caption": "x"}, "alternative text"),
        ({"kind": "figure", "image": "areas", "caption": "x"}, "alternative text"),
        ({"kind": "figure", "image": "none", "alt": "x", "caption": "x"}, "no picture 'none'"),
        ({"kind": "film"}, "no block of the kind film"),
        ({"kind": "text", "text": float("nan")}, r"blocks\[\d+\].text: nan"),
        ({"kind": "text", "text": object()}, r"blocks\[\d+\].text: object"),
    ],
)
def test_a_block_that_cannot_be_printed_is_refused_in_words(block: dict[str, object], message: str) -> None:
    with pytest.raises(PrintError, match=message):
        compile_pdf("report", report(block), images=IMAGES, at=AT)


def test_the_first_heading_must_be_of_level_one() -> None:
    data = {"title": "T", "words": WORDS, "blocks": [b.heading("Drugi", 2)]}
    with pytest.raises(PrintError, match="first heading"):
        compile_pdf("report", data, at=AT)


@pytest.mark.parametrize("count", [0, 1, 200])
def test_a_table_of_any_length_is_printed(count: int) -> None:
    rows = [[f"Urząd {k}", "4,12"] for k in range(count)]
    table = b.table("Urzędy", [b.column("Urząd"), b.column("Średnia", "right")], rows)
    text = text_of(compile_pdf("report", report(table), images=IMAGES, at=AT))
    assert all(f"Urząd {k}" in text for k in range(count))


def test_builders_refuse_what_would_not_print() -> None:
    columns = [b.column("a"), b.column("b")]
    with pytest.raises(PrintError, match="row 2: 1 cells for 2 columns"):
        b.table("T", columns, [["1", "2"], ["1"]])
    with pytest.raises(PrintError, match="3 cells"):
        b.table("T", columns, [["1", b.hidden("Ukryte", span=2)]])
    with pytest.raises(PrintError, match="why it is hidden"):
        b.hidden(" ")
    with pytest.raises(PrintError, match="alternative text"):
        b.figure("areas", "", "Podpis")
    with pytest.raises(PrintError, match="caption"):
        b.figure("areas", "Opis", "")
    with pytest.raises(PrintError, match="level"):
        b.heading("x", 4)
    with pytest.raises(PrintError, match="address"):
        b.run("x", url="javascript:alert(1)")
