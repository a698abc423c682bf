"""A town, a village and a union of towns, set up from nothing through the pages: no word of anybody else anywhere.

Slow, because everything that leads on from the front page and from the desk is opened, by nobody and four people.
"""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from foundation.actions import SYSTEM, Actor
from foundation.mail.models import Email
from meetings.actions import agenda, meetings, surveys
from meetings.states import ItemKind, SectionKind
from members.actions import memberships
from members.actions.people import make_administrator
from members.models import Department, Membership, Municipality, User, WorkingGroup
from members.states import Office

PLACES = {
    "town": {
        "name": "見本町",
        "self_word": "本町",
        "body": "総合計画審議会",
        "body_word": "審議会",
        "member_word": "委員",
        "expert_word": "学識経験者",
        "chair_word": "会長",
        "vice_chair_word": "副会長",
        "acting_word": "会長職務代理者",
    },
    "village": {
        "name": "見本村",
        "self_word": "本村",
        "body": "むらづくり協議会",
        "body_word": "協議会",
        "member_word": "協議員",
        "expert_word": "アドバイザー",
        "chair_word": "会頭",
        "vice_chair_word": "副会頭",
        "acting_word": "会頭代行",
    },
    "union": {
        "name": "見本広域事務組合",
        "self_word": "本組合",
        "body": "情報化推進委員会",
        "body_word": "委員会",
        "member_word": "推進員",
        "expert_word": "専門委員",
        "chair_word": "委員長",
        "vice_chair_word": "副委員長",
        "acting_word": "委員長代理",
    },
}
PEOPLE = {
    "desk": {"family_name": "事務", "given_name": "花", "family_kana": "じむ", "given_kana": "はな"},
    "member": {"family_name": "例田", "given_name": "花", "family_kana": "れいだ", "given_kana": "はな"},
    "expert": {"family_name": "想定", "given_name": "花", "family_kana": "そうてい", "given_kana": "はな"},
}
WORDS = ["body_word", "member_word", "expert_word", "chair_word", "vice_chair_word", "acting_word"]
# What one town says, and what is usual where none said anything; and the words of the other two.
OF_NOBODY = ["部会", "座長", "構成員", "外部有識者", "本市", "市役所", "市民の皆", "高山", "DX推進"]
# Examples of what could be typed, and the code by which the law names any of them.
EXAMPLE = re.compile(r"例：[^<]*|市町村|市区町村")
TAG = re.compile(r"<(script|style)\b.*?</\1>|<[^>]+>", re.DOTALL)
LINK = re.compile(r'href="(/[^"#?]*)["#?]')
ELSEWHERE = re.compile(r"/(static|accounts|demo)/|\.(csv|json|ics|zip|txt|jsonld)$")
FIRST_PAGES = ["/", "/groups/first/desk/", "/manage/"]
MOST_PAGES = 300


def answers(place, **more):
    return {name: place[name] for name in WORDS} | more


@pytest.fixture(params=PLACES)
def place(request):
    return PLACES[request.param]


@pytest.fixture
def house(db, as_, place):
    """The administrator enters the town, a section, three people and a body, and names its desk."""
    Municipality.objects.all().delete()
    names = {"family_name": "管理", "given_name": "人志", "family_kana": "かんり", "given_kana": "ひとし"}
    administrator, _new = make_administrator(email="admin@example.jp", by=SYSTEM, **names)
    enter = entering(as_(administrator))
    enter("/manage/municipality/", **of_the_town(place))
    enter("/manage/departments/add/", level="division", name="総務課", order=10, valid_from="R8.4.1")
    section = Department.objects.get()
    for login, names in PEOPLE.items():
        post = {
            "department": section.pk if login != "expert" else "",
            "job_title": "主査",
            "posted_from": "R8.4.1",
        }
        enter("/manage/people/add/", email=f"{login}@example.jp", channel="mail", **names, **post)
    enter("/manage/groups/add/", **of_the_body(place, section))
    enter(f"/manage/groups/first/desk/add/{person('desk').pk}/", valid_from="R8.4.1")
    take_part(place)
    return administrator


def entering(office):
    def enter(address, **fields):
        answer = office.post(address, fields)
        assert answer.status_code == 302, answer.context["form"].errors

    return enter


def of_the_town(place):
    return answers(
        place,
        seen=0,
        name=place["name"],
        prefecture="見本県",
        code="999997",
        self_word=place["self_word"],
        portal_name=f"{place['body_word']}ポータル",
        bodies_word=f"{place['body_word']}等",
        main_phone="0000-00-0000",
        contact_section="総務課",
        contact_phone="内線 100",
        licence="CC-BY-4.0",
    )


def of_the_body(place, section):
    return answers(
        place,
        slug="first",
        name=place["body"],
        parent_body=place["name"],
        fiscal_year=2026,
        charter="設置要綱",
        planned_meetings=3,
        majority="answered",
        is_public="on",
        purpose_text="会議の運営にだけ利用します。",
        retention_text="翌年度末まで保存します。",
        contact_department=section.pk,
        contact_phone="内線 101",
    )


def person(login):
    return User.objects.get(email=f"{login}@example.jp")


def take_part(place):
    """The desk's part: who is in it, who leads it, and a first meeting that is called."""
    by, group = Actor(person("desk")), WorkingGroup.objects.get()
    begun = timezone.localdate() - timedelta(days=30)
    section = Department.objects.get()
    member = memberships.add_member(
        group=group, user=person("member"), by=by, valid_from=begun, category="member", department=section
    )
    memberships.add_member(
        group=group, user=person("expert"), by=by, valid_from=begun, category="expert", affiliation="見本大学"
    )
    memberships.give_office(membership=member, by=by, office=Office.CHAIR, valid_from=begun)
    day = timezone.now() + timedelta(days=30)
    meeting = meetings.create_meeting(
        group=group,
        by=by,
        theme="",
        starts_at=day,
        ends_at=day + timedelta(hours=1),
        building="庁舎",
        room="会議室",
    )
    agenda.add_item(meeting=meeting, by=by, kind=ItemKind.BRIEFING, title="趣旨説明")
    surveys.set_survey(
        meeting=meeting, by=by, closes_at=meeting.survey.closes_at, sections=[SectionKind.ATTENDANCE], themes=[]
    )
    meeting.refresh_from_db()
    meetings.announce(meeting=meeting, by=by, seen=meeting.version)


def foreign_to(place):
    others = {words[name] for words in PLACES.values() for name in [*WORDS, "name", "self_word", "body"]}
    own = " ".join(place.values()) + " 委員会や審議会"
    return [word for word in [*OF_NOBODY, *sorted(others)] if word not in own]


def may_stand(address, word):
    """The log tells what stood there before; 「構成員の呼び方」 is how the administrator is asked; a standard's
    example is of an invented town.
    """
    if address.startswith("/manage/"):
        return address.startswith("/manage/audit/") or word == "構成員"
    return address.startswith("/data/mine/kinds/") and word in {"本市", "本町", "見本町", "市役所"}


def said_on(text):
    return unescape(TAG.sub(" ", EXAMPLE.sub("", text)))


def everything_for(client):
    """All pages that lead on from the first ones: address → what stands there."""
    found, todo = {}, list(FIRST_PAGES)
    while todo and len(found) < MOST_PAGES:
        address = todo.pop(0)
        if address in found or ELSEWHERE.search(address):
            continue
        answer = client.get(address)
        found[address] = answer.content.decode() if "html" in answer["Content-Type"] else ""
        todo += LINK.findall(found[address])
    return found


def reader(user=None):
    client = Client()
    if user:
        client.force_login(user)
    return client


@pytest.mark.no_cover
def test_each_speaks_of_itself_alone(house, place):
    foreign = foreign_to(place)
    readers = {"nobody": reader(), "administrator": reader(house)}
    readers |= {login: reader(person(login)) for login in ("desk", "member", "expert")}
    met, wrong = 0, []
    for who, client in readers.items():
        pages = everything_for(client)
        met += len(pages)
        wrong += [
            (who, address, word)
            for address, text in pages.items()
            for word in foreign
            if word in said_on(text) and not may_stand(address, word)
        ]
    assert wrong == []
    assert met >= 100
    roster = readers["member"].get("/groups/first/members/").content.decode()
    assert place["chair_word"] in roster
    letters = [f"{email.subject}\n{email.body}" for email in Email.objects.all()]
    assert [(letter, word) for letter in letters for word in foreign if word in letter] == []
    assert len(letters) >= 2
    assert {str(row.group.category("member")) for row in Membership.objects.all()} == {place["member_word"]}
