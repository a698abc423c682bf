"""What somebody has to do next about data sets."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.calendar import wareki
from foundation.ui.todo import Todo
from members.models import User
from opendata import assignments
from opendata.models import Dataset, DatasetVersion
from opendata.states import EDITABLE, MONTHS, VersionState


def todo(user: User) -> list[Todo]:
    return [*_to_hand_in(user), *_to_finish(user), *_to_review(user), *_to_pass_on(user)]


def _to_hand_in(user: User) -> Iterator[Todo]:
    """Assignments for which the person's section has handed nothing in yet."""
    for assignment in assignments.open_for(user).filter(handed_in=0):
        yield Todo(
            text=_("課題「%s」のデータを提出する") % assignment,
            url=reverse("opendata:mine"),
            due=assignments.due(assignment),
            note=_("%sの課題です。") % assignment.meeting,
        )


def _to_finish(user: User) -> Iterator[Todo]:
    """Data sets that came back, one's own that are half done, and those whose next version is overdue."""
    own = DatasetVersion.objects.filter(dataset__in=Dataset.objects.owned_by(user)).newest()
    regularly = Q(state=VersionState.PUBLISHED, update_cycle__in=MONTHS, dataset__withdrawn_at__isnull=True)
    versions = own.filter(Q(state__in=EDITABLE) | regularly).light().select_related("dataset")
    for version in versions:
        if version.is_published:
            yield from _overdue(version)
            continue
        if version.state == VersionState.RETURNED:
            text = _("差し戻された「%s」を直して提出する")
        elif version.uploaded_by_id == user.pk:
            text = _("作成中の「%s」を仕上げて提出する")
        else:
            continue
        yield Todo(text=text % version.title, url=reverse("opendata:work", args=[version.dataset.slug]))


def _overdue(version: DatasetVersion) -> Iterator[Todo]:
    due = version.update_due_on
    if due and version.is_overdue:
        values = {"cycle": version.get_update_cycle_display(), "day": wareki.date(due)}
        yield Todo(
            text=_("「%s」の新しい版をアップロードする") % version.title,
            url=reverse("opendata:replace", args=[version.dataset.slug]),
            note=_("更新頻度は%(cycle)sです。更新の目安の%(day)sを過ぎています。") % values,
        )


def _to_review(user: User) -> Iterator[Todo]:
    awaiting = DatasetVersion.objects.awaiting_review().filter(dataset__in=Dataset.objects.reviewed_by(user))
    others = awaiting.exclude(uploaded_by=user)
    for version in others.light().select_related("dataset__department"):
        yield Todo(
            text=_("提出された「%s」を確認する") % version.title,
            url=reverse("opendata:review_version", args=[version.dataset.slug]),
            note=str(version.dataset.department),
        )


def _to_pass_on(user: User) -> Iterator[Todo]:
    """To the data stewards: overdue data sets whose section gets no email."""
    if not user.is_data_steward:
        return
    unreached = DatasetVersion.objects.awaiting_update().unreached()
    for version in unreached.light().select_related("dataset__department"):
        due = version.update_due_on
        if due and version.is_overdue:
            values = {"title": version.title, "department": version.dataset.department}
            note = _(
                "更新の目安の%sを過ぎました。担当課にメールの届く職員がいないため、電話などで伝えてください。"
            )
            yield Todo(
                text=_("「%(title)s」の更新を%(department)sへ伝える") % values,
                url=reverse("opendata:dataset", args=[version.dataset.slug]),
                note=note % wareki.date(due),
            )
