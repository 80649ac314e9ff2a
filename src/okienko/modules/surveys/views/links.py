"""Links to the answering page, their QR codes and posters."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from okienko.foundation.web.access import requires
from okienko.modules.surveys import selectors, services
from okienko.modules.surveys.forms import LinkForm, LinkNameForm
from okienko.modules.surveys.posters import poster_pdf, qr_drawing
from okienko.modules.surveys.views.common import (
    carried_out,
    found,
    may,
    office_wave_of,
    page_of,
    posted,
    saved,
    show,
)


@requires("surveys.view")
def links(request: HttpRequest, pk: int) -> HttpResponse:
    part = office_wave_of(request, pk)
    context = {
        "part": part,
        "page": page_of(request, selectors.links_of(part)),
        "may": may(request, "surveys.links"),
    }
    return render(request, "surveys/links.html", context)


@requires("surveys.links")
def add_link(request: HttpRequest, pk: int) -> HttpResponse:
    part = office_wave_of(request, pk)
    points = selectors.service_points_of(part)
    form = LinkForm(posted(request), points=points)

    def write():
        services.add_link(office_wave=part, **form.cleaned_data, by=request.actor, at=timezone.now())

    if saved(request, form, write, _("The link is ready.")):
        return redirect("surveys:links", request.office.slug, part.pk)
    return show(request, "surveys/link_form.html", form, part=part, link=None)


@requires("surveys.links")
def rename_link(request: HttpRequest, pk: int, link: int) -> HttpResponse:
    part = office_wave_of(request, pk)
    row = found(selectors.get_link(link, part))
    form = LinkNameForm(posted(request), initial={"label": row.label})

    def write():
        services.rename_link(link=row, label=form.cleaned_data["label"], by=request.actor, at=timezone.now())

    if saved(request, form, write, _("The name of the link is saved.")):
        return redirect("surveys:links", request.office.slug, part.pk)
    return show(request, "surveys/link_form.html", form, part=part, link=row)


@requires("surveys.links")
def switch_link(request: HttpRequest, pk: int, link: int) -> HttpResponse:
    part = office_wave_of(request, pk)
    row = found(selectors.get_link(link, part))
    if request.method == "POST":
        active = not row.is_active
        message = _("The link works again.") if active else _("The link is switched off.")
        carried_out(
            request,
            lambda: services.switch_link(link=row, active=active, by=request.actor, at=timezone.now()),
            message,
        )
        return redirect("surveys:links", request.office.slug, part.pk)
    return render(request, "surveys/switch_link.html", {"part": part, "link": row})


@requires("surveys.view")
def poster(request: HttpRequest, pk: int, link: int) -> HttpResponse:
    part = office_wave_of(request, pk)
    row = found(selectors.get_link(link, part))
    size = "a5" if request.GET.get("format") == "a5" else "a4"
    pdf = poster_pdf(part, row, size=size, at=timezone.now())
    name = f"plakat-{row.pk}-{size}.pdf"
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@requires("surveys.view")
def qr_code(request: HttpRequest, pk: int, link: int) -> HttpResponse:
    row = found(selectors.get_link(link, office_wave_of(request, pk)))
    return HttpResponse(
        qr_drawing(row),
        content_type="image/svg+xml",
        headers={"Content-Disposition": f'attachment; filename="kod-{row.pk}.svg"'},
    )
