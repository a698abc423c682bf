"""Whose names a text tells, and which numbers and addresses, asked before anyone may read it."""

import pytest

from meetings.states import Mode
from members.states import Category
from reports.compose import contacts_in, named_in
from reports.compose.people import Found
from tests import builders

SHOWN = {"display_family_name": "旧田", "display_family_kana": "きゅうだ"}


@pytest.fixture
def meeting(group):
    """Of whose group somebody is registered as 髙﨑 and works as 旧田, and somebody has a Latin name."""
    people = [("\u9ad9\ufa11", "花", SHOWN), ("NGUYEN", "VAN AN", {})]
    for family, given, shown in people:
        builders.make_membership(group=group, user=builders.make_user(family=family, given=given, **shown))
    return builders.make_meeting(group=group)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("旧田さんから意見があった。", ["旧田 花"]),
        ("高崎氏から意見があった。", ["旧田 花"]),
        ("\u9ad9\ufa11委員から賛成の意見があった。", ["旧田 花"]),
        ("旧田課長が説明した。", ["旧田 花"]),
        ("旧田　花が発言した。", ["旧田 花"]),
        ("高崎花が発言した。", ["旧田 花"]),
        ("NGUYEN VAN ANが発言した。", ["NGUYEN VAN AN"]),
        ("ＮＧＵＹＥＮ氏と旧田様が発言した。", ["旧田 花", "NGUYEN VAN AN"]),
        # A place of the same name: a person sees the sentence and knows.
        ("高崎市の例を見た。", ["旧田 花"]),
        ("花の水やりを話した。", []),
        ("NGUYENSの製品を見た。", []),
    ],
)
def test_somebody_is_named_by_either_name_and_in_any_of_its_characters(meeting, text, named):
    assert sorted(found.what for found in named_in(text, meeting)) == sorted(named)


def test_each_name_comes_with_its_sentences(meeting):
    text = "○旧田委員が尋ねた。事務局が答えた。\n○高崎委員が続けた"
    assert named_in(text, meeting) == [Found("旧田 花", ("○旧田委員が尋ねた。", "○高崎委員が続けた"))]


def test_who_stood_in_for_somebody_is_looked_for_too(meeting):
    meeting.roll.create(
        membership=meeting.group.memberships.first(),
        category=Category.MEMBER,
        name="旧田 花",
        mode=Mode.VENUE,
        is_substitute=True,
        substitute_name="代田 理恵",
    )
    assert named_in("代田主査が説明した。", meeting) == [Found("代田 理恵", ("代田主査が説明した。",))]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("電話は0577-32-3333です。", ["0577-32-3333"]),
        ("電話は（０５７７）３２－３３３３です。", ["(0577)32-3333"]),
        ("携帯は090 1234 5678です。", ["090 1234 5678"]),
        ("内線2345へ。", ["内線2345"]),
        ("a.b+c@example.lg.jpへ。", ["a.b+c@example.lg.jp"]),
        ("令和3年5月18日、2,070字、100-200名。", []),
    ],
)
def test_numbers_and_addresses_are_found_in_any_width(sentence, found):
    assert [each.what for each in contacts_in(sentence)] == found
