import numpy as np
import pypdfium2
import pytest
import segno

from okienko.foundation.print import PrintError, compile_pdf, qr_svg
from okienko.foundation.print.tests.samples import AT, WORDS, elements, form, opened, text_of

MM = 72 / 25.4
LINE = 0.9  # points
ADDRESS = "https://okienko.example/a/brzoza-412"


@pytest.fixture(scope="module")
def paper() -> bytes:
    return compile_pdf("form", form(), at=AT)


def boxes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height in mm of every box that is drawn."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for page in range(len(document)):
        for shape in document[page].get_objects(max_depth=4):
            if shape.type != pypdfium2.raw.FPDF_PAGEOBJ_PATH:
                continue
            left, bottom, right, top = shape.get_bounds()
            # The bounds of a stroked shape reach one line width beyond the outline on every side.
            wide, tall = (right - left - 2 * LINE) / MM, (top - bottom - 2 * LINE) / MM
            if 4.2 < wide < 4.6 and abs(wide - tall) < 0.1:
                found.append((wide, tall))
    return found


def test_a_form_has_a_box_of_at_least_four_millimetres_for_every_answer(paper: bytes) -> None:
    answers = 2 + 4 + 11 + 2 * 3 + 1 * 6 + 1  # choices, scales, grids, the pair, "nie wiem" of the ranking
    found = boxes(paper)
    assert len(found) == answers + 2  # and the two that show how to correct a mark
    assert min(min(box) for box in found) >= 4


def test_a_form_is_tagged_and_says_everything_in_words(paper: bytes) -> None:
    document = opened(paper)
    assert document.Root.MarkInfo.Marked
    assert document.Root.Lang == "pl"
    kinds = {str(each.S) for each in elements(document)}
    assert {"/H1", "/H2", "/Table", "/TH", "/P"} <= kinds
    text = text_of(paper)
    for words in (
        "Ankieta klientów",
        "tylko wtedy, gdy w pytaniu 1",
        "zamalować całą kratkę",
        "6a.",
        "ważność",
        "min",
        "Nie wiem",
    ):
        assert words in text
    assert (
        text.index("1. Jak załatwiono")
        < text.index("tylko wtedy")
        < text.index("2. Ocena")
        < text.index("8. Co")
    )


def test_the_numbers_of_a_long_scale_are_printed(paper: bytes) -> None:
    text = text_of(paper)
    assert "0 1 2 3 4 5 6 7 8 9 10 pewne" in text[text.index("3. Czy Pani") :]


def test_a_draft_is_marked_and_a_form_without_blocks_is_refused(paper: bytes) -> None:
    draft = compile_pdf("form", form(draft="szkic"), at=AT)
    assert "SZKIC" in text_of(draft)
    assert "SZKIC" not in text_of(paper)
    with pytest.raises(PrintError):
        compile_pdf("form", {"title": "Ankieta", "words": WORDS}, at=AT)


def test_an_unknown_kind_of_question_is_refused() -> None:
    with pytest.raises(PrintError, match="no question of the kind film"):
        compile_pdf(
            "form", form(blocks=[{"kind": "heading", "level": 1, "text": "A"}, {"kind": "film"}]), at=AT
        )


@pytest.mark.parametrize("language", ["en", "uk"])
def test_a_form_is_in_the_language_of_its_words(language: str) -> None:
    assert opened(compile_pdf("form", form(), at=AT, language=language)).Root.Lang == language


def poster(size: str = "a4") -> dict[str, object]:
    part = {
        "heading": "Jak Panią, Pana obsłużyliśmy?",
        "text": "Zeskanuj kod.",
        "time": "To zajmie 3 minuty.",
    }
    return {
        "title": "Plakat",
        "office": "Urząd Miasta Brzozów Dolny",
        "point": "Sala obsługi",
        "size": size,
        "address": "okienko.example/a/brzoza-412",
        "code": {"image": "qr", "alt": "Kod QR z adresem okienko.example/a/brzoza-412"},
        "sections": [
            {
                "language": "pl",
                "privacy": "Ankieta jest anonimowa.",
                "address_label": "Albo wpisz adres:",
                **part,
            },
            {"language": "en", "heading": "How did we do?", "text": "Scan the code."},
            {"language": "uk", "heading": "Як вас обслужили?", "text": "Відскануйте код."},
        ],
    }


@pytest.mark.parametrize(("size", "width"), [("a4", 210), ("a5", 148)])
def test_a_poster_is_one_tagged_page_in_three_languages(size: str, width: float) -> None:
    pdf = compile_pdf("poster", poster(size), images={"qr": qr_svg(ADDRESS)}, at=AT)
    document = opened(pdf)
    assert len(document.pages) == 1
    assert float(document.pages[0].mediabox[2]) / MM == pytest.approx(width, abs=0.1)
    (figure,) = elements(document, "/Figure")
    assert "brzoza-412" in str(figure.Alt)
    text = text_of(pdf)
    for words in ("okienko.example/a/brzoza-412", "anonimowa", "How did we do?", "Відскануйте код."):
        assert words in text
    languages = {str(each.get("/Lang")) for each in elements(document)} | {str(document.Root.Lang)}
    assert {"pl", "en", "uk"} <= languages


def test_the_code_on_the_poster_is_the_code_of_the_address() -> None:
    pdf = compile_pdf("poster", poster(), images={"qr": qr_svg(ADDRESS)}, at=AT)
    matrix = np.array(
        [list(row) for row in segno.make(ADDRESS, error="m", micro=False, boost_error=True).matrix], bool
    )
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=4, grayscale=True).to_numpy().squeeze()
    # The code is the only dark thing of the left half between the coloured head and the address.
    per_mm = 4 * MM
    dark = page[int(76 * per_mm) : int(176 * per_mm), int(19 * per_mm) : int(109 * per_mm)] < 60
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    top, left, side = rows[0], columns[0], columns[-1] - columns[0] + 1
    centres = ((np.arange(len(matrix)) + 0.5) * side / len(matrix)).astype(int)
    assert (dark[np.ix_(top + centres, left + centres)] == matrix).all()


def test_long_words_make_the_code_smaller_and_not_a_second_page() -> None:
    def side(pdf: bytes) -> float:
        document = opened(pdf)
        (figure,) = elements(document, "/Figure")
        left, _, right, _ = next(a for a in figure.A if "/BBox" in a).BBox
        return float(right - left) / MM

    data = poster("a5")
    data["sections"][0]["privacy"] = "Ankieta jest anonimowa. " * 24
    images = {"qr": qr_svg(ADDRESS)}
    short, long = (compile_pdf("poster", each, images=images, at=AT) for each in (poster("a5"), data))
    assert len(opened(long).pages) == 1
    assert 35 < side(long) < side(short)
    assert text_of(long).count("Ankieta jest anonimowa.") == 24
