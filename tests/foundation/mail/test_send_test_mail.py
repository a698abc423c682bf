"""Whether the mail server takes our letters is tried by hand before anybody needs one."""

from email import message_from_bytes
from email.policy import default

import pytest
from django.core.management import CommandError, call_command


@pytest.fixture
def try_it(settings, sink, capsys):
    settings.MAIL_DELIVERY, settings.EMAIL_HOST, settings.EMAIL_PORT = "smtp", "127.0.0.1", sink.port
    settings.DEFAULT_FROM_EMAIL = "dx@example.jp"

    def try_it(address="kimura@example.jp"):
        call_command("send_test_mail", address)
        return capsys.readouterr().out

    return try_it


def test_a_letter_leaves_at_once_as_all_others_do(try_it, sink):
    said = try_it()
    (raw,) = sink.received
    letter = message_from_bytes(raw, policy=default)
    assert (letter["From"], letter["To"], letter["Subject"]) == (
        "dx@example.jp",
        "kimura@example.jp",
        "試しのメール",
    )
    assert said.startswith("kimura@example.jp 宛ての試しのメールを、メールサーバーが受け取りました")
    assert f"127.0.0.1:{sink.port}、暗号化なし、差出人 dx@example.jp" in said


@pytest.mark.parametrize(
    ("verb", "answer", "words"),
    [
        ("MAIL", "550 not this sender", "何も送っていません.*550 not this sender"),
        ("RCPT", "550 nobody", "受け取りを断りました：550 nobody"),
    ],
)
def test_what_the_server_says_is_told(try_it, sink, verb, answer, words):
    sink.answers[verb] = answer
    with pytest.raises(CommandError, match=f"(?s){words}.*差出人 dx@example.jp"):
        try_it()


def test_a_server_that_hangs_up_may_have_taken_it(try_it, sink):
    sink.hangs_up = True
    with pytest.raises(CommandError, match="届いたかどうか分かりません"):
        try_it()


def test_an_address_that_is_none_is_refused_before_anybody_is_asked(try_it, sink):
    with pytest.raises(CommandError, match="メールアドレスではありません"):
        try_it("kimura")
    assert sink.senders == []


def test_where_no_mail_leaves_it_says_so(try_it, settings):
    settings.MAIL_DELIVERY = "folder"
    assert f"{settings.MAIL_FOLDER} に書き出しました" in try_it()
    settings.MAIL_DELIVERY = "hold"
    with pytest.raises(CommandError, match="メールを送信しない設定"):
        try_it()
