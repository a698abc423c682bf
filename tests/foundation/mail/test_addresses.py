"""What is an email address is answered once. Some were given out by carriers before there was a rule."""

from email import message_from_bytes

import pytest
from django.core.exceptions import ValidationError

from foundation.jobs.states import JobState
from foundation.jobs.worker import Worker
from foundation.mail import addresses
from foundation.mail.models import Email

OF_A_CARRIER = "taro..yamada.@docomo.ne.jp"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ", "taro@example.jp"),
        ("taro@example。jp", "taro@example.jp"),
        ("　taro@example.jp ", "taro@example.jp"),
    ],
)
def test_letters_of_full_width_are_turned(typed, meant):
    assert addresses.half_width(typed) == meant


@pytest.mark.parametrize(
    "address", ["taro@example.jp", "a.b+c_d@ka.mihon.lg.jp", "sato@例え.jp", "o'neill@example.jp"]
)
def test_what_is_right_is_taken_everywhere(address):
    addresses.refuse_wrong(address)
    addresses.refuse_undeliverable(address)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("taro", "メールアドレスに「@」がありません。入力し直してください。"),
        ("taro@@example.jp", "メールアドレスに「@」が二つ以上あります。入力し直してください。"),
        ("@example.jp", "メールアドレスの「@」の前か後が空です。入力し直してください。"),
        ("taro@", "メールアドレスの「@」の前か後が空です。入力し直してください。"),
        ("taro yamada@example.jp", "メールアドレスの途中に空白が入っています。空白を消してください。"),
        (
            "a@example.jp,b@example.jp",
            "メールアドレスは一つだけ、氏名や記号「< >」「,」「;」を付けずに入力してください。",
        ),
        ("taro@example", "メールアドレスの「@」より後ろが正しくありません。入力し直してください。"),
        ("taro@example..jp", "メールアドレスの「@」より後ろが正しくありません。入力し直してください。"),
        ("太郎@example.jp", "メールアドレスの「@」より前に、日本語などの文字は使えません。"),
        ("taro..y@example.jp", "メールアドレスの「@」より前で、「.」が先頭や末尾にあるか、続いています。"),
        ("taro.@example.jp", "メールアドレスの「@」より前で、「.」が先頭や末尾にあるか、続いています。"),
        (".taro@example.jp", "メールアドレスの「@」より前で、「.」が先頭や末尾にあるか、続いています。"),
        (
            "ta(ro@example.jp",
            "メールアドレスの形になっていません。「name@example.jp」のような形で入力してください。",
        ),
        (
            "長@docomo.ne.jp",
            "メールアドレスの「@」より前に、日本語などの文字は使えません。",
        ),
        ("長..長@docomo.ne.jp", "メールアドレスの「@」より前に、日本語などの文字は使えません。"),
        ("..@docomo.ne.jp", "メールアドレスの「@」より前で、「.」が先頭や末尾にあるか、続いています。"),
        (
            "ta..ro@docomo.ne.jp.example.jp",
            "メールアドレスの「@」より前で、「.」が先頭や末尾にあるか、続いています。",
        ),
    ],
)
def test_what_is_wrong_is_said_alike_of_every_address(address, sentence):
    for refuse in (addresses.refuse_wrong, addresses.refuse_undeliverable):
        with pytest.raises(ValidationError) as refusal:
            refuse(address)
        assert refusal.value.messages == [sentence]


@pytest.mark.parametrize("address", [OF_A_CARRIER, ".taro@ezweb.ne.jp", "taro.@b3.ezweb.ne.jp"])
def test_to_an_address_of_a_carrier_emails_go_but_nobody_logs_in_by_it(address):
    addresses.refuse_undeliverable(address)
    with pytest.raises(ValidationError):
        addresses.refuse_wrong(address)


@pytest.mark.parametrize("ending", ["\n", "\r\nBcc: all@example.jp", " "])
def test_nothing_hangs_on_to_an_address_of_a_carrier(ending):
    assert not addresses.is_irregular(f"{OF_A_CARRIER}{ending}")
    with pytest.raises(ValidationError):
        addresses.refuse_undeliverable(f"{OF_A_CARRIER}{ending}")


@pytest.mark.parametrize(
    ("address", "quoted"),
    [
        (OF_A_CARRIER, '"taro..yamada."@docomo.ne.jp'),
        (f".{'a' * 39}@docomo.ne.jp", f'".{"a" * 39}"@docomo.ne.jp'),
        ("taro.yamada@docomo.ne.jp", "taro.yamada@docomo.ne.jp"),
    ],
)
def test_it_arrives_in_the_quotation_marks_that_mail_servers_want(sink, smtp, settings, post, address, quoted):
    """Both in the header and in what is said to the server beforehand."""
    settings.MAIL_DELIVERY = "smtp"
    post(to_address=address)
    Worker().run_once()
    assert Email.objects.get().job.state == JobState.DONE
    header = next(line for line in sink.received[0].split(b"\r\n") if line.startswith(b"To:"))
    assert (sink.recipients, header) == ([f"<{quoted}>"], f"To: {quoted}".encode())
    assert message_from_bytes(sink.received[0])["Subject"]
