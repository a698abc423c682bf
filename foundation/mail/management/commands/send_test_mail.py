"""One letter as every other, at once and past the outbox: whether the mail server takes what we send."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils import timezone

from foundation.jobs.models import Job
from foundation.jobs.outcomes import JobError, NotNow, Refused
from foundation.mail.delivery import delivery
from foundation.mail.models import Email

# No row has it: what comes back for this letter is about none.
NO_ROW = 0


class Command(BaseCommand):
    help = "試しのメールを1通、実際の設定で今すぐ送ります。データベースには触れません。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", metavar="EMAIL", help="宛先のメールアドレス")

    def handle(self, *, address: str, **options: object) -> None:
        try:
            validate_email(address)
        except ValidationError as error:
            raise CommandError(f"{address} はメールアドレスではありません。送っていません。") from error
        way = delivery()
        try:
            way.open()
            way.send(letter(address))
        except JobError as error:
            raise CommandError(f"{why(error)}：{error}\n{place()}") from error
        finally:
            way.close()
        if settings.MAIL_DELIVERY == "folder":
            self.stdout.write(f"メールは送らない設定のため、{settings.MAIL_FOLDER} に書き出しました。")
        else:
            self.stdout.write(
                f"{address} 宛ての試しのメールを、メールサーバーが受け取りました（{place()}）。"
                "届いたことを、宛先の受信箱で確認してください。"
            )


def letter(address: str) -> Email:
    now = timezone.now()
    return Email(
        pk=NO_ROW,
        job=Job(key=f"test-{now.isoformat()}", lease_until=now),
        to_address=address,
        subject="試しのメール",
        body="ポータルからメールを送れることを確認するための、試しのメールです。返信は要りません。\n"
        f"{settings.SITE_URL}/\n",
    )


def why(error: JobError) -> str:
    if isinstance(error, NotNow):
        return "メールを送れませんでした（何も送っていません）"
    if isinstance(error, Refused):
        return "メールサーバーが受け取りを断りました"
    return "届いたかどうか分かりません。宛先の受信箱を確認してください"


def place() -> str:
    """As it was asked for, so that whoever set it up sees what was meant."""
    how = "接続時からTLS" if settings.EMAIL_USE_SSL else "STARTTLS" if settings.EMAIL_USE_TLS else "暗号化なし"
    return f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}、{how}、差出人 {settings.DEFAULT_FROM_EMAIL}"
