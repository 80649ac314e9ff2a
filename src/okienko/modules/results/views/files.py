"""Downloads: a chart as SVG, the published cells as XLSX and CSV. All from the same frozen document."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from okienko.foundation.charts import PRINT
from okienko.foundation.files.exports import write_csv, write_xlsx
from okienko.foundation.web.access import requires
from okienko.modules.results.presenting import charts, exports, places
from okienko.modules.results.views.common import opened
from okienko.modules.results.views.network import comparison_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires("results.view")
def chart(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    _results, document, words = opened(request, pk)
    found = charts.chart_of(name, document, words)
    if found is None:
        raise Http404
    return _file(found.svg(PRINT, file=True).encode(), "image/svg+xml", f"{name}.svg")


@requires("results.view")
def tables(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    results, document, words = opened(request, pk)
    name = f"wyniki-{results.office.slug}-{results.wave_id}.{kind}"
    if kind == "csv":
        return _file(write_csv(exports.LONG, exports.long_rows(document, words)), "text/csv", name)
    sheets = exports.sheets(document, words)
    title = _("Results of the wave “%(wave)s”") % {"wave": document.wave}
    return _file(write_xlsx(sheets, title=title, at=results.computed_at), XLSX, name)


@requires("results.view_network")
def comparison(request: HttpRequest, wave: int, kind: str) -> HttpResponse:
    shown, compared = comparison_of(request, wave)
    name = f"porownanie-{request.network.slug}-{wave}.{kind}"
    header, rows = exports.comparison_rows(compared)
    if kind == "csv":
        return _file(write_csv(header, rows), "text/csv", name)
    made = [row.results.computed_at for row in compared.ranked] + [
        row.computed_at for row in compared.unranked
    ]
    sheets = [exports.comparison_sheet(header, rows, compared), places.sheet(places.standing(compared))]
    title = _("Comparison of offices: %(wave)s") % {"wave": shown.name}
    return _file(write_xlsx(sheets, title=title, at=max(made, default=shown.closed_at)), XLSX, name)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
