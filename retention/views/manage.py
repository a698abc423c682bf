"""How long what is kept, what is over, and what was decided of it. For administrators."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from foundation import retention
from foundation.actions import Actor
from foundation.retention import RecordKind, Unit
from foundation.ui.attempts import attempt, posted, press, seen
from foundation.ui.paging import page_by_key
from members.filing import table
from members.login import LoggedIn
from members.models import WorkingGroup
from members.views._fresh import ask_again
from members.views.manage import administrators_only, form_page
from retention import actions, due, policy
from retention.forms import DecideForm, PeriodForm, PlaceHoldForm
from retention.kinds import KINDS
from retention.models import PROPOSED, Disposal, Hold, Period

PER_PAGE = 50
LISTED = (gettext_lazy("記録の種類"), gettext_lazy("番号"), gettext_lazy("内容"))


@require_safe
@administrators_only
def overview(request: LoggedIn) -> HttpResponse:
    everything = due.everything()
    disposals = Disposal.objects.select_related("group")
    context = {
        "due": [kept for kept in everything if kept.is_due and kept.disposal is None],
        "open": disposals.open(),
        "holds": Hold.objects.standing().select_related("group", "placed_by"),
        "kinds": due.periods_of_kinds(),
        "page": page_by_key(disposals.carried_out(), ["-id"], request.GET, size=PER_PAGE),
    }
    return render(request, "retention/overview.html", context)


@form_page
@administrators_only
def set_period(request: LoggedIn, kind: str) -> HttpResponse:
    found = kind_of(kind)
    period = Period.objects.filter(kind=kind).first()
    period = period or Period(kind=kind, version=PROPOSED, years=found.years)
    form = PeriodForm(posted(request), instance=period)
    if attempt(form, actions.set_period, kind=found, by=Actor.of(request)):
        messages.success(request, _("「%s」の保存期間を設定しました。") % found.label)
        return redirect("retention:overview")
    context = {"form": form, "kind": found}
    return render(request, "retention/set_period.html", context, status=form.status)


@form_page
@administrators_only
def place_hold(request: LoggedIn) -> HttpResponse:
    form = PlaceHoldForm(posted(request))
    if attempt(form, actions.place_hold, by=Actor.of(request)):
        messages.success(request, _("廃棄を差し止めました。解除するまで、廃棄されません。"))
        return redirect("retention:overview")
    return render(request, "retention/place_hold.html", {"form": form}, status=form.status)


@require_POST
@administrators_only
def lift_hold(request: LoggedIn, pk: int) -> HttpResponse:
    ask_again(request)
    held = get_object_or_404(Hold, pk=pk)
    if press(request, actions.lift_hold, held=held, by=Actor.of(request)):
        messages.success(request, _("差止めを解除しました。"))
    return redirect("retention:overview")


# One kind of one group or year


@form_page
@administrators_only
def decide_of_town(request: LoggedIn, kind: str, year: int) -> HttpResponse:
    return _decide(request, kind_of(kind, of_group=False), Unit(year))


@form_page
@administrators_only
def decide_of_group(request: LoggedIn, kind: str, year: int, slug: str) -> HttpResponse:
    return _decide(request, kind_of(kind, of_group=True), unit_of(year, slug))


def _decide(request: LoggedIn, kind: RecordKind, unit: Unit) -> HttpResponse:
    """What would go, row by row if wished; and the form that records the decision, where it would be taken."""
    kept = due.one(kind, unit)
    if kept is None:
        raise Http404
    form = DecideForm(posted(request), initial={"shown": retention.digest(kind, unit)})
    if request.method == "POST":
        ask_again(request)
        if disposal := attempt(form, actions.decide, kind=kind, unit=unit, by=Actor.of(request)):
            messages.success(request, _("「%s」の廃棄の決定を記録しました。") % disposal)
            return redirect("retention:overview")
    counts = retention.counts(kind, unit).items()
    context = {"kept": kept, "form": form, "counts": counts, "against": policy.against(kept)}
    return render(request, "retention/decide.html", context, status=form.status)


@require_safe
@administrators_only
def listing_of_town(_request: LoggedIn, kind: str, year: int) -> HttpResponse:
    return _listing(kind_of(kind, of_group=False), Unit(year), f"{kind}-{year}")


@require_safe
@administrators_only
def listing_of_group(_request: LoggedIn, kind: str, year: int, slug: str) -> HttpResponse:
    return _listing(kind_of(kind, of_group=True), unit_of(year, slug), f"{kind}-{year}-{slug}")


def _listing(kind: RecordKind, unit: Unit, name: str) -> HttpResponse:
    """廃棄目録: each row that would go. Earlier nobody needs it, and it names what is not the administrator's."""
    kept = due.one(kind, unit)
    if kept is None or not kept.is_due:
        raise Http404
    paper = table(f"disposal-{name}.csv", "", LISTED, retention.listing(kind, unit))
    headers = {"Content-Disposition": f'attachment; filename="{paper.name}"'}
    return HttpResponse(paper.content, content_type="text/csv; charset=utf-8", headers=headers)


@require_POST
@administrators_only
def cancel(request: LoggedIn, pk: int) -> HttpResponse:
    ask_again(request)
    disposal = get_object_or_404(Disposal.objects.open(), pk=pk)
    if press(request, actions.cancel, disposal=disposal, by=Actor.of(request), seen=seen(request)):
        messages.success(request, _("廃棄の決定を取り消しました。記録は残っています。"))
    return redirect("retention:overview")


def kind_of(name: str, *, of_group: bool | None = None) -> RecordKind:
    if name not in KINDS or of_group not in {None, KINDS[name].of_group}:
        raise Http404
    return KINDS[name]


def unit_of(year: int, slug: str) -> Unit:
    return Unit(year, get_object_or_404(WorkingGroup, slug=slug, fiscal_year=year).pk)
