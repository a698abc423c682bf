"""The report of a meeting in writing: what was decided, and nothing of who came, for nobody did."""

from datetime import datetime

import pytest
from django.utils import timezone

from meetings.models import Opinion
from meetings.states import Method, Origin, RecordPlace
from reports.compose import compose
from reports.compose.shipped import SHIPPED
from reports.models import Report, Style
from tests import builders

DAY = datetime(2026, 12, 10, 17, tzinfo=timezone.get_fixed_timezone(540))


@pytest.fixture
def meeting(group, member, expert):
    """Both answered: one for the plan, one with an opinion alone. It is settled."""
    fields = {"method": Method.WRITTEN, "building": "", "room": "", "ends_at": None}
    meeting = builders.make_meeting(group=group, number=2, starts_at=DAY, **fields)
    item = builders.make_item(meeting=meeting, title="計画案", needs_decision=True)
    survey = builders.make_survey(meeting=meeting)
    for person, approval in ((member, "yes"), (expert, "other")):
        reply = builders.make_reply(survey=survey, membership=person, mode="")
        Opinion.objects.create(reply=reply, item=item, approval=approval)
    meeting.entries.create(section=RecordPlace.ITEM, item=item, origin=Origin.RESOLUTION)
    told = {"yes": 1, "no": 0, "other": 1, "carried": False, "by_chair": False}
    pinned = {"people": 2, "answered": 2, "rule": "majority", "needed": 2, "majority": "answered"}
    meeting.snapshot = {
        "members": {"member": 1, "expert": 1},
        "next": None,
        "in_writing": pinned | {"items": {str(item.pk): told}},
    }
    meeting.state, meeting.held_from, meeting.held_to = "held", DAY, DAY.replace(minute=1)
    meeting.save()
    Report.objects.create(meeting=meeting, outcome="計画案は否決された。")
    return meeting


def test_it_tells_of_answers_and_of_what_was_decided(meeting):
    found = compose(meeting).text
    for words in (
        "【議決日】令和8年12月10日（木）",
        "【開催方法】書面開催",
        "【回答】2名中2名",
        "書面により、2名中2名の回答があり、計画案は否決された。",
        "承認1名、不承認0名、意見のみ1名で、否決",
    ):
        assert words in found.replace("】 ", "】"), found


@pytest.mark.parametrize("name", SHIPPED)
def test_in_no_style_it_tells_of_who_came(meeting, name):
    """Nor asks for a roll."""
    found = compose(meeting, Style(**SHIPPED[name]))
    said = found.text + "".join(problem.message for problem in found.problems)
    assert [
        word for word in ("出席", "参加", "0名", "傍聴", "欠席") if word in said.replace("不承認0名", "")
    ] == []


def test_decisions_are_counted_unless_somebody_wrote_them(meeting):
    style = Style(parts="日時\n決定事項\n定足数\n詳細")
    assert "計画案　否決" in compose(meeting, style).text
    assert "2名のうち2名が書面により回答し、定足数（過半数、2名）に達した。" in compose(meeting, style).text
    Report.objects.update(decisions="継続して検討する。")
    assert "計画案　否決" not in compose(meeting, style).text


def test_nobody_has_to_write_what_was_counted(meeting, suzuki, as_):
    Style.objects.create(group=meeting.group, parts="日時\n決定事項\n詳細")
    address = f"/groups/{meeting.group.slug}/desk/meetings/2/report/"
    field = as_(suzuki).get(address).context["form"].fields["decisions"]
    assert (field.required, str(field.help_text)) == (
        False,
        "入力しないときは、賛否を数えた結果を載せます。1行に1件。",
    )
    assert as_(suzuki).post(address, {"decisions": "", "seen": "1"}).status_code == 302


def test_what_is_not_settled_is_not_reported(meeting):
    meeting.snapshot, meeting.state, meeting.held_from, meeting.held_to = None, "announced", None, None
    meeting.save()
    found = [problem.message for problem in compose(meeting).blockers]
    assert found == ["書面による議決の結果がまだ決定されていません。"]
