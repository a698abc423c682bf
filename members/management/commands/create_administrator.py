"""The first key to the house: everything else is done on pages."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from foundation.actions import Actor, Via
from foundation.mail.addresses import half_width, refuse_wrong
from members.actions.people import make_administrator
from members.models import User

COMMAND = Actor(None, Via.COMMAND)
NAMES = {
    "family_name": ("--family-name", "姓"),
    "given_name": ("--given-name", "名"),
    "family_kana": ("--family-kana", "姓（ふりがな）"),
    "given_kana": ("--given-kana", "名（ふりがな）"),
}


class Command(BaseCommand):
    help = "システム管理者を作ります。登録済みの方には管理者の権限を付けます。何度実行しても同じです。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="EMAIL", help="本人だけが読めるメールアドレス")
        for name, (option, label) in NAMES.items():
            parser.add_argument(option, dest=name, help=f"{label}。省くと尋ねます。")

    def handle(self, *, email: str, **options: Any) -> None:
        try:
            email = half_width(email)
            refuse_wrong(email)
            known = User.objects.filter(email__iexact=email).exists()
            names = {} if known else {name: options[name] or ask(label) for name, (_, label) in NAMES.items()}
            person, changed = make_administrator(email=email, by=COMMAND, **names)
        except ValidationError as refusal:
            raise CommandError("\n".join(refusal.messages)) from refusal
        now = "システム管理者になりました。" if changed else "既にシステム管理者です。何も変えていません。"
        self.stdout.write(f"{person}さん（{person.email}）は{now}")
        for other in User.objects.namesakes(person):
            self.stderr.write(
                f"同じ氏名・ふりがなの方が、ほかにも登録されています（{other.email or 'メールアドレスなし'}）。"
                "同じ方であれば、どちらか一方の利用を停止してください。"
            )
        self.stdout.write(
            f"ログイン：{settings.SITE_URL}{reverse('account_request_login_code')} を開き、"
            f"{person.email} を入力すると、8桁の確認コードがメールで届きます。パスワードは必要ありません。"
        )


def ask(label: str) -> str:
    try:
        return input(f"{label}：").strip()
    except EOFError as nobody:
        options = " ".join(option for option, _ in NAMES.values())
        raise CommandError(f"氏名が必要です。{options} で指定してください。") from nobody
