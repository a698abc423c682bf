"""Whether citizens may read a material beside the report: said by who presents it, or written down by the desk.

Until the report is published it can be taken back; what stands in public goes with the report.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.actions import Actor, Via, action, demand, hold, record, refuse_stale, write
from foundation.db import clock
from meetings import policy
from meetings.actions._shared import hold_to_record
from meetings.models import Material, MaterialConsent, MaterialVersion, Meeting
from meetings.models.material import of_the_day
from meetings.states import ConsentWay
from meetings.taken_back import note_consent as note_taken_back


@action
def consent_to_material(*, material: Material, by: Actor, seen: int, consents: bool) -> MaterialConsent:
    """By who presents it, of the version of the day; or that they do not, or no longer."""
    meeting = hold(Meeting.objects.standing().kept().select_related("group"), material.meeting_id)
    rows = meeting.materials.standing().select_related("item__meeting__group", "item__presenter__user")
    material = hold(rows, material.pk)
    demand(
        policy.may_consent(by.user, material),
        _("公開についてお答えいただけるのは、その議題の説明者の方だけです。"),
    )
    refuse_stale(material, seen)
    way = ConsentWay.LINK if by.via == Via.LINK else ConsentWay.LOGIN
    presenter = material.item and material.item.presenter
    said = {"membership": presenter, "way": way, "given_on": clock.today()}
    return _say(meeting, material, by, "meetings.consent_to_material", consents=consents, **said)


@action
def note_consent(
    *, material: Material, by: Actor, seen: int, consents: bool, name: str, given_on: date, how: str
) -> MaterialConsent:
    """By the desk, of whoever presents or made it and told the desk."""
    meeting = hold_to_record(material.meeting, by)
    material = hold(meeting.materials.standing(), material.pk)
    refuse_stale(material, seen)
    if given_on > clock.today():
        raise ValidationError({"given_on": _("確認した日は、今日までの日付にしてください。")})
    said = {"name": name, "given_on": given_on, "way": ConsentWay.NOTED, "how": how}
    return _say(meeting, material, by, "meetings.note_consent", consents=consents, **said)


def enter_public(versions: Iterable[MaterialVersion]) -> None:
    """With the report that is published; part of that action."""
    for version in versions:
        write(version, public_since=clock.now())


def leave_public(meeting: Meeting) -> None:
    """With the report, or before another of it takes its place."""
    for version in MaterialVersion.objects.filter(material__meeting=meeting, public_since__isnull=False):
        write(version, public_since=None)


def _say(
    meeting: Meeting, material: Material, by: Actor, action_name: str, *, consents: bool, **said: Any
) -> MaterialConsent:
    """A button that was pressed twice says it once."""
    version = next((each for each in of_the_day(meeting) if each.material_id == material.pk), None)
    if version is None or not version.is_file:
        raise ValidationError(
            _("公開できるのは、会議の参加者が読める資料のうち、ファイルで登録したものだけです。")
        )
    if version.public_since and not consents:
        raise ValidationError(
            _("結果報告と一緒に公開しているため、取り消せません。先に、結果報告の公開を停止する必要があります。")
        )
    last = version.consents.last()
    if last and all(getattr(last, field) == value for field, value in {"consents": consents, **said}.items()):
        return last
    anew = MaterialConsent(version=version, recorded_by=by.user)
    write(anew, consents=consents, **said)
    if last and last.consents and not consents:
        note_taken_back(anew)
    record(
        by=by, action=action_name, target=meeting, material=material.pk, number=version.number, consents=consents
    )
    return anew
