"""What a meeting's people read, and what a presenter brings, however they came to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from foundation.actions import Actor, Via
from foundation.files import hashed
from foundation.files.storage import store
from foundation.http.download import Stored, attachment
from foundation.ui.attempts import attempt, done, posted, press, seen
from meetings import policy
from meetings.actions import materials as actions
from meetings.actions.consents import consent_to_material
from meetings.file_kinds import NOT_IN_A_NAME, kind_of
from meetings.forms.materials import OfferMaterialForm, ReplaceMaterialForm
from meetings.models import Material, MaterialVersion, Meeting
from meetings.models.material import handouts, of_the_day, said_of
from members.models import Membership


def addressed(meeting: Meeting, address: Callable[[MaterialVersion], str]) -> list[MaterialVersion]:
    """What is read, each with where its reader finds it."""
    found = handouts(meeting)
    for version in found:
        version.address = version.url if version.is_link else address(version) if version.is_file else ""
    return found


def answer(request: HttpRequest, version: MaterialVersion) -> HttpResponseBase:
    """The file, to be saved under a name of ours: no browser shows it as a page of the portal."""
    kind = kind_of(version.name)
    if not version.is_file or kind is None:
        raise Http404
    if not _is_there(version.stored):
        return render(request, "meetings/material_lost.html", {"version": version}, status=410)
    plain = f"material-{version.material_id}-{version.number}.{version.extension}"
    headers = {
        "Content-Type": kind.content_type,
        "Content-Disposition": attachment(file_name(version), plain=plain),
    }
    return Stored(version.sha256, version.made_at, headers, version.stored, version.size).answer(request)


def file_name(version: MaterialVersion) -> str:
    """第2回_基本構想（素案）.pdf; of a later version with its number, so that one does not hide the other."""
    title = NOT_IN_A_NAME.sub("_", version.material.title)
    said = {"number": version.material.meeting.number, "title": title}
    name = _("第%(number)s回_%(title)s") % said
    later = _("（第%s版）") % version.number if version.number > 1 else ""
    return f"{name}{later}.{version.extension}"


def _is_there(name: str) -> bool:
    """A store that does not answer is another matter."""
    try:
        store().mark(name)
    except FileNotFoundError:
        return False
    return hashed.is_whole(name)


# Who presents


@dataclass(frozen=True)
class Presenter:
    """One person who presents something at the meeting, and the addresses of the pages for it."""

    meeting: Meeting
    membership: Membership
    actor: Actor
    page_url: str
    back_url: str
    replace_url: Callable[[Material], str]
    consent_url: Callable[[Material], str]

    @property
    def by_link(self) -> bool:
        return self.actor.via == Via.LINK

    @property
    def takes(self) -> bool:
        return policy.takes_from_presenters(self.meeting)


def presenting(meeting: Meeting, membership: Membership | None) -> Membership:
    """The same person as they are on the day, if something on the agenda is theirs."""
    if membership is None or not meeting.items.filter(presenter=membership).exists():
        raise Http404
    found = meeting.group.memberships.on(meeting.day).select_related("user")
    return get_object_or_404(found, pk=membership.pk)


def offer(request: HttpRequest, presenter: Presenter) -> HttpResponse:
    given = (posted(request), request.FILES if request.method == "POST" else None)
    form = OfferMaterialForm(*given, meeting=presenter.meeting, membership=presenter.membership)
    only = form.fields["item"].queryset.first()  # type: ignore[attr-defined]
    form.initial.setdefault("item", only and only.pk)
    if attempt(form, actions.offer_material, by=presenter.actor):
        messages.success(request, _("資料を登録しました。会議の参加者に表示しています。"))
        return redirect(presenter.page_url)
    return render(request, "meetings/offer_material.html", _page(presenter, form))


def replace(request: HttpRequest, presenter: Presenter, pk: int) -> HttpResponse:
    material = get_object_or_404(_own(presenter), pk=pk)
    form = ReplaceMaterialForm(
        posted(request), request.FILES if request.method == "POST" else None, material=material
    )
    if done(form, actions.replace_own_material, material=material, by=presenter.actor):
        messages.success(request, _("資料を差し替えました。会議の参加者には、新しい資料を表示しています。"))
        return redirect(presenter.page_url)
    context = {"visit": presenter, "meeting": presenter.meeting, "form": form, "material": material}
    return render(request, "meetings/replace_own_material.html", context, status=form.status)


def consent(request: HttpRequest, presenter: Presenter, pk: int) -> HttpResponse:
    presented = presenter.meeting.materials.standing().filter(item__presenter=presenter.membership)
    material = get_object_or_404(presented, pk=pk)
    said = {"consents": request.POST.get("consents") == "yes", "seen": seen(request)}
    if press(request, consent_to_material, material=material, by=presenter.actor, **said):
        messages.success(request, _("「%s」の公開について、お答えを受け付けました。") % material.title)
    return redirect(presenter.page_url)


def _page(presenter: Presenter, form: OfferMaterialForm) -> dict[str, Any]:
    """What they brought, and what the desk brought for their items: to it too they can consent."""
    shown = [each for each in of_the_day(presenter.meeting) if _is_presented(each.material, presenter)]
    said, own = said_of(shown), {material.pk for material in _own(presenter)}
    for version in shown:
        material = version.material
        version.said = said.get(version.pk)
        version.consent_url = presenter.consent_url(material) if version.is_file else ""
        version.replace_url = presenter.replace_url(material) if material.pk in own and presenter.takes else ""
    return {"visit": presenter, "meeting": presenter.meeting, "form": form, "presented": shown}


def _is_presented(material: Material, presenter: Presenter) -> bool:
    return material.item is not None and material.item.presenter_id == presenter.membership.pk


def _own(presenter: Presenter) -> Any:
    """What they brought and still present."""
    standing = presenter.meeting.materials.standing().select_related("item", "meeting")
    return standing.filter(offered_by=presenter.membership, item__presenter=presenter.membership)
