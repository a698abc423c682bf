"""利用目的・見られる人・保存期間 stand above the form; without them nobody is asked for anything."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from foundation.actions import Actor
from foundation.mail.models import Email
from members.actions.links import ask_for_sheets, make_slips
from members.models import IntroSheet
from members.states import Purpose
from tests.members.test_actions import submit
from tests.members.test_member_pages import typed


def url(name, *args):
    return reverse(f"members:{name}", args=args)


@pytest.fixture(params=["purpose_text", "retention_text"])
def silent(group, request):
    """The group does not say what for, or for how long."""
    setattr(group, request.param, " ")
    group.save()
    return group


def test_above_the_form_stands_what_for_who_and_how_long(as_, sato, group):
    page = as_(sato).get(url("edit_sheet", group.slug)).content.decode()
    places = [page.index(text) for text in ("利用目的", "見られる人", "保存期間", 'name="duties"')]
    assert places == sorted(places)
    assert (group.purpose_text in page, group.retention_text in page) == (True, True)


def test_without_them_the_form_does_not_open(as_, sato, silent):
    page = as_(sato).post(url("edit_sheet", silent.slug), typed(wants="書いた文章"))
    assert ("まだ入力できません" in page.content.decode(), "書いた文章" in page.content.decode()) == (True, True)
    assert not IntroSheet.objects.exists()


def test_without_them_the_action_refuses(member, silent):
    member.refresh_from_db()
    with pytest.raises(PermissionDenied, match="利用目的と保存期間がまだ登録されていません"):
        submit(member)


def test_without_them_the_desk_asks_nobody(suzuki, member, on_paper, silent):
    for ask in (
        lambda: ask_for_sheets(group=silent, by=Actor(suzuki)),
        lambda: make_slips(group=silent, purpose=Purpose.SHEET, by=Actor(suzuki)),
    ):
        with pytest.raises(ValidationError, match="利用目的と保存期間がまだ登録されていません"):
            ask()
    assert not Email.objects.exists()


def test_the_desk_is_told_who_mends_it_and_an_administrator_is_led_there(desk, as_, suzuki, member, silent):
    page = desk.get(url("desk_sheets", silent.slug)).content.decode()
    mend = url("edit_group", silent.slug)
    said = ("システム管理者が「管理」で登録", mend, "未提出の方に依頼メールを送る")
    assert [text in page for text in said] == [True, False, False]
    suzuki.is_administrator = True
    suzuki.save()
    assert mend in as_(suzuki).get(url("desk_sheets", silent.slug)).content.decode()


def test_a_press_from_an_older_page_is_answered_in_words(desk, member, silent):
    page = desk.post(url("ask_for_sheets", silent.slug), follow=True)
    assert [str(message)[:10] for message in page.context["messages"]] == ["この会議体には、個人"]


def test_slips_are_refused_in_words(desk, on_paper, silent):
    page = desk.post(url("desk_slips", silent.slug, Purpose.SHEET), follow=True)
    assert "利用目的と保存期間がまだ登録されていません" in page.content.decode()
