"""The only administrator lost phone, key and printed list: who runs the server lets them in again."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.actions import Actor, Via
from members.actions.factors import reset_factor
from members.models import User


class Command(BaseCommand):
    help = (
        "二段階認証の登録を全て取り消し、本人にメールで知らせます。管理者が他にいるときは、管理ページで行えます。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="EMAIL", help="ログイン用のメールアドレス")
        parser.add_argument("--reason", default="", help="理由と本人確認の方法。操作記録に残ります。")

    def handle(self, *, email: str, reason: str, **options: object) -> None:
        person = User.objects.filter(email__iexact=email).first()
        if person is None:
            raise CommandError(f"{email} は登録されていません。")
        try:
            reset_factor(person=person, by=Actor(None, Via.COMMAND), reason=reason)
        except ValidationError as refusal:
            raise CommandError("\n".join(refusal.messages)) from refusal
        self.stdout.write(
            f"{person.with_honorific}の二段階認証の登録を取り消しました。次のログインの後に、登録し直してください。"
        )
