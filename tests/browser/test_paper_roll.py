"""The roll as paper: the sheet that the desk prints beforehand, and the page itself where somebody prints that."""

import re
import shutil
import subprocess

import pytest

from foundation.actions import Actor
from meetings.actions import roll
from meetings.states import Mode
from members.states import Category
from tests import builders
from tests.browser.conftest import SHOTS

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        shutil.which("pdftotext") is None, reason="poppler-utils is not here, which reads a PDF as others do"
    ),
]
A4 = re.compile(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]")


@pytest.fixture
def meeting(group, member, expert):
    """Twenty-nine, of whom one answered."""
    SHOTS.mkdir(exist_ok=True)
    meeting = builders.make_meeting(group=group, number=1)
    builders.make_reply(survey=builders.make_survey(meeting=meeting), membership=member, mode=Mode.ONLINE)
    for number in range(27):
        person = builders.make_user(family="見本", given=f"花{chr(0x3041 + number)}", kana=("みほん", "はな"))
        builders.make_membership(group=group, user=person, category=Category.MEMBER, job_title="会計年度任用職員")
    return meeting


def test_the_sheet_for_the_door_has_boxes_for_everybody_on_a4(page, log_in, suzuki, meeting):
    log_in(page, suzuki)
    paper = page.request.get("/groups/dx-now/desk/meetings/1/papers/roll.pdf").body()
    (SHOTS / "paper-roll.pdf").write_bytes(paper)
    assert [float(side) for found in A4.findall(paper) for side in found] == pytest.approx([595, 842] * 2, abs=1)
    # Twenty-nine with three boxes, and three lines with two for who is on no roster.
    assert words_of(SHOTS / "paper-roll.pdf").count("□") == 29 * 3 + 3 * 2


def test_the_page_prints_as_a_roll_as_well(page, log_in, suzuki, meeting, member, shot):
    roll.mark(meeting=meeting, membership=member, by=Actor(suzuki), mode=Mode.ONLINE)
    log_in(page, suzuki)
    page.goto("/groups/dx-now/desk/meetings/1/roll/")
    (SHOTS / "roll-page.pdf").write_bytes(page.pdf(format="A4"))
    printed = words_of(SHOTS / "roll-page.pdf")
    assert (printed.count("□"), printed.count("☑")) == (29 * 3 - 1, 1)
    assert ("開催済みにする" in printed, "出席確認表" in printed) == (False, False)
    page.emulate_media(media="print")
    shot(page, "roll-print")


def words_of(path):
    return subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True).stdout
