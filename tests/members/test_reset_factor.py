"""Who lost every factor: an administrator takes them off after having made sure who it is; so does the server."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.urls import reverse

from foundation.actions import Actor
from foundation.audit.models import Event, Via
from foundation.mail.models import Email
from members.actions.factors import reset_factor
from members.models import GraceLogin
from tests import builders
from tests.members.logins import last_email, login, who

REASON = {"reason": "スマートフォンの紛失。職員証を対面で確認した。"}


@pytest.fixture
def lost(known):
    builders.make_app(user=known)
    builders.make_session(user=known)
    GraceLogin.objects.create(user=known)
    return known


def events(action):
    return [(each.by_id, each.via, each.target_id, each.changes) for each in Event.objects.filter(action=action)]


# ASVS V6.4.4, V6.5.6
def test_an_administrator_takes_them_off_with_a_reason_and_the_person_is_told(office, abe, lost, client):
    page = office.post(reverse("members:reset_factor", args=[lost.pk]), REASON)

    assert page.url == reverse("members:edit_person", args=[lost.pk])
    assert (Authenticator.objects.count(), UserSession.objects.count(), GraceLogin.objects.count()) == (0, 0, 0)
    said = {"reason": REASON["reason"], "removed": ["認証アプリ"]}
    assert events("members.reset_factor") == [(abe.pk, Via.LOGIN, lost.pk, said)]
    assert (last_email().to_address, last_email().subject) == (
        "sato@example.jp",
        "【見本市 DX推進部会ポータル】二段階認証の登録を取り消しました",
    )


def test_afterwards_the_password_is_enough_until_another_is_set_up(office, lost, client):
    office.post(reverse("members:reset_factor", args=[lost.pk]), REASON)
    client.post(reverse("account_logout"))
    login(client)
    assert who(client) == str(lost.pk)


def test_without_a_reason_nothing_happens(office, lost):
    page = office.post(reverse("members:reset_factor", args=[lost.pk]), {"reason": ""})
    assert page.context["form"].errors == {"reason": ["理由と本人確認の方法を入力してください。"]}
    assert Authenticator.objects.exists()


def test_nobody_does_it_for_themselves(office, abe):
    builders.make_app(user=abe)
    page = office.post(reverse("members:reset_factor", args=[abe.pk]), REASON)
    assert page.context["form"].non_field_errors() == [
        "御自分の登録は、御自分の「二段階認証」のページで変更してください。"
    ]
    assert Authenticator.objects.exists()


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("sato@example.jp", "御本人には、sato@example.jp へメールでお知らせします。"),
        (None, "メールアドレスの登録がないため、御本人には直接お知らせください。"),
    ],
)
def test_the_page_says_how_the_person_will_know(office, lost, email, words):
    lost.email = email
    lost.save()
    address = reverse("members:reset_factor", args=[lost.pk])
    assert words in office.get(address).content.decode()
    office.post(address, REASON)
    assert [each.to_address for each in Email.objects.all()] == ([email] if email else [])


def test_nobody_else_does_it(suzuki, lost):
    with pytest.raises(PermissionDenied, match="システム管理者だけ"):
        reset_factor(person=lost, by=Actor(suzuki), reason="頼まれた。")
    assert Authenticator.objects.exists()


def test_who_has_none_has_nothing_to_be_taken_off(office, sato):
    page = office.post(reverse("members:reset_factor", args=[sato.pk]), REASON)
    assert page.context["form"].non_field_errors() == ["この方は、二段階認証を登録していません。"]
    assert not Email.objects.exists()


def test_the_persons_page_says_what_they_have_and_leads_there(office, lost, sato, tanaka):
    page = office.get(reverse("members:edit_person", args=[lost.pk])).content.decode()
    assert "二段階認証：認証アプリ" in page
    assert "ログイン中の端末：1台" in page
    assert reverse("members:reset_factor", args=[lost.pk]) in page
    other = office.get(reverse("members:edit_person", args=[tanaka.pk])).content.decode()
    assert "二段階認証は登録していません。ログイン中の端末は0台です。" in other
    assert reverse("members:reset_factor", args=[tanaka.pk]) not in other


def test_the_only_administrator_is_let_in_by_who_runs_the_server(lost, capsys):
    call_command("reset_factor", "SATO@example.jp", reason="本人が庁舎で依頼した。")

    assert not Authenticator.objects.exists()
    said = {"reason": "本人が庁舎で依頼した。", "removed": ["認証アプリ"]}
    assert events("members.reset_factor") == [(None, Via.COMMAND, lost.pk, said)]
    assert last_email().to_address == "sato@example.jp"
    assert "佐藤 花子さんの二段階認証の登録を取り消しました。" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("email", "words"),
    [("nobody@example.jp", "登録されていません"), ("tanaka@example.com", "二段階認証を登録していません")],
)
def test_the_command_says_what_it_cannot_do(lost, tanaka, email, words):
    with pytest.raises(CommandError, match=words):
        call_command("reset_factor", email)
