"""A sentence that the rows make, written anew by a person, and back again."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.actions import Actor
from foundation.ui.attempts import done, posted, press
from members.login import LoggedIn
from reports import actions
from reports.compose import compose
from reports.formats.blocks import ASKED, FACTS, BlockKind
from reports.forms import SentenceForm
from reports.views.desk import held_meeting

OF_SEVERAL_LINES = {*FACTS, *ASKED, BlockKind.FIELD_LINE}


def override_sentence(request: LoggedIn, slug: str, number: int, key: str) -> HttpResponse:
    """Beside what the rows say."""
    meeting = held_meeting(request, slug, number)
    composition = compose(meeting)
    sentence = composition.sentence(key)
    if sentence is None:
        raise Http404
    anew = composition.overrides.get(key)
    form = SentenceForm(
        posted(request),
        is_fact=sentence.kind in OF_SEVERAL_LINES,
        initial={"words": sentence.text, "reason": anew["reason"] if anew else "", "shown": sentence.sha256},
    )
    given = {"meeting": meeting, "by": Actor.of(request), "key": key}
    if request.method == "POST" and done(form, actions.override_sentence, **given):
        messages.success(request, _("文を置き換えました。自動の文に戻すこともできます。"))
        return redirect("reports:draft", slug, number)
    context = {"meeting": meeting, "form": form, "sentence": sentence, "key": key, "anew": anew}
    return render(request, "reports/desk/override_sentence.html", context, status=form.status)


@require_POST
def restore_sentence(request: LoggedIn, slug: str, number: int, key: str) -> HttpResponse:
    meeting = held_meeting(request, slug, number)
    if press(request, actions.restore_sentence, meeting=meeting, by=Actor.of(request), key=key):
        messages.success(request, _("自動の文に戻しました。"))
    return redirect("reports:draft", slug, number)
