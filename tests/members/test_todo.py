"""What somebody has to do on this floor."""

from django.utils import timezone

from foundation.mail.states import EmailState
from members.states import SheetState
from members.todo import todo
from tests import builders


def texts(user):
    return [item.text for item in todo(user)]


def test_a_member_is_asked_for_the_sheet_until_it_is_handed_in(sato, member):
    assert texts(sato) == ["DX推進部会の自己紹介シートを提出する"]
    sheet = builders.make_sheet(membership=member, state=SheetState.DRAFT)
    assert texts(sato) == ["DX推進部会の自己紹介シートを提出する"]
    sheet.state, sheet.submitted_at = SheetState.SUBMITTED, timezone.now()
    sheet.save()
    assert texts(sato) == []


def test_the_desk_is_told_of_sheets_that_wait(suzuki, member, expert):
    builders.make_sheet(membership=member, state=SheetState.SUBMITTED)
    builders.make_sheet(membership=expert)
    [item] = todo(suzuki)
    assert (item.text, item.note) == (
        "DX推進部会の自己紹介シートを参加者に公開する",
        "1名分が公開を待っています。",
    )


def test_a_desk_where_no_sheet_waits_has_nothing_to_show(suzuki, member, expert):
    builders.make_sheet(membership=member, state=SheetState.DRAFT)
    builders.make_sheet(membership=expert)
    assert texts(suzuki) == []


def test_an_administrator_is_told_of_a_lonely_desk_and_of_emails_that_did_not_arrive(abe, group, suzuki):
    builders.make_email(state=EmailState.UNDELIVERABLE)
    assert texts(abe) == ["DX推進部会の事務局の担当者を2名以上にする", "送信できていないメールを確認する"]


def test_others_have_nothing_to_do(kimura, member):
    assert texts(kimura) == []
