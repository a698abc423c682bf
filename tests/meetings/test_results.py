"""Elections and assignments: written down wrong, put right, taken away; offices and sentences follow."""

import copy
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from foundation.actions import Actor, Conflict
from foundation.audit.models import Event
from foundation.calendar.wareki import TOKYO
from meetings.actions import assignments, elections, meetings, roll
from meetings.models import Assignment, Candidacy, Election, Meeting
from meetings.states import MeetingState, Mode
from members.actions import memberships
from members.states import Office
from reports import actions as reports
from reports.compose import compose
from reports.formats import as_text
from tests import builders
from tests.meetings.test_letters_migration import TODAY, to
from tests.stories.first_meeting import FirstMeeting
from tests.stories.our_words import OUR_WORDS

DAY = date(2021, 5, 18)
NEGATIVE = "この値は 0 以上でなければなりません。"


@pytest.fixture(scope="module")
def first_once(for_the_module):
    """The eldest of three became chair, with nobody standing."""
    return FirstMeeting(OUR_WORDS, members=3)


@pytest.fixture
def first(db, first_once):
    return copy.deepcopy(first_once)


@pytest.fixture
def election(first):
    return Election.objects.get()


@pytest.fixture
def task(first):
    return Assignment.objects.get()


def correct(first, election, **values):
    shown = {"seen": election.version, "elected": first.chair, "office": Office.CHAIR, "rule": "最年長者"}
    return elections.correct_election(election=election, by=Actor(first.desk), **shown | values)


def offices(first):
    terms = first.group.office_terms.order_by("id")
    return [(term.membership, term.office, term.valid_from, term.valid_to) for term in terms]


def report(first):
    return as_text.render(compose(Meeting.objects.get(pk=first.meeting.pk)).blocks)


def line(first):
    """The one of the report that tells of the election."""
    return next(each.strip() for each in report(first).splitlines() if "互選" in each)


def name(membership):
    return f"{membership.user.family_name}{membership.user.given_name}氏"


def page(first, name, row):
    return reverse(f"meetings:{name}", args=[first.group.slug, first.meeting.number, row.pk])


# Who was chosen


def test_d11_whoever_really_was_chosen_holds_the_office_and_stands_in_the_sentence(first, election):
    other = first.members[1]
    correct(first, election, elected=other, rule="")
    assert offices(first) == [(other, "chair", DAY, None)]
    assert line(first).endswith(f"（立候補者なし、{name(other)}で了承）")
    told = Event.objects.first()
    assert (told.action, told.by) == ("meetings.correct_election", first.desk)
    assert [told.changes[when]["elected"] for when in ("before", "after")] == [first.chair.pk, other.pk]


def test_the_office_ends_when_that_of_the_other_was_to_end(first, election):
    end = DAY + timedelta(days=300)
    memberships.end_office(office_term=election.office_term, by=Actor(first.desk), valid_to=end)
    correct(first, election, elected=first.members[1])
    assert offices(first) == [(first.members[1], "chair", DAY, end)]


def test_it_was_another_office(first, election):
    correct(first, election, office=Office.VICE_CHAIR)
    assert offices(first) == [(first.chair, "vice_chair", DAY, None)]
    assert "副部会長を選出" in line(first)


def test_an_office_that_somebody_else_holds_is_not_given_a_second_time(first, election):
    """A chair of before is still registered from the eve on: the election of another office cannot be theirs."""
    by, other = Actor(first.desk), first.members[1]
    memberships.take_back_office(office_term=election.office_term, by=by)
    memberships.give_office(membership=other, by=by, office=Office.CHAIR, valid_from=DAY - timedelta(days=1))
    before = offices(first), line(first)
    with pytest.raises(ValidationError):
        correct(first, Election.objects.get(), elected=first.members[2])
    assert (offices(first), line(first)) == before


def test_an_office_that_was_taken_off_by_hand_is_given_again_by_a_correction_of_the_person(first, election):
    memberships.take_back_office(office_term=election.office_term, by=Actor(first.desk))
    assert Election.objects.get().office_term is None
    correct(first, Election.objects.get(), elected=first.members[1])
    assert offices(first) == [(first.members[1], "chair", DAY, None)]


def test_d32_an_election_that_was_none_leaves_a_trail_no_office_and_no_line(first, election):
    elections.remove_election(election=election, by=Actor(first.desk), seen=election.version)
    assert (offices(first), "互選" in report(first), first.meeting.elections.count()) == ([], False, 0)
    told = Event.objects.get(action="meetings.remove_election")
    assert (told.changes["elected"], told.changes["office"]) == (first.chair.pk, "chair")
    assert Event.objects.filter(action="members.take_back_office", by=first.desk).count() == 1


def test_it_is_recorded_once_more_after_it_was_removed(first, election):
    by = Actor(first.desk)
    elections.remove_election(election=election, by=by, seen=election.version)
    elections.record_election(meeting=first.meeting, by=by, item=first.items[1], elected=first.members[2])
    assert offices(first) == [(first.members[2], "chair", DAY, None)]
    assert line(first).endswith(f"{name(first.members[2])}で了承）")


def test_whoever_saw_an_older_page_changes_nothing(first, election):
    correct(first, Election.objects.get(), elected=first.members[1])
    before = offices(first), line(first)
    with pytest.raises(Conflict):
        correct(first, election, elected=first.members[2])
    with pytest.raises(Conflict):
        elections.remove_election(election=election, by=Actor(first.desk), seen=election.version)
    assert (offices(first), line(first)) == before


def test_other_votes_alone_make_a_page_an_old_one(first, election):
    two = [(first.chair, 2), (first.members[1], 1)]
    counted = correct(first, election, method="hands", votes=two)
    seen = counted.version
    correct(first, counted, method="hands", votes=[(first.chair, 3), (first.members[1], 0)])
    with pytest.raises(Conflict):
        correct(first, counted, method="hands", votes=two, seen=seen)


def test_only_the_desk_corrects_and_removes(first, election, sato):
    with pytest.raises(PermissionDenied):
        elections.remove_election(election=election, by=Actor(sato), seen=election.version)
    shown = {"elected": first.chair, "office": Office.CHAIR, "seen": election.version}
    with pytest.raises(PermissionDenied):
        elections.correct_election(election=election, by=Actor(sato), **shown)


# A meeting that turns out not to have been held


@pytest.fixture
def reopened(first):
    meeting = Meeting.objects.get(pk=first.meeting.pk)
    return reports.reopen(meeting=meeting, by=Actor(first.desk), seen=meeting.version)


def test_what_was_recorded_is_removed_also_after_the_meeting_was_reopened(first, reopened):
    held = Election.objects.get()
    elections.remove_election(election=held, by=Actor(first.desk), seen=held.version)
    assert (reopened.state != MeetingState.HELD, offices(first)) == (True, [])


def test_an_office_begins_on_the_day_on_which_the_meeting_was_held_at_last(first, reopened):
    begun, ended = (datetime(2021, 5, 20, hour, tzinfo=TOKYO) for hour in (13, 15))
    times = {"held_from": begun, "held_to": ended}
    roll.hold(meeting=reopened, by=Actor(first.desk), seen=reopened.version, **times)
    correct(first, Election.objects.get())
    assert offices(first) == [(first.chair, "chair", date(2021, 5, 20), None)]


def test_nothing_is_put_right_in_a_meeting_that_was_called_off(first, reopened, election):
    meetings.cancel(meeting=reopened, by=Actor(first.desk), seen=reopened.version, reason="台風")
    with pytest.raises(PermissionDenied):
        correct(first, election, elected=first.members[1])


# How somebody was chosen


def test_a_secret_vote_is_told_with_all_its_ballots(first, election):
    votes = [(first.chair, 1), (first.members[1], 2)]
    chosen = {"elected": first.members[1], "method": "secret", "votes": votes, "rule": ""}
    correct(first, election, **chosen, cast=4, blank=1, invalid=0)
    one, other = first.members[0], first.members[1]
    title = first.chair.terms.get().house_title
    assert one == first.chair
    assert line(first).endswith(
        "無記名投票による互選により部会長を選出（候補者2名、"
        f"{title}1票、{name(other)}2票、白票1票、投票総数4票、{name(other)}に決定）"
    )
    assert list(Candidacy.objects.values_list("membership", "votes")) == [(one.pk, 1), (other.pk, 2)]


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({"votes_1": 1, "votes_2": 2, "cast": 9, "blank": 1, "invalid": 0}, "投票総数の9票と合いません。"),
        (
            {"votes_1": -1, "votes_2": 2, "cast": 1, "blank": 0, "invalid": 0},
            NEGATIVE,
        ),
        (
            {"votes_1": 1, "votes_2": 2, "cast": 2, "blank": -1, "invalid": 0},
            NEGATIVE,
        ),
    ],
)
def test_d13_ballots_add_up_and_none_is_negative(first, election, as_, counts, sentence):
    page = reverse("meetings:correct_election", args=[first.group.slug, 1, election.pk])
    stood = {"candidate_1": first.chair.pk, "candidate_2": first.members[1].pk, "elected": first.members[1].pk}
    how = {"office": Office.CHAIR, "item": first.items[1].pk, "method": "secret", "basis": "agreed"}
    how["seen"] = election.version
    told = as_(first.desk).post(page, how | stood | counts).content.decode()
    assert (sentence in told, "得票を入力してください。" in told, Candidacy.objects.count()) == (True, False, 0)


def test_between_equals_a_rule_decides_and_is_told(first, election):
    votes = [(first.chair, 1), (first.members[1], 1)]
    chosen = {"elected": first.members[1], "method": "hands", "votes": votes}
    with pytest.raises(ValidationError, match="得票が同数です。どのように決めたかを入力してください。"):
        correct(first, election, **chosen, rule="")
    correct(first, election, **chosen, rule="くじ")
    assert line(first).endswith(f"同数のためくじにより{name(first.members[1])}に決定）")


def test_a_title_that_two_have_is_told_with_the_name(first, election):
    section = first.chair.terms.get().department
    for person in first.members[1:]:
        person.terms.update(department=section, job_title="主査")
    correct(first, election, elected=first.members[1])
    title = f"{section}主査"
    assert line(first).endswith(f"最年長者の{title}の{name(first.members[1])}で了承）")
    first.members[2].terms.update(job_title="主事")
    assert line(first).endswith(f"最年長者の{title}で了承）")


def test_an_organisation_without_a_title_says_nobody(first, election):
    first.members[1].terms.update(affiliation="見本商工会", job_title="")
    correct(first, election, elected=first.members[1])
    assert line(first).endswith(f"最年長者の{name(first.members[1])}で了承）")


def test_by_lot_nobody_counts(first, election):
    correct(first, election, method="lot", candidates=2, rule="")
    title = first.chair.terms.get().house_title
    assert line(first).endswith(f"（立候補者2名、くじにより{title}に決定）")


@pytest.mark.parametrize(
    ("votes", "how", "sentence"),
    [
        ([], {"method": "hands"}, "候補者と得票を入力してください。"),
        ([0, 0], {"method": "hands"}, "同じ方が候補者に2回入力されています。"),
        ([1, 2], {"method": "hands"}, "得票が最も多い候補者の中から選んでください。"),
        ([2, 1], {"method": "secret", "cast": 4, "blank": 0, "invalid": 0}, "投票総数の4票と合いません。"),
        ([200, 1], {"method": "hands"}, "出席の記録にある出席者"),
        ([1], {"method": "consent"}, "得票は、挙手又は投票のときだけ記録します。"),
        ([2], {"method": "secret"}, "投票総数・白票・無効票の数を入力してください。"),
    ],
)
def test_what_does_not_add_up_is_refused_and_nothing_is_changed(first, election, votes, how, sentence):
    people = [first.chair, first.chair] if votes == [0, 0] else first.members
    before = offices(first), line(first)
    with pytest.raises(ValidationError, match=sentence):
        correct(first, election, votes=list(zip(people, votes, strict=False)), **how)
    assert (offices(first), line(first), Candidacy.objects.count()) == (*before, 0)


# Assignments


def fix(first, task, **values):
    return assignments.correct_assignment(assignment=task, by=Actor(first.desk), seen=task.version, **values)


def test_both_sentences_follow_an_assignment(first, task):
    fix(first, task, summary_text="二つ求めた。", detail_text="二つ出すことを依頼")
    assert [words in report(first) for words in ("二つ求めた。", "次回までに、二つ出すことを依頼")] == [True, True]
    told = Event.objects.first()
    assert (told.action, told.changes["summary_text"]) == (
        "meetings.correct_assignment",
        [first.words.summary, "二つ求めた。"],
    )


def test_an_assignment_may_be_due_on_a_day_and_at_no_meeting(first, task):
    due = datetime(2021, 6, 30, 17, tzinfo=TOKYO)
    fix(first, task, due_meeting=None, due_at=due, summary_text="求めた。", detail_text="依頼")
    assert report(first).count("6月30日（水）までに、") == 2


def test_an_assignment_that_is_due_never_is_refused(first, task):
    with pytest.raises(ValidationError, match="提出期限の会議か、提出期限の日のどちらかを入力してください。"):
        fix(first, task, due_meeting=None)


def test_an_assignment_that_was_not_set_goes_with_its_sentences(first, task):
    words = task.detail_text
    assignments.remove_assignment(assignment=task, by=Actor(first.desk), seen=task.version)
    assert (first.meeting.assignments.count(), words in report(first)) == (0, False)
    assert Event.objects.first().changes["detail_text"] == words


def test_for_which_data_were_made_the_page_offers_no_removal(first, task, as_):
    builders.make_dataset(department=builders.make_department(), by=first.desk, assignment=task)
    shown = as_(first.desk).get(page(first, "remove_assignment", task)).content.decode()
    told = "この課題に対するデータが既に登録されているため、削除できません。"
    assert (told in shown, "課題を削除する" in shown) == (True, False)


def test_for_which_data_were_made_it_stays(first, task):
    department = builders.make_department()
    builders.make_dataset(department=department, by=first.desk, assignment=task)
    before = report(first)
    with pytest.raises(ValidationError, match="既に登録されているため、削除できません。"):
        assignments.remove_assignment(assignment=task, by=Actor(first.desk), seen=task.version)
    assert report(first) == before


def test_an_assignment_that_another_window_changed_is_shown_first(first, task):
    fix(first, Assignment.objects.get(), title="変えた題")
    with pytest.raises(Conflict):
        fix(first, task, title="別の題")
    with pytest.raises(Conflict):
        assignments.remove_assignment(assignment=task, by=Actor(first.desk), seen=task.version)


# On the pages


def sent_again(form):
    """What a browser sends of this form as it was shown."""
    return {
        name: "" if (value := form[name].value()) is None else value
        for name in form.fields
    }  # fmt: skip


def test_the_form_of_an_election_sent_as_it_was_shown_changes_nothing(first, election, as_):
    """Also not where its line stands among the notices."""
    entry = election.entries.get()
    type(entry).objects.filter(pk=entry.pk).update(item=None, section="notices")
    before = offices(first), line(first)
    desk, address = as_(first.desk), page(first, "correct_election", election)
    assert desk.post(address, sent_again(desk.get(address).context["form"])).status_code == 302
    assert (offices(first), line(first), election.entries.get().section) == (*before, "notices")


def test_a_vote_is_written_down_on_the_page(first, election, as_):
    desk, address = as_(first.desk), page(first, "correct_election", election)
    vote = {"method": "secret", "cast": 3, "blank": 0, "invalid": 0, "elected": first.members[1].pk, "rule": ""}
    lines = {"candidate_1": first.chair.pk, "votes_1": 1, "candidate_2": first.members[1].pk, "votes_2": 2}
    form = desk.get(address).context["form"]
    assert desk.post(address, sent_again(form) | vote | lines).status_code == 302
    assert offices(first) == [(first.members[1], "chair", DAY, None)]
    shown = desk.get(address).context["form"]
    assert [shown[name].value() for name in lines] == list(lines.values())


def test_two_who_correct_an_election_see_both(first, election, as_):
    desk, address = as_(first.desk), page(first, "correct_election", election)
    shown = sent_again(desk.get(address).context["form"])
    desk.post(address, shown | {"rule": "先に直した"})
    response = desk.post(address, shown | {"rule": "後で直した"})
    assert response.status_code == 409
    assert response.context["form"].conflict == [("決め方", "先に直した", "後で直した")]


@pytest.mark.parametrize("name", ["election", "assignment"])
def test_what_was_changed_meanwhile_is_not_removed_and_the_page_says_so(first, election, task, name, as_):
    row = {"election": election, "assignment": task}[name]
    response = as_(first.desk).post(page(first, f"remove_{name}", row), {"seen": row.version - 1}, follow=True)
    assert "他の画面から内容が変更されています。" in response.content.decode()
    assert type(row).objects.filter(pk=row.pk).exists()


def test_d11_an_assignment_is_corrected_and_removed_on_its_pages(first, task, as_):
    desk, address = as_(first.desk), page(first, "correct_assignment", task)
    shown = sent_again(desk.get(address).context["form"])
    desk.post(address, shown | {"title": "直した題", "due_meeting": "", "due_at": "R3.6.30"})
    again = Assignment.objects.get()
    assert (again.title, again.due_meeting, again.due_at) == (
        "直した題",
        None,
        datetime(2021, 6, 30, 17, tzinfo=TOKYO),
    )
    desk.post(page(first, "remove_assignment", task), {"seen": again.version})
    assert not Assignment.objects.exists()


def test_an_assignment_without_any_deadline_is_asked_for_one(first, task, as_):
    desk, address = as_(first.desk), page(first, "correct_assignment", task)
    shown = sent_again(desk.get(address).context["form"]) | {"due_meeting": "", "due_at": ""}
    said = desk.post(address, shown).content.decode()
    assert "提出期限の会議を選択するか、提出期限の日付を入力してください。" in said


# The tables before


BEFORE = ("meetings", "0016_why_it_was_called_off")


def test_an_election_of_before_knows_its_office(first):
    to(BEFORE)
    to(TODAY)
    assert Election.objects.get().office_term == first.chair.office_terms.get()


def test_on_the_way_back_what_is_due_on_a_day_is_due_at_the_next_meeting(first, task):
    fix(first, task, due_meeting=None, due_at=datetime(2021, 6, 30, 17, tzinfo=TOKYO))
    to(BEFORE)
    to(TODAY)
    assert Assignment.objects.get().due_meeting == first.next_meeting


def test_or_at_one_that_is_planned_for_it(first, task):
    fix(first, task, due_meeting=None, due_at=datetime(2021, 6, 30, 17, tzinfo=TOKYO))
    following = Meeting.objects.get(pk=first.next_meeting.pk)
    meetings.cancel(meeting=following, by=Actor(first.desk), seen=following.version, reason="台風")
    to(BEFORE)
    to(TODAY)
    due = Assignment.objects.get().due_meeting
    assert (due.number, due.state) == (2, "draft")


def test_a_present_vote_needs_no_roll(first):
    """Whoever has not taken the roll yet can write the vote down."""
    item = builders.make_item(meeting=first.next_meeting, order=9)
    chosen = {"item": item, "elected": first.members[1], "method": "hands", "votes": [(first.members[1], 9)]}
    elections.record_election(meeting=first.next_meeting, by=Actor(first.desk), office=Office.VICE_CHAIR, **chosen)
    assert not first.next_meeting.roll.filter(mode=Mode.VENUE).exists()
