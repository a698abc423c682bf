"""The report at the desk: draft, proof, decision, publication, correction, withholding."""

import copy
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from django.urls import reverse

from foundation.actions import Actor
from foundation.mail.models import Email
from meetings.actions import record
from meetings.models import Meeting
from meetings.states import RecordPlace, SectionKind
from reports.compose import compose
from reports.models import ReportRevision
from tests.stories.first_meeting import FirstMeeting
from tests.stories.our_words import OUR_WORDS

ADDRESSES = ["draft", "proof", "approve", "publish", "withhold"]


@pytest.fixture(scope="module")
def first_once(for_the_module):
    return FirstMeeting(OUR_WORDS, members=3)


@pytest.fixture
def first(db, first_once):
    return copy.deepcopy(first_once)


@pytest.fixture
def desk(first, as_):
    return as_(first.desk)


def url(meeting, name):
    return reverse(f"reports:{name}", args=[meeting.group.slug, meeting.number])


def text(response) -> str:
    return response.content.decode()


def shown(first) -> dict[str, str]:
    """What the page of now sends beside what is typed."""
    return {"shown": compose(Meeting.objects.get(pk=first.meeting.pk)).sha256}


def test_the_desk_opens_every_page(first, desk):
    assert [desk.get(url(first.meeting, name)).status_code for name in ADDRESSES] == [200] * len(ADDRESSES)


def test_for_members_and_strangers_these_pages_do_not_exist(first, client, stranger):
    for user in (first.members[0].user, stranger):
        client.force_login(user)
        assert {client.get(url(first.meeting, name)).status_code for name in ADDRESSES} == {404}


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_the_draft_asks_as_often_for_few_rows_as_for_many(first, desk, rows, django_assert_num_queries):
    """A page that looks at every table of a meeting: eight queries make the report, five the page."""
    for number in range(rows):
        first.meeting.entries.create(section=RecordPlace.NOTICES, text=f"{number}行目")
    page = url(first.meeting, "draft")
    with django_assert_num_queries(16):
        desk.get(page)


def test_the_draft_tells_generated_words_from_typed_ones(first, desk):
    page = text(desk.get(url(first.meeting, "draft")))
    automatic = '<span class="visually-hidden origin__said">自動：</span>'
    typed = '<span class="visually-hidden origin__said">入力：</span>'
    assert (
        f'<span class="origin" data-origin="generated">{automatic}'
        "オンライン2名を含めた全5名の参加があり、</span>"
        f'<span class="origin" data-origin="typed">{typed}部会の目的と一年の流れを確かめた。</span>'
    ) in page


def test_what_is_missing_stands_above_the_draft(first, desk):
    first.survey.sections.get(kind=SectionKind.THEMES).delete()
    page = text(desk.get(url(first.meeting, "draft")))
    assert "第2回の入力フォームに「取り上げたいテーマ」の欄がありません。" in page


def test_a_warning_is_settled_in_one_press(first, desk):
    first.next_meeting.starts_at = first.next_meeting.starts_at.replace(day=28)
    first.next_meeting.save()
    assert len(compose(first.meeting).warnings) == 1
    renew = reverse("meetings:renew_snapshot", args=[first.group.slug, first.meeting.number])
    desk.post(renew, {"seen": first.meeting.version})
    first.meeting.refresh_from_db()
    assert compose(first.meeting).warnings == []
    assert "5月28日（金）第2回の開催に向けて" in first.text()


def test_the_proof_numbers_every_line(first, desk):
    page = text(desk.get(url(first.meeting, "proof")))
    assert '<td class="number">1</td><td>見本市行政経営本部 第1回「DX推進部会」結果報告</td>' in page
    assert page.count('<td class="number">') == 36


def test_the_outcome_is_written_on_the_draft(first, desk):
    desk.post(url(first.meeting, "draft"), {"seen": first.report.version, "outcome": "次の一歩を決めた。"})
    assert "全5名の参加があり、次の一歩を決めた。" in first.text()


DECISION = {
    "kind": "decision",
    "decided_on": "R3.5.25",
    "decided_by": "行政経営部長",
    "document_number": "行経第12号",
}


def test_from_review_to_publication(first, desk, client):
    desk.post(url(first.meeting, "send_for_review"), {"seen": first.report.version})
    desk.post(url(first.meeting, "approve"), DECISION | shown(first))
    check = text(desk.get(url(first.meeting, "publish")))
    assert "行経第12号" in check
    assert "<strong>例山 文子</strong>\n<ul><li>3. 話題提供（外部有識者「例山文子氏」）</li>" in check
    response = desk.post(url(first.meeting, "publish"), shown(first))
    assert response.headers["Location"] == url(first.meeting, "report")
    assert ReportRevision.objects.get().text == first.text()


def test_the_page_says_how_many_hear_of_it_and_tells_them_where_that_is_ticked(first, desk):
    first.approve()
    (someone, *_others) = first.members
    someone.user.email = "member@mihon.example.jp"
    someone.user.save()
    assert "メールアドレスを登録している1名に" in text(desk.get(url(first.meeting, "publish")))
    desk.post(url(first.meeting, "publish"), {"tells": "on"} | shown(first))
    assert [email.to_address for email in Email.objects.about("^reports:")] == ["member@mihon.example.jp"]


def test_where_nobody_has_an_address_nobody_is_offered_a_letter(first, desk):
    first.approve()
    assert "メールで知らせる" not in text(desk.get(url(first.meeting, "publish")))


def test_without_a_decision_nothing_is_published(first, desk):
    assert "決裁・供覧を記録してから公開してください。" in text(
        desk.post(url(first.meeting, "publish"), shown(first))
    )
    assert not ReportRevision.objects.exists()


def test_what_changed_after_the_decision_needs_another_one(first, desk):
    first.approve()
    desk.post(url(first.meeting, "draft"), {"seen": first.report.version, "outcome": "決裁のあとに直した。"})
    response = desk.post(url(first.meeting, "publish"), shown(first))
    assert "決裁・供覧を記録した後に内容が変更されました。" in text(response)


def test_a_correction_names_what_was_corrected(first, desk):
    first.approve()
    first.publish()
    desk.post(url(first.meeting, "draft"), {"seen": first.report.version, "outcome": "誤りを直した。"})
    desk.post(url(first.meeting, "take_back"), {"seen": first.report.version})
    first.approve()
    check = text(desk.get(url(first.meeting, "publish")))
    assert "<del>オンライン2名を含めた全5名の参加があり、部会の目的と一年の流れを確かめた。</del>" in check
    assert "<ins>オンライン2名を含めた全5名の参加があり、誤りを直した。</ins>" in check
    assert "訂正箇所" in text(desk.post(url(first.meeting, "publish"), {"correction": ""} | shown(first)))
    desk.post(url(first.meeting, "publish"), {"correction": "概要の第2文"} | shown(first))
    assert list(ReportRevision.objects.values_list("number", "correction")) == [(1, ""), (2, "概要の第2文")]


def test_after_publication_no_page_speaks_of_a_draft_and_none_offers_what_is_done(first, desk):
    first.approve()
    first.publish()
    for name in ("approve", "proof", "words", "draft", "publish"):
        page = text(desk.get(url(first.meeting, name)))
        page = page[page.index("<main") : page.index("</main>")]
        assert "下書き" not in page, name
        assert ">公開する<" not in page, name
    assert "公開の操作はありません。" in page
    assert "公開すると、誰でも閲覧できます。" not in page


def test_a_text_that_comes_back_as_it_was_withheld_asks_for_its_reason(first, desk):
    first.approve()
    first.publish()
    first.withhold("確認のため")
    first.approve()
    page = text(desk.get(url(first.meeting, "publish")))
    assert ("公開を再開する理由" in page, "訂正箇所" in page) == (True, False)
    desk.post(url(first.meeting, "publish"), {"resumed_reason": "確認を終えたため"} | shown(first))
    assert ReportRevision.objects.last().resumed_reason == "確認を終えたため"


def foot_of(answer):
    return docx.Document(BytesIO(answer.content)).sections[0].footer.paragraphs[0].text


def test_what_is_public_is_taken_along_as_what_it_is_until_it_changes(first, desk):
    first.approve()
    first.publish()
    file = reverse("reports:draft_file", args=[first.group.slug, 1, "docx"])
    assert foot_of(desk.get(file)).startswith("公開中の内容（")
    desk.post(url(first.meeting, "draft"), {"seen": first.report.version, "outcome": "誤りを直した。"})
    assert foot_of(desk.get(file)).startswith("下書き（")


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_the_draft_is_taken_along_as_a_file_that_says_what_it_is(first, desk, suffix):
    answer = desk.get(reverse("reports:draft_file", args=[first.group.slug, 1, suffix]))
    assert answer.status_code == 200
    if suffix == "docx":
        assert foot_of(answer).startswith("下書き（")


def test_a_published_report_is_withheld_at_once(first, desk, client):
    first.approve()
    first.publish()
    assert "公開停止の理由" in text(desk.post(url(first.meeting, "withhold"), {"reason": ""}))
    desk.post(
        url(first.meeting, "withhold"),
        {"reason": "個人情報が含まれていたため", "shown": first.report.published_sha256},
    )
    assert client.get(url(first.meeting, "report")).status_code == 410


def test_a_decision_on_a_text_that_changed_meanwhile_is_asked_for_again(first, desk):
    """The conflict page shows the text of now; sent again, the decision is on that one."""
    desk.post(url(first.meeting, "send_for_review"), {"seen": first.report.version})
    old = shown(first)
    record.add_entry(meeting=first.meeting, by=Actor(first.desk), item=first.items[0], text="あとから加えた行")
    page = desk.post(url(first.meeting, "approve"), DECISION | old)
    assert page.status_code == 409
    assert "このページを開いた後に、結果報告の内容が変わりました。" in text(page)
    assert "あとから加えた行" in text(page)
    assert page.context["form"]["shown"].value() == shown(first)["shown"]
    desk.post(url(first.meeting, "approve"), DECISION | shown(first))
    assert first.report.state == "approved"


def test_two_tabs_write_the_outcome_and_both_texts_are_shown(first, desk):
    version = first.report.version
    desk.post(url(first.meeting, "draft"), {"seen": version, "outcome": "一つ目の画面の文。"})
    page = desk.post(url(first.meeting, "draft"), {"seen": version, "outcome": "二つ目の画面の文。"})
    assert page.status_code == 409
    assert [tuple(row) for row in page.context["form"].conflict] == [
        ("会議の成果", "一つ目の画面の文。", "二つ目の画面の文。")
    ]
    again = {"seen": page.context["form"]["seen"].value(), "outcome": "二つ目の画面の文。"}
    desk.post(url(first.meeting, "draft"), again)
    assert first.report.outcome == "二つ目の画面の文。"


def test_the_desk_records_that_a_proof_came_back_and_reads_it_on_the_draft(first, desk):
    desk.post(url(first.meeting, "send_for_review"), {"seen": first.report.version})
    back = {"decided_on": "R3.5.24", "decided_by": "行政経営課長", "comment": "議題2の数字の確認"}
    desk.post(url(first.meeting, "send_back"), back | shown(first))
    draft = text(desk.get(url(first.meeting, "draft")))
    assert "差戻し 令和3年5月24日（月）" in draft
    assert "議題2の数字の確認" in draft
    desk.post(url(first.meeting, "send_for_review"), {"seen": first.report.version})
    desk.post(url(first.meeting, "approve"), DECISION | {"drafted_by": "主事"} | shown(first))
    assert "決裁済み" in text(desk.get(url(first.meeting, "draft")))


@pytest.mark.parametrize("name", ["approve", "send_back"])
def test_of_what_is_not_under_review_no_decision_is_asked(first, desk, name):
    """The action would refuse it."""
    told = "記録できるのは「確認中」の結果報告だけです。"
    before = text(desk.get(url(first.meeting, name)))
    desk.post(url(first.meeting, "send_for_review"), {"seen": first.report.version})
    after = text(desk.get(url(first.meeting, name)))
    assert [(told in page, 'name="decided_by"' in page) for page in (before, after)] == [
        (True, False),
        (False, True),
    ]


def test_all_for_the_file_of_the_decision_comes_in_one_zip(first, desk):
    """Two PDF and three Word files."""
    answer = desk.get(url(first.meeting, "package"))
    with ZipFile(BytesIO(answer.content)) as packed:
        assert packed.namelist() == [
            "01_起案文（案）.docx",
            "02_結果報告（案）.docx",
            "02_結果報告（案）.pdf",
            "02_結果報告（案）.txt",
            "03_校正刷り.docx",
            "03_校正刷り.pdf",
            "04_確認事項.txt",
            "目録.csv",
        ]
        checked = packed.read("04_確認事項.txt").decode("utf-8-sig")
        asked = docx.Document(BytesIO(packed.read("01_起案文（案）.docx")))
    assert "例山 文子　3. 話題提供（外部有識者「例山文子氏」）" in checked
    assert asked.paragraphs[0].text == "第1回DX推進部会 結果報告の公開について（伺い）"
