"""What happens on this floor: each action with its row in the audit log, and what it refuses."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from foundation.actions import Actor, Conflict
from foundation.audit.models import Event
from foundation.mail.models import Email
from members.actions import departments, groups, memberships, municipality, people, sheets
from members.actions.links import ask_for_sheets, make_slips, personal_link
from members.models import IntroSheet, MembershipTerm, User
from members.states import Audience, Category, Office, Purpose, SheetState
from tests import builders

APRIL = date(2026, 4, 1)
TEXTS = {
    "duties": "",
    "problems": "",
    "wants": "窓口を短く",
    "skills": "",
    "message": "",
    "audience": Audience.GROUP,
}


def last_event():
    return Event.objects.order_by("-pk").first()


# People


def test_a_new_person_needs_no_password_and_no_address(abe):
    person = people.add_person(by=Actor(abe), family_name="園", family_kana="その", channel="paper")
    assert (person.email, person.address, person.has_usable_password()) == (None, "", False)
    assert (last_event().action, last_event().target_id) == ("members.add_person", person.pk)


def test_the_trail_says_what_changed_and_from_what(abe, sato):
    people.edit_person(person=sato, by=Actor(abe), seen=sato.version, phone="内線 1", family_name="佐藤")
    assert last_event().changes == {"phone": ["", "内線 1"]}


def test_a_first_post_begins_today_unless_a_day_is_named(abe, citizens_section):
    new = {"by": Actor(abe), "family_name": "園", "family_kana": "その", "department": citizens_section}
    people_added = [people.add_person(**new), people.add_person(**new, posted_from=APRIL)]
    begun = [person.postings.get().valid_from for person in people_added]
    assert begun == [timezone.localdate(), APRIL]


def test_an_employee_number_is_kept_and_many_people_have_none(abe):
    new = {"by": Actor(abe), "family_name": "園", "family_kana": "その"}
    numbers = [people.add_person(**new, employee_number=number).employee_number for number in ("A-0001", "", "")]
    assert numbers == ["A-0001", None, None]


def test_a_change_of_name_changes_the_order(abe, sato, tanaka):
    people.edit_person(person=tanaka, by=Actor(abe), seen=tanaka.version, family_kana="アイ")
    assert list(User.objects.in_kana_order()) == [tanaka, abe, sato]


def test_only_administrators_keep_the_register(sato, suzuki, group, citizens_section):
    grant = suzuki.desk_grants.get()
    for action in (
        lambda by: people.add_person(by=Actor(by), family_name="x", family_kana="x"),
        lambda by: people.edit_person(person=sato, by=Actor(by), seen=sato.version, is_administrator=True),
        lambda by: people.add_posting(person=sato, by=Actor(by), department=citizens_section, valid_from=APRIL),
        lambda by: people.end_posting(posting=sato.postings.get(), by=Actor(by), valid_to=APRIL),
        lambda by: departments.add_department(by=Actor(by), name="x", valid_from=APRIL),
        lambda by: departments.edit_department(department=citizens_section, by=Actor(by), seen=1, name="x"),
        lambda by: departments.end_department(department=citizens_section, by=Actor(by), valid_to=APRIL),
        lambda by: groups.add_group(by=Actor(by), slug="x"),
        lambda by: groups.edit_group(group=group, by=Actor(by), seen=1, name="x"),
        lambda by: groups.grant_desk(group=group, user=sato, by=Actor(by), valid_from=APRIL),
        lambda by: groups.end_grant(grant=grant, by=Actor(by), valid_to=APRIL),
        lambda by: municipality.edit_municipality(by=Actor(by), seen=1, name="x"),
    ):
        for user in (sato, suzuki):
            with pytest.raises(PermissionDenied):
                action(user)
    assert set(Event.objects.values_list("action", flat=True)) == {"audit.refuse"}


def test_a_post_that_ends_is_not_made_longer(abe, sato):
    posting = sato.postings.get()
    people.end_posting(posting=posting, by=Actor(abe), valid_to=date(2026, 3, 31))
    with pytest.raises(ValidationError) as refusal:
        people.end_posting(posting=posting, by=Actor(abe), valid_to=date(2027, 3, 31))
    assert refusal.value.message_dict == {"valid_to": ["既に、この日より前に終わることになっています。"]}


# Memberships


def test_who_comes_back_is_the_same_member(suzuki, group, member, sato):
    memberships.end_membership(membership=member, by=Actor(suzuki), valid_to=date(2026, 3, 31))
    again = memberships.add_member(
        group=group, user=sato, by=Actor(suzuki), valid_from=date(2027, 4, 1), category=Category.MEMBER
    )
    assert again == member
    assert member.terms.count() == 2


def test_the_trail_says_as_what_somebody_came(suzuki, group, kimura, environment_section):
    term = {"category": Category.OBSERVER, "department": environment_section, "job_title": ""}
    memberships.add_member(group=group, user=kimura, by=Actor(suzuki), valid_from=APRIL, **term)
    assert last_event().changes == {"valid_from": "2026-04-01", "category": "observer", "department": "環境課"}


def test_ending_ends_offices_and_takes_back_what_had_not_begun(suzuki, group, member):
    memberships.give_office(membership=member, by=Actor(suzuki), office=Office.CHAIR, valid_from=APRIL)
    MembershipTerm.objects.filter(membership=member).update(valid_to=date(2027, 3, 31))
    builders.MembershipTerm.objects.create(
        membership=member, category=Category.OBSERVER, valid_from=date(2027, 4, 1)
    )
    memberships.end_membership(membership=member, by=Actor(suzuki), valid_to=date(2026, 9, 30))
    assert [term.valid_to for term in member.terms.all()] == [date(2026, 9, 30)]
    assert member.office_terms.get().valid_to == date(2026, 9, 30)


def test_an_office_needs_somebody_who_takes_part(suzuki, member):
    with pytest.raises(ValidationError) as refusal:
        memberships.give_office(
            membership=member, by=Actor(suzuki), office=Office.CHAIR, valid_from=date(2001, 4, 1)
        )
    assert refusal.value.message_dict == {"valid_from": ["この日には参加していないため、役職に就けません。"]}


def test_a_change_of_post_on_its_own_first_day_is_a_correction(suzuki, member):
    with pytest.raises(ValidationError) as refusal:
        memberships.change_post(
            membership=member, by=Actor(suzuki), valid_from=builders.LONG_AGO, category=Category.OBSERVER
        )
    assert refusal.value.message_dict == {
        "valid_from": ["この日から始まる期間が既にあります。その期間を訂正してください。"]
    }


def test_a_refused_change_leaves_everything_as_it_was(suzuki, member):
    with pytest.raises(ValidationError):
        memberships.change_post(membership=member, by=Actor(suzuki), valid_from=APRIL, category="nonsense")
    assert member.terms.get().valid_to is None
    assert not Event.objects.exists()


def test_the_first_cannot_move_further_up(suzuki, member, expert):
    memberships.move_member(membership=member, by=Actor(suzuki), up=True)
    memberships.move_member(membership=expert, by=Actor(suzuki), up=True)
    roster = member.group.memberships.current().in_roster_order()
    assert list(roster) == [member, expert]


def test_a_member_does_not_keep_the_roster(sato, member, group):
    for action in (
        lambda: memberships.add_member(group=group, user=sato, by=Actor(sato), valid_from=APRIL),
        lambda: memberships.change_post(membership=member, by=Actor(sato), valid_from=APRIL),
        lambda: memberships.end_membership(membership=member, by=Actor(sato), valid_to=APRIL),
        lambda: memberships.move_member(membership=member, by=Actor(sato), up=True),
        lambda: memberships.give_office(membership=member, by=Actor(sato), office=Office.CHAIR, valid_from=APRIL),
        lambda: sheets.show_sheets(group=group, by=Actor(sato)),
        lambda: ask_for_sheets(group=group, by=Actor(sato)),
        lambda: make_slips(group=group, purpose=Purpose.SHEET, by=Actor(sato)),
    ):
        with pytest.raises(PermissionDenied):
            action()


# Sheets


def submit(membership, *, by=None, page=None, seen=0, **texts):
    return sheets.submit_sheet(
        membership=membership,
        by=Actor(by or membership.user),
        page=page or uuid4(),
        seen=seen,
        **(TEXTS | texts),
    )


def test_a_sheet_rises_from_draft_to_shown(member, suzuki):
    page = uuid4()
    draft = sheets.save_draft(membership=member, by=Actor(member.user), page=page, seen=0, **TEXTS)
    assert draft.state == SheetState.DRAFT
    assert submit(member, page=page).state == SheetState.SUBMITTED
    assert (last_event().action, last_event().changes) == ("members.submit_sheet", {"changed": []})
    assert sheets.show_sheets(group=member.group, by=Actor(suzuki)) == 1
    member.sheet.refresh_from_db()
    assert member.sheet.state == SheetState.SHOWN


def test_a_change_keeps_a_shown_sheet_shown_and_stands_in_the_trail(member):
    sheet = builders.make_sheet(membership=member)
    changed = submit(member, seen=sheet.version, wants="別のこと")
    assert (changed.state, changed.shown_at, changed.wants) == (SheetState.SHOWN, sheet.shown_at, "別のこと")
    assert (last_event().action, last_event().changes) == ("members.change_sheet", {"changed": ["wants"]})


def test_the_trail_does_not_repeat_what_somebody_wrote(member):
    submit(member, wants="秘密にしたい悩み")
    assert "秘密" not in str(last_event().changes)


def test_who_takes_a_sheet_back_from_the_group_hides_it_at_once(member, tanaka, suzuki):
    sheet = builders.make_sheet(membership=member)
    hidden = submit(member, seen=sheet.version, audience=Audience.DESK)
    assert (hidden.state, hidden.shown_at, hidden.submitted_at) == (SheetState.SUBMITTED, None, sheet.submitted_at)
    assert sheets.show_sheets(group=member.group, by=Actor(suzuki)) == 0


def test_nobody_writes_the_sheet_of_another(member, suzuki, tanaka):
    for user in (suzuki, tanaka):
        with pytest.raises(PermissionDenied):
            submit(member, by=user)


def test_the_sheet_of_another_stays_as_it_is(member, expert):
    other = builders.make_sheet(membership=expert, wants="地域と役所をつなぐ")
    submit(member, wants="窓口を短く")
    assert IntroSheet.objects.get(pk=other.pk).wants == "地域と役所をつなぐ"
    assert member.sheet.wants == "窓口を短く"


def test_a_stale_page_writes_nothing(member):
    submit(member, wants="先")
    with pytest.raises(Conflict) as conflict:
        submit(member, wants="後")
    assert conflict.value.stored.wants == "先"


# Links and emails


def test_who_has_no_address_is_not_written_to(suzuki, group, member):
    User.objects.filter(pk=member.user_id).update(channel="paper")
    assert ask_for_sheets(group=group, by=Actor(suzuki)) == 0
    assert not Email.objects.exists()


def test_observers_and_secretariat_are_not_asked(suzuki, group):
    for category in (Category.OBSERVER, Category.SECRETARIAT):
        builders.make_membership(group=group, category=category)
    assert ask_for_sheets(group=group, by=Actor(suzuki)) == 0


def test_everybody_is_written_to_under_their_own_name(suzuki, group, member, expert):
    ask_for_sheets(group=group, by=Actor(suzuki))
    emails = Email.objects.order_by("to_address")
    assert [(email.to_address, email.body.partition("\n")[0]) for email in emails] == [
        ("sato@example.jp", "市民課 佐藤 花子 様"),
        ("tanaka@example.com", "田中 三郎 様"),
    ]


def test_who_was_switched_off_is_not_asked(suzuki, group, member, expert):
    User.objects.filter(pk=member.user_id).update(is_active=False)
    assert ask_for_sheets(group=group, by=Actor(suzuki)) == 1
    assert Email.objects.get().to == expert.user


def test_an_email_leaves_with_the_address_and_the_code(suzuki, member, group):
    from foundation.mail.message import fill
    from members import links

    ask_for_sheets(group=group, by=Actor(suzuki))
    slip = links.slip(personal_link(membership=member, purpose=Purpose.SHEET, by=Actor(suzuki)))
    email = Email.objects.get()
    sent = fill(email.body, email.to)
    assert [slip["address"] in sent, slip["code"] in sent, "[[" in sent] == [True, True, False]
