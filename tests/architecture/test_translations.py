"""Polish is complete: every text of an app has a Polish translation in the app's own catalogue."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

from tests.architecture.tree import PACKAGE, files, plant, where

KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip
CONTEXTUAL = {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}
PLACEHOLDER = re.compile(r"%\([a-zA-Z_]\w*\)[sd]|%[sd]|\{[a-zA-Z_]\w*\}")
Text = tuple[str, str, str]  # context, singular, plural


def texts_of(source: bytes) -> Iterator[tuple[int, Text]]:
    for line, function, message, _ in extract_python(io.BytesIO(source), KEYWORDS, [], {"encoding": "utf-8"}):
        parts = [part or "" for part in (message if isinstance(message, tuple) else (message,))]
        context = parts.pop(0) if function in CONTEXTUAL else ""
        if parts and parts[0]:
            yield line, (context, parts[0], parts[1] if len(parts) > 1 else "")


def template_source(path: Path) -> bytes:
    """The template's texts as Python, the way Django's makemessages reads them; indentation means nothing."""
    code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    return "\n".join(line.strip() for line in code.splitlines()).encode()


def used_texts(app: Path) -> dict[Text, str]:
    """The texts of an app and a place where each is used."""
    found: dict[Text, str] = {}
    for pattern in ("*.py", "*.html", "*.txt"):
        for path in files(app, pattern):
            source = path.read_bytes() if path.suffix == ".py" else template_source(path)
            for line, text in texts_of(source):
                found.setdefault(text, where(path, app, line))
    return found


def catalogue(app: Path) -> dict[tuple[str, str], polib.POEntry]:
    path = app / "locale" / "pl" / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return {}
    return {
        (entry.msgctxt or "", entry.msgid): entry for entry in polib.pofile(str(path)) if not entry.obsolete
    }


def untranslated(app: Path) -> list[str]:
    """Texts of the app without a whole, certain Polish translation."""
    entries, found = catalogue(app), []
    for (context, singular, plural), place in used_texts(app).items():
        entry = entries.get((context, singular))
        if trouble := _trouble(entry, singular, plural):
            found.append(f"{place} {singular!r} {trouble}")
    return sorted(found)


def _trouble(entry: polib.POEntry | None, singular: str, plural: str) -> str:
    if entry is None:
        return "is not in the catalogue"
    if entry.fuzzy:
        return "is fuzzy"
    forms = [entry.msgstr_plural.get(number, "") for number in range(3)] if plural else [entry.msgstr]
    if plural and entry.msgid_plural != plural:
        return "has no plural in the catalogue"
    if not all(form.strip() for form in forms):
        return "has an empty form" if plural else "is empty"
    wanted = set(PLACEHOLDER.findall(singular)) | set(PLACEHOLDER.findall(plural))
    for form in forms:
        if strange := set(PLACEHOLDER.findall(form)) - wanted:
            return f"has a placeholder that the text has not: {sorted(strange)}"
    # A singular may leave the number out ("one office"); a text without forms may leave nothing out.
    if not plural and (lost := wanted - set(PLACEHOLDER.findall(forms[0]))):
        return f"loses {sorted(lost)}"
    return ""


def apps_with_texts() -> list[Path]:
    homes = {path.parent for name in ("apps.py", "module.py") for path in PACKAGE.rglob(name)}
    return sorted(homes | {PACKAGE / "interfaces"})


@pytest.mark.parametrize("app", apps_with_texts(), ids=lambda path: where(path, PACKAGE))
def test_polish_is_complete(app):
    assert untranslated(app) == []


def test_no_text_lives_outside_an_app():
    homes = apps_with_texts()
    strays = {
        text: place
        for text, place in used_texts(PACKAGE).items()
        if not place.startswith("config/settings")
        and not any((PACKAGE / place).is_relative_to(home) for home in homes)
    }
    assert strays == {}


HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"

"""
PLANTED = """msgid "Done"
msgstr "Gotowe"

#, fuzzy
msgid "Guess"
msgstr "Domysł"

msgid "%(count)s office"
msgid_plural "%(count)s offices"
msgstr[0] "%(count)s urząd"
msgstr[1] "%(count)s urzędy"
msgstr[2] ""

msgid "Hello %(name)s"
msgstr "Dzień dobry"

msgid "Empty"
msgstr ""
"""


def test_planted_texts_are_seen(tmp_path):
    page = (
        '{% load i18n %}\n  {% translate "Done" %}\n<a title="{% translate \'Missing\' %}">don\'t</a>\n'
        "    {% blocktranslate count count=n %}{{ count }} office{% plural %}"
        "{{ count }} offices{% endblocktranslate %}\n"
        "  {% blocktranslate trimmed with name=x %}\n    Hello {{ name }}\n  {% endblocktranslate %}\n"
    )
    plant(
        tmp_path,
        {
            "views.py": "from django.utils.translation import gettext as _\n\nA=_('Guess')\nB=_('Empty')\n",
            "templates/a/page.html": page,
            "locale/pl/LC_MESSAGES/django.po": HEADER + PLANTED,
        },
    )
    assert untranslated(tmp_path) == [
        "templates/a/page.html:3 'Missing' is not in the catalogue",
        "templates/a/page.html:4 '%(count)s office' has an empty form",
        "templates/a/page.html:5 'Hello %(name)s' loses ['%(name)s']",
        "views.py:3 'Guess' is fuzzy",
        "views.py:4 'Empty' is empty",
    ]
