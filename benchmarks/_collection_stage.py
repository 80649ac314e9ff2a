"""What `benchmarks.collection` measures: our path, the usual Django way, and a bare durable insert."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django import forms
from django.db import connection, models, transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.template import Context, Template
from django.test import Client
from django.test.client import RequestFactory
from django.utils import timezone

from benchmarks.collection import one_response, timed
from okienko.engines.questionnaire import from_builtins, from_json, items, to_builtins
from okienko.foundation.offices.scope import all_offices
from okienko.foundation.testing.factories import make_network, make_office
from okienko.modules.questionnaires import library
from okienko.modules.surveys.models import SurveyLink
from okienko.modules.surveys.tests import factories


def make_link() -> tuple[SurveyLink, dict]:
    """An open wave of the clients' questionnaire."""
    definition = to_builtins(from_json(library.read("klienci")))
    today = timezone.localdate()
    with all_offices("benchmark"):
        office = make_office(make_network())
        questionnaire = factories.make_questionnaire(office, definition=definition)
        survey = factories.make_survey(office, questionnaire=questionnaire)
        wave = factories.make_wave(survey, state="open", opens_on=today, closes_on=today + timedelta(days=9))
        return factories.make_link(factories.make_office_wave(office, wave=wave, state="open")), definition


def ours(link: SurveyLink, fields: dict[str, str], count: int) -> tuple[float, float]:
    client, url = Client(), f"/a/{link.token}/"
    return timed(lambda: one_response(client, url, fields), count)


class PlainAnswer(models.Model):
    """The usual long table: a row per answer."""

    response = models.CharField(max_length=32, db_index=True)
    item = models.CharField(max_length=60)
    value = models.CharField(max_length=200)

    class Meta:
        app_label = "benchmarks"

    def __str__(self) -> str:
        return self.item


PAGE = Template('<!doctype html><form method="post">{{ form.as_div }}<button>OK</button></form>')


def _form_class(definition: dict) -> type[forms.Form]:
    fields: dict[str, forms.Field] = {}
    for item in items(from_builtins(definition)):
        label = item.label["pl"]
        if item.categories and item.kind in {"ordinal", "categorical"}:
            choices = [(str(c.value), c.label.get("pl", "")) for c in item.categories]
            choices += [("-2", "nie wiem"), ("-3", "nie dotyczy")]
            fields[item.code] = forms.ChoiceField(
                label=label, choices=choices, widget=forms.RadioSelect, required=False
            )
        elif item.kind == "binary":
            fields[item.code] = forms.BooleanField(label=label, required=False)
        else:
            fields[item.code] = forms.CharField(label=label, widget=forms.Textarea, required=False)
    return type("PlainForm", (forms.Form,), fields)


def plain(definition: dict, fields: dict[str, str], count: int) -> tuple[float, float]:
    """GET, POST and thanks with Django forms and the ORM, without any middleware: a favour to the peer."""
    form_class, factory = _form_class(definition), RequestFactory()
    if PlainAnswer._meta.db_table not in connection.introspection.table_names():
        with connection.schema_editor() as editor:
            editor.create_model(PlainAnswer)

    def view(request) -> HttpResponse:
        form = form_class(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            number = uuid.uuid4().hex
            with transaction.atomic():
                for item, value in form.cleaned_data.items():
                    PlainAnswer.objects.create(response=number, item=item, value=str(value))
            return HttpResponseRedirect("/thanks/", status=303)
        return HttpResponse(PAGE.render(Context({"form": form})))

    def respond() -> None:
        view(factory.get("/"))
        assert view(factory.post("/", fields)).status_code == 303
        HttpResponse(Template("<p>Thanks</p>").render(Context()))

    return timed(respond, count)


def commit_floor(link: SurveyLink, count: int) -> tuple[float, float]:
    """One durable insert of as many bytes, by the same connection."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS floor (id varchar(32) PRIMARY KEY, body text)")

    def insert() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO floor VALUES (%s, %s)", [uuid.uuid4().hex, "x" * 900])

    return timed(insert, count)
