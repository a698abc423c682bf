"""What mail servers write of a letter, as they write it (RFC 3464); names and addresses are invented."""

DIAGNOSTIC = "smtp; 550 5.1.1 <sato@example.jp>: Recipient address rejected: User unknown"

REPORT = """\
Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.example.jp>
To: {to}
Subject: Undelivered Mail Returned to Sender
Message-ID: <{name}@mx.example.jp>
Date: Mon, 6 Jul 2026 10:00:00 +0900
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.jp
Arrival-Date: Mon, 6 Jul 2026 09:59:00 +0900

{recipients}
--b
Content-Type: message/rfc822

{headers}Subject: x
Content-Type: text/plain

the letter

--b--
"""

TEXT = """\
From: {sender}
To: {to}
Subject: {subject}
Message-ID: <text@mx.example.jp>
Content-Type: text/plain; charset={charset}
Content-Transfer-Encoding: 8bit

{words}
"""


def recipient(*, action="failed", status="5.1.1", said=DIAGNOSTIC, address="sato@example.jp"):
    fields = {"Final-Recipient": f"rfc822; {address}", "Action": action, "Status": status, "Diagnostic-Code": said}
    return "".join(f"{name}: {value}\n" for name, value in fields.items() if value)


def report(to, *recipients, name="1", headers=""):
    blocks = "\n".join(recipients or [recipient()])
    return REPORT.format(to=to, recipients=blocks, name=name, headers=headers).encode()


def in_words(to, words, *, sender="MAILER-DAEMON@mx.example.jp", charset="iso-2022-jp"):
    text = TEXT.format(to=to, words=words, sender=sender, charset=charset, subject="Returned mail")
    return text.encode(charset)


def mbox(*reports):
    return b"".join(
        b"From MAILER-DAEMON Mon Jul  6 10:00:00 2026\n" + one.rstrip(b"\n") + b"\n\n" for one in reports
    )
