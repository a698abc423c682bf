"""An administrator reads the audit log and the outbox, and decides about emails."""

import pytest

from foundation.audit.models import Event
from foundation.mail.states import EmailState
from members.models import DeskGrant
from tests import builders
from tests.members.test_manage_pages import GROUP, url


def test_every_action_of_the_office_stands_in_the_trail(office, abe, sato):
    office.post(url("add_group"), GROUP)
    page = office.get(url("audit"))
    assert [(event.action, event.by) for event in page.context["page"]] == [("members.add_group", abe)]


def test_the_trail_is_narrowed_to_one_thing(office, group, suzuki):
    office.post(url("add_group"), GROUP)
    office.post(url("end_grant", group.slug, DeskGrant.objects.get().pk), {"valid_to": "2026-09-30"})
    page = office.get(url("audit"), {"kind": "members.workinggroup", "target": group.pk})
    assert [event.action for event in page.context["page"]] == ["members.end_grant"]


def test_the_outbox_is_narrowed_to_what_somebody_was_sent(office):
    wanted = builders.make_email(to_address="sato@example.jp")
    builders.make_email(to_address="tanaka@example.com")
    assert list(office.get(url("outbox"), {"q": "sato"}).context["page"]) == [wanted]


@pytest.mark.parametrize("word", ["高崎", "髙﨑", "髙崎 一"])
def test_trail_and_outbox_find_a_name_whichever_of_its_characters_are_typed(office, abe, word):
    told = Event.objects.create(by=abe, action="members.x", target_type="members.user", target_label="髙﨑 一郎")
    Event.objects.create(by=abe, action="members.x", target_type="members.user", target_label="高橋 一郎")
    sent = builders.make_email(subject="髙﨑 一郎さんの登録")
    builders.make_email(subject="高橋 一郎さんの登録")
    found = [list(office.get(url(page), {"q": word}).context["page"]) for page in ("audit", "outbox")]
    assert found == [[told], [sent]]


@pytest.mark.parametrize("word", ["(", "[高", "一+", ".*", "\\", "x{99999}", "^", "a|b"])
def test_a_sign_is_looked_for_as_it_stands(office, abe, word):
    Event.objects.create(by=abe, action="members.x", target_type="members.user", target_label="髙﨑 一郎")
    wanted = Event.objects.create(
        by=abe, action="members.x", target_type="members.user", target_label=f"甲{word}乙"
    )
    assert list(office.get(url("audit"), {"q": word}).context["page"]) == [wanted]


@pytest.mark.parametrize("asked", [{"kind": "x"}, {"target": "9" * 30}, {"target": "-1"}, {"page": "x"}])
def test_a_question_that_makes_no_sense_still_has_an_answer(office, asked):
    for name in ("audit", "outbox", "manage_people"):
        assert office.get(url(name), asked).status_code == 200


@pytest.mark.parametrize("count", [1, 3, 30])
def test_trail_and_outbox_ask_as_often_for_many(office, sato, count, django_assert_num_queries):
    Event.objects.bulk_create(
        Event(by=sato, action="members.x", target_type="members.user", target_label="x") for _ in range(count)
    )
    for _ in range(count):
        builders.make_email(to=sato)
    with django_assert_num_queries(5):
        office.get(url("audit"))
    with django_assert_num_queries(4):
        office.get(url("outbox"))


def test_an_email_that_did_not_arrive_is_sent_again(office):
    email = builders.make_email(state=EmailState.UNDELIVERABLE)
    page = office.post(url("resend_email", email.pk), follow=True)
    email.refresh_from_db()
    assert email.state == EmailState.WAITING
    assert "もう一度送ります。" in page.content.decode()


def test_the_moment_of_an_email_is_told_while_there_is_one_to_come(office):
    """What came back was sent once, and is planned no more."""
    planned = []
    for state in EmailState:
        builders.make_email(state=state)
        planned.append((state, office.get(f"{url('outbox')}?state={state}").content.decode().count("予定：")))
    assert planned == [(state, int(state in {EmailState.WAITING, EmailState.SENDING})) for state in EmailState]


def test_a_waiting_email_is_called_back(office):
    email = builders.make_email(state=EmailState.WAITING)
    office.post(url("cancel_email", email.pk))
    email.refresh_from_db()
    assert email.state == EmailState.CANCELLED


def test_an_email_that_has_left_cannot_be_called_back_and_the_page_says_so(office):
    email = builders.make_email(state=EmailState.CANCELLED)
    page = office.post(url("cancel_email", email.pk), follow=True)
    assert "このメールは取り消せません。" in page.content.decode()


def test_only_administrators_decide_about_emails(as_, suzuki):
    email = builders.make_email(state=EmailState.WAITING)
    assert as_(suzuki).post(url("cancel_email", email.pk)).status_code == 404
