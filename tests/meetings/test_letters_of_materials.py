"""What people are told of materials: with the call, by one letter at a time, and never the same twice."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from foundation.actions import SYSTEM, Actor
from foundation.jobs.states import JobState
from foundation.mail.models import Email
from meetings import correspondence
from meetings.actions import letters, materials, meetings
from meetings.actions.materials import Given
from meetings.models import Letter, Meeting
from meetings.states import MaterialAudience, MaterialKind, Mode
from members.actions import memberships
from members.models import User
from members.states import Channel
from tests import builders

DESK = "/groups/dx-now/desk/meetings/2/"


def at(days, hour=13):
    return (timezone.localtime() + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)


@pytest.fixture
def planned(group, suzuki, member, expert, first_meeting):
    when = {"starts_at": at(30), "ends_at": at(30, 15)}
    return meetings.create_meeting(group=group, by=Actor(suzuki), building="見本市役所", room="大会議室", **when)


@pytest.fixture
def call(planned, suzuki):
    def press():
        planned.refresh_from_db()
        meetings.announce(meeting=planned, by=Actor(suzuki), seen=planned.version)

    return press


@pytest.fixture
def called(call, leave):
    """Sato and Tanaka have their call; nothing waits."""
    call()
    leave()


@pytest.fixture
def bring(planned, suzuki):
    def do(title="基本構想", url="https://example.jp/1", kind=MaterialKind.LINK, **fields):
        given = Given(kind=kind, url=url if kind == MaterialKind.LINK else "")
        return materials.add_material(meeting=planned, by=Actor(suzuki), title=title, given=given, **fields)

    return do


@pytest.fixture
def replace(suzuki):
    def do(material, url="https://example.jp/2"):
        material.refresh_from_db()
        given = Given(kind=MaterialKind.LINK, url=url)
        materials.replace_material(material=material, by=Actor(suzuki), seen=material.version, given=given)

    return do


@pytest.fixture
def tell(planned, suzuki):
    return lambda: letters.tell_of_materials(meeting=planned, by=Actor(suzuki))


def kinds_waiting(person):
    return [letter.kind for letter in Letter.objects.waiting().filter(membership__user=person).order_by("pk")]


def sent_to(person):
    return list(Email.objects.filter(to=person, job__state=JobState.DONE).order_by("pk"))


def last_to(person):
    return sent_to(person)[-1]


# With the call


def test_the_call_names_what_there_is_and_where_it_is_read(bring, call, leave, sato):
    bring()
    bring("記入用紙", kind=MaterialKind.PAPER)
    bring("手持ち", audience=MaterialAudience.DESK)
    call()
    leave()
    assert (
        "【資料】\n　資料1　基本構想\n　資料2　記入用紙（当日、紙で配布します）\n"
        "　（回答用ページの「資料」の欄にあります。）\n"
    ) in last_to(sato).body


def test_without_materials_the_call_says_nothing_of_them(called, sato):
    assert "資料" not in last_to(sato).body


def test_a_call_that_waits_is_written_again_with_what_came(call, bring, leave, sato):
    call()
    bring()
    assert kinds_waiting(sato) == ["announce"]
    leave()
    assert (len(sent_to(sato)), "資料1　基本構想" in last_to(sato).body) == (1, True)


def test_the_sample_on_the_check_page_names_them_too(bring, as_, suzuki):
    bring()
    assert "資料1　基本構想" in as_(suzuki).get(f"{DESK}announce/").context["sample"][1]


# After it


def test_nobody_is_told_of_what_came_later_unless_the_desk_says_so(called, bring, replace, leave, sato):
    replace(bring())
    leave()
    assert (kinds_waiting(sato), len(sent_to(sato))) == ([], 1)


def test_with_one_press_everybody_who_was_called_is_told_of_all_in_one_letter(
    bring, replace, called, as_, suzuki, leave, sato, tanaka
):
    material = bring()
    bring("記入用紙", kind=MaterialKind.PAPER)
    desk = as_(suzuki)
    assert [reader.person.user for reader in desk.get(f"{DESK}materials/").context["untold"]] == [sato, tanaka]
    desk.post(reverse("meetings:tell_of_materials", args=["dx-now", 2]))
    assert (desk.get(f"{DESK}materials/").context["untold"], kinds_waiting(tanaka)) == ([], ["materials"])
    leave()
    email = last_to(sato)
    assert email.subject == "第2回DX推進部会の資料について（2件）"
    assert (
        "　資料1　基本構想（新たに加えました）\n　資料2　記入用紙（新たに加えました。当日、紙で配布します）\n"
    ) in email.body
    assert "差し替えた" not in email.body
    replace(material)
    desk.post(reverse("meetings:tell_of_materials", args=["dx-now", 2]))
    leave()
    assert last_to(sato).subject == "第2回DX推進部会の資料について（1件）"
    assert "　資料1　基本構想（差し替えました）\n" in last_to(sato).body
    assert "差し替えたものは、新しい資料を御利用くださいますようお願いします。" in last_to(sato).body


def test_the_desk_sees_beside_the_letters_that_somebody_does_not_know_of_all(bring, called, as_, suzuki):
    page = f"{DESK}letters/"
    assert "新しい資料を" not in as_(suzuki).get(page).content.decode()
    bring()
    assert "新しい資料をまだお知らせしていない方が2名います" in as_(suzuki).get(page).content.decode()


def test_what_was_told_once_is_not_told_again(bring, called, tell, leave):
    bring()
    assert tell() == 2
    with pytest.raises(ValidationError, match="お知らせしていない資料はありません"):
        tell()
    leave()
    with pytest.raises(ValidationError, match="お知らせしていない資料はありません"):
        tell()


def test_who_reads_of_it_in_the_call_is_not_told_of_it(bring, called, group, planned, suzuki, tell, leave, sato):
    """Kimura joined later; their call names what the others are told of."""
    late = builders.make_membership(group=group)
    bring()
    letters.tell_all(meeting=planned, by=Actor(suzuki))
    assert tell() == 2
    assert kinds_waiting(late.user) == ["announce"]
    leave()
    with pytest.raises(ValidationError):
        tell()


def test_a_letter_that_waits_tells_what_is_so_now(bring, replace, called, tell, leave, sato, planned, suzuki):
    material = bring()
    tell()
    replace(material)
    bring("統計", "https://example.jp/3")
    materials.move_material(material=material, by=Actor(suzuki), step=1)
    assert kinds_waiting(sato) == ["materials"]
    leave()
    assert (len(sent_to(sato)), last_to(sato).subject) == (2, "第2回DX推進部会の資料について（2件）")
    assert "　資料1　統計（新たに加えました）\n　資料2　基本構想（新たに加えました）\n" in last_to(sato).body


@pytest.mark.parametrize("how", ["withdrawn", "for the desk"])
def test_what_was_taken_away_before_the_letter_left_is_not_told(bring, called, tell, sato, suzuki, how):
    material = bring()
    tell()
    if how == "withdrawn":
        materials.withdraw_material(material=material, by=Actor(suzuki), seen=1)
    else:
        fields = {"title": "基本構想", "item": None, "audience": MaterialAudience.DESK}
        materials.edit_material(material=material, by=Actor(suzuki), seen=1, **fields)
    assert kinds_waiting(sato) == []


def test_a_letter_that_was_taken_back_is_offered_again(bring, called, tell, planned, suzuki, sato, as_):
    bring()
    tell()
    waiting = list(Letter.objects.waiting().values_list("pk", flat=True))
    letters.withdraw_letters(meeting=planned, by=Actor(suzuki), letters=waiting)
    assert (kinds_waiting(sato), len(as_(suzuki).get(f"{DESK}materials/").context["untold"])) == ([], 2)
    assert Meeting.objects.get(pk=planned.pk).state == "announced"


def test_a_new_day_is_told_beside_it_and_the_letter_says_the_new_day(
    bring, called, tell, planned, suzuki, sato, leave
):
    bring()
    tell()
    planned.refresh_from_db()
    fields = {"starts_at": at(37), "ends_at": at(37, 15)}
    meetings.edit_meeting(meeting=planned, by=Actor(suzuki), seen=planned.version, **fields)
    assert sorted(kinds_waiting(sato)) == ["change", "materials"]
    leave()
    (letter,) = [email for email in sent_to(sato) if "資料について" in email.subject]
    assert f"【日時】令和{at(37).year - 2018}年{at(37).month}月{at(37).day}日" in letter.body


def test_a_reminder_that_waits_is_not_written_again_for_a_material(bring, called, planned, suzuki, member, sato):
    meetings.remind(meeting=planned, by=Actor(suzuki), people=[member.pk])
    before = list(Letter.objects.waiting().values_list("pk", flat=True))
    bring()
    assert list(Letter.objects.waiting().values_list("pk", flat=True)) == before


def test_who_has_left_is_told_nothing(bring, called, tell, member, sato, suzuki):
    yesterday = timezone.localdate() - timedelta(days=1)
    bring()
    memberships.end_membership(membership=member, by=Actor(suzuki), valid_to=yesterday)
    assert (tell(), kinds_waiting(sato)) == (1, [])


def test_whose_call_was_taken_back_is_told_of_nothing_before_they_are_called(
    bring, call, planned, suzuki, leave, sato, tanaka, tell
):
    call()
    own = Letter.objects.waiting().get(membership__user=sato)
    letters.withdraw_letters(meeting=planned, by=Actor(suzuki), letters=[own.pk])
    leave()
    bring()
    assert (tell(), kinds_waiting(sato), kinds_waiting(tanaka)) == (1, [], ["materials"])


def test_before_the_call_there_is_nobody_to_tell(bring, tell):
    bring()
    with pytest.raises(ValidationError, match="開催通知を送る手続をした後に"):
        tell()


# On the eve, and on paper


def test_the_letter_of_the_eve_names_them_and_says_which_were_replaced(
    bring, replace, call, leave, planned, member, sato
):
    material = bring()
    call()
    leave()
    replace(material)
    bring("統計", "https://example.jp/3")
    builders.make_reply(survey=planned.survey, membership=member, mode=Mode.VENUE)
    letters.write_eve(meeting=planned, by=SYSTEM)
    leave()
    assert "【資料】\n　資料1　基本構想（差し替えました）\n　資料2　統計\n" in last_to(sato).body


def test_who_has_no_mail_gets_paper(bring, call, leave, planned, suzuki, sato, tell):
    User.objects.filter(pk=sato.pk).update(channel=Channel.PAPER)
    call()
    leave()
    (paper,) = planned.letters.filter(by_paper=True)
    letters.hand_out(meeting=planned, by=Actor(suzuki), letters=[paper.pk])
    bring()
    assert (tell(), kinds_waiting(sato)) == (2, ["materials"])
    told = correspondence.of(Meeting.objects.get(pk=planned.pk))
    (printed,) = correspondence.papers(told, told.papers)
    assert printed.subject == "第2回DX推進部会の資料について（1件）"
    assert "　資料1　基本構想（新たに加えました）" in printed.text


def test_a_presenter_s_file_changes_what_waits_without_making_anybody_a_link(call, planned, expert, tanaka, sato):
    call()
    item = builders.make_item(meeting=planned, presenter=expert)
    given = Given(kind=MaterialKind.LINK, url="https://example.jp/")
    materials.offer_material(item=item, by=Actor(tanaka), title="紹介", given=given)
    (letter,) = Letter.objects.waiting().filter(membership__user=sato)
    assert ("資料1　紹介" in letter.email.body, "[[personal-link:" in letter.email.body) == (True, True)


def test_a_letter_of_before_there_were_materials_that_waits_is_not_written_again(call, planned, suzuki, sato):
    call()
    for letter in Letter.objects.all():
        del letter.facts["materials"]
        letter.save()
    before = list(Letter.objects.waiting().values_list("pk", flat=True))
    with pytest.raises(ValidationError, match="ほかにいません"):
        letters.tell_all(meeting=planned, by=Actor(suzuki))
    assert list(Letter.objects.waiting().values_list("pk", flat=True)) == before
