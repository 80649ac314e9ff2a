"""Each page exists twice: for an office, and (with the prefix `network_`) for a network itself."""

from django.urls import path

from okienko.modules.questionnaires.views import (
    adding,
    conditions,
    editing,
    lists,
    parts,
    publishing,
    reading,
    vocabulary,
)

app_name = "questionnaires"
_OWNERS = (
    ("u/<slug:office>/kwestionariusze/", ""),
    ("siec/<slug:network>/kwestionariusze/", "network_"),
)
_PAGES = (
    ("", lists.questionnaires, "questionnaires"),
    ("archiwum/", lists.archived, "archived"),
    ("gotowe/", lists.library, "library"),
    ("gotowe/podglad/", lists.library_preview, "library_preview"),
    ("gotowe/wez/", lists.take, "take"),
    ("<int:pk>/", reading.questionnaire, "questionnaire"),
    ("<int:pk>/podglad/", reading.preview, "preview"),
    ("<int:pk>/szkic.pdf", reading.draft_form, "draft_form"),
    ("<int:pk>/wersje/<int:number>/", reading.version, "version"),
    ("<int:pk>/wersje/<int:number>/podglad/", reading.version_preview, "version_preview"),
    ("<int:pk>/wersje/<int:number>/formularz.pdf", reading.version_form, "version_form"),
    ("<int:pk>/kopia/", lists.copy, "copy"),
    ("<int:pk>/nazwa/", publishing.rename, "rename"),
    ("<int:pk>/publikuj/", publishing.publish, "publish"),
    ("<int:pk>/w-archiwum/", publishing.archive, "archive"),
    ("<int:pk>/edycja/", editing.whole, "edit"),
    ("<int:pk>/edycja/zmiana/", parts.change, "change"),
    ("<int:pk>/edycja/usun/", parts.delete, "delete"),
    ("<int:pk>/edycja/jezyki/", parts.languages, "languages"),
    ("<int:pk>/edycja/skale/", vocabulary.scales, "scales"),
    ("<int:pk>/edycja/nowa-skala/", vocabulary.add_scale, "add_scale"),
    ("<int:pk>/edycja/skala/<slug:scale>/", vocabulary.edit_scale, "edit_scale"),
    ("<int:pk>/edycja/nowy-obszar/", vocabulary.add_area, "add_area"),
    ("<int:pk>/edycja/nowa-czesc/", adding.section, "add_section"),
    ("<int:pk>/edycja/czesc/<slug:section>/", editing.section, "edit_section"),
    ("<int:pk>/edycja/czesc/<slug:section>/nowe-pytanie/", adding.question, "add_question"),
    ("<int:pk>/edycja/pytanie/<slug:question>/", editing.question, "edit_question"),
    ("<int:pk>/edycja/warunek/", conditions.condition, "condition"),
)
urlpatterns = [
    path(prefix + tail, view, name=name_prefix + name)
    for prefix, name_prefix in _OWNERS
    for tail, view, name in _PAGES
]
