"""Import of answers: the file, its columns, the check, the import, the way back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okienko.engines.questionnaire import items
from okienko.foundation.activity.showing import show
from okienko.foundation.files.api import FileFault
from okienko.foundation.files.exports import write_csv
from okienko.foundation.files.tables import ENCODINGS, TableFault
from okienko.foundation.jobs.api import enqueue
from okienko.foundation.web.access import requires
from okienko.modules.collection import selectors_imports as selectors
from okienko.modules.collection.forms import imports as forms
from okienko.modules.collection.import_jobs import check_import, import_answers
from okienko.modules.collection.import_words import place_words, problem_words
from okienko.modules.collection.models import ImportRun
from okienko.modules.collection.presenting_answers import numbered_label
from okienko.modules.collection.rules.mapping import FileMapping, from_stored
from okienko.modules.collection.services import imports as services
from okienko.modules.collection.views.common import found, page_of
from okienko.modules.surveys import selectors as surveys

SAMPLE = 50


def _run(pk: int) -> ImportRun:
    return found(selectors.get_run(pk))


@requires("collection.import")
def imports(request: HttpRequest, pk: int) -> HttpResponse:
    part = found(surveys.get_office_wave(pk))
    form = forms.FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            run = services.start_import(
                office_wave=part, upload=form.cleaned_data["file"], by=request.actor, at=timezone.now()
            )
            return redirect("collection:import_columns", request.office.slug, run.pk)
        except FileFault as fault:
            form.add_error("file", str(fault))
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
    context = {"part": part, "form": form, "page": page_of(request, selectors.runs(part))}
    context["open"] = surveys.may_type(part)
    return render(request, "collection/imports/imports.html", context, status=422 if form.errors else 200)


@requires("collection.import")
def run(request: HttpRequest, pk: int) -> HttpResponse:
    row = _run(pk)
    problems = [
        (place_words(p["row"], p["column"]), problem_words(p["code"], p["params"])) for p in row.problems
    ]
    job = selectors.latest_job(request.actor, row)
    context = {
        "run": row,
        "job": show(request, job) if job else None,
        "problems": problems[:100],
        "more": len(problems) > 100,
        "same": selectors.same_file(row),
        "open": surveys.may_type(row.office_wave),
        "may_undo": request.actor.can("collection.undo_import"),
    }
    return render(request, "collection/imports/run.html", context)


@requires("collection.import")
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The fragment that the page of an import asks for while a job works on it; then the page itself."""
    row = _run(pk)
    job = selectors.latest_job(request.actor, row)
    if job is None or not job.is_pending or not request.htmx:
        return redirect("collection:import", request.office.slug, row.pk)
    response = render(request, "collection/imports/_job.html", {"run": row, "job": show(request, job)})
    response["Cache-Control"] = "no-store"
    return response


@requires("collection.import")
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the columns; first guessed by their names or taken over from the last import."""
    row = _run(pk)
    if row.state in ("done", "undone") or not surveys.may_type(row.office_wave):
        return redirect("collection:import", request.office.slug, row.pk)
    if request.method == "POST" and request.POST.get("akcja") == "czytaj":
        choices = {name: request.POST.get(name) or None for name in ("sheet", "encoding")}
        _save(request, row, {"choices": choices})
        return redirect("collection:import_columns", request.office.slug, row.pk)
    try:
        table = selectors.read_file(row, head=SAMPLE)
    except selectors.FileGone:
        messages.error(request, _("The file has been deleted after its time. Send it again."))
        return redirect("collection:imports", request.office.slug, row.office_wave_id)
    except TableFault as fault:
        context = {"run": row, "faults": [problem.message for problem in fault.problems]}
        return render(request, "collection/imports/unreadable.html", context, status=422)
    if request.method == "POST":
        return _columns_sent(request, row, table)
    known = row.mapping if row.mapping.get("items") else selectors.earlier_mapping(row, table.header)
    mapping = from_stored(known) if known else selectors.guessed(row, table.header)
    general = forms.GeneralForm(initial=forms.general_initial(mapping))
    return _columns_page(request, row, table, mapping, general)


def _columns_sent(request: HttpRequest, row: ImportRun, table) -> HttpResponse:
    general = forms.GeneralForm(request.POST)
    asked = items(selectors.definition_of(row.office_wave))
    if general.is_valid():
        try:
            mapping = forms.read_columns(request.POST, general.cleaned_data, table.header, asked)
            choices = {"choices": row.mapping.get("choices", {})}
            row = _save(request, row, mapping.as_json() | choices)
            return _order(request, row, check_import, _("Check of %(name)s"))
        except ValidationError as refusal:
            general.add_error(None, refusal.messages)
    return _columns_page(request, row, table, FileMapping(), general)


def _columns_page(
    request: HttpRequest, row: ImportRun, table, mapping: FileMapping, general: forms.GeneralForm
) -> HttpResponse:
    rows = forms.column_rows(table.header, table.rows, mapping)
    if request.method == "POST":
        names = {"target": "kol", "role": "rola", "missing": "brak", "values": "wart"}
        for shown in rows:
            shown |= {key: request.POST.get(f"{name}-{shown['index']}", "") for key, name in names.items()}
    asked = items(selectors.definition_of(row.office_wave))
    context = {
        "run": row,
        "form": general,
        "rows": rows,
        "table": table,
        "too_wide": forms.is_too_wide(table.header, asked),
        "questions": [(item.code, numbered_label(item)) for item in asked],
        "roles": forms.ROLE_LABELS.items(),
        "encodings": ENCODINGS,
    }
    return render(
        request, "collection/imports/columns.html", context, status=422 if general.is_bound else 200
    )


@requires("collection.import")
@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    return _order(request, _run(pk), check_import, _("Check of %(name)s"))


@requires("collection.import")
@require_POST
def carry_out(request: HttpRequest, pk: int) -> HttpResponse:
    row = _run(pk)
    if row.state != "checked":
        raise Http404
    return _order(
        request, row, import_answers, _("Import of %(name)s"), again=bool(request.POST.get("jeszcze-raz"))
    )


@requires("collection.undo_import")
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    row = _run(pk)
    if request.method == "POST":
        try:
            services.undo_import(run=row, by=request.actor, at=timezone.now())
            messages.success(request, _("The import is undone: its answers are deleted."))
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        return redirect("collection:import", request.office.slug, row.pk)
    return render(request, "collection/imports/undo.html", {"run": row})


@requires("collection.import")
def problems(request: HttpRequest, pk: int) -> HttpResponse:
    row = _run(pk)
    rows = [[p["row"], p["column"], problem_words(p["code"], p["params"])] for p in row.problems]
    content = write_csv([_("row"), _("column"), _("what is wrong")], rows)
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="problemy-{row.pk}.csv"'
    return answer


def _save(request: HttpRequest, row: ImportRun, mapping: dict) -> ImportRun:
    return services.save_mapping(run=row, mapping=mapping, by=request.actor, at=timezone.now())


def _order(request: HttpRequest, row: ImportRun, job, title: str, **options) -> HttpResponse:
    enqueue(
        job,
        by=request.actor,
        title=title % {"name": row.file_name},
        key=selectors.job_key(row),
        number=row.pk,
        **options,
    )
    return redirect("collection:import", request.office.slug, row.pk)
