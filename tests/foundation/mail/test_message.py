import re
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.policy import compat32, default
from email.utils import getaddresses

import pytest

from foundation.mail.message import compose, fill, message_id
from tools.drills.sink import text_of


def secret_of(number, reader):
    """Sato's is 42."""
    return f"https://example.jp/a/secret-{number}/" if number == 42 else None


@pytest.fixture(autouse=True)
def fillers(settings):
    settings.OUTBOX_FILLERS = {"personal-link": f"{__name__}.secret_of"}
    settings.DEFAULT_FROM_EMAIL = "DX推進部会 事務局 <office@example.jp>"
    settings.SITE_URL = "https://portal.example.jp"


@pytest.fixture
def sent(post):
    """`sent(subject=…)`: the bytes that leave."""

    def sent(number=1, encoding="base64", **fields):
        return compose(post(number, **fields), encoding=encoding).as_bytes()

    return sent


@pytest.mark.parametrize("encoding", ["base64", "8bit"])
def test_an_email_arrives_as_it_was_written(sent, encoding):
    subject = "【要回答・7月6日（火）午後5時まで】" + "第2回DX推進部会 出欠回答のお願い（𠮷田様・髙橋様）" * 3
    body = "市民課 佐藤 花子 様\n\n" + "とても長い段落です。" * 300 + "\n.\nFrom 行頭の語\n①㈱髙𠮷～−\n"
    received = sent(encoding=encoding, subject=subject, body=body)
    message = message_from_bytes(received, policy=default)

    assert message["Subject"] == subject
    assert text_of(received) == body
    assert message["From"].addresses[0].display_name == "DX推進部会 事務局"
    assert message["To"] == "sato@example.jp"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "text/plain"


def test_the_mail_server_gets_lines_it_can_take(post):
    email = post(subject="長い件名" * 40, body="とても長い段落です。" * 300)
    lines = compose(email, encoding="base64").as_bytes().split(b"\r\n")

    assert max(len(line) for line in lines) <= 78
    assert all(line.isascii() and b"\n" not in line for line in lines)


SIGNS = ["あ", "a", "髙", "𠮷", "👨‍👩‍👧", "①", " ", "é", "?", "=", "　"]


def lines_of(sent, name):
    """The header as it leaves, folded."""
    head = sent.partition(b"\r\n\r\n")[0]
    start = head.index(name.encode() + b": ")
    return re.match(rb"[^\r]*(?:\r\n [^\r]*)*", head[start:])[0].split(b"\r\n")


@pytest.mark.parametrize("start", range(len(SIGNS)))
def test_no_line_of_a_subject_is_longer_than_76_octets_and_none_is_changed(email, start):
    """RFC 2047, 2. Of every length, beginning with every sort of sign."""
    for length in range(1, 201):
        email.subject = "".join(SIGNS[(start + n * n) % len(SIGNS)] for n in range(length))
        sent = compose(email, encoding="base64").as_bytes()
        assert max(map(len, lines_of(sent, "Subject"))) <= 76
        assert message_from_bytes(sent, policy=default)["Subject"] == email.subject


@pytest.mark.parametrize(
    "name",
    [
        "DX推進部会 事務局",
        "長い名前の審議会" * 12 + " 事務局",
        'Board, "DX" <all@example.jp>',
        "a" * 60,
        "Board, of digital matters, " * 7,
        "=?utf-8?b?44GC?=",
        "𠮷" * 17,
    ],
)
def test_a_letter_says_whose_it_is_before_the_systems_address(sent, name):
    """No name is taken apart, and no second address comes out of one.

    Read as RFC 2047 says, which the library's newer class does not yet: a blank between encoded words is no blank.
    """
    received = sent(from_name=name)
    ((words, address),) = getaddresses([message_from_bytes(received, policy=compat32)["From"]])
    assert (str(make_header(decode_header(words))), address) == (name, "office@example.jp")
    assert max(map(len, lines_of(received, "From"))) <= 76


def test_a_letter_of_nobody_bears_the_systems_name(sent, settings):
    assert lines_of(sent(1), "From") == [b"From: =?utf-8?b?RFjmjqjpgLLpg6jkvJog5LqL5YuZ5bGA?= <office@example.jp>"]
    settings.DEFAULT_FROM_EMAIL = "office@example.jp"
    assert lines_of(sent(2), "From") == [b"From: office@example.jp"]


def test_an_answer_goes_to_the_group(sent):
    assert message_from_bytes(sent(1, reply_to="dx@mihon.example.jp"))["Reply-To"] == "dx@mihon.example.jp"
    assert message_from_bytes(sent(2, reply_to="dx@例え.jp"))["Reply-To"] == "dx@xn--r8jz45g.jp"
    assert message_from_bytes(sent(3))["Reply-To"] is None


@pytest.mark.parametrize(
    ("site", "domain"),
    [
        ("http://127.0.0.1:8000", "dxbukai.invalid"),
        ("http://[::1]:8000", "dxbukai.invalid"),
        ("https://192.0.2.7", "dxbukai.invalid"),
        ("http://localhost:8000", "localhost"),
        ("https://部会.example.jp", "xn--6oq271n.example.jp"),
        ("https://dx.city.example.jp", "dx.city.example.jp"),
    ],
)
def test_a_message_id_ends_in_a_name(email, settings, site, domain):
    settings.SITE_URL = site
    assert message_id(email).rpartition("@")[2] == f"{domain}>"


def test_the_same_email_has_the_same_message_id(email):
    once, again = compose(email, encoding="8bit"), compose(email, encoding="8bit")

    assert once["Message-ID"] == again["Message-ID"]
    assert once["Message-ID"].endswith("@portal.example.jp>")


def test_what_is_secret_comes_in_as_the_email_leaves(sent):
    assert text_of(sent(body="こちら： [[personal-link:42]]\n")) == "こちら： https://example.jp/a/secret-42/\n"


def test_what_anybody_typed_fetches_no_secret_of_somebody_else():
    """A title, a note, a reason: emails tell of them all."""
    assert fill("理由：[[personal-link:43]]", reader=None) == "理由：[[personal-link:43]]"


def test_text_that_only_looks_like_a_placeholder_is_text():
    text = "[[ToDo]] [[personal-link:]] [[資料:1]] [[password:1]]"
    assert fill(text, reader=None) == text


# ASVS V1.3.3, V1.3.11
@pytest.mark.parametrize("column", ["subject", "from_name", "reply_to"])
@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\r\nBcc: all@example.jp", "\n\ntext", "\x85x"])
def test_no_header_can_be_smuggled_in(email, column, end):
    for start in ("件名", "x", "a@example.jp"):
        setattr(email, column, f"{start}{end}")
        with pytest.raises((ValueError, HeaderParseError)):
            compose(email, encoding="base64")


def test_a_japanese_domain_is_written_as_mail_servers_want_it(post):
    assert compose(post(to_address="sato@例え.jp"), encoding="base64")["To"] == "sato@xn--r8jz45g.jp"


APPOINTMENT = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//JA\r\nMETHOD:CANCEL\r\nEND:VCALENDAR\r\n"


def test_an_appointment_goes_along_as_a_file_that_calendars_take(sent):
    message = message_from_bytes(sent(body="本文\n", calendar=APPOINTMENT), policy=default)
    text, file = message.iter_parts()
    assert (message.get_content_type(), text.get_content().strip()) == ("multipart/mixed", "本文")
    assert (file.get_content_type(), file.get_param("method"), file.get_param("charset")) == (
        "text/calendar",
        "CANCEL",
        "utf-8",
    )
    assert (file.get_filename(), file.get_content().encode()) == ("meeting.ics", APPOINTMENT.encode())


def test_a_letter_without_an_appointment_is_one_text(sent):
    assert message_from_bytes(sent(body="本文\n"), policy=default).is_multipart() is False
