"""Writes of questionnaires: copies, edits of a draft, publication, the archive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from okienko.engines.questionnaire import Change, from_builtins, from_json, to_builtins
from okienko.engines.questionnaire import Questionnaire as Content
from okienko.engines.questionnaire import errors as errors_of
from okienko.foundation.audit.commands import command, note
from okienko.foundation.offices.actor import Actor
from okienko.modules.questionnaires import deeds, library
from okienko.modules.questionnaires.drafts import NothingNew, StaleDraft, edited, fingerprint
from okienko.modules.questionnaires.models import Questionnaire, QuestionnaireVersion
from okienko.modules.questionnaires.texts import said


@command("questionnaires.copy")
def copy_from_library(
    *, code: str, name: str, network, office=None, by: Actor, at: datetime
) -> Questionnaire:
    """A copy of a ready questionnaire, for an office or (without `office`) for the network itself."""
    if code not in library.names():
        raise ValidationError(_("This ready questionnaire is not in the library. Choose another one."))
    content = from_json(library.read(code))
    note(after={"library_code": said(content.title, content.default_language)})
    return Questionnaire.objects.create(
        network=network,
        office=office,
        name=name,
        audience=content.audience,
        library_code=code,
        draft=to_builtins(content),
        created_at=at,
    )


@command("questionnaires.copy")
def copy_questionnaire(
    *, questionnaire: Questionnaire, name: str, network, office=None, by: Actor, at: datetime
) -> Questionnaire:
    """A copy of a questionnaire that may be read here, as its draft stands now."""
    if questionnaire.network_id != network.pk:
        raise ValidationError(_("A questionnaire of another network cannot be copied."))
    note(after={"copied_from": questionnaire.name})
    return Questionnaire.objects.create(
        network=network,
        office=office,
        name=name,
        audience=questionnaire.audience,
        library_code=questionnaire.library_code,
        copied_from=questionnaire,
        draft=questionnaire.draft,
        created_at=at,
    )


@command("questionnaires.copy")
def bring_in(*, content: Content, name: str, network, office=None, by: Actor, at: datetime) -> Questionnaire:
    """A questionnaire that was made elsewhere, for instance from a codebook, as a draft."""
    note(after={"brought_in": said(content.title, content.default_language)})
    return Questionnaire.objects.create(
        network=network,
        office=office,
        name=name,
        audience=content.audience,
        draft=to_builtins(content),
        created_at=at,
    )


@command("questionnaires.edit")
def rename(*, questionnaire: Questionnaire, name: str, by: Actor, at: datetime) -> Questionnaire:
    """Call the questionnaire something else in the lists; respondents see its title, not this."""
    note(target=questionnaire, before={"name": questionnaire.name}, after={"name": name})
    questionnaire.name = name
    questionnaire.save(update_fields=["name"])
    return questionnaire


@command("questionnaires.edit")
def edit(
    *, questionnaire: Questionnaire, revision: int, changes: Sequence[Change], by: Actor, at: datetime
) -> Questionnaire:
    """Apply changes to the draft that the editor saw; `StaleDraft` when it is no longer that one."""
    questionnaire.check_scope()
    if questionnaire.archived_at is not None:
        raise ValidationError(_("The questionnaire is archived. Take it out of the archive first."))
    if questionnaire.revision != revision:
        raise _stale()
    content = from_builtins(questionnaire.draft)
    result = edited(content, changes)
    before, after = deeds.told(content, changes)
    note(target=questionnaire, before=before, after=after)
    # The condition on the revision makes the write safe when two requests have read the same draft.
    same = Questionnaire.objects.filter(pk=questionnaire.pk, revision=revision, archived_at=None)
    if not same.update(draft=to_builtins(result), revision=revision + 1):
        raise _stale()
    questionnaire.draft, questionnaire.revision = to_builtins(result), revision + 1
    return questionnaire


@command("questionnaires.publish")
def publish(*, questionnaire: Questionnaire, revision: int, by: Actor, at: datetime) -> QuestionnaireVersion:
    """Freeze the draft that was looked at. Two clicks, or two people at once, make one version."""
    questionnaire.check_scope()
    row = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    if row.archived_at is not None:
        raise ValidationError(_("The questionnaire is archived. Take it out of the archive first."))
    content = from_builtins(row.draft)
    latest = QuestionnaireVersion.objects.filter(questionnaire=row).order_by("-number").first()
    sha256 = fingerprint(content)
    if latest is not None and latest.sha256 == sha256:
        raise NothingNew(
            _("Version %(number)s already says the same: no new version was made.")
            % {"number": latest.number}
        )
    if row.revision != revision:
        raise _stale()
    if errors_of(content):
        raise ValidationError(
            _("The questionnaire cannot be published yet: correct what is listed as an error.")
        )
    note(target=row, after={"version": latest.number + 1 if latest else 1})
    try:
        with transaction.atomic():
            return QuestionnaireVersion.objects.create(
                network_id=row.network_id,
                office_id=row.office_id,
                questionnaire=row,
                number=latest.number + 1 if latest else 1,
                definition=row.draft,
                sha256=sha256,
                published_at=at,
                published_by_id=by.user_id,
            )
    except IntegrityError:
        raise NothingNew(_("A colleague has just published this questionnaire.")) from None


@command("questionnaires.archive")
def archive(*, questionnaire: Questionnaire, by: Actor, at: datetime) -> Questionnaire:
    """Put away: no new survey is offered it; surveys, versions and answers stay."""
    return _put(questionnaire, at)


@command("questionnaires.archive")
def restore(*, questionnaire: Questionnaire, by: Actor, at: datetime) -> Questionnaire:
    """Back into use."""
    return _put(questionnaire, None)


def _put(questionnaire: Questionnaire, archived_at: datetime | None) -> Questionnaire:
    was, now = questionnaire.archived_at is not None, archived_at is not None
    note(target=questionnaire, before={"archived": was}, after={"archived": now})
    questionnaire.archived_at = archived_at
    questionnaire.save(update_fields=["archived_at"])
    return questionnaire


def _stale() -> StaleDraft:
    return StaleDraft(
        _(
            "Somebody has changed this questionnaire since you opened the page. "
            "Look at the present text and save again."
        )
    )
