"""Somebody was registered twice: one registration goes on, with everything of both, and it can be taken back."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from foundation.actions import Actor, Conflict
from foundation.audit.models import Event
from foundation.retention import rows_of
from meetings.models import AttendanceRecord, Reply
from members.actions import memberships, merging, people
from members.merging import plan
from members.models import (
    DeskGrant,
    IntroSheet,
    Membership,
    MembershipTerm,
    OfficeTerm,
    PersonMerge,
    Posting,
    User,
)
from members.states import Office, PostingKind
from tests import builders

IN_MAY, IN_JUNE = date(2026, 5, 1), date(2026, 6, 1)
# What a merge may touch.
TABLES = (User, Posting, DeskGrant, Membership, MembershipTerm, OfficeTerm, IntroSheet, Reply)


@pytest.fixture
def twin(town):
    """Sato once more, as the personnel office's list had her."""
    return builders.make_user(
        family="佐藤", given="花子", kana=("さとう", "はなこ"), email="hanako@example.jp", employee_number="1234"
    )


@pytest.fixture
def merge(abe, sato, twin):
    def merge_as_shown(*take, by=abe, kept=sato, other=twin):
        shown = plan(kept, other).digest
        return merging.merge_person(kept=kept, other=other, by=Actor(by), shown=shown, take=list(take))

    return merge_as_shown


@pytest.fixture
def second_part(group, twin, environment_section):
    """The twin in the same group, over the same days and in another section."""
    return builders.make_membership(group=group, user=twin, department=environment_section)


def everything():
    """But how often a row was changed, and what is told of the login."""
    told = ("version", "last_login")
    return {
        model: [{name: value for name, value in row.items() if name not in told} for row in rows]
        for model in TABLES
        for rows in [rows_of(model).order_by("pk").values()]
    }


# What goes over


def test_groups_and_posts_and_desks_go_over(merge, sato, twin, environment_section):
    builders.make_posting(user=twin, department=environment_section, kind=PostingKind.CONCURRENT)
    elsewhere = builders.make_group(slug="elsewhere", name="検討会")
    builders.make_membership(group=elsewhere, user=twin)
    builders.make_grant(group=elsewhere, user=twin)
    merge()
    assert [str(post.department) for post in sato.postings.order_by("pk")] == ["市民課", "環境課"]
    assert [part.group.slug for part in sato.memberships.order_by("pk")] == ["dx-now", "elsewhere"]
    assert [grant.group.slug for grant in sato.desk_grants.all()] == ["elsewhere"]
    assert [rows.count() for rows in (twin.postings, twin.memberships, twin.desk_grants)] == [0, 0, 0]


def test_in_one_group_the_replies_of_both_are_the_replies_of_one(merge, group, member, second_part):
    first, second = (
        builders.make_reply(
            survey=builders.make_survey(meeting=builders.make_meeting(group=group, number=n)), membership=part
        )
        for n, part in ((1, member), (2, second_part))
    )
    merge()
    assert list(Reply.objects.filter(membership=member).order_by("pk")) == [first, second]
    assert list(group.memberships.filter(user=member.user)) == [member]
    assert not Membership.objects.filter(pk=second_part.pk).exists()


def test_a_term_of_other_days_goes_over(merge, group, twin, member, environment_section):
    member.terms.update(valid_to=IN_MAY)
    builders.make_membership(group=group, user=twin, department=environment_section, valid_from=IN_JUNE)
    merge()
    assert list(member.terms.order_by("valid_from").values_list("department__name", "valid_to")) == [
        ("市民課", IN_MAY),
        ("環境課", None),
    ]


def test_an_office_goes_over(merge, suzuki, member, second_part):
    memberships.give_office(
        membership=second_part, by=Actor(suzuki), office=Office.CHAIR, valid_from=builders.LONG_AGO
    )
    merge()
    assert [term.office for term in member.office_terms.all()] == [Office.CHAIR]


def test_the_one_address_becomes_that_of_the_other(merge, sato, twin):
    merge("email", "employee_number", "phone")
    sato.refresh_from_db()
    twin.refresh_from_db()
    assert (sato.email, sato.employee_number) == ("hanako@example.jp", "1234")
    assert (twin.email, twin.employee_number, twin.is_active) == ("sato@example.jp", None, False)


# What does not


def test_a_reply_to_the_same_survey_stays_where_it_is(merge, group, member, second_part):
    survey = builders.make_survey(meeting=builders.make_meeting(group=group))
    own, other = (builders.make_reply(survey=survey, membership=part) for part in (member, second_part))
    merge()
    assert [
        reply.membership for reply in (*Reply.objects.filter(pk=own.pk), *Reply.objects.filter(pk=other.pk))
    ] == [
        member,
        second_part,
    ]
    assert second_part.terms.count() == 0


def test_a_main_post_of_the_same_days_is_dropped(merge, sato, twin, environment_section):
    builders.make_posting(user=twin, department=environment_section)
    merge()
    assert [str(post.department) for post in Posting.objects.filter(user__in=[sato, twin])] == ["市民課"]


def test_rights_of_an_administrator_do_not_go_over(merge, sato, twin):
    User.objects.filter(pk=twin.pk).update(is_administrator=True, is_data_steward=True)
    merge()
    assert list(User.objects.filter(pk__in=[sato.pk, twin.pk], is_administrator=True)) == []
    assert list(User.objects.filter(pk__in=[sato.pk, twin.pk], is_data_steward=True)) == []


# What is refused


def test_terms_that_overlap_in_part_are_corrected_first(merge, group, twin, member):
    member.terms.update(valid_to=IN_JUNE)
    builders.make_membership(group=group, user=twin, valid_from=IN_MAY)
    with pytest.raises(
        ValidationError, match="期間（令和8年5月1日（金）～）が、統合先の期間と一部だけ重なっています"
    ):
        merge()


def test_two_lines_of_one_roll_stay_two_people(merge, group, member, second_part):
    meeting = builders.make_meeting(group=group)
    for part in (member, second_part):
        AttendanceRecord.objects.create(
            meeting=meeting, membership=part, category="member", name="佐藤", mode="venue"
        )
    with pytest.raises(ValidationError, match="統合すると会議の人数が変わるため、統合できません"):
        merge()


def test_nobody_closes_their_own_registration(merge, abe, sato):
    with pytest.raises(ValidationError, match="御自分の登録は、統合元にできません"):
        merge(kept=sato, other=abe)


def test_only_an_administrator_merges(merge, suzuki):
    with pytest.raises(PermissionDenied):
        merge(by=suzuki)


def test_what_changed_after_the_page_is_shown_first(abe, sato, twin, group):
    shown = plan(sato, twin).digest
    builders.make_grant(group=group, user=twin)
    with pytest.raises(Conflict):
        merging.merge_person(kept=sato, other=twin, by=Actor(abe), shown=shown, take=[])


def test_a_merged_registration_is_not_changed_any_more(merge, abe, twin):
    merge()
    twin.refresh_from_db()
    with pytest.raises(ValidationError, match="別の登録に統合されています"):
        people.edit_person(person=twin, by=Actor(abe), seen=twin.version, is_active=True)


# Taken back


def test_taken_back_everything_is_as_it_was(merge, abe, suzuki, group, sato, twin, member, second_part, town):
    section = builders.make_department(name="税務課")
    survey = builders.make_survey(meeting=builders.make_meeting(group=group))
    builders.make_reply(survey=survey, membership=second_part)
    builders.make_posting(user=twin, department=section)
    builders.make_grant(group=group, user=twin)
    builders.make_sheet(membership=second_part)
    memberships.give_office(
        membership=second_part, by=Actor(suzuki), office=Office.CHAIR, valid_from=builders.LONG_AGO
    )
    User.objects.filter(pk=twin.pk).update(is_data_steward=True, phone="内線 1")
    before = everything()
    twin.refresh_from_db()
    done = merge("email", "employee_number", "phone")
    assert everything() != before
    merging.undo_merge(merge=done, by=Actor(abe))
    assert everything() == before


def test_an_address_that_was_changed_meanwhile_stays(merge, abe, sato, twin):
    done = merge("email")
    sato.refresh_from_db()
    people.edit_person(person=sato, by=Actor(abe), seen=sato.version, email="new@example.jp")
    merging.undo_merge(merge=done, by=Actor(abe))
    assert list(User.objects.filter(pk__in=[sato.pk, twin.pk]).order_by("pk").values_list("email", flat=True)) == [
        "new@example.jp",
        "sato@example.jp",
    ]


def test_it_is_taken_back_once(merge, abe):
    done = merge()
    merging.undo_merge(merge=done, by=Actor(abe))
    with pytest.raises(ValidationError, match="既に取り消されています"):
        merging.undo_merge(merge=done, by=Actor(abe))


def test_only_an_administrator_takes_it_back(merge, suzuki):
    done = merge()
    with pytest.raises(PermissionDenied):
        merging.undo_merge(merge=done, by=Actor(suzuki))


# Its pages


def test_the_pages_lead_from_one_to_the_other_and_back(as_, abe, sato, twin, second_part):
    office = as_(abe)
    chosen = office.get(reverse("members:choose_duplicate", args=[sato.pk]))
    assert list(chosen.context["page"]) == [twin]
    page = reverse("members:merge_person", args=[sato.pk, twin.pk])
    shown = office.get(page)
    assert shown.context["plan"].over == []
    assert shown.context["plan"].not_over == ["DX推進部会への参加：環境課 主査（令和2年4月1日（水）～）"]
    sent = {"shown": shown.context["form"].initial["shown"], "email": "kept", "employee_number": "other"}
    assert office.post(page, sent).url == reverse("members:edit_person", args=[sato.pk])
    sato.refresh_from_db()
    assert (sato.email, sato.employee_number) == ("sato@example.jp", "1234")
    closed = office.get(reverse("members:edit_person", args=[twin.pk]))
    assert closed.context["merged_into"].kept == sato
    merge = PersonMerge.objects.get()
    office.post(reverse("members:undo_merge", args=[sato.pk, merge.pk]))
    assert list(PersonMerge.objects.standing()) == []
    assert [event.action for event in Event.objects.filter(action__contains="merge").order_by("pk")] == [
        "members.merge_person",
        "members.undo_merge",
    ]


def test_a_search_finds_who_is_registered_under_another_name(as_, abe, sato, kimura):
    found = as_(abe).get(reverse("members:choose_duplicate", args=[sato.pk]), {"q": "木村"})
    assert list(found.context["page"]) == [kimura]


@pytest.mark.parametrize("who", ["sato", "abe"])
def test_oneself_is_not_offered_to_close(as_, abe, sato, who):
    other = {"sato": sato, "abe": abe}[who]
    assert as_(abe).get(reverse("members:merge_person", args=[sato.pk, other.pk])).status_code == 404


def test_the_page_says_why_not_and_shows_no_form(as_, abe, group, sato, twin, member):
    member.terms.update(valid_to=IN_JUNE)
    builders.make_membership(group=group, user=twin, valid_from=IN_MAY)
    page = as_(abe).get(reverse("members:merge_person", args=[sato.pk, twin.pk])).content.decode()
    assert ("このままでは統合できません" in page, "この内容で統合する" in page) == (True, False)
