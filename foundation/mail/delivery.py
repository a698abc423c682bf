"""The two ways an email leaves the house, and how it stays in.

Every exception of smtplib is an OSError.
"""

import smtplib
from contextlib import suppress
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend
from django.utils.translation import gettext as _

from foundation.jobs.outcomes import JobError, NotNow, Refused, Unclear
from foundation.mail.addresses import on_its_way
from foundation.mail.envelope import envelope_sender
from foundation.mail.message import compose, name_of
from foundation.mail.models import Email


class FolderDelivery:
    """Each email a file whose name follows from the email, put in place by one rename.

    To deliver again writes the same file again: nothing is doubled, so an email whose worker died may
    simply be delivered again.
    """

    repeatable = True
    lease = timedelta(seconds=30)

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = Path(folder or settings.MAIL_FOLDER)

    def open(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise NotNow(str(error)) from error

    def send(self, email: Email) -> None:
        message = compose(email, encoding="8bit")
        place = self.folder / f"{name_of(email)}.eml"
        # Two workers, should they ever meet here, write two drafts and rename to one name.
        draft = place.with_suffix(f".{email.job.lease_until:%H%M%S%f}.part")
        try:
            draft.write_bytes(message.as_bytes())
            draft.replace(place)
        except OSError as error:
            raise NotNow(str(error)) from error

    def close(self) -> None:
        """Nothing is held open."""


class SmtpDelivery:
    """A mail server, by the settings of Django's own SMTP backend.

    It cannot be asked whether it already has an email. So an email whose worker died, or whose
    connection broke after the text was on its way, is not sent again by the machine.
    """

    repeatable = False
    # A slow server may use up EMAIL_TIMEOUT several times over one email.
    lease = timedelta(minutes=10)

    def __init__(self) -> None:
        self.backend = EmailBackend()

    def open(self) -> None:
        """Before an email is taken, so that an absent server costs no email an attempt."""
        try:
            if self.backend.open():
                self.smtp.ehlo_or_helo_if_needed()
            else:
                expect(self.smtp.noop(), lasting=NotNow)
        except OSError as error:
            self.close()
            raise NotNow(str(error)) from error

    @property
    def smtp(self) -> smtplib.SMTP:
        assert self.backend.connection, "open() comes before send()"
        return self.backend.connection

    def send(self, email: Email) -> None:
        message = compose(email, encoding="base64")
        try:
            self.hand_over(envelope_sender(email), on_its_way(email.to_address), message)
        except JobError:
            self.close()
            raise

    def hand_over(self, sender: str, recipient: str, message: EmailMessage) -> None:
        """Step by step, because it matters how far we came."""
        try:
            # The sender is refused for all emails alike: somebody's setting, not this email's fault.
            expect(self.smtp.mail(sender), lasting=NotNow)
            expect(self.smtp.rcpt(recipient), lasting=Refused)
        except OSError as error:
            raise NotNow(str(error)) from error
        try:
            expect(self.smtp.data(message.as_bytes()), lasting=Refused)
        except smtplib.SMTPDataError as error:
            expect((error.smtp_code, error.smtp_error), lasting=Refused)
        except OSError as error:
            raise Unclear(str(error)) from error

    def close(self) -> None:
        with suppress(OSError):
            self.backend.close()


class HeldDelivery(FolderDelivery):
    """For a rehearsal with the rows of the real house: nobody is written to, and every email waits."""

    def open(self) -> None:
        raise NotNow(_("このシステムは、メールを送信しない設定（DXBUKAI_MAIL_DELIVERY=hold）です。"))


def expect(answer: tuple[int, bytes | str], *, lasting: type[JobError]) -> None:
    """The server's answer is a yes, or an exception: its fives are for good, its fours for now."""
    code, words = answer
    if 200 <= code < 300:
        return
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    raise (lasting if code >= 500 else NotNow)(f"{code} {said}")


def delivery() -> FolderDelivery | SmtpDelivery:
    return {"folder": FolderDelivery, "smtp": SmtpDelivery, "hold": HeldDelivery}[settings.MAIL_DELIVERY]()
