"""Reads of questionnaires, their versions, and the library of ready ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from django.db.models import OuterRef, Q, QuerySet, Subquery

from okienko.engines.questionnaire import Questionnaire as Definition
from okienko.engines.questionnaire import estimated_minutes, from_builtins, from_json, items, numbers
from okienko.foundation.offices.models import Network, Office
from okienko.modules.questionnaires import library as files
from okienko.modules.questionnaires.models import Questionnaire, QuestionnaireVersion
from okienko.modules.questionnaires.printing import form_pdf

__all__ = [
    "Ready",
    "archived_questionnaires",
    "definition",
    "draft",
    "earlier_definitions",
    "form_pdf",
    "get_own",
    "get_questionnaire",
    "get_ready",
    "get_version",
    "latest_version",
    "library",
    "list_questionnaires",
    "narrowed",
    "size_of",
    "version_by_number",
    "versions",
    "visible_to",
]


@dataclass(frozen=True)
class Ready:
    """A ready questionnaire of the library; `questions` and `minutes` as its respondent meets them."""

    code: str
    definition: Definition
    questions: int
    minutes: int


def list_questionnaires() -> QuerySet[Questionnaire]:
    """The questionnaires of the active scope that are in use, each with the number of its latest version."""
    return _with_latest(Questionnaire.objects.filter(archived_at=None))


def archived_questionnaires() -> QuerySet[Questionnaire]:
    """Those put away."""
    return _with_latest(Questionnaire.objects.exclude(archived_at=None))


def visible_to(rows: QuerySet[Questionnaire], *, office: Office | None) -> QuerySet[Questionnaire]:
    """Of an office: its own and its network's. Of a network: only its own, not those of its offices."""
    wanted = Q(office=office) | Q(office=None) if office else Q(office=None)
    return rows.filter(wanted).order_by("name", "pk")


def narrowed(rows: QuerySet[Questionnaire], wanted: dict[str, str]) -> QuerySet[Questionnaire]:
    """The rows that fit the filters of the list: `q` in the name, `kogo` the audience."""
    if words := wanted.get("q"):
        rows = rows.filter(name__icontains=words)
    if audience := wanted.get("kogo"):
        rows = rows.filter(audience=audience)
    return rows.select_related("network").defer("draft")


def get_questionnaire(pk: int, *, office: Office | None) -> Questionnaire | None:
    """A questionnaire that may be read here."""
    rows = _with_latest(Questionnaire.objects.select_related("network", "office", "copied_from"))
    return visible_to(rows, office=office).filter(pk=pk).first()


def get_own(pk: int, *, office: Office | None, network: Network | None) -> Questionnaire | None:
    """A questionnaire of this office, or of this network itself: only its owner may change it."""
    own = Q(office=office) if office else Q(office=None, network=network)
    rows = _with_latest(Questionnaire.objects.select_related("network", "office"))
    return rows.filter(own, pk=pk).first()


def _with_latest(rows: QuerySet[Questionnaire]) -> QuerySet[Questionnaire]:
    latest = QuestionnaireVersion.objects.filter(questionnaire=OuterRef("pk")).order_by("-number")
    return rows.annotate(
        latest_number=Subquery(latest.values("number")[:1]),
        latest_at=Subquery(latest.values("published_at")[:1]),
    )


def draft(questionnaire: Questionnaire) -> Definition:
    """The draft as the engine's values."""
    return from_builtins(questionnaire.draft)


def versions(questionnaire: Questionnaire) -> QuerySet[QuestionnaireVersion]:
    """Published versions, newest first, without their texts."""
    found = QuestionnaireVersion.objects.filter(questionnaire=questionnaire).select_related("published_by")
    return found.defer("definition").order_by("-number")


def latest_version(questionnaire: Questionnaire) -> QuestionnaireVersion | None:
    """The newest published version; `None` while nothing is published."""
    return QuestionnaireVersion.objects.filter(questionnaire=questionnaire).order_by("-number").first()


def get_version(pk: int) -> QuestionnaireVersion:
    """A published version of the active scope. Raises `QuestionnaireVersion.DoesNotExist`."""
    return QuestionnaireVersion.objects.select_related("questionnaire").get(pk=pk)


def version_by_number(questionnaire: Questionnaire, number: int) -> QuestionnaireVersion | None:
    found = QuestionnaireVersion.objects.filter(questionnaire=questionnaire, number=number)
    return found.select_related("questionnaire__network", "questionnaire__office").first()


def definition(version: QuestionnaireVersion) -> Definition:
    """The version's definition as the engine's values; decoded once per process, for it never changes."""
    return _decoded(version.pk, version.sha256)


@lru_cache(maxsize=128)
def _decoded(pk: int, sha256: str) -> Definition:
    return from_builtins(QuestionnaireVersion.objects.values_list("definition", flat=True).get(pk=pk))


def earlier_definitions(questionnaire: Questionnaire) -> list[Definition]:
    """Definitions of all published versions: their codes are not given to anything new."""
    return [definition(version) for version in versions(questionnaire)]


@cache
def library() -> tuple[Ready, ...]:
    """The ready questionnaires, clients' first."""
    return tuple(_ready(code, from_json(files.read(code))) for code in files.names())


def get_ready(code: str) -> Ready | None:
    return next((ready for ready in library() if ready.code == code), None)


def _ready(code: str, content: Definition) -> Ready:
    return Ready(code, content, len(numbers(content)), estimated_minutes(content))


def size_of(content: Definition) -> tuple[int, int, int]:
    """Numbers of questions, of items, of minutes."""
    return len(numbers(content)), len(items(content)), estimated_minutes(content)
