"""The materials of a meeting: brought by the desk or by who presents an item, replaced, moved, taken away."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _

from foundation.actions import SYSTEM, Actor, action, demand, hold, record, refuse_stale, write
from foundation.db import clock
from foundation.files import hashed
from meetings import policy
from meetings.actions._shared import count_change, next_order
from meetings.actions.letters import settle
from meetings.models import AgendaItem, Material, MaterialVersion, Meeting
from meetings.models.material import FOLDER
from meetings.states import MaterialAudience, MaterialKind, MeetingState
from meetings.taken_back import note_material


@dataclass(frozen=True)
class Given:
    """What somebody brings: one of a file, an address, or the word that it comes on paper."""

    kind: str
    file: "File[Any] | None" = None
    url: str = ""


@action
def add_material(
    *,
    meeting: Meeting,
    by: Actor,
    given: Given,
    title: str,
    item: AgendaItem | None = None,
    audience: str = MaterialAudience.GROUP,
) -> Material:
    """At the desk, also after the meeting: what was handed out there belongs to its records."""
    meeting = _hold_at_desk(meeting, by)
    _refuse_of_another(meeting, item)
    return _add(meeting, by, given, "meetings.add_material", title=title, item=item, audience=audience)


@action
def offer_material(*, item: AgendaItem, by: Actor, given: Given, title: str) -> Material:
    """By who presents the item."""
    meeting, item = _hold_to_present(item, by)
    return _add(meeting, by, given, "meetings.offer_material", title=title, item=item, offered_by=item.presenter)


@action
def edit_material(
    *, material: Material, by: Actor, seen: int, title: str, item: AgendaItem | None, audience: str
) -> Material:
    meeting, material = _hold_material(material, by, seen)
    _refuse_of_another(meeting, item)
    if audience != MaterialAudience.GROUP:
        _refuse_public(material)
    changes = write(material, title=title, item=item, audience=audience)
    if "audience" in changes:
        note_material(material, by=by.user.pk)
    _settle(meeting, by, "meetings.edit_material", material, **changes)
    return material


@action
def replace_material(*, material: Material, by: Actor, seen: int, given: Given) -> MaterialVersion:
    """Another version in the place of the newest; those before it stay, for the desk."""
    meeting, material = _hold_material(material, by, seen)
    return _replace(meeting, material, by, given, "meetings.replace_material")


@action
def replace_own_material(*, material: Material, by: Actor, seen: int, given: Given) -> MaterialVersion:
    """By the presenter who brought it."""
    meeting = hold(Meeting.objects.select_related("group"), material.meeting_id)
    material = hold(meeting.materials.standing(), material.pk)
    demand(policy.may_replace(by.user, material), _("差し替えられるのは、その資料を登録した説明者の方だけです。"))
    _refuse_begun(meeting)
    refuse_stale(material, seen)
    return _replace(meeting, material, by, given, "meetings.replace_own_material")


@action
def move_material(*, material: Material, by: Actor, step: int) -> None:
    """One place up (-1) or down (1) among those that stand; at either end it stays."""
    meeting = _hold_at_desk(material.meeting, by)
    material = hold(meeting.materials.standing(), material.pk)
    standing = list(meeting.materials.standing())
    place = standing.index(material)
    if 0 <= place + step < len(standing):
        standing.insert(place + step, standing.pop(place))
    # What was taken away stands after them, so that it comes back at the end.
    for order, each in enumerate([*standing, *meeting.materials.withdrawn()], start=1):
        Material.objects.filter(pk=each.pk).update(order=order)
    _settle(meeting, by, "meetings.move_material", material, step=step)


@action
def withdraw_material(*, material: Material, by: Actor, seen: int) -> Material:
    """From now on nobody but the desk reads it."""
    meeting, material = _hold_material(material, by, seen)
    _refuse_public(material)
    write(material, withdrawn_at=clock.now(), withdrawn_by=by.user)
    note_material(material, by=by.user.pk)
    _settle(meeting, by, "meetings.withdraw_material", material)
    return material


@action
def restore_material(*, material: Material, by: Actor, seen: int) -> Material:
    """Taken away by a slip: it stands where it stood."""
    meeting = _hold_at_desk(material.meeting, by)
    material = hold(meeting.materials.withdrawn(), material.pk)
    refuse_stale(material, seen)
    write(material, withdrawn_at=None, withdrawn_by=None)
    note_material(material, by=by.user.pk)
    _settle(meeting, by, "meetings.restore_material", material)
    return material


def _hold_at_desk(meeting: Meeting, by: Actor) -> Meeting:
    held = hold(Meeting.objects.kept().select_related("group"), meeting.pk)
    demand(policy.can_record(by.user, held), _("会議の資料を登録・変更できるのは、事務局の担当者だけです。"))
    return held


def _hold_material(material: Material, by: Actor, seen: int) -> tuple[Meeting, Material]:
    meeting = _hold_at_desk(material.meeting, by)
    material = hold(meeting.materials.standing(), material.pk)
    refuse_stale(material, seen)
    return meeting, material


def _hold_to_present(item: AgendaItem, by: Actor) -> tuple[Meeting, AgendaItem]:
    meeting = hold(Meeting.objects.select_related("group"), item.meeting_id)
    item = hold(meeting.items.select_related("meeting__group", "presenter__user"), item.pk)
    demand(policy.may_present(by.user, item), _("資料を登録できるのは、その議題の説明者の方だけです。"))
    _refuse_begun(meeting)
    return meeting, item


def _refuse_begun(meeting: Meeting) -> None:
    if meeting.state == MeetingState.CANCELLED:
        raise ValidationError(_("この会議は中止になったため、登録できません。"))
    if not policy.takes_from_presenters(meeting):
        raise ValidationError(_("会議の開始時刻を過ぎたため、登録できません。事務局に資料をお送りください。"))


def _refuse_public(material: Material) -> None:
    """What citizens read is not kept from the meeting's people."""
    if material.versions.filter(public_since__isnull=False).exists():
        raise ValidationError(
            _(
                "結果報告と一緒に公開している資料です。先に、結果報告の公開を停止してください。何も変更していません。"
            )
        )


def _refuse_of_another(meeting: Meeting, item: AgendaItem | None) -> None:
    if item and item.meeting_id != meeting.pk:
        raise ValidationError({"item": _("この会議の議題から選んでください。")})


def _add(meeting: Meeting, by: Actor, given: Given, name: str, *, title: str, **fields: Any) -> Material:
    """A button that was pressed twice brings one."""
    kept = _kept(given)
    for material in meeting.materials.standing().filter(title=title, offered_by=fields.get("offered_by")):
        if _is_same(material.versions.last(), given, kept):
            return material
    material = Material(meeting=meeting, order=next_order(meeting.materials))
    write(material, title=title, **fields)
    _add_version(material, by, given, kept)
    _settle(meeting, by, name, material, title=title, file=_name_of(given))
    return material


def _replace(meeting: Meeting, material: Material, by: Actor, given: Given, name: str) -> MaterialVersion:
    kept, last = _kept(given), material.versions.last()
    if last and _is_same(last, given, kept):
        raise ValidationError(_("登録済みのものと同じ内容です。差し替えるものを選び直してください。"))
    # Pages that were opened before are known as such.
    write(material, version=material.version + 1)
    version = _add_version(material, by, given, kept)
    note_material(material, by=by.user.pk)
    _settle(meeting, by, name, material, number=version.number, file=_name_of(given))
    return version


def _kept(given: Given) -> hashed.Kept | None:
    return hashed.keep(FOLDER, given.file) if given.kind == MaterialKind.FILE and given.file else None


def _is_same(last: MaterialVersion | None, given: Given, kept: hashed.Kept | None) -> bool:
    sha256 = kept.sha256 if kept else ""
    return last is not None and (last.kind, last.sha256, last.url) == (given.kind, sha256, given.url)


def _name_of(given: Given) -> str:
    """For the log."""
    return given.file.name or "" if given.file else given.url


def _add_version(material: Material, by: Actor, given: Given, kept: hashed.Kept | None) -> MaterialVersion:
    version = MaterialVersion(material=material, number=material.versions.count() + 1, made_by=by.user)
    if kept:
        version.sha256, version.size = kept.sha256, kept.size
        version.name = (given.file.name or "" if given.file else "")[-255:]
    write(version, kind=given.kind, url=given.url, file=kept.name if kept else "")
    return version


def _settle(meeting: Meeting, by: Actor, name: str, material: Material, **told: Any) -> None:
    """What waits and names the materials names them as they are now; a check page of the call is known as stale.

    By the machine: whoever presents makes nobody a link.
    """
    record(by=by, action=name, target=meeting, material=material.pk, **told)
    if meeting.state == MeetingState.DRAFT:
        count_change(meeting)
    if meeting.state == MeetingState.ANNOUNCED:
        settle(meeting, by=SYSTEM)
