"""What the demo leaves to its visitor, done beforehand, so that the pages after it are there to be judged."""

from dxbukai.demo.cast import CAST, NOW
from dxbukai.demo.seed import lists, now
from foundation.actions import Actor
from meetings.models import Meeting
from meetings.states import Mode
from members.models import Department, User
from opendata import actions as opendata


def prepare() -> None:
    """An expert has answered, and a section has sent its list as Excel saved it."""
    meeting = Meeting.objects.get(group__slug=NOW, number=2)
    now.answer(meeting.group, meeting, "taro", now.Said(Mode.ONLINE))
    clerk = Actor(User.objects.get(email=CAST["clerk"].email))
    version = opendata.upload(
        department=Department.objects.get(name="環境課"),
        standard="public_toilet",
        name="公衆トイレ一覧.csv",
        data=lists.TOILETS_WITH_DIRT.encode("cp932"),
        by=clerk,
    )
    opendata.read(version=version, by=clerk)
