"""The table with its findings as a workbook to take home, and the page to which it is brought back."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.actions import Actor
from foundation.apart import Busy
from foundation.db import clock
from foundation.http.download import attachment
from foundation.ui.attempts import attempt
from members.login import LoggedIn
from opendata import actions, policy
from opendata.forms import BringBackForm
from opendata.table import taking_home
from opendata.views.staff import own_version, sent

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def marked_workbook(request: LoggedIn, slug: str) -> HttpResponse:
    version = own_version(request, slug)
    if not version.is_read or not taking_home.is_small_enough(version):
        text = _("行が多いため、Excelを作成できません。画面で修正するか、ファイルを差し替えてください。")
        messages.error(request, text)
        return redirect("opendata:work", slug)
    name = _("%(title)s_指摘事項.xlsx") % {"title": version.title}
    headers = {"Content-Disposition": attachment(name, plain="findings.xlsx")}
    return HttpResponse(taking_home.workbook_of(version, clock.now()), content_type=XLSX, headers=headers)


def bring_back(request: LoggedIn, slug: str) -> HttpResponse:
    version = own_version(request, slug)
    if not (version.is_read and policy.can_change(request.user, version)):
        return redirect("opendata:work", slug)
    form = BringBackForm(*sent(request))

    def bring(*, file: UploadedFile, **_typed: Any) -> tuple[int, int]:
        return actions.bring_back(version=version, by=Actor.of(request), data=file.read())

    try:
        if counts := attempt(form, bring):
            _tell(request, *counts)
            return redirect("opendata:findings", slug)
    except Busy:
        form.add_error(None, _("別のファイルの読み込みが続いています。少し待ってから、もう一度押してください。"))
    context = {"form": form, "version": version, "dataset": version.dataset}
    return render(request, "opendata/bring_back.html", context, status=form.status)


def _tell(request: LoggedIn, changed: int, newer: int) -> None:
    if changed:
        text = _("%(count)sか所の修正を取り込みました。「修正した箇所」から元に戻せます。")
        messages.success(request, text % {"count": changed})
    else:
        messages.info(request, _("取り込む修正はありませんでした。"))
    if newer:
        text = _("Excelを作成した後に画面で変更した%(count)sか所は、画面の値のままにしました。")
        messages.warning(request, text % {"count": newer})
