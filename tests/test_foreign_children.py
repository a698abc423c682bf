"""One's own address with the number of another's child: nothing is done, and it is as if there were no such child.

Each deed is sent filled in as a person would. With the child of one's own it is done (or the walk would prove
nothing), with the child of the other group it is answered 404, both by our desk and by theirs, and no row changes.
Slow (a second or two each), because each sends some forty requests and looks at every table.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from foundation.audit.models import Event
from tests.access import PAGES
from tests.walk import Walker, undone
from tests.world import arguments_of, values_of

pytestmark = pytest.mark.django_db

# The page: (what names the child, what is sent).
AT_THE_DESK = {
    "meetings:edit_item": ("item_id", {"title": "差し替え", "kind": "talk", "seen": 1}),
    "meetings:move_item": ("item_id", {"to": "up"}),
    "meetings:remove_item": ("item_id", {"seen": 1}),
    "meetings:edit_material": ("material", {"title": "差し替え", "audience": "group", "seen": 1}),
    "meetings:replace_material": ("material", {"kind": "link", "url": "https://example.jp/", "seen": 1}),
    "meetings:note_consent": (
        "material",
        {"consents": "yes", "name": "差し替え", "given_on": "R3.5.18", "how": "電話", "seen": 1},
    ),
    "meetings:move_material": ("material", {"to": "down"}),
    "meetings:withdraw_material": ("material", {"seen": 1}),
    "meetings:restore_material": ("material", {"seen": 1}),
    "meetings:withdraw_for": ("membership", {"seen": 1}),
    "meetings:enter_reply": ("membership", {"mode": "venue", "seen": 0, "key": str(uuid4())}),
    # The planted meeting is in ten days: after its deadline, and before it begins.
    "meetings:extend": ("membership", {"until": f"{timezone.localdate() + timedelta(days=9)}T10:00"}),
    "meetings:take_over_late_reply": ("membership", {"seen": 0, "key": str(uuid4())}),
    "meetings:dismiss_late_reply": ("membership", {}),
    "meetings:resend": ("membership", {}),
    "meetings:enter_dates": ("membership", {"comment": "差し替え", "seen": 0}),
    "meetings:choose_date": ("option_id", {"seen": 1}),
    "meetings:mark": ("membership", {"mode": "venue", "seen": 0}),
    "meetings:unmark": ("membership", {"seen": 0}),
    "meetings:edit_mark": ("membership", {"mode": "venue", "arrived_at": "13:30", "seen": 0}),
    "meetings:edit_walk_in": (
        "line_id",
        {"name": "差し替え", "category": "observer", "mode": "venue", "seen": 1},
    ),
    "meetings:remove_walk_in": ("line_id", {"seen": 1}),
    "meetings:edit_entry": ("entry_id", {"point": "point", "text": "差し替え", "seen": 1}),
    "meetings:move_entry": ("entry_id", {"direction": "down", "seen": 1}),
    "meetings:remove_entry": ("entry_id", {"seen": 1}),
    "meetings:restore_entry": ("entry_id", {}),
    "opendata:exempt": ("assignment_id", {"reason": "休職中"}),
    "opendata:include": ("assignment_id", {}),
    "meetings:correct_election": ("election_id", {"office": "chair", "method": "consent", "seen": 1}),
    "meetings:remove_election": ("election_id", {"seen": 1}),
    "meetings:correct_assignment": (
        "assignment_id",
        {"title": "差し替え", "due_at": "R9.6.30", "summary_text": "概要", "detail_text": "詳細", "seen": 1},
    ),
    "meetings:remove_assignment": ("assignment_id", {"seen": 1}),
    "meetings:begin_item": ("item_id", {}),
    "meetings:take_back_beginning": ("item_id", {}),
    "meetings:change_question": ("question_id", {"text": "差し替え", "seen": 1}),
    "meetings:add_answer": ("question_id", {"text": "差し替え"}),
    "meetings:remove_question": ("question_id", {"seen": 1}),
    "meetings:merge_question": ("question_id", {"seen": 1}),
    "meetings:decline_question": ("question_id", {"reason": "差し替え", "seen": 1}),
    "meetings:route_question": ("question_id", {"seen": 1}),
    "meetings:restore_question": ("question_id", {"seen": 1}),
    "meetings:make_theme": ("question_id", {"seen": 1}),
    "meetings:unmake_theme": ("question_id", {"seen": 1}),
    "meetings:reword_theme": ("theme_id", {"title": "差し替え", "seen": 1}),
    "meetings:merge_theme": ("theme_id", {"seen": 1}),
    "meetings:split_theme": ("theme_id", {"seen": 1}),
    "meetings:take_over_proposal": ("theme_id", {"seen": 1}),
    "meetings:choose_theme": ("theme_id", {"seen": 1}),
    "meetings:unchoose_theme": ("theme_id", {"seen": 1}),
    "meetings:remove_theme": ("theme_id", {"seen": 1}),
    "meetings:reword_answer": ("answer_id", {"text": "差し替え", "seen": 1}),
    "meetings:remove_answer": ("answer_id", {"seen": 1}),
    "reports:decide_on_words": ("correction", {"decision": "declined", "reason": "差し替え", "seen": 1}),
    "members:change_post": ("membership", {"valid_from": "2026-04-01", "category": "observer"}),
    "members:correct_term": ("term", {"category": "observer", "valid_from": "2020-04-01", "seen": 1}),
    "members:reappoint": ("term", {"valid_to": "2099-03-31", "seen": 1}),
    "members:choose_successor": ("term", {}),
    "members:name_successor": ("term", {"valid_from": "2026-04-01"}),
    "members:end_membership": ("membership", {"valid_to": "2099-03-31"}),
    "members:move_member": ("membership", {"up": "1"}),
    "members:move_speaker": ("membership", {"to": "down"}),
    "members:reopen_sheet": ("membership", {"reopened": "1"}),
    "members:give_office": (
        "membership",
        {"office": "vice_chair", "valid_from": "2026-04-01"},
    ),
    "members:end_office": ("office", {"valid_to": "2099-03-31"}),
    "members:reissue_link": ("link", {}),
}
IN_THE_REGISTER = {
    "members:name_reviewer": ("grant", {}),
    "members:end_grant": ("grant", {"valid_to": "2099-03-31"}),
    "members:end_posting": ("posting", {"valid_to": "2099-03-31"}),
}
# What has a reason not to be done with one's own: the person holds an office, the question has an answer, data
# were made for the assignment, nobody is named as elected, the term has no end, the meeting has a day, nothing
# came late, nothing has begun, there is nothing to unite with or to take back; and a page that only reads.
REFUSED_AT_HOME = {
    "members:reappoint": (404, True),
    "meetings:take_over_late_reply": (404, True),
    "meetings:dismiss_late_reply": (404, True),
    "members:choose_successor": (405, False),
    "members:give_office": (200, False),
    "meetings:enter_dates": (200, False),
    "meetings:choose_date": (200, False),
    "meetings:take_back_beginning": (302, False),
    "meetings:unmark": (302, False),
    "meetings:remove_question": (302, False),
    "meetings:correct_election": (200, False),
    "meetings:remove_assignment": (302, False),
    "meetings:restore_material": (302, False),
    "meetings:restore_entry": (302, False),
    "opendata:include": (302, False),
    "meetings:withdraw_for": (302, False),
    "meetings:merge_question": (200, False),
    "meetings:decline_question": (200, False),
    "meetings:restore_question": (302, False),
    "meetings:unmake_theme": (302, False),
    "meetings:merge_theme": (200, False),
    "meetings:split_theme": (302, False),
    "meetings:take_over_proposal": (302, False),
    "meetings:unchoose_theme": (302, False),
}


def address(name, place, child_of, child):
    values = values_of(place, name) | {child: values_of(child_of, name)[child]}
    return reverse(name, kwargs={key: values[key] for key in arguments_of(name)})


def rows():
    """Everything that is stored, but for sessions."""
    ours = [
        model for app in ("members", "meetings", "reports", "opendata", "mail", "jobs") for model in models_of(app)
    ]
    return {model.__name__: sorted(map(said, model.objects.values_list())) for model in ours}


def said(row):
    """A photo by its bytes."""
    return str([bytes(value) if isinstance(value, memoryview) else value for value in row])


def models_of(app):
    return list(apps.get_app_config(app).get_models())


@pytest.mark.parametrize(("role", "deeds"), [("desk", AT_THE_DESK), ("administrator", IN_THE_REGISTER)])
def test_with_a_child_of_ones_own_it_is_done(planted, role, deeds):
    walker, done, own = Walker(planted, role), {}, planted.own
    for name, (child, sent) in deeds.items():
        with undone():
            before = Event.objects.count()
            found = walker.client.post(address(name, own, own, child), sent)
            done[name] = (found.status_code, Event.objects.count() > before)
    assert done == {name: REFUSED_AT_HOME.get(name, (302, True)) for name in deeds}


@pytest.mark.parametrize(
    ("role", "deeds", "at", "whose"),
    [
        ("desk", AT_THE_DESK, "own", "foreign"),
        ("other_desk", AT_THE_DESK, "foreign", "own"),
        ("administrator", IN_THE_REGISTER, "own", "foreign"),
    ],
)
def test_with_the_child_of_another_nothing_is_done(planted, role, deeds, at, whose):
    walker, met = Walker(planted, role), {}
    with undone():
        before = rows()
        for name, (child, sent) in deeds.items():
            here = address(name, getattr(planted, at), getattr(planted, whose), child)
            met[name] = {walker.client.get(here).status_code, walker.client.post(here, sent).status_code}
        assert rows() == before
    assert {name: found - {404, 405} for name, found in met.items()} == {name: set() for name in deeds}


def test_every_page_with_a_child_is_among_them():
    """A new page below a group's address whose child has a number needs its line above."""
    children = {"item_id", "material", "entry_id", "question_id", "answer_id", "theme_id"}
    children |= {"election_id", "assignment_id"}
    children |= {"membership", "term", "office", "link", "grant"}
    with_child = {name for name in PAGES if children & set(arguments_of(name))}
    assert with_child - {*AT_THE_DESK, *IN_THE_REGISTER} == {
        "members:desk_member",
        "members:reissue_links",
        "meetings:personal_introduction",
        "opendata:progress",
        # What only reads; and what one brought oneself (tests/meetings/test_materials.py).
        "meetings:material",
        "meetings:desk_material",
        "meetings:personal_material",
        "meetings:replace_own_material",
        "meetings:personal_replace_own_material",
        "meetings:consent_to_material",
        "meetings:personal_consent_to_material",
        # One's own question alone.
        "meetings:withdraw_question",
        "meetings:personal_withdraw_question",
    }
