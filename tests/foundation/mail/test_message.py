from email import message_from_bytes
from email.policy import default

import pytest

from foundation.mail.message import compose, fill
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

    def sent(encoding="base64", **fields):
        return compose(post(**fields), encoding=encoding).as_bytes()

    return sent


@pytest.mark.parametrize("encoding", ["base64", "8bit"])
def test_an_email_arrives_as_it_was_written(sent, encoding):
    subject = "【要回答・7月6日（火）午後5時まで】" + "第2回DX推進部会 出欠回答のお願い（𠮷田様・髙橋様）" * 3
    body = "市民課 佐藤 花子 様\n\n" + "とても長い段落です。" * 300 + "\n.\nFrom 行頭の語\n①㈱髙𠮷～−\n"
    received = sent(encoding, subject=subject, body=body)
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
def test_no_header_can_be_smuggled_in(email):
    email.subject = "件名\r\nBcc: all@example.jp"
    with pytest.raises(ValueError, match="linefeed"):
        compose(email, encoding="base64")


def test_a_japanese_domain_is_written_as_mail_servers_want_it(post):
    assert compose(post(to_address="sato@例え.jp"), encoding="base64")["To"] == "sato@xn--r8jz45g.jp"
