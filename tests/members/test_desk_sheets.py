"""The desk asks for the sheets, sees who handed in, and shows them to the group."""

import pytest
from django.urls import reverse

from foundation.mail.models import Email
from members.models import IntroSheet, PersonalLink
from members.states import Audience, SheetState
from tests import builders


def url(name, *args):
    return reverse(f"members:{name}", args=args)


def test_the_desk_sees_who_handed_in(desk, group, member, expert):
    builders.make_sheet(membership=member, state=SheetState.SUBMITTED)
    builders.make_sheet(membership=expert, state=SheetState.DRAFT)
    page = desk.get(url("desk_sheets", group.slug))
    assert [page.context[name] for name in ("submitted", "waiting", "to_ask")] == [1, 1, 1]


def test_the_desk_does_not_see_that_there_is_a_draft(desk, group, expert):
    builders.make_sheet(membership=expert, state=SheetState.DRAFT, wants="秘密の下書き")
    page = desk.get(url("desk_sheets", group.slug)).content.decode()
    main = page.partition("<main")[2].partition("</main>")[0]
    assert ("未提出" in main, "下書き" in main, "秘密" in main) == (True, False, False)


def test_the_desk_shows_the_sheets_that_are_meant_for_its_group(desk, group, stranger, member, expert):
    here = builders.make_sheet(membership=member, state=SheetState.SUBMITTED)
    builders.make_sheet(membership=expert, state=SheetState.SUBMITTED, audience=Audience.DESK)
    builders.make_sheet(membership=stranger.memberships.get(), state=SheetState.SUBMITTED)
    page = desk.post(url("show_sheets", group.slug), follow=True)
    assert list(IntroSheet.objects.filter(state=SheetState.SHOWN)) == [here]
    assert "1名分の自己紹介シートを参加者に公開しました。" in page.content.decode()


def test_those_who_have_not_handed_in_are_asked_once(desk, group, member, expert, on_paper):
    builders.make_sheet(membership=expert, state=SheetState.SUBMITTED)
    for _ in range(2):
        desk.post(url("ask_for_sheets", group.slug))
    email = Email.objects.get()
    link = PersonalLink.objects.get(membership=member)
    assert (email.to_address, email.subject) == (
        "sato@example.jp",
        "【お願い】DX推進部会 自己紹介シートの提出について",
    )
    assert f"[[personal-link:{link.pk}]]" in email.body
    assert email.body.startswith("市民課 佐藤 花子 様\n")


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_sheets_ask_the_database_as_often_for_many(desk, group, count, django_assert_num_queries):
    for _ in range(count):
        builders.make_sheet(membership=builders.make_membership(group=group))
    with django_assert_num_queries(5):
        desk.get(url("desk_sheets", group.slug))


@pytest.mark.parametrize("name", ["show_sheets", "ask_for_sheets"])
def test_actions_are_no_pages(desk, group, name):
    assert desk.get(url(name, group.slug)).status_code == 405


def test_who_gets_paper_is_never_said_to_have_been_written_to(desk, group, on_paper):
    page = desk.post(url("ask_for_sheets", group.slug), follow=True)
    assert [str(message) for message in page.context["messages"]] == [
        "新たにメールを送る方はいません。メールが届かない方には、配布用の案内を渡してください。"
    ]


def test_the_desk_is_told_how_many_are_written_to(desk, group, member, expert):
    page = desk.post(url("ask_for_sheets", group.slug), follow=True)
    assert [str(message) for message in page.context["messages"]] == ["2名に提出をお願いするメールを送ります。"]
