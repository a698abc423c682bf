"""What must not be told: each secret, and who may read it. Any other page that has it (200) is a leak.

Each is a sentence that stands nowhere else. `plant()` puts them into the world; the plain walk finds each with
exactly those who may read it, so that a secret which no page shows to anybody cannot keep the walk quiet; what
stands on pages of other objects than the walk's has its address among `world.doors`.
"""

from django.urls import reverse
from django.utils import timezone

from meetings.states import MaterialAudience, MeetingState, RecordPlace
from members import links
from members.models import IntroSheet, PersonalLink
from members.states import Audience, Category, Channel, Purpose, SheetState
from opendata.states import VersionState
from tests import builders
from tests.access import ROLES

EVERYBODY = frozenset(ROLES)
INSIDE = frozenset({"member", "expert", "desk", "administrator_inside"})
# Who may see the closed group at all, and who is inside.
OF_THE_CLOSED = frozenset({"stranger", "other_desk", "administrator", "administrator_inside"})
IN_THE_CLOSED = frozenset({"stranger", "other_desk"})
ADMINISTRATORS = frozenset({"administrator", "administrator_inside"})
DESK = frozenset({"desk"})
REVIEWERS = frozenset({"desk", "steward"})

# name: (the sentence, who may read it)
SECRETS = {
    "the closed group": ("非公開の検討部会", OF_THE_CLOSED),
    "the closed group's agenda": ("閉じた部会の議題", IN_THE_CLOSED),
    "the closed group's report": ("閉じた部会の結果報告", OF_THE_CLOSED),
    "the closed group's sheet": ("閉じた部会の希望", IN_THE_CLOSED),
    "a material": ("会議資料の本文の一文", INSIDE),
    "an earlier version": ("差し替える前の資料の一文", DESK),
    "a material for the desk": ("事務局だけの資料の一文", DESK),
    "a material taken away": ("取り下げた資料の一文", DESK),
    "a material of a draft": ("準備中の会議の資料名", DESK),
    "the closed group's material": ("閉じた部会の資料名", IN_THE_CLOSED),
    "the report": ("公開した部会の結果報告", EVERYBODY),
    # Whoever was asked whether their words stand right has the proof before them.
    "a line of the record": ("公開前の記録の一文", DESK | {"member"}),
    "somebody who came without being on the roster": ("飛入 参子", DESK),
    "a meeting in preparation": ("準備中の会議のテーマ", DESK),
    "the online address": ("https://online.example/room-4711", DESK),
    "a shown sheet": ("公開済みのシートの希望", INSIDE),
    "a sheet not shown": ("公開前のシートの希望", DESK),
    "a sheet for the desk": ("事務局だけのシートの希望", DESK),
    "a draft of a sheet": ("書きかけのシートの希望", frozenset()),
    "a note to the desk": ("事務局だけへの連絡", DESK),
    "a note about days": ("日程についての事務局への連絡", DESK),
    "a written opinion": ("書面の意見の一文", DESK),
    "a question to the expert": ("外部有識者への質問の一文", DESK | {"expert"}),
    "a colleague's link": ("the colleague's token", DESK),
    "an address for login": ("login-4711@example.jp", ADMINISTRATORS),
    "a telephone": ("内線4711", DESK | ADMINISTRATORS),
    "an employee's number": ("職員-4711", DESK | ADMINISTRATORS),
    "an email that waits": ("送信待ちのメールの件名", ADMINISTRATORS),
    "a published data set": ("公開した一覧", EVERYBODY),
    "a cell in work": ("公開前のセル", REVIEWERS | {"staff"}),
    "a data set never published": ("未公開の一覧", frozenset({"steward", "other_staff"})),
}


def plant(world):
    """Put every secret in its place. A token is known only now, and is kept beside them (`world.secrets`)."""
    plant_in_the_closed_group(world.foreign)
    plant_in_meetings(world.own)
    plant_materials(world)
    colleague = plant_people(world.own)
    plant_data(world)
    token = links.token(PersonalLink.objects.create(membership=colleague, purpose=Purpose.MEETING))
    world.secrets = SECRETS | {"a colleague's link": (token, DESK)}
    ones_own = reverse("members:desk_member", args=[world.own.group.slug, colleague.pk])
    world.doors = [*doors(world.own), ones_own, reverse("members:edit_person", args=[colleague.user_id])]


def doors(place):
    """The pages of those secrets that stand on no page of the walk."""
    sheets = IntroSheet.objects.filter(membership__group=place.group).exclude(pk=place.sheet.pk)
    yield from (reverse("members:sheet", args=[place.group.slug, sheet.pk]) for sheet in sheets)
    yield reverse("meetings:edit_meeting", args=[place.group.slug, 3])
    yield reverse("meetings:materials", args=[place.group.slug, 3])
    for material in place.meeting.materials.all():
        yield reverse("meetings:material", args=[place.group.slug, 1, material.pk])
        for version in material.versions.all():
            yield reverse("meetings:desk_material", args=[place.group.slug, 1, material.pk, version.number])


def words(secret):
    return SECRETS[secret][0]


def plant_in_the_closed_group(place):
    place.group.name = words("the closed group")
    place.group.save()
    place.meeting.items.update(title=words("the closed group's agenda"))
    place.sheet.wants = words("the closed group's sheet")
    place.sheet.save()


def plant_in_meetings(place):
    place.meeting.online_url = words("the online address")
    place.meeting.save()
    place.held.entries.create(section=RecordPlace.NOTICES, text=words("a line of the record"))
    place.meeting.roll.filter(pk=place.walk_in.pk).update(
        name=words("somebody who came without being on the roster")
    )
    draft = builders.make_meeting(
        group=place.group, number=3, state=MeetingState.DRAFT, theme=words("a meeting in preparation")
    )
    builders.make_survey(meeting=draft)
    place.email = builders.make_email(subject=words("an email that waits"))


def plant_materials(world):
    """Each secret stands in a file, of which the title tells nothing; of a draft it is the title."""
    place, by = world.own, world.own.desk
    names = ["a material", "an earlier version", "a material for the desk", "a material taken away"]
    files = {name: builders.pdf(words(name)) for name in names}
    world.more_files += files.values()
    open_to_all = builders.make_material(
        meeting=place.meeting, by=by, title="二版ある資料", data=files["an earlier version"]
    )
    builders.make_material_version(material=open_to_all, by=by, data=files["a material"])
    for_desk = {"audience": MaterialAudience.DESK, "data": files["a material for the desk"]}
    builders.make_material(meeting=place.meeting, by=by, title="手持ち資料", **for_desk)
    away = {"withdrawn_at": timezone.now(), "withdrawn_by": by, "data": files["a material taken away"]}
    builders.make_material(meeting=place.meeting, by=by, title="取り下げた資料", **away)
    draft = place.group.meetings.get(number=3)
    builders.make_material(meeting=draft, by=by, title=words("a material of a draft"))
    world.foreign.meeting.materials.update(title=words("the closed group's material"))


def plant_people(place):
    """Sheets in each state, and a colleague who answered."""

    def of(category=Category.MEMBER, **fields):
        return builders.make_membership(group=place.group, category=category, **fields)

    place.sheet.wants = words("a shown sheet")
    place.sheet.save()
    builders.make_sheet(membership=of(), wants=words("a sheet not shown"), state=SheetState.SUBMITTED)
    builders.make_sheet(membership=of(), wants=words("a sheet for the desk"), audience=Audience.DESK)
    builders.make_sheet(membership=of(), wants=words("a draft of a sheet"), state=SheetState.DRAFT)
    user = builders.make_user(
        email=words("an address for login"),
        channel=Channel.PAPER,
        phone=words("a telephone"),
        employee_number=words("an employee's number"),
    )
    colleague = of(user=user)
    reply = builders.make_reply(
        survey=place.survey,
        membership=colleague,
        note=words("a note to the desk"),
        written_opinion=words("a written opinion"),
    )
    builders.make_date_reply(poll=place.poll, membership=colleague, comment=words("a note about days"))
    place.meeting.questions.create(
        channel="form",
        text=words("a question to the expert"),
        reply=reply,
        asker=colleague,
        addressee=place.expert.memberships.get(),
    )
    return colleague


def plant_data(world):
    dataset = world.own.dataset
    dataset.versions.get(number=2).rows.create(row=9, cells=[words("a cell in work")])
    never = builders.make_dataset(department=world.foreign.department, by=world.foreign.staff)
    version = builders.make_version(dataset=never, title=words("a data set never published"))
    version.state, version.submitted_at = VersionState.SUBMITTED, timezone.now()
    version.save()
