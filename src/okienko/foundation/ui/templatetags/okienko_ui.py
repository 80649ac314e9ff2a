"""Template tags of the look: icons, numbers, dates, form widgets, sorted columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from django import template
from django.forms.boundfield import BoundField
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from okienko.foundation.charts import NARROW, Chart
from okienko.foundation.ui import words
from okienko.foundation.ui.icons import NAMES
from okienko.foundation.web.context import PHASES

register = template.Library()

_PANES = {
    "listen": "M4.5 10V8.5A6 6 0 0 1 10.5 2.5H12V10z",
    "understand": "M12 2.5h1.5a6 6 0 0 1 6 6V10H12z",
    "improve": "M12 10h7.5v8H12z",
    "prove": "M4.5 10H12v8H4.5z",
}
_FRAME = "M4.5 18.5v-10a6 6 0 0 1 6-6h3a6 6 0 0 1 6 6v10M12 2.5v16M4.5 10h15"
_NUMERIC = mark_safe(' class="num"')
_SIZES = {"": "i", "s": "i i-s", "l": "i i-l"}


@register.simple_tag
@cache  # a page draws the same few icons again and again
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """`{% icon "download" %}`, sizes "", "s", "l"; a label only where no words stand beside it."""
    if name not in NAMES:
        raise LookupError(f"there is no icon {name!r}; all names are on the style page")
    hidden = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="{}" {}><use href="{}#{}"></use></svg>',
        _SIZES[size],
        hidden,
        static("okienko/icons.svg"),
        name,
    )


@register.simple_tag
def pane(phase: str) -> SafeString:
    """The window mark with the pane of a phase lit; a cog for what belongs to no phase."""
    if phase not in _PANES:
        return icon("settings")
    return format_html(
        '<svg class="pane" viewBox="0 0 24 24" aria-hidden="true">'
        '<path class="p-frame" d="{}"/><path class="p-lit" d="{}"/>'
        '<rect class="p-sill" x="1.5" y="18.5" width="21" height="3.2" rx="1"/></svg>',
        _FRAME,
        _PANES[phase],
    )


@register.filter
def number(value: Any, places: int | None = None) -> str:
    """`{{ 1234.5|number:1 }}` → 1 234,5."""
    return words.number(value, places)


@register.filter
def signed(value: Any, places: int | None = None) -> str:
    """`{{ 0.21|signed:2 }}` → +0,21."""
    return words.signed(value, places)


@register.filter
def percent(value: Any, places: int = 0) -> str:
    """`{{ 0.63|percent }}` → 63%."""
    return words.percent(value, places)


@register.filter
def points(value: Any, places: int = 1) -> str:
    """`{{ 0.179|points }}` → 17,9, to be followed by “percentage points”."""
    return words.DASH if value is None else words.number(value * 100, places)


@register.simple_tag
def interval(low: float, high: float, places: int = 2) -> str:
    """`{% interval 4.03 4.21 %}` → 4,03–4,21."""
    return words.interval(low, high, places)


@register.filter
def day(value: date | datetime | None) -> str:
    """`{{ wave.ends|day }}` → 22 listopada 2026."""
    return words.day(value)


@register.filter
def day_month(value: date | datetime | None) -> str:
    """`{{ wave.ends|day_month }}` → 22 listopada."""
    return words.day(value, year=False)


@register.filter
def moment(value: datetime | None) -> str:
    """`{{ entry.at|moment }}` → 22 listopada 2026, 14:05."""
    return words.moment(value)


@register.simple_tag
def days(first: date, last: date) -> str:
    """`{% days wave.starts wave.ends %}` → 19 października – 13 listopada 2026."""
    return words.days(first, last)


@register.filter
def out_of(total: int, done: int | None = None) -> str:
    """`412 {{ 655|out_of }}` → 412 z 655; ze 140; `700 {{ 655|out_of:700 }}` → 700 – więcej niż 655."""
    return words.out_of(total, done)


@register.simple_tag(takes_context=True)
def rest(context: template.Context) -> SafeString:
    """The attributes of a component that it does not name itself, escaped (cotton's own `attrs` are not)."""
    attrs = context["attrs"].attrs_dict()
    pairs = [(key, value) for key, value in attrs.items() if value is not False and value is not None]
    return format_html_join(
        "",
        " {}{}",
        (
            (key, "" if value is True else format_html('="{}"', conditional_escape(value)))
            for key, value in pairs
        ),
    )


@register.filter
def anchor(field: BoundField) -> str:
    """The id that a link to the field must have: of the field itself or of its first choice."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label


@register.simple_tag(takes_context=True)
def sorted_by(context: template.Context, key: str, label: str, css: str = "") -> SafeString:
    """A table head that sorts: `{% sorted_by "name" _("Name") %}`; the order lives in `?sort=` (`-name`)."""
    query = context["request"].GET.copy()
    now = query.get("sort", "")
    state, mark, wanted = "none", "sort", key
    if now == key:
        state, mark, wanted = "ascending", "arrow-up", f"-{key}"
    elif now == f"-{key}":
        state, mark = "descending", "arrow-down"
    query["sort"] = wanted
    query.pop("page", None)
    return format_html(
        '<th scope="col"{} aria-sort="{}"><a href="?{}">{}{}</a></th>',
        format_html(' class="{}"', css) if css else "",
        state,
        query.urlencode(),
        label,
        icon(mark, "s"),
    )


@register.simple_tag
def picture(chart: Chart) -> SafeString:
    """A chart drawn for a wide and for a narrow place; the style sheet shows the one that fits."""
    return mark_safe(  # noqa: S308 (the chart escapes every word that it was given)
        f'<div class="for-wide">{chart.svg()}</div><div class="for-narrow">{chart.svg(NARROW)}</div>'
    )


def _cells(cells: Sequence[str]) -> SafeString:
    """Figures of a row; where there are none, the reason across the whole row."""
    if len(cells) > 1 and not any(cells[1:]):
        return format_html('<td class="hidden-cell" colspan="{}"><span>{}</span></td>', len(cells), cells[0])
    return format_html_join("", '<td class="num">{}</td>', ((cell,) for cell in cells))


@register.simple_tag
def figures(chart: Chart) -> SafeString:
    """The same figures as a table."""
    table = chart.table()
    head = format_html_join(
        "",
        '<th scope="col"{}>{}</th>',
        ((_NUMERIC if place else "", name) for place, name in enumerate(table.columns)),
    )
    rows = ((row[0], _cells(row[1:])) for row in table.rows)
    body = format_html_join("", '<tr><th scope="row">{}</th>{}</tr>', rows)
    return format_html('<table class="table"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>', head, body)


@register.filter
def page_numbers(paginator: Any, current: int) -> list[int | None]:
    """The first, the last and those near the present page; `None` stands for a gap."""
    last = paginator.num_pages
    kept = sorted({1, last, *range(max(1, current - 1), min(last, current + 1) + 1)})
    shown: list[int | None] = []
    for page in kept:
        if shown and shown[-1] is not None and page - shown[-1] > 1:
            shown.append(None)
        shown.append(page)
    return shown


@register.simple_tag(takes_context=True)
def fragment(context: template.Context, piece: Any) -> SafeString:
    """A piece of the page that a higher module gave: its template with its context upon the page's."""
    with context.push(**piece.context):
        return context.template.engine.get_template(piece.template).render(context)


@register.filter
def phase_name(code: str) -> str:
    """`{{ "listen"|phase_name }}` → Słuchamy."""
    return next((str(label) for phase, label in PHASES if phase == code), "")


@register.filter
def device(user_agent: str) -> str:
    """`{{ session.user_agent|device }}` → Firefox, Windows."""
    return words.device(user_agent)
