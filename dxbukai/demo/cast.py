"""Who one can be in the demo town."""

from typing import TYPE_CHECKING, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from members.models import User

# The finished group, modelled on a first meeting of 令和3年, and the one whose form is open now.
PAST, NOW = "dx-r3", "dx-now"
# A formal body of citizens and scholars, in words of its own.
COUNCIL = "shingikai"
DOMAIN = "mihon.example.jp"


def email(login: str) -> str:
    return f"{login}@{DOMAIN}"


def login_of(user: "User") -> str:
    return (user.email or "").partition("@")[0]


class Role(NamedTuple):
    login: str
    title: Promise
    what: Promise

    @property
    def email(self) -> str:
        return email(self.login)


CAST = {
    role.login: role
    for role in [
        Role("hanako", _("部会メンバー"), _("出欠と質問に答え、自己紹介シートを書き、結果報告を読みます。")),
        Role("desk", _("事務局"), _("次の会議を作り、通知し、回答状況を見て、結果報告をまとめます。")),
        Role("taro", _("外部有識者"), _("届いたリンクから、ログインせずに答えます。")),
        Role("clerk", _("課の職員"), _("Excelで保存したCSVを提出し、指摘を直して公開を依頼します。")),
        Role("chief", _("所属長・部会長"), _("部会メンバーであり、部会長であり、事務局でもあります。")),
        Role("admin", _("システム管理者"), _("組織、職員、会議体を登録し、事務局の担当者を決めます。")),
    ]
}
