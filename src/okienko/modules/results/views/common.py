"""What the views of results share."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest

from okienko.modules.results import selectors
from okienko.modules.results.document import Document
from okienko.modules.results.models import Report, ResultSet
from okienko.modules.results.presenting.words import Words, words_of


def results_of(request: HttpRequest, pk: int) -> ResultSet:
    """The results in the scope, or "not found"."""
    found = selectors.get_results(pk)
    if found is None or (request.office is not None and found.office_id != request.office.pk):
        raise Http404
    return found


def opened(request: HttpRequest, pk: int) -> tuple[ResultSet, Document, Words]:
    results = results_of(request, pk)
    return results, selectors.document_of(results), words_of(results)


def report_of(request: HttpRequest, pk: int) -> tuple[ResultSet, Report | None]:
    results = results_of(request, pk)
    return results, selectors.latest_report(results)


def blame(form, refusal: ValidationError) -> None:
    """A refusal of a command becomes errors of the form's fields."""
    groups = refusal.error_dict if hasattr(refusal, "error_dict") else {None: refusal.error_list}
    for field, errors in groups.items():
        form.add_error(field if field in form.fields else None, errors)
