"""Three people and the desk answer one survey in any order, while deadlines pass and people leave.

Slow (a few seconds), because some hundred deeds are done and looked at.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from foundation.actions import Actor
from meetings.actions import meetings, replies, surveys
from meetings.models import Meeting, Reply, ReplyDraft, ReplyRevision, Survey, SurveyExtension
from meetings.states import Mode, SectionKind
from meetings.survey.content import content_of
from meetings.survey.people import count
from members.actions import memberships
from tests import builders
from tests.machines import Machine, run

HOUR = timedelta(hours=1)
ASKED = [SectionKind.ATTENDANCE, SectionKind.MEMBER_QUESTIONS]
person = st.integers(0, 2)
contents = st.fixed_dictionaries(
    {
        "mode": st.sampled_from(Mode),
        "note": st.sampled_from(["", "10分遅れます", "資料を持参します"]),
        "to": st.dictionaries(person, st.sampled_from(["どう始めましたか。", "費用は。"]), max_size=1),
    }
)
# The page that is sent: opened just now, opened before the last change, or the very one that was sent last.
pages = st.sampled_from(["fresh", "fresh", "old", "again"])


class Replies(Machine):
    audited = ("meetings.reply", "meetings.enter_reply", "meetings.extend", "meetings.set_survey")

    @initialize()
    def call_the_meeting(self):
        group = builders.make_group(contact_phone="内線 2345")
        self.desk = builders.make_user()
        builders.make_grant(group=group, user=self.desk)
        self.people = [builders.make_membership(group=group) for _ in range(3)]
        for membership in self.people:
            builders.make_sheet(membership=membership)
        self.meeting = builders.make_meeting(group=group)
        self.survey = builders.make_survey(meeting=self.meeting, sections=ASKED)
        self.closes_at = self.survey.closes_at
        # By person: what they were told is stored, version by version; what stands now; the key of the last page.
        self.told = {number: [] for number in range(3)}
        self.standing, self.keys, self.drafts, self.extensions = {}, {}, {}, {}
        self.left = set()
        self.is_cancelled = False

    # What people do

    @rule(who=person, said=contents, page=pages)
    def reply(self, who, said, page):
        by = Actor(self.people[who].user)
        self.send(replies.reply, "meetings.reply", who, said, page, by, takes=self.is_open_for(who))

    @rule(who=person, said=contents, page=pages)
    def enter_at_the_desk(self, who, said, page):
        if self.is_cancelled:
            return
        self.send(replies.enter_reply, "meetings.enter_reply", who, said, page, Actor(self.desk), takes=True)

    @rule(who=person, text=st.sampled_from(["一", "二"]))
    def draft(self, who, text):
        self.drafts[who] = {"note": [text]}
        person = self.people[who]
        replies.save_draft(survey=self.survey, membership=person, by=Actor(person.user), data=self.drafts[who])

    @rule(who=person, hours=st.integers(1, 4))
    def extend(self, who, hours):
        until = timezone.now() + hours * HOUR
        expected = not self.is_cancelled and who not in self.left and until > self.closes_at
        values = {"survey": self.survey, "membership": self.people[who], "by": Actor(self.desk), "until": until}
        if self.try_to("meetings.extend", expected, replies.extend, **values):
            self.extensions[who] = until

    @rule()
    def let_the_deadline_pass(self):
        self.closes_at = timezone.now() - HOUR
        Survey.objects.update(opens_at=self.closes_at - HOUR, closes_at=self.closes_at)

    @rule(hours=st.integers(1, 4))
    def move_the_deadline(self, hours):
        closes_at = timezone.now() + hours * HOUR
        values = {"meeting": self.meeting, "closes_at": closes_at, "by": Actor(self.desk)}
        values |= {"sections": ASKED, "themes": []}
        if self.try_to("meetings.set_survey", not self.is_cancelled, surveys.set_survey, **values):
            self.closes_at = closes_at

    @precondition(lambda self: len(self.left) < 2)
    @rule(who=person)
    def leave(self, who):
        if who not in self.left:
            today = timezone.localdate()
            memberships.end_membership(membership=self.people[who], by=Actor(self.desk), valid_to=today)
            self.left.add(who)

    @precondition(lambda self: len(self.deeds) > 8)
    @rule()
    def cancel(self):
        if not self.is_cancelled:
            seen = Meeting.objects.get(pk=self.meeting.pk).version
            meetings.cancel(meeting=self.meeting, by=Actor(self.desk), seen=seen, reason="大雨のため")
            self.is_cancelled = True

    # What the machine knows

    def is_open_for(self, who):
        until = max(self.closes_at, self.extensions.get(who, self.closes_at))
        return not self.is_cancelled and timezone.now() < until

    def send(self, do, deed, who, said, page, by, *, takes):
        asked = {self.people[other].pk: text for other, text in said["to"].items() if other != who}
        content = builders.make_content(mode=said["mode"], note=said["note"], to_people=asked)
        version = len(self.told[who])
        key = self.keys.get(who, uuid4()) if page == "again" else uuid4()
        seen = version - (page == "old") if version else 0
        values = {"content": content, "idempotency_key": key, "seen": seen, "by": by}
        values |= {"survey": self.survey, "membership": self.people[who]}
        if version and self.standing[who] == content:
            assert do(**values).version == version
            return
        is_stale = version and key != self.keys[who] and seen != version
        gone = {self.people[other].pk for other in self.left}
        expected = takes and who not in self.left and not (gone & set(asked)) and not is_stale
        if self.try_to(deed, expected, do, **values):
            kept = {pk: text for pk, text in self.questions_of(who).items() if int(pk) in gone}
            self.told[who].append(content)
            self.standing[who] = builders.make_content(
                mode=said["mode"], note=said["note"], to_people=asked | kept
            )
            self.keys[who] = key
            self.drafts.pop(who, None)

    def questions_of(self, who):
        return self.standing[who][SectionKind.MEMBER_QUESTIONS]["to"] if who in self.standing else {}

    # What must hold whatever was done

    @invariant()
    def every_acknowledged_reply_is_stored_once_and_is_nobody_elses(self):
        found = {reply.membership_id: content_of(reply, ASKED) for reply in Reply.objects.whole()}
        assert Reply.objects.count() == len(found)
        assert found == {self.people[who].pk: content for who, content in self.standing.items()}

    @invariant()
    def every_version_keeps_what_it_said(self):
        kept = {}
        for revision in ReplyRevision.objects.order_by("number").select_related("reply"):
            kept.setdefault(revision.reply.membership_id, []).append((revision.number, revision.content))
        told = {self.people[who].pk: list(enumerate(said, 1)) for who, said in self.told.items() if said}
        assert kept == told
        versions = dict(Reply.objects.values_list("membership", "version"))
        assert versions == {pk: len(said) for pk, said in told.items()}

    @invariant()
    def the_tally_counts_what_is_stored(self):
        asked = set(range(3)) - self.left
        modes = [self.standing[who][SectionKind.ATTENDANCE]["mode"] for who in asked if who in self.standing]
        figures = {mode: modes.count(mode) for mode in Mode.values}
        assert count(self.meeting).figures == figures | {"unanswered": len(asked) - len(modes)}

    @invariant()
    def drafts_and_extensions_stand_as_they_were_left(self):
        drafts = {self.people[who].pk: data for who, data in self.drafts.items()}
        extensions = {self.people[who].pk: until for who, until in self.extensions.items()}
        assert dict(ReplyDraft.objects.values_list("membership", "data")) == drafts
        assert dict(SurveyExtension.objects.values_list("membership", "until")) == extensions

    @invariant()
    def promises_hold(self):
        self.hold_promises()


# ASVS V2.3.2
@pytest.mark.no_cover
@pytest.mark.usefixtures("town")
def test_replies_in_any_order_are_kept_as_they_were_acknowledged():
    run(Replies)
