"""What the components promise: names for screen readers, escaping, words instead of colours alone."""

import re

import pytest
from django.core.paginator import Paginator

from okienko.foundation.ui import samples

EVIL = '"><script>alert(1)</script>'


def test_a_panel_is_named_by_its_heading(draw):
    html = draw('<c-panel heading="Gdzie jesteśmy" id="wynik" tone="main">Treść</c-panel>')
    assert 'aria-labelledby="wynik-h"' in html
    assert '<h2 id="wynik-h">Gdzie jesteśmy</h2>' in html
    assert "panel-brand" in html


@pytest.mark.parametrize(
    ("tone", "css"),
    [("ordinary", 'class="panel"'), ("amber", "panel-need"), ("red", "panel-red"), ("tint", "panel-tint")],
)
def test_a_panel_wears_its_tone(draw, tone, css):
    assert css in draw(f'<c-panel tone="{tone}">Treść</c-panel>')


def test_a_button_with_an_address_is_a_link(draw):
    assert draw('<c-button href="/a/" label="Dalej" tone="main" />').strip() == (
        '<a href="/a/" class="btn btn-1">Dalej</a>'
    )


def test_a_button_keeps_attributes_that_it_does_not_know(draw):
    html = draw('<c-button label="Zapisz" name="action" value="save" />')
    assert '<button type="submit" class="btn" name="action" value="save">' in html


@pytest.mark.parametrize(
    "source",
    [
        '<c-button :data-note="evil" label="x" />',
        '<c-button data-note="{{ evil }}" label="{{ evil }}" />',
        '<c-more :title="evil" href="{{ evil }}" label="x" />',
        '<c-panel heading="{{ evil }}">x</c-panel>',
        '<c-page-head heading="{{ evil }}" lead="{{ evil }}" />',
        "<c-tag>{{ evil }}</c-tag>",
        '<c-todo heading="{{ evil }}" href="/" action="{{ evil }}">{{ evil }}</c-todo>',
        '<c-copy value="{{ evil }}" label="{{ evil }}" />',
        '<c-table caption="{{ evil }}" mode="scroll"><tr></tr></c-table>',
        '<c-stat :value="4.1" label="{{ evil }}" /><c-stat hidden="{{ evil }}" />',
        '<c-fact :label="evil" :value="evil" />',
        '<c-progress :value="1" text="{{ evil }}" />',
        '<c-confirm heading="{{ evil }}" action="{{ evil }}" cancel="{{ evil }}" />',
        '<c-notice heading="{{ evil }}">{{ evil }}</c-notice>',
        '<c-kpi label="{{ evil }}" :value="evil" />',
    ],
)
def test_what_people_wrote_is_never_markup(draw, source):
    html = draw(source, evil=EVIL)
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_figure_above_its_whole_says_so_instead_of_its_note(draw):
    source = '{% load okienko_ui %}<c-kpi label="x" note="{{ all|out_of }}" :done="done" :total="all" />'
    assert "<small>z\u00a02\u00a0400</small>" in draw(source, done=2400, all=2400)
    more = draw(source, done=2727, all=2400)
    assert "<small>–\u00a0więcej niż 2\u00a0400</small>" in more and "z\u00a02\u00a0400" not in more


def test_a_nested_component_does_not_inherit_what_was_said_to_the_outer(draw):
    html = draw(
        '<c-panel heading="Zewnętrzny" tone="amber" note="uwaga"><c-panel>Wewnętrzny</c-panel></c-panel>'
    )
    assert html.count("Zewnętrzny") == 1
    assert html.count("panel-need") == 1
    assert html.count("uwaga") == 1


def test_a_table_has_a_caption_even_when_nobody_sees_it(draw):
    html = draw(
        '<c-table caption="Urzędy" caption_hidden="1"><c-slot name="head"><th>Nazwa</th></c-slot></c-table>'
    )
    assert '<caption class="vh">Urzędy</caption>' in html
    assert "table-rows" in html


def test_a_table_that_scrolls_can_be_reached_by_the_keyboard(draw):
    html = draw('<c-table caption="Fale" mode="scroll"><tr><td>1</td></tr></c-table>')
    assert 'tabindex="0" role="region" aria-label="Fale"' in html


def test_a_figure_shows_its_interval_and_a_hidden_one_its_reason(draw):
    shown = draw('<c-stat :value="4.118" :low="4.03" :high="4.21" label="ocena" />')
    assert "<b>4,12</b>" in shown
    assert "4,03–4,21" in shown
    hidden = draw('<c-stat :value="4.118" hidden="mniej niż 5 odpowiedzi" />')
    assert "mniej niż 5 odpowiedzi" in hidden
    assert "4,12" not in hidden


def test_numbers_for_machines_are_not_written_for_people(draw):
    html = draw('<c-progress :value="done" :max="total" text="w toku" />', done=1234.5, total=5842)
    assert 'value="1234.5" max="5842"' in html


def test_a_progress_bar_has_a_name(draw):
    assert 'aria-label="18 ze 140"' in draw('<c-progress :value="18" :max="140" text="18 ze 140" />')


def test_a_running_job_asks_again_and_can_be_left(draw):
    html = draw('<c-job url="/praca/7/" heading="Raport" text="Strona 3 z 12" :done="3" :total="12" />')
    assert 'hx-get="/praca/7/" hx-trigger="every 2s"' in html
    assert "Możesz opuścić tę stronę" in html
    assert '<noscript><p><a class="more" href="/praca/7/">' in html


def test_a_finished_job_stops_asking(draw):
    html = draw('<c-job url="/praca/7/" heading="Raport" text="Gotowe" finished="1">Pobierz</c-job>')
    assert "hx-get" not in html
    assert "Pobierz" in html


@pytest.mark.parametrize("status", ["done", "now", "problem", "locked", "todo"])
def test_the_state_of_a_task_is_a_word(draw, status):
    html = draw(f'<c-task heading="Terminy" href="/t/" status="{status}">Opis</c-task>')
    assert re.search(r'class="tag[^>]*>.*?<span>\S[^<]*</span></span>', html)


def test_a_step_behind_is_a_link_and_the_present_one_is_marked(draw):
    steps = [
        {"label": "Urząd", "url": "/1/"},
        {"label": "Ludzie", "url": "/2/"},
        {"label": "Koniec", "url": "/3/"},
    ]
    html = draw('<c-steps :steps="steps" :current="2" />', steps=steps)
    assert '<a href="/1/">Urząd</a>' in html
    assert '<li aria-current="step"><span>Ludzie</span></li>' in html
    assert "/3/" not in html
    assert "Krok 2 z 3" in html


def test_pages_keep_the_filters_and_leave_gaps(draw):
    page = Paginator(range(1234), 25).get_page(10)
    html = draw('<c-paging :page="page" what="urzędów" />', page=page, address="/styl/?kind=gmina&page=10")
    assert "226–250 z\u00a01\u00a0234 urzędów" in html
    assert 'rel="next" href="?kind=gmina&amp;page=11"' in html
    assert html.count("…") == 2
    assert html.count('aria-current="page"') == 1


def test_a_single_page_has_no_paging(draw):
    assert draw('<c-paging :page="page" />', page=Paginator([1], 25).get_page(1)).strip() == ""


def test_a_sorted_column_says_so_and_turns_round(draw):
    html = draw('{% sorted_by "name" "Nazwa" %}', address="/styl/?sort=name&page=4")
    assert 'aria-sort="ascending"' in html
    assert 'href="?sort=-name"' in html


def test_an_unknown_icon_is_found_at_once(draw):
    with pytest.raises(LookupError, match="no icon 'nic'"):
        draw('{% icon "nic" %}')


def test_an_icon_beside_words_is_silent_and_one_alone_speaks(draw):
    assert 'aria-hidden="true"' in draw('{% icon "download" %}')
    assert 'role="img" aria-label="Pobierz"' in draw('{% icon "download" "" "Pobierz" %}')


def test_a_link_that_asks_in_a_dialog_still_has_its_page(draw):
    html = draw('<c-button href="/usun/" dialog="1" label="Usuń" />')
    assert 'href="/usun/"' in html
    assert "data-dialog" in html


def test_a_question_offers_the_way_back(draw):
    html = draw(
        '<c-confirm heading="Usunąć punkt?" action="Usuń" cancel="/punkty/">Nie da się cofnąć.</c-confirm>'
    )
    assert '<a class="btn" href="/punkty/" data-dialog-close>Nie, wracam</a>' in html
    assert 'method="post"' in html
    assert "csrfmiddlewaretoken" in html


def test_history_tells_when_who_and_what(draw):
    html = draw('<c-history :entries="entries" />', entries=samples.page({})["entries"])
    assert "20\u00a0listopada 2026, 15:05 · Anna Przykładowa" in html
    assert "Jeszcze nic" in draw('<c-history :entries="entries" />', entries=[])


def test_a_chart_is_drawn_for_both_widths_and_repeated_as_a_table(draw):
    html = draw('<c-chart :chart="chart" caption="Kreska to przedział." />', chart=samples.dots())
    assert html.count("<svg") == 2
    assert 'class="for-narrow"' in html
    assert '<th scope="row">Wydział Komunikacji</th><td class="num">3,88</td>' in html
    assert 'colspan="3"><span>Ukryte: mniej niż 10 odpowiedzi.</span>' in html
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_a_finished_picture_can_stand_in_a_figure(draw):
    html = draw('<c-chart caption="Opis"><svg role="img" aria-label="x"></svg></c-chart>')
    assert html.count("<svg") == 1
    assert "<details" not in html
