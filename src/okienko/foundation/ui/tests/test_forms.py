"""Forms: label above, help and errors tied to their field, a summary that leads to each."""

import re

import pytest
from django import forms
from django.utils import translation

from okienko.foundation.ui.forms import DayField
from okienko.foundation.ui.samples import SampleForm

WRONG = {"name": "", "email": "to nie adres", "share": "120", "starts": "31.02.2026"}


@pytest.fixture
def wrong():
    with translation.override("pl"):
        form = SampleForm(WRONG, {})
        form.full_clean()
        return form


def ids_of(html: str) -> list[str]:
    return re.findall(r' id="([^"]+)"', html)


def test_every_field_has_a_label_or_a_legend(draw):
    html = draw('<c-form :form="form" submit="Zapisz" />', form=SampleForm())
    assert html.count("<legend>") == 2  # the radio and the checkbox group
    for name in ("name", "email", "starts", "kind", "share", "remarks", "poster"):
        assert f'<label for="id_{name}">' in html


def test_whatever_describes_a_field_exists_once(draw, wrong):
    html = draw('<c-form :form="form" />', form=wrong)
    ids = ids_of(html)
    assert len(ids) == len(set(ids))
    described = [word for group in re.findall(r'aria-describedby="([^"]+)"', html) for word in group.split()]
    assert "id_name_helptext" in described
    assert "id_name_error" in described
    assert set(described) <= set(ids)


def test_the_summary_leads_to_every_wrong_field(draw, wrong):
    html = draw('<c-form :form="form" />', form=wrong)
    summary = html[html.index("data-error-summary") : html.index('class="fields"')]
    links = re.findall(r'href="#([^"]+)"', summary)
    assert "Do poprawienia: 9 rzeczy" in summary
    assert len(links) == 9
    assert set(links) <= set(ids_of(html))


def test_an_own_layout_keeps_the_summary_and_the_hidden_fields(draw):
    class Hidden(forms.Form):
        version = forms.CharField(widget=forms.HiddenInput)
        name = forms.CharField(label="Nazwa")

    form = Hidden({"version": "7", "name": ""})
    html = draw('<c-form :form="form"><c-field :field="form.name" /></c-form>', form=form)
    assert "data-error-summary" in html
    assert '<input type="hidden" name="version" value="7"' in html
    assert html.count('name="name"') == 1


def test_errors_of_the_whole_form_are_in_the_summary(draw):
    class Pair(forms.Form):
        name = forms.CharField(label="Nazwa")

        def clean(self):
            raise forms.ValidationError("Koniec jest przed początkiem.")

    assert "Koniec jest przed początkiem." in draw('<c-form :form="form" />', form=Pair({"name": "x"}))


def test_what_is_required_is_said_in_words(draw):
    html = draw("{{ form }}", form=SampleForm())
    assert 'Nazwa punktu obsługi <span class="req">(wymagane)</span>' in html
    assert re.search(r"Uwagi\s*</label>", html)


def test_the_browsers_own_bubbles_are_off_because_ours_are_read_aloud(draw):
    assert "novalidate" in draw('<c-form :form="form" />', form=SampleForm())


def test_a_wrong_field_is_marked_for_screen_readers(draw, wrong):
    html = draw("{{ form.name.as_field_group }}", form=wrong)
    assert 'aria-invalid="true"' in html
    assert '<span class="vh">Błąd: </span>' in html


def test_choices_are_whole_lines(draw):
    html = draw("{{ form.channel.as_field_group }}", form=SampleForm())
    assert html.count('<label class="chk"') == 3
    assert html.count('type="radio"') == 3
    assert "<ul" not in html


def test_no_placeholder_stands_for_a_label(draw):
    class Login(forms.Form):
        name = forms.CharField(widget=forms.TextInput(attrs={"placeholder": "Nazwa", "class": "wide"}))

    html = draw("{{ form }}", form=Login())
    assert "placeholder" not in html
    assert 'class="form-control wide"' in html


def test_a_day_is_written_as_the_calendar_of_the_browser_wants_it(draw):
    class When(forms.Form):
        day = DayField()

    with translation.override("pl"):
        filled = When({"day": "22.11.2026"})
        assert filled.is_valid()
        assert 'type="date" name="day" value="2026-11-22"' in draw(
            "{{ form.day }}", form=When(initial=filled.cleaned_data)
        )


def test_filters_work_without_script_and_refresh_the_list_with_it(draw):
    html = draw(
        '<c-filters :form="form" target="lista" reset="?" />',
        form=SampleForm(),
        address="/badania/?kind=gmina",
    )
    assert 'method="get"' in html
    assert 'hx-get="/badania/" hx-target="#lista" hx-select="#lista"' in html
    assert '<button class="btn" type="submit">' in html
    assert "hx-" not in draw('<c-filters :form="form" />', form=SampleForm())
