"""How the group's reports look: what a style says, and the last report as it would be in it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from foundation.actions import Actor
from foundation.ui.attempts import done, posted
from foundation.ui.forms import Portal
from meetings.models import Meeting
from meetings.states import MeetingState
from members.login import LoggedIn
from members.models import WorkingGroup
from members.views.desk._shared import form_page, of_desk
from reports import actions
from reports.compose import compose
from reports.compose.shipped import ABOUT, SHIPPED
from reports.formats.as_page import page_of
from reports.formats.explained import EXPLAINED
from reports.forms import StyleForm
from reports.models import Style


@form_page
@of_desk
def edit_style(request: LoggedIn, group: WorkingGroup) -> HttpResponse:
    """Begun from one that comes with the portal (`?from=minutes`), or from the group's own."""
    own = Style.objects.filter(group=group).first() or Style(group=group)
    form = StyleForm(posted(request), instance=own, initial=SHIPPED.get(request.GET.get("from", ""), {}))
    if _is_kept(request, form) and done(form, actions.edit_style, group=group, by=Actor.of(request)):
        messages.success(
            request, _("様式を保存しました。作成中の結果報告と、これから作成する結果報告が、この様式になります。")
        )
        return redirect(request.path)
    context = {
        "group": group,
        "form": form,
        "shipped": [(key, style["name"], ABOUT[key]) for key, style in SHIPPED.items()],
        "explained": EXPLAINED,
        **_tried(request, form, group),
    }
    return render(request, "reports/desk/edit_style.html", context, status=form.status)


def _is_kept(request: HttpRequest, form: Portal) -> bool:
    return request.method == "POST" and "preview" not in request.POST


def _tried(request: LoggedIn, form: StyleForm, group: WorkingGroup) -> dict[str, object]:
    """The last meeting's report in the style that stands in the form; of one that cannot be, nothing."""
    meetings = Meeting.objects.standing().kept().filter(group=group).order_by("-number")
    meeting = meetings.filter(state=MeetingState.HELD).first() or meetings.first()
    if form.is_bound:
        style = form.instance if form.is_valid() else None
    else:
        style = Style(**{name: form.initial[name] for name in form.fields if name != "seen"})
    if meeting is None or style is None:
        return {"tried": meeting}
    meeting.group = group
    return {"tried": meeting, "report": page_of(compose(meeting, style).blocks)}
