"""Rows for tests: typed keyword functions with a default for everything. Nothing here is a fact of a test
unless the test names it."""

import io
from datetime import date, datetime, timedelta
from itertools import count
from uuid import uuid4

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from foundation.calendar.wareki import year_of_april
from foundation.files.hashed import measured
from foundation.http.stamped import SessionStore
from foundation.jobs.models import Job
from foundation.jobs.states import ENDED, JobState
from foundation.mail.jobs import NAME
from foundation.mail.models import Email
from meetings.letters import facts_of
from meetings.models import (
    AgendaItem,
    DatePoll,
    Letter,
    Material,
    MaterialVersion,
    Meeting,
    Question,
    Reply,
    Survey,
    SurveyField,
    SurveySection,
)
from meetings.models.material import FOLDER as MATERIALS
from meetings.states import DateMark, ItemKind, MaterialKind, MeetingState, Mode, QuestionChannel, SectionKind
from members.actions.rosters import usual
from members.models import (
    Department,
    DeskGrant,
    IntroSheet,
    Membership,
    MembershipTerm,
    Municipality,
    Posting,
    RosterImport,
    SheetPhoto,
    User,
    WorkingGroup,
)
from members.rostering.doors import door_of
from members.rostering.known import known
from members.rostering.lines import digest
from members.rostering.plan import plan
from members.rostering.rows import read_back, rows_of
from members.states import Category, RosterState, SheetState
from opendata.catalogue.files import csv_of
from opendata.models import Dataset, DatasetVersion
from opendata.states import VersionState
from reports.models import PublishedMaterial
from statements.models import AccessibilityTest, PublishedStatement
from tablecheck import check

LONG_AGO = date(2020, 4, 1)
# What the group of these tests calls itself and its people.
WORDS = {
    "body_word": "部会",
    "member_word": "部会メンバー",
    "expert_word": "外部有識者",
    "chair_word": "部会長",
    "vice_chair_word": "副部会長",
    "acting_word": "職務代理者",
}
_n = count(1)
# What a form may ask where people come together.
ASKED = tuple(kind for kind in SectionKind if kind != SectionKind.APPROVALS)


def make_municipality(*, name="見本市", prefecture="見本県", code="999997", **fields):
    named = {"portal_name": "DX推進部会ポータル", "bodies_word": "部会", **WORDS}
    return Municipality.objects.create(name=name, prefecture=prefecture, code=code, **named | fields)


def make_user(*, family="見本", given="一郎", kana=("みほん", "いちろう"), email=None, **fields):
    return User.objects.create(
        family_name=family,
        given_name=given,
        family_kana=kana[0],
        given_kana=kana[1],
        email=email or f"person{next(_n)}@example.jp",
        **fields,
    )


def make_accessibility_test(*, tested_on=None, tester="行政経営課", **fields):
    day = tested_on or timezone.localdate()
    words = {"method": "目視による確認", "scope": "トップページ"}
    return AccessibilityTest.objects.create(
        tested_on=day, fiscal_year=year_of_april(day), tester=tester, **(words | fields)
    )


def make_published_statement(*, by, statement="privacy", number=1, body="■見出し\n本文", **fields):
    decision = {"decided_on": LONG_AGO, "decided_by": "行政経営部長"}
    return PublishedStatement.objects.create(
        statement=statement, number=number, body=body, published_by=by, **(decision | fields)
    )


def make_department(*, name=None, order=None, **fields):
    n = next(_n)
    return Department.objects.create(
        name=name or f"第{n}課", order=order or n, valid_from=fields.pop("valid_from", LONG_AGO), **fields
    )


def make_posting(*, user, department, job_title="主査", valid_from=LONG_AGO, **fields):
    return Posting.objects.create(
        user=user, department=department, job_title=job_title, valid_from=valid_from, **fields
    )


def make_group(*, slug=None, name="DX推進部会", parent_body="見本市行政経営本部", fiscal_year=2026, **fields):
    return WorkingGroup.objects.create(
        slug=slug or f"group-{next(_n)}",
        name=name,
        parent_body=parent_body,
        fiscal_year=fiscal_year,
        charter=fields.pop("charter", "設置要綱"),
        planned_meetings=fields.pop("planned_meetings", 5),
        purpose_text=fields.pop("purpose_text", "部会の運営にだけ利用します。"),
        retention_text=fields.pop("retention_text", "翌年度末まで"),
        **WORDS | fields,
    )


def make_grant(*, group, user, valid_from=LONG_AGO, **fields):
    return DeskGrant.objects.create(group=group, user=user, valid_from=valid_from, **fields)


def make_membership(
    *,
    group,
    user=None,
    category=Category.MEMBER,
    department=None,
    job_title="主査",
    valid_from=LONG_AGO,
    valid_to=None,
    **fields,
):
    membership = Membership.objects.create(group=group, user=user or make_user(), **fields)
    MembershipTerm.objects.create(
        membership=membership,
        category=category,
        department=department,
        job_title=job_title,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    return membership


def make_roster(*, by, group=None, text="氏名\tふりがな\n取込 一人\tとりこみ ひとり\n", **fields):
    """A list that came in and waits to be registered."""
    rows = rows_of(check(text.encode(), standard="roster"))
    options = usual(group)
    found = known(read_back(rows), group, timezone.localdate())
    made = plan(read_back(rows), found, options, door_of(group))
    values = {"source": "名簿.xlsx", "state": RosterState.PREVIEWED, "digest": digest(rows), "rows": rows}
    values |= {"options": options.as_json(), "plan": made.as_json()}
    return RosterImport.objects.create(group=group, by=by, **values | fields)


def make_sheet(*, membership, state=SheetState.SHOWN, wants="窓口の待ち時間を減らしたい", **fields):
    now = timezone.now()
    return IntroSheet.objects.create(
        membership=membership,
        state=state,
        wants=wants,
        submitted_at=None if state == SheetState.DRAFT else now,
        shown_at=now if state == SheetState.SHOWN else None,
        **fields,
    )


def drawn(colour=(120, 140, 160)):
    """A JPEG as we keep them."""
    out = io.BytesIO()
    Image.new("RGB", (80, 60), colour).save(out, "JPEG")
    return out.getvalue()


def make_photo(*, sheet, jpeg=None):
    jpeg = jpeg or drawn()
    return SheetPhoto.objects.create(sheet=sheet, jpeg=jpeg, sha256=measured([jpeg])[0])


def make_meeting(*, group, number=1, state=MeetingState.ANNOUNCED, starts_at=None, **fields):
    """An announced meeting in ten days, from one to a quarter past three."""
    starts_at = starts_at or _at_one(timezone.localdate() + timedelta(days=10))
    if state == MeetingState.ANNOUNCED:
        fields.setdefault("announced_at", timezone.now())
    if state == MeetingState.HELD:
        fields.setdefault("held_from", starts_at)
        fields.setdefault("held_to", starts_at + timedelta(hours=2, minutes=15))
        fields.setdefault("snapshot", {"members": {}, "next": None})
    return Meeting.objects.create(
        group=group,
        number=number,
        state=state,
        starts_at=starts_at,
        ends_at=fields.pop("ends_at", starts_at + timedelta(hours=2, minutes=15)),
        building=fields.pop("building", "見本市役所"),
        room=fields.pop("room", "大会議室"),
        **fields,
    )


def make_item(*, meeting, order=1, kind=ItemKind.OTHER, title="議題", **fields):
    return AgendaItem.objects.create(meeting=meeting, order=order, kind=kind, title=title, **fields)


def pdf(words="本文"):
    """What begins as one does and says this: a reader's program would open none of it."""
    return f"%PDF-1.7\n{words}\n%%EOF\n".encode()


def make_material(*, meeting, by, title="基本構想（素案）", data=None, **fields):
    """A PDF that the group reads; without its bytes in the storage (`keep_file`)."""
    order = fields.pop("order", meeting.materials.count() + 1)
    material = Material.objects.create(meeting=meeting, order=order, title=title, **fields)
    make_material_version(material=material, by=by, data=data)
    return material


def make_material_version(*, material, by, data=None, kind=MaterialKind.FILE, **fields):
    said = {"number": material.versions.count() + 1, "kind": kind, "made_by": by}
    if kind == MaterialKind.FILE:
        data = pdf() if data is None else data
        sha256, size = measured([data])
        said |= {"file": f"{MATERIALS}/{sha256}", "sha256": sha256, "size": size, "name": "資料.pdf"}
    return MaterialVersion.objects.create(material=material, **said | fields)


def publish_material(*, revision, place=1, title="基本構想（素案）", data=None):
    """Beside a report; without its bytes in the storage (`keep_file`)."""
    sha256, size = measured([pdf() if data is None else data])
    said = {"file": f"{MATERIALS}/{sha256}", "sha256": sha256, "size": size, "name": "資料.pdf"}
    return PublishedMaterial.objects.create(revision=revision, place=place, title=title, **said)


def keep_file(data):
    """Put it where a row says that it is."""
    name = f"{MATERIALS}/{measured([data])[0]}"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(data))


def make_survey(*, meeting, sections=ASKED, opens_at=None, closes_at=None):
    """Open since yesterday, for another week, with every section."""
    now = timezone.now()
    survey = Survey.objects.create(
        meeting=meeting,
        opens_at=opens_at or now - timedelta(days=1),
        closes_at=closes_at or now + timedelta(days=7),
    )
    SurveySection.objects.bulk_create(
        SurveySection(survey=survey, kind=kind, order=order) for order, kind in enumerate(sections)
    )
    return survey


def make_date_poll(*, meeting, days=(20, 21, 22), **fields):
    """Put to the people of a meeting yesterday, for another week: on these days from now, from one to three."""
    now = timezone.now()
    given = {"asked_at": now - timedelta(days=1), "closes_at": now + timedelta(days=7)} | fields
    poll = DatePoll.objects.create(meeting=meeting, **given)
    for days_ahead in days:
        begins = _at_one(timezone.localdate() + timedelta(days=days_ahead))
        poll.options.create(starts_at=begins, ends_at=begins + timedelta(hours=2))
    return poll


def make_date_reply(*, poll, membership, marks=(DateMark.YES,), **fields):
    """The marks in the order of the candidates; None where there is none."""
    reply = poll.replies.create(
        membership=membership, entered_by=fields.pop("entered_by", membership.user), **fields
    )
    for option, mark in zip(poll.options.all(), marks, strict=False):
        if mark:
            reply.choices.create(option=option, mark=mark)
    return reply


def make_field(*, survey, kind="text", label="当日の昼食", **fields):
    """A question of the desk's own."""
    return SurveyField.objects.create(survey=survey, kind=kind, label=label, **{"order": 1} | fields)


def make_letter(*, meeting, membership, kind="announce", **fields):
    """One that was handed out on paper: its reader knows what it says."""
    survey = getattr(meeting, "survey", None)
    facts = facts_of(meeting, survey and survey.closes_at)
    told = {"by_paper": True, "handed_at": timezone.now()} | fields
    return Letter.objects.create(meeting=meeting, membership=membership, kind=kind, facts=facts, **told)


def make_reply(*, survey, membership, mode=Mode.VENUE, **fields):
    return Reply.objects.create(
        survey=survey,
        membership=membership,
        mode=mode,
        entered_by=fields.pop("entered_by", membership.user),
        idempotency_key=fields.pop("idempotency_key", uuid4()),
        said_for=fields.pop("said_for", survey.meeting.starts_at),
        **fields,
    )


def make_question(*, survey, asker, addressee, text="どのように進めましたか。", **fields):
    """Put to somebody in the form."""
    reply = make_reply(survey=survey, membership=asker)
    given = {"channel": QuestionChannel.FORM, "text": text} | fields
    return Question.objects.create(meeting=survey.meeting, reply=reply, asker=asker, addressee=addressee, **given)


def make_content(
    *,
    mode=Mode.VENUE,
    kinds=(),
    to_people=None,
    to_talks=None,
    show_name=False,
    name_in_report=False,
    themes=None,
    proposal=None,
    answers=None,
    items=None,
    **attendance,
):
    """What a page sends: attendance, the sections named in `kinds`, and those to which something is said."""
    texts = dict.fromkeys(["substitute_name", "substitute_title", "arrival_note", "note", "written_opinion"], "")
    parts = {SectionKind.ATTENDANCE: {"mode": str(mode), "is_substitute": False} | texts | attendance}
    for kind, to in ((SectionKind.MEMBER_QUESTIONS, to_people), (SectionKind.TALK_QUESTIONS, to_talks)):
        if to is not None or kind in kinds:
            written = {str(pk): text for pk, text in (to or {}).items()}
            consents = {"show_name": show_name, "name_in_report": name_in_report}
            parts[kind] = {"to": written} | {name: bool(written) and given for name, given in consents.items()}
    if themes is not None or proposal is not None or SectionKind.THEMES in kinds:
        parts[SectionKind.THEMES] = {"themes": sorted(themes or []), "proposal": proposal or ""}
    if answers is not None or SectionKind.CUSTOM in kinds:
        parts[SectionKind.CUSTOM] = {"answers": {str(pk): value for pk, value in (answers or {}).items()}}
    if items is not None or SectionKind.APPROVALS in kinds:
        parts[SectionKind.APPROVALS] = {"items": {str(pk): list(said) for pk, said in (items or {}).items()}}
    return parts


def make_dataset(*, department, by, slug=None, **fields):
    return Dataset.objects.create(
        department=department, created_by=by, slug=slug or f"dataset-{next(_n)}", **fields
    )


def make_version(
    *, dataset, number=1, title="公衆トイレ一覧", state=VersionState.DRAFT, rows=(["中央公園"],), **fields
):
    """A table of one column, 名称, that was read, and is published if the state says so."""
    column = {"index": 1, "letter": "A", "header": "名称", "field": "name", "publish": True}
    profile = {"index": 1, "filled": len(rows), "distinct": len(rows), "type": "text", "top": []}
    version = DatasetVersion.objects.create(
        dataset=dataset,
        number=number,
        title=title,
        original_name="一覧.csv",
        uploaded_by=fields.pop("uploaded_by", dataset.created_by),
        columns=fields.pop("columns", [column]),
        profile=fields.pop("profile", [profile]),
        detected={"format": "csv", "encoding": "utf-8", "header_row": 1, "rows": len(rows)},
        **fields,
    )
    for number_of_row, cells in enumerate(rows, 2):
        version.rows.create(row=number_of_row, cells=cells)
    if state == VersionState.PUBLISHED:
        return publish(version)
    version.state = state
    version.save()
    return version


def publish(version, published_at=None):
    """From now on the database changes nothing in it. As it was before public files were kept: it has none."""
    version.head_name, version.head_checked_on = "課 長", LONG_AGO
    version.published_at, version.published_by = published_at or timezone.now(), version.uploaded_by
    version.public_sha256 = measured(csv_of(version))[0]
    version.state = VersionState.PUBLISHED
    version.save()
    return version


def make_app(*, user, secret=None):
    """An app that counts, and the printed list beside it."""
    factor = TOTP.activate(user, secret or generate_totp_secret()).instance
    RecoveryCodes.activate(user)
    return factor


def make_session(*, user, user_agent="Mozilla/5.0 (Windows NT 10.0; Win64; x64) Edg/130.0", **fields):
    """The person is logged in from one more device."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return UserSession.objects.create(
        user=user, session_key=store.session_key, ip="192.0.2.1", user_agent=user_agent, **fields
    )


def make_email(*, state=JobState.WAITING, to_address="a@example.jp", subject="件名", body="本文", **fields):
    """As only the queue would have brought it to its state."""
    now = timezone.now()
    job = Job.objects.create(
        kind=NAME,
        key=str(uuid4()),
        state=state,
        lease_until=now if state == JobState.RUNNING else None,
        finished_at=now if state in ENDED else None,
    )
    return Email.objects.create(job=job, to_address=to_address, subject=subject, body=body, **fields)


def _at_one(day):
    return datetime(day.year, day.month, day.day, 13, 0, tzinfo=timezone.get_current_timezone())
