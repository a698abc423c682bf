"""What the actions on people and groups refuse, and the rare case that each of them must get right."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from foundation.actions import SYSTEM, Actor, record
from foundation.audit.models import Event
from foundation.jobs.states import JobState
from foundation.mail.models import Email
from members import emails, links
from members.actions import memberships
from members.actions.links import personal_link, revoke_link
from members.forms import municipality
from members.forms.records import AuditFilter, OutboxFilter, name_of_kind
from members.models import PersonalLink
from members.states import Category, Purpose
from tests import builders

TODAY = timezone.localdate()


@pytest.fixture
def by(suzuki):
    return Actor(suzuki)


@pytest.fixture
def former(member):
    member.terms.update(valid_to=TODAY - timedelta(days=1))
    return member


# Who takes part


def test_nobody_ends_who_does_not_take_part(former, by):
    with pytest.raises(ValidationError, match="参加している期間の中の日を選んでください"):
        memberships.end_membership(membership=former, by=by, valid_to=TODAY)


def test_who_is_no_longer_on_the_roster_has_no_place_to_move_from(former, by):
    with pytest.raises(ValidationError, match="現在の名簿にない方は、並べ替えられません。"):
        memberships.move_member(membership=former, by=by, up=True)


def test_the_last_cannot_move_further_down(member, expert, group, by):
    second = builders.make_membership(group=group, category=Category.MEMBER)
    memberships.move_member(membership=second, by=by, up=False)
    memberships.move_member(membership=member, by=by, up=False)
    assert list(group.memberships.current().in_roster_order()) == [second, member, expert]


def test_a_member_without_any_term_is_shown_and_can_begin_again(member, as_, suzuki):
    member.terms.all().delete()
    page = as_(suzuki).get(reverse("members:change_post", args=[member.group.slug, member.pk]))
    assert (page.status_code, page.context["form"].initial.get("category")) == (200, "")


# Links


def test_two_links_never_share_a_code(member, expert, by, monkeypatch):
    """The code that would come next is taken by somebody else's link: the one after it is given."""
    link = personal_link(membership=member, purpose=Purpose.SHEET, by=by)
    taken = PersonalLink(pk=link.pk, membership=member, purpose=Purpose.SHEET, nonce=5)
    PersonalLink.objects.create(
        membership=expert, purpose=Purpose.SHEET, code_hash=links.code_hash(links.code(taken))
    )
    drawn = iter([4, 6])
    monkeypatch.setattr("secrets.randbelow", lambda _most: next(drawn))
    assert revoke_link(link=link, by=by).nonce == 7


def test_who_left_meanwhile_is_not_asked_for_a_sheet(member, by):
    link = personal_link(membership=member, purpose=Purpose.SHEET, by=by)
    member.terms.update(valid_to=TODAY - timedelta(days=1))
    assert (emails.ask_for_sheet(link), Email.objects.count()) == (None, 0)


# What the administrator enters


# ASVS V5.2.1
def test_a_boundary_too_large_is_refused_in_words(db, monkeypatch):
    monkeypatch.setattr(municipality, "MOST_BYTES", 10)
    form = municipality.MunicipalityForm({}, {"boundary": SimpleUploadedFile("a.json", b"{" * 11)})
    assert form.errors["boundary"] == ["10MBより小さいファイルを選んでください。"]


def test_too_many_days_at_once_are_refused_in_words(db):
    days = "\n".join(["R8.6.15"] * (municipality.MOST_DAYS + 1))
    form = municipality.ClosedDaysForm({"days": days, "label": "x"})
    assert form.errors["days"] == [f"一度に登録できるのは{municipality.MOST_DAYS}日までです。"]


# What is looked for in the log and the outbox

ALL = ["市民課", "田中 三郎", "佐藤 花子"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "佐藤"}, ["佐藤 花子"]),
        ({"q": "いない"}, []),
        ({}, ALL),
        ({"kind": "?"}, ALL),
        ({"kind": "members.department"}, ["市民課"]),
    ],
)
def test_the_log_is_searched_by_kind_and_name_of_what_was_done_to(sato, tanaka, citizens_section, asked, found):
    for target in (sato, tanaka, citizens_section):
        record(by=SYSTEM, action="members.edit", target=target)
    events = AuditFilter(asked).narrow(Event.objects.order_by("-pk"))
    assert [event.target_label for event in events] == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "sato@"}, ["開催通知"]),
        ({"q": "お願い"}, ["提出のお願い"]),
        ({"state": "failed"}, []),
        ({"state": "waiting"}, ["開催通知"]),
        ({"state": "?"}, ["開催通知", "提出のお願い"]),
    ],
)
def test_the_outbox_is_searched_by_address_subject_and_state(db, asked, found):
    builders.make_email(to_address="sato@example.jp", subject="開催通知")
    builders.make_email(to_address="tanaka@example.com", subject="提出のお願い", state=JobState.DONE)
    emails_found = OutboxFilter(asked).narrow(Email.objects.order_by("pk"))
    assert [email.subject for email in emails_found] == found


def test_a_kind_of_thing_that_exists_no_longer_is_named_as_it_was_kept(db):
    assert (name_of_kind("members.workinggroup"), name_of_kind("old.thing")) == ("会議体", "old.thing")
