"""書面意見: what the absent wrote beforehand is offered to whoever writes the record, and taken over at once."""

import pytest
from django.urls import reverse

from foundation.actions import Actor
from meetings.actions import record, roll
from meetings.models import Reply
from meetings.states import Mode, Point
from tests import builders

OPINION = "手続の一覧を公開してほしい。\n\n窓口の声も聞いてほしい。"


@pytest.fixture
def meeting(meeting, survey, member):
    """Sato stays away and writes two paragraphs."""
    builders.make_reply(survey=survey, membership=member, mode=Mode.ABSENT, written_opinion=OPINION)
    return meeting


@pytest.fixture
def page(meeting):
    return reverse("meetings:record_opinions", args=[meeting.group.slug, meeting.number])


def lines(meeting):
    return list(meeting.entries.standing().values_list("item", "point", "text", "speaker"))


def test_the_record_offers_them_and_takes_them_over_in_one_press(meeting, page, member, as_, suzuki):
    item, desk, own = builders.make_item(meeting=meeting), as_(suzuki), Reply.objects.get().pk
    record_page = reverse("meetings:record", args=[meeting.group.slug, meeting.number])
    assert "欠席した方の書面意見を追加する（1名）" in desk.get(record_page).content.decode()
    told = desk.post(page, {"place": item.pk, "opinions": [own]}, follow=True).content.decode()
    assert lines(meeting) == [
        (item.pk, Point.POINT, "欠席者から、書面で次の意見があった。", None),
        (item.pk, Point.PLAIN, "・手続の一覧を公開してほしい。", member.pk),
        (item.pk, Point.PLAIN, "窓口の声も聞いてほしい。", member.pk),
    ]
    assert ("追加を元に戻す" in told, "書面意見を追加する" in told) == (True, False)


def test_whoever_came_after_all_says_it_in_person(meeting, page, member, as_, suzuki):
    roll.mark(meeting=meeting, membership=member, by=Actor(suzuki), mode=Mode.VENUE)
    assert "記録に追加する書面意見はありません" in as_(suzuki).get(page).content.decode()


def test_what_was_taken_back_is_offered_again(meeting, page, as_, suzuki):
    as_(suzuki).post(page, {"opinions": [Reply.objects.get().pk]})
    added = list(meeting.entries.values_list("pk", flat=True).order_by("pk"))
    record.take_back_entries(meeting=meeting, by=Actor(suzuki), first=added[0], last=added[-1])
    assert list(Reply.objects.standing().opinions_to_record(meeting)) == [Reply.objects.get()]


def test_nothing_is_added_without_a_tick(meeting, page, as_, suzuki):
    assert "記録に追加する意見を選んでください。" in as_(suzuki).post(page, {}).content.decode()
    assert lines(meeting) == []
