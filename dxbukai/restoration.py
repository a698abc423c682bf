"""After a restore of which nobody knows what it opened again, an administrator looks, and lets citizens in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _
from django.views.decorators.http import require_http_methods

from foundation.actions import Actor
from foundation.ledger import actions
from foundation.ledger.models import Restoration
from foundation.ui.attempts import press
from foundation.ui.todo import Todo
from members.login import LoggedIn
from members.models import User, WorkingGroup
from members.policy import can_administrate
from members.views.manage import administrators_only
from opendata.models import DatasetVersion
from reports.models import ReportRevision

WORDS = {
    "consent": _("会議資料の公開への同意"),
    "factors": _("二段階認証の方法"),
    "grant": _("事務局の権限"),
    "group": _("会議体の公開"),
    "link": _("回答用リンク"),
    "material": _("会議資料"),
    "password": _("パスワード"),
    "person": _("職員等の権限・メールアドレス"),
    "photo": _("顔写真"),
    "posting": _("配属"),
    "sheet": _("自己紹介シートの公開"),
    "term": _("会議体への参加"),
    "dataset": _("データセットの公開"),
    "disposal": _("廃棄した記録"),
    "report": _("結果報告の公開"),
    "statement": _("サイトの方針・試験結果の掲載"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def restoration(request: LoggedIn) -> HttpResponse:
    """What was brought back, what was shut again, what citizens will read; and the button that lets them."""
    last = Restoration.objects.select_related("released_by").first()
    if request.method == "POST" and last:
        if press(request, actions.release, restoration=last, by=Actor.of(request)):
            messages.success(request, gettext("公開を再開しました。"))
        return redirect("restoration")
    context = {
        "restoration": last,
        "shut": [(WORDS[kind], count) for kind, count in sorted(last.shut_again.items())] if last else [],
        "held": last is not None and Restoration.objects.holding().filter(pk=last.pk).exists(),
        "revisions": ReportRevision.objects.newest_public(),
        "versions": DatasetVersion.objects.current().light().select_related("dataset__department"),
        "groups": WorkingGroup.objects.filter(is_public=True),
    }
    return render(request, "restoration.html", context)


def todo(user: User) -> list[Todo]:
    if not can_administrate(user) or not Restoration.objects.holding().exists():
        return []
    return [
        Todo(
            text=gettext("復元した内容を確認し、公開を再開する"),
            url=reverse("restoration"),
            note=gettext("再開するまで、市民には公開ページが見えません。"),
        )
    ]
