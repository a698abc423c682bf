"""テーマ: each person counts once, whatever the desk unites; and each of its deeds can be taken back."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from foundation.actions import Actor, Conflict
from foundation.audit.models import Event
from meetings.actions import meetings, surveys, themes
from meetings.models import Reply, Theme
from meetings.states import SectionKind
from tests import builders
from tests.meetings.conftest import close

DESK = "/groups/dx-now/desk/meetings/2/themes/"
PAGE = "/groups/dx-now/meetings/2/"


@pytest.fixture
def by(suzuki):
    return Actor(suzuki)


@pytest.fixture
def window(meeting):
    return meeting.themes.create(order=1, title="窓口の待ち時間")


@pytest.fixture
def queue(meeting):
    return meeting.themes.create(order=2, title="窓口の混雑")


def counts(meeting):
    """What stands, and how many want it."""
    found = meeting.themes.standing().counted().order_by("order", "id")
    return [(theme.title, theme.wished) for theme in found]


def ticked(reply):
    return sorted(Reply.objects.whole().get(pk=reply.pk).theme_ids)


# United


def test_who_wants_both_counts_once(survey, meeting, window, queue, give, by, group):
    give(themes=frozenset({window.pk, queue.pk}))
    another = builders.make_reply(survey=survey, membership=builders.make_membership(group=group))
    queue.votes.create(reply=another)
    themes.merge_theme(theme=queue, by=by, seen=1, into=window)
    assert counts(meeting) == [("窓口の待ち時間", 2)]


def test_taken_back_each_has_what_it_had(survey, meeting, window, queue, give, by):
    give(themes=frozenset({queue.pk}))
    themes.merge_theme(theme=queue, by=by, seen=1, into=window)
    themes.split_theme(theme=queue, by=by, seen=2)
    assert counts(meeting) == [("窓口の待ち時間", 0), ("窓口の混雑", 1)]


def test_whoever_wanted_the_one_finds_the_other_ticked_and_loses_nothing_by_sending_it(
    survey, window, queue, give, by, meeting
):
    reply = give(themes=frozenset({queue.pk}))
    themes.merge_theme(theme=queue, by=by, seen=1, into=window)
    assert ticked(reply) == [window.pk]
    give(version=1, themes=frozenset({window.pk}), note="追記")
    themes.split_theme(theme=queue, by=by, seen=2)
    assert counts(meeting) == [("窓口の待ち時間", 0), ("窓口の混雑", 1)]


def test_who_unticks_it_wants_neither(window, queue, give, by, meeting):
    give(themes=frozenset({queue.pk}))
    themes.merge_theme(theme=queue, by=by, seen=1, into=window)
    give(version=1)
    assert counts(meeting) == [("窓口の待ち時間", 0)]


def test_what_was_united_is_offered_no_more(as_, sato, survey, window, queue, member, by):
    themes.merge_theme(theme=queue, by=by, seen=1, into=window)
    page = as_(sato).get(f"{PAGE}answer/").content.decode()
    assert ("窓口の待ち時間" in page, "窓口の混雑" in page) == (True, False)


def test_a_proposal_counts_its_writer_and_is_kept_as_the_source(survey, meeting, window, give, by):
    reply = give(themes=frozenset({window.pk}), proposal="待たない窓口")
    proposal = Theme.objects.get(proposed_in=reply)
    themes.merge_theme(theme=proposal, by=by, seen=1, into=window)
    assert counts(meeting) == [("窓口の待ち時間", 1)]
    assert Reply.objects.whole().get(pk=reply.pk).proposal == "待たない窓口"


def test_a_proposal_in_other_words_is_another(survey, meeting, window, give, by):
    themes.merge_theme(theme=_proposed(give, "待たない窓口"), by=by, seen=1, into=window)
    give(version=1, proposal="待たない窓口", note="追記")
    assert counts(meeting) == [("窓口の待ち時間", 1)]
    give(version=2, proposal="書かない窓口")
    assert counts(meeting) == [("窓口の待ち時間", 0), ("書かない窓口", 1)]


def test_a_proposal_is_offered_to_everybody_in_one_press(survey, meeting, give, by):
    example = themes.take_over_proposal(theme=_proposed(give, "書かない窓口"), by=by, seen=1)
    assert (example.proposed_in, counts(meeting)) == (None, [("書かない窓口", 1)])


def test_nothing_is_united_with_a_proposal_nor_with_itself(survey, window, give, by):
    proposal = _proposed(give, "書かない窓口")
    for target in (proposal, window):
        with pytest.raises(ValidationError, match="見つかりません"):
            themes.merge_theme(theme=window, by=by, seen=1, into=target)


def test_what_others_were_united_with_is_not_united_itself(meeting, window, queue, by):
    themes.merge_theme(theme=queue, by=by, seen=1, into=window)
    third = meeting.themes.create(title="押印")
    with pytest.raises(ValidationError, match="他のテーマをまとめています"):
        themes.merge_theme(theme=window, by=by, seen=1, into=third)


def test_what_stands_cannot_be_split(window, by):
    with pytest.raises(ValidationError, match="まとめていません"):
        themes.split_theme(theme=window, by=by, seen=1)


def _proposed(give, title):
    return Theme.objects.get(proposed_in=give(proposal=title))


# Corrected, chosen, removed


def test_the_words_are_corrected_and_the_votes_stay(survey, meeting, window, give, by):
    give(themes=frozenset({window.pk}))
    themes.reword_theme(theme=window, by=by, seen=1, title="窓口での待ち時間")
    assert counts(meeting) == [("窓口での待ち時間", 1)]
    assert Event.objects.get(action="meetings.reword_theme").changes["title"] == [
        "窓口の待ち時間",
        "窓口での待ち時間",
    ]


def test_a_proposal_is_not_corrected(survey, give, by):
    with pytest.raises(ValidationError, match="提案のままである"):
        themes.reword_theme(theme=_proposed(give, "書かない窓口"), by=by, seen=1, title="別の文")


def test_one_is_chosen_and_that_is_taken_back(window, by):
    chosen = themes.choose_theme(theme=window, by=by, seen=1)
    assert chosen.chosen_at
    assert themes.unchoose_theme(theme=window, by=by, seen=2).chosen_at is None


def test_what_was_chosen_is_not_united_with_another(window, queue, by):
    themes.choose_theme(theme=window, by=by, seen=1)
    with pytest.raises(ValidationError, match="先に採用を取り消してください"):
        themes.merge_theme(theme=window, by=by, seen=2, into=queue)


@pytest.mark.parametrize("how", ["ticked", "chosen", "united with"])
def test_what_somebody_wants_is_not_removed(survey, meeting, window, queue, give, by, how):
    seen = 1
    if how == "ticked":
        give(themes=frozenset({window.pk}))
    elif how == "chosen":
        themes.choose_theme(theme=window, by=by, seen=1)
        seen = 2
    else:
        themes.merge_theme(theme=queue, by=by, seen=1, into=window)
    with pytest.raises(ValidationError, match="削除できません"):
        themes.remove_theme(theme=window, by=by, seen=seen)
    with pytest.raises(ValidationError, match="既に選んだ方がいるテーマは消せません"):
        surveys.set_survey(meeting=meeting, by=by, closes_at=survey.closes_at, sections=[], themes=[])


def test_what_nobody_wants_is(window, by):
    themes.remove_theme(theme=window, by=by, seen=1)
    assert not Theme.objects.exists()


def test_a_form_that_was_opened_before_does_not_set_them_back(survey, meeting, by):
    themes.add_theme(meeting=meeting, by=by, title="押印")
    with pytest.raises(Conflict):
        surveys.set_survey(
            meeting=meeting, by=by, closes_at=survey.closes_at, sections=[], themes=[], seen=survey.version
        )


# The page of the desk


def test_the_desk_adds_rewords_unites_chooses_and_removes(as_, survey, meeting, window, suzuki):
    desk = as_(suzuki)
    desk.post(DESK, {"title": "窓口の混雑"})
    added = Theme.objects.get(title="窓口の混雑")
    desk.post(f"{DESK}{added.pk}/", {"seen": 1, "title": "混む窓口"})
    desk.post(f"{DESK}{added.pk}/merge/", {"seen": 2, "into": window.pk})
    desk.post(f"{DESK}{added.pk}/split/", {"seen": 3})
    desk.post(f"{DESK}{window.pk}/choose/", {"seen": 1})
    desk.post(f"{DESK}{window.pk}/unchoose/", {"seen": 2})
    desk.post(f"{DESK}{added.pk}/remove/", {"seen": 4})
    assert counts(meeting) == [("窓口の待ち時間", 0)]
    assert [
        event.action.removeprefix("meetings.") for event in Event.objects.filter(by=suzuki).order_by("id")
    ] == [
        "add_theme",
        "reword_theme",
        "merge_theme",
        "split_theme",
        "choose_theme",
        "unchoose_theme",
        "remove_theme",
    ]


def test_the_desk_sees_who_proposed_and_takes_it_over(as_, survey, meeting, give, suzuki):
    proposal = _proposed(give, "書かない窓口")
    assert "提案者：佐藤 花子" in as_(suzuki).get(DESK).content.decode()
    as_(suzuki).post(f"{DESK}{proposal.pk}/take-over/", {"seen": 1})
    assert counts(meeting) == [("書かない窓口", 1)]


def test_a_page_of_before_is_shown_again(as_, window, by, suzuki):
    themes.reword_theme(theme=window, by=by, seen=1, title="混む窓口")
    assert as_(suzuki).post(f"{DESK}{window.pk}/", {"seen": 1, "title": "別の文"}).status_code == 409


def test_without_its_part_of_the_form_the_page_says_that_nobody_sees_them(as_, survey, suzuki):
    survey.sections.filter(kind=SectionKind.THEMES).delete()
    assert "参加者には表示していません" in as_(suzuki).get(DESK).content.decode()


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_it_costs_the_same_for_any_number(as_, survey, meeting, group, suzuki, rows, django_assert_num_queries):
    for number in range(rows):
        reply = builders.make_reply(survey=survey, membership=builders.make_membership(group=group))
        example = meeting.themes.create(title=f"{number}番目")
        meeting.themes.create(title="提案", proposed_in=reply)
        example.votes.create(reply=reply)
    desk = as_(suzuki)
    with django_assert_num_queries(7):
        desk.get(DESK)


# What members see


def test_members_read_the_counts_after_the_deadline_and_no_names(as_, survey, window, give, tanaka, expert):
    give(themes=frozenset({window.pk}), proposal="書かない窓口")
    assert "窓口の待ち時間" not in as_(tanaka).get(PAGE).content.decode()
    close(survey)
    page = as_(tanaka).get(PAGE)
    assert [(theme.title, theme.wished) for theme in page.context["themes"]] == [("窓口の待ち時間", 1)]
    words = page.content.decode()
    assert ("窓口の待ち時間" in words, "佐藤" in words, "書かない窓口" in words) == (True, False, False)


def test_and_what_is_taken_up_as_soon_as_it_is_chosen(as_, survey, window, queue, tanaka, expert, by):
    themes.choose_theme(theme=window, by=by, seen=1)
    words = as_(tanaka).get(PAGE).content.decode()
    assert ("取り上げるテーマ" in words, "窓口の待ち時間" in words, "窓口の混雑" in words) == (True, True, False)


# The next meeting


def test_the_next_form_begins_with_what_was_not_taken_up(survey, meeting, window, queue, give, by, group):
    themes.choose_theme(theme=window, by=by, seen=1)
    give(proposal="書かない窓口")
    third = meetings.create_meeting(group=group, by=by, starts_at=meeting.starts_at, sections=[SectionKind.THEMES])
    assert [theme.title for theme in third.themes.all()] == ["窓口の混雑"]


def test_without_its_part_of_the_form_nothing_is_taken_over(survey, meeting, window, group, by):
    third = meetings.create_meeting(group=group, by=by, starts_at=meeting.starts_at, sections=[])
    assert not third.themes.exists()


def test_what_stands_there_already_is_not_taken_over_twice(survey, meeting, window, queue, group, by):
    third = meetings.create_meeting(group=group, by=by, date_note="9月上旬")
    third.themes.create(order=1, title="窓口の混雑")
    day = meeting.starts_at + timedelta(days=30)
    meetings.edit_meeting(meeting=third, by=by, seen=third.version, starts_at=day)
    assert [theme.title for theme in third.themes.all()] == ["窓口の混雑", "窓口の待ち時間"]
