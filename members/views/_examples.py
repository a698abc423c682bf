"""What stands folded beside the form of a sheet: how others wrote it, else three that we made up."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from members.models import IntroSheet, WorkingGroup

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST = 5
OURS: "list[dict[str, StrOrPromise]]" = [
    {
        "duties": _("住民票の写しや印鑑登録証明書の発行、転入・転出の受付"),
        "problems": _("繁忙期は待ち時間が長く、書き間違いによる書き直しも多い。"),
        "wants": _("申請書を書かずに済む窓口を、まず一つの手続で試したい。"),
        "skills": _("窓口の案内、手順書づくり"),
        "message": _("小さな改善から始めたいです。よろしくお願いします。"),
    },
    {
        "duties": _("保育所の入所受付、保育料の決定"),
        "problems": _("紙の申込書の内容を、職員がシステムに手で入力し直している。"),
        "wants": _("入力の手間を減らし、保護者の相談を聞く時間を増やしたい。"),
        "skills": _("表計算の関数、保護者への説明"),
        "message": "",
    },
    {
        "duties": _("道路や公園の維持管理、要望の受付"),
        "problems": _("現場の写真と位置の記録が職員ごとに分かれており、引継ぎに時間がかかる。"),
        "wants": _("公園や施設の一覧をオープンデータとして公開したい。"),
        "skills": _("地図を読むこと、写真"),
        "message": _("データの作り方は初めて学びます。"),
    },
]


def examples_for(group: WorkingGroup) -> tuple[list[IntroSheet], bool]:
    """They, and whether they are of earlier participants."""
    theirs = list(IntroSheet.objects.examples_for(group)[:MOST])
    ours = [IntroSheet(**{name: str(text) for name, text in example.items()}) for example in OURS]
    return (theirs, True) if theirs else (ours, False)
