"""What stands in public: listed, searched, told by feeds; and gone from all of them as soon as it is withheld."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from reports import archive
from reports.archive import enter, summary
from reports.formats.blocks import Block, BlockKind, generated, to_json, typed
from reports.models import PublicReport, Report, public
from reports.views import archive as views
from tests import builders

ARCHIVE, FEED = "/reports/", "/reports/feed.atom"


def publish(group, number, text, desk, day=None):
    title = f"第{number}回{group} 結果報告"
    starts_at = datetime(*(day or (2026, 5, number)), 4, tzinfo=UTC)
    meeting = builders.make_meeting(group=group, number=number, state="held", starts_at=starts_at)
    blocks = [
        Block(BlockKind.TITLE, "title", (generated(title),)),
        Block(BlockKind.PARAGRAPH, "turnout", (typed(text),)),
    ]
    report = Report.objects.create(meeting=meeting)
    made = {"number": 1, "blocks": to_json(blocks), "text": f"{title}\n\n{text}\n"}
    return enter(report.revisions.create(**made, published_by=desk))


def withhold(row, desk):
    said = {"withheld_at": timezone.now(), "withheld_by": desk, "withheld_reason": "個人情報が含まれていたため"}
    type(row.revision).objects.filter(pk=row.revision.pk).update(**said)


@pytest.fixture
def reports(group, suzuki):
    """Three of this year's group, one of last year's, and one of a closed group."""
    before = builders.make_group(slug="dx-before", fiscal_year=2025)
    closed = builders.make_group(slug="closed", is_public=False)
    return {
        "first": publish(group, 1, "窓口のﾃﾞｼﾞﾀﾙ化について、髙﨑委員から説明があった。", suzuki),
        "second": publish(group, 2, "予約システムの導入を決めた。", suzuki),
        "third": publish(group, 3, "公開する データの一覧を㈱見本と作成した。", suzuki),
        "before": publish(before, 5, "窓口の混雑を調べた。", suzuki, day=(2025, 9, 1)),
        "closed": publish(closed, 1, "窓口の委託先を審議した。", suzuki),
    }


def named(reports, client, query=""):
    """Which of the reports the page lists, in its order."""
    names = {row.pk: name for name, row in reports.items()}
    return [names[row.pk] for row in client.get(f"{ARCHIVE}{query}").context["page"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["third", "second", "first", "before"]),
        ("?year=2025", ["before"]),
        ("?group=dx-now", ["third", "second", "first"]),
        ("?group=dx-now&year=2025", []),
        ("?group=closed", ["third", "second", "first", "before"]),
        ("?q=窓口", ["first", "before"]),
        ("?q=窓口&year=2026", ["first"]),
        ("?q=でじたる", ["first"]),
        ("?q=デジタル化", ["first"]),
        ("?q=高崎委員", ["first"]),
        ("?q=口", ["first", "before"]),
        ("?q=窓口　説明", ["first"]),
        ("?q=(株)見本", ["third"]),
        ("?q=予約システムの導入を", ["second"]),
        ("?q=予約システムの導出", []),
        ("?q=開示", []),
        ("?q=%25", []),
        ("?q=　", ["third", "second", "first", "before"]),
    ],
)
def test_the_page_lists_what_is_asked_for(reports, client, query, found):
    assert named(reports, client, query) == found


def test_what_stands_in_two_pieces_is_not_found_as_one_word(reports, client):
    """Each two and three of its characters stand somewhere in the text, and the word does not."""
    assert named(reports, client, "?q=窓口のデジタル化についての説明") == []


def test_what_was_found_is_marked_as_it_was_published(reports, client):
    [row] = client.get(f"{ARCHIVE}?q=デジタル").context["page"]
    assert [piece.text for piece in row.snippet if piece.is_found] == ["ﾃﾞｼﾞﾀﾙ"]
    assert "<mark>ﾃﾞｼﾞﾀﾙ</mark>" in client.get(f"{ARCHIVE}?q=デジタル").content.decode()


def test_people_of_a_closed_group_find_its_reports_too(reports, as_, client):
    member = builders.make_membership(group=reports["closed"].group).user
    assert named(reports, client, "?q=委託先") == []
    assert named(reports, as_(member), "?q=委託先") == ["closed"]


def test_what_was_withheld_is_in_no_list(reports, client, suzuki):
    withhold(reports["first"], suzuki)
    assert named(reports, client) == ["third", "second", "before"]
    assert named(reports, client, "?q=でじたる") == []
    for page in ("/", FEED, "/groups/dx-now/reports.atom", "/sitemap.xml"):
        assert "meetings/1/report/" not in client.get(page).content.decode()


def test_the_last_revision_takes_the_place_of_the_one_before(reports, client, suzuki):
    first = reports["first"].revision
    said = {"number": 2, "blocks": first.blocks, "text": "訂正した文\n", "correction": "誤字"}
    enter(first.report.revisions.create(**said, published_by=suzuki))
    assert named(reports, client, "?q=訂正した文") == ["first"]
    assert named(reports, client, "?q=でじたる") == []


@pytest.mark.parametrize(("word", "others"), [("窓口", [2, 1]), ("窓口の話", [1])])
def test_of_many_the_page_tells_that_they_are_more_and_leads_to_each(
    group, suzuki, client, monkeypatch, django_assert_num_queries, word, others
):
    monkeypatch.setattr(public, "MOST_COUNTED", 2)
    monkeypatch.setattr(views, "PER_PAGE", 2)
    for number, text in enumerate(("窓口の話", "話の窓口", "窓口の話", "窓口の話"), start=1):
        publish(group, number, text, suzuki)
    with django_assert_num_queries(7):
        shown = client.get(f"{ARCHIVE}?q={word}")
    assert "2件以上" in shown.content.decode()
    following = client.get(f"{ARCHIVE}{shown.context['page'].following}").context["page"]
    assert [row.number for row in following] == others


@pytest.mark.parametrize("query", ["", "?q=窓口"])
@pytest.mark.parametrize("many", [1, 30])
def test_few_and_many_are_asked_for_alike(group, suzuki, client, django_assert_num_queries, query, many):
    for number in range(1, many + 1):
        publish(group, number, "窓口の話", suzuki, day=(2026, 6, 1))
    with django_assert_num_queries(6 if query else 4):
        page = client.get(f"{ARCHIVE}{query}").context["page"]
    assert (len(page), bool(page.following)) == (min(many, 20), many > 20)


def test_who_has_it_already_is_told_so(reports, client):
    for address in (ARCHIVE, f"{ARCHIVE}?q=窓口", FEED, "/groups/dx-now/reports.atom", "/sitemap.xml"):
        etag = client.get(address).headers["ETag"]
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


def test_what_the_release_before_published_enters_within_the_hour(reports, client, suzuki):
    PublicReport.objects.all().delete()
    withhold(reports["second"], suzuki)
    assert (archive.enter_missing(), archive.enter_missing()) == (4, 0)
    assert named(reports, client) == ["third", "first", "before"]


def entries(client, address):
    _feed, *entries = client.get(address).content.decode().split("<entry>")
    return [entry.partition("<id>")[2].partition("</id>")[0] for entry in entries]


def test_the_feeds_tell_of_public_groups(reports, client, settings):
    settings.SITE_URL = "https://dx.city.example.jp"
    address = "https://dx.city.example.jp/groups/{}/meetings/{}/report/"
    own = [address.format("dx-now", number) for number in (3, 2, 1)]
    assert sorted(entries(client, FEED)) == sorted([*own, address.format("dx-before", 5)])
    assert sorted(entries(client, "/groups/dx-now/reports.atom")) == sorted(own)


def test_a_feed_says_what_was_corrected(reports, client, suzuki):
    first = reports["first"].revision
    said = {"number": 2, "blocks": first.blocks, "text": "訂正\n", "correction": "開会の時刻"}
    enter(first.report.revisions.create(**said, published_by=suzuki))
    assert "訂正箇所：開会の時刻" in client.get(FEED).content.decode()


def test_an_empty_feed_is_the_same_at_every_request(client, town):
    assert client.get(FEED).content == client.get(FEED).content


def test_search_engines_find_what_is_public(reports, client):
    page = client.get("/sitemap.xml").content.decode()
    assert [f"/{slug}/meetings/" in page for slug in ("dx-now", "dx-before", "closed")] == [True, True, False]


def paragraph(key, text, kind=BlockKind.PARAGRAPH, **fields):
    return Block(kind, key, (typed(text),), **fields)


def test_three_lines_tell_what_came_of_it_and_what_is_next():
    blocks = [
        paragraph("purpose", "設置の目的。"),
        paragraph("turnout", "全28名の参加があり、\n方針を決めた。"),
        paragraph("request-1", "第2回に向けて、データの提出を求めた。"),
        paragraph("entry-1", "始めの行", BlockKind.POINT),
    ]
    assert summary(blocks) == [
        "全28名の参加があり、 方針を決めた。",
        "第2回に向けて、データの提出を求めた。",
        "始めの行",
    ]


def test_three_lines_of_numbered_minutes_have_no_numbers_and_no_sentence_that_all_have():
    blocks = [
        paragraph("decisions", "素案を承認する。", BlockKind.FIELD, label="12　決定事項"),
        paragraph("entry-1", "始めの行", BlockKind.POINT),
        paragraph("said-1", "上記のとおり相違ない。"),
    ]
    assert summary(blocks) == ["決定事項：素案を承認する。", "始めの行"]


def test_where_no_overview_stands_the_record_tells():
    withheld = paragraph("entry-1", "秘密", BlockKind.POINT, withheld="個人情報")
    decided = paragraph("decisions", "案のとおり決定", BlockKind.FIELD, label="決定事項")
    assert summary([withheld, paragraph("entry-2", "長い行" * 60, BlockKind.POINT), decided]) == [
        "決定事項：案のとおり決定",
        f"{'長い行' * 46}長…",
    ]


def test_the_day_in_the_archive_is_that_of_the_meeting(reports):
    assert PublicReport.objects.get(pk=reports["before"].pk).held_on == date(2025, 9, 1)
