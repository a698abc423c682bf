"""Of a group of any size a page of the desk reads the people whom it shows, and asks as often as for a few."""

from collections import Counter

import pytest
from django.core.exceptions import ValidationError
from django.db.models.signals import post_init

from foundation.actions import Actor
from foundation.db import clock
from meetings.actions import meetings
from meetings.models import Letter, Meeting
from meetings.states import MeetingState
from members.actions.links import make_slips
from members.models import Membership, MembershipTerm, User
from members.states import Category, Channel
from tests import builders

pytestmark = pytest.mark.django_db
DESK = "/groups/dx-now/desk/"
CALL, REMIND, TALLY, LETTERS = (f"{DESK}meetings/2/{page}/" for page in ("announce", "remind", "tally", "letters"))
CALLS = f"{LETTERS}phone-list/"
SLIPS = f"{DESK}members/slips/meeting/"
MANY = 210


@pytest.fixture
def many(group, survey):
    """Each second of them by email, by one address in pairs; the others on paper."""
    users = User.objects.bulk_create(
        User(
            family_name=f"見本{number}",
            family_kana="みほん",
            delivery_email=f"m{number // 4}@example.jp" if number % 2 else "",
            channel=Channel.MAIL if number % 2 else Channel.PAPER,
        )
        for number in range(MANY)
    )
    people = Membership.objects.bulk_create(Membership(group=group, user=user) for user in users)
    MembershipTerm.objects.bulk_create(
        MembershipTerm(membership=person, category=Category.MEMBER, valid_from=builders.LONG_AGO)
        for person in people
    )
    return people


@pytest.fixture
def called(many, meeting):
    """As many letters as people, all of them on paper that was handed out."""
    Letter.objects.bulk_create(
        Letter(meeting=meeting, membership=person, kind="announce", by_paper=True, handed_at=clock.now())
        for person in many
    )


@pytest.fixture
def made():
    """How many people the code has made objects of."""
    count = Counter()

    def note(sender, **_given):
        count[sender.__name__] += 1

    for model in (Membership, User):
        post_init.connect(note, sender=model)
    yield count
    for model in (Membership, User):
        post_init.disconnect(note, sender=model)


def test_the_check_page_of_a_call_names_fifty(many, meeting, as_, suzuki, made, django_assert_num_queries):
    """Slow, because it names fifty addresses that two share."""
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.DRAFT, announced_at=None)
    desk = as_(suzuki)
    made.clear()
    with django_assert_num_queries(14):
        told = desk.get(CALL).context
    assert (told["total"], told["count"], told["on_paper"]) == (MANY, MANY // 2, MANY // 2)
    assert (len(told["page"]), len(told["without"]), len(told["shared"])) == (50, 50, 50)
    # The page, those on paper, and two for each address that is shared.
    assert made["Membership"] <= 50 + 50 + 2 * 50


@pytest.mark.parametrize(
    ("page", "queries", "shown"),
    [(REMIND, 8, 50), (TALLY, 6, 50), (f"{TALLY}?all=1", 6, 200)],
)
def test_a_list_reads_those_whom_it_shows(
    called, page, queries, shown, as_, suzuki, made, django_assert_num_queries
):
    desk = as_(suzuki)
    made.clear()
    with django_assert_num_queries(queries):
        assert len(desk.get(page).context["page"]) == shown
    assert shown <= made["Membership"] <= shown + 3


@pytest.mark.parametrize(("page", "people"), [(LETTERS, 50), (CALLS, 200)])
def test_of_letters_it_reads_those_whom_it_shows_and_fifty_who_were_told_of_another_day(
    called, page, people, as_, suzuki, made, django_assert_num_queries
):
    """Whoever has an address, and whoever has none, is looked at once for all."""
    desk = as_(suzuki)
    made.clear()
    with django_assert_num_queries(14):
        desk.get(page)
    assert made["Membership"] == people + 50 + 2


def test_slips_are_printed_fifty_at_a_time(many, group, as_, suzuki, made, django_assert_num_queries):
    """Slow, because each of fifty slips has a picture of its own."""
    make_slips(group=group, purpose="meeting", by=Actor(suzuki))
    desk = as_(suzuki)
    made.clear()
    with django_assert_num_queries(9):
        assert len(desk.get(SLIPS).context["slips"]) == 50
    assert made["Membership"] <= 53


def test_of_many_the_desk_reminds_those_of_a_page_or_all(called, meeting, many, as_, suzuki):
    """Slow, because 210 letters are written."""
    desk = as_(suzuki)
    shown = desk.get(REMIND)
    assert "210名のうち、1人目から50人目までの方です。" in shown.text
    some = [person.pk for person in list(shown.context["page"])[:3]]
    desk.post(REMIND, {"people": [*some, "nonsense", 10**20]})
    reminded = Letter.objects.filter(meeting=meeting, kind="remind")
    assert sorted(reminded.values_list("membership", flat=True)) == sorted(some)
    answer = desk.post(REMIND, {"everybody": "1"}, follow=True)
    assert f"{MANY - 3}名への再案内を用意しました。" in answer.text
    assert reminded.count() == MANY
    assert "再案内を送る方はいません" in desk.get(REMIND).text


def test_of_few_there_is_one_button(called, meeting, many, as_, suzuki):
    Letter.objects.exclude(membership__in=many[:50]).delete()
    shown = as_(suzuki).get(REMIND).text
    assert ("全員に送る" in shown, "チェックを入れた方に送る" in shown) == (False, True)


def test_reminding_counts_again_who_is_silent(called, meeting, member, suzuki, survey):
    """Of those ticked who has answered meanwhile is not written to."""
    builders.make_letter(meeting=meeting, membership=member)
    builders.make_reply(survey=survey, membership=member)
    with pytest.raises(ValidationError):
        meetings.remind(meeting=meeting, by=Actor(suzuki), people=[member.pk])
