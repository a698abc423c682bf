"""The pages on which a file comes in, is told what it is, and is replaced by a better one."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from foundation.actions import Actor
from opendata import actions
from opendata.models import Dataset, DatasetVersion
from tests.opendata.conftest import CLEAN, RAGGED, TOILETS, page, text
from tests.tablecheck.sheets import xlsx


@pytest.fixture
def send(section):
    """`send(bytes)`, and confirm that it is a list of toilets where that is asked."""

    def send_(data, name="一覧.csv", standard="public_toilet"):
        file = SimpleUploadedFile(name, data)
        response = section.post(reverse("opendata:upload"), {"file": file}, follow=True)
        if response.redirect_chain != [(page("confirm_kind", "table"), 302)]:
            return response
        seen = response.context["form"].initial["seen"]
        return section.post(page("confirm_kind", "table"), {"standard": standard, "seen": seen}, follow=True)

    return send_


# The file


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig", "utf-16"])
def test_an_upload_leads_to_its_findings(send, encoding):
    response = send(TOILETS.encode(encoding))
    assert response.redirect_chain == [(page("findings"), 302)]
    assert "3行のうち、指摘のない行は2行です。自動で修正できる箇所は2か所、確認が必要な箇所は2か所です。" in text(
        response
    )


def test_the_page_says_what_was_detected(send):
    response = send(TOILETS.encode("cp932"))
    assert "文字コードをShift_JIS（Excelの保存形式）として読み込みました。" in text(response)
    assert "3行目を見出しとして読み込みました。" in text(response)


UNREADABLE = {
    "pdf": (b"%PDF-1.7", "これはPDFファイルで、表として読み込めません。"),
    "zip": (b"PK\x05\x06" + b"\0" * 18, "これは圧縮ファイル（ZIP、空）で、表として読み込めません。"),
    "nul": ("名称,住所\n公園\0,1\n".encode(), "2行目に、表にはあり得ない文字（NUL）があります。"),
    "bytes": (
        "名称\n".encode() + b"\xff\xff\x80\n",
        "2行目に、読み取れない文字があります",
    ),
    "blank": (b"\r\n,,,\r\n", "ファイルに文字が一つもありません。"),
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_a_file_that_cannot_be_read_is_kept_and_told(send, kind):
    data, sentence = UNREADABLE[kind]
    response = send(data)
    assert response.redirect_chain == [(page("work", "table"), 302)]
    assert sentence in text(response)
    assert "アップロードした「一覧.csv」は、そのまま保管しています。" in text(response)
    assert page("replace", "table") in text(response)


@pytest.mark.parametrize("name", ["table", "findings", "publication", "replace", "submit", "work"])
def test_no_page_breaks_on_a_file_that_was_not_read(upload, section, name):
    upload(b"%PDF-1.7")
    assert section.get(page(name), follow=True).status_code == 200


TWICE = "名称,名称,所在地_連結表記,設置位置\n公園,公園,見本市1,北\n"


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        (RAGGED, "見出しより右に値があります"),
        (TWICE, "同じ見出しがA列にもあります"),
        ('名称,住所\n公園,"1\n駅,2\n', "「&quot;」が閉じられていないため"),
        (
            "名称,住所\n公園,1\n※仮の一覧,\n",
            "3行目「※仮の一覧」は、表の下の注記のようなので、データに含めません。",
        ),
        (CLEAN.splitlines()[0] + "\n", "見出しだけで、データの行がありません。"),
    ],
)
def test_odd_tables_are_read_and_told(send, table, sentence):
    response = send(table.encode())
    assert response.redirect_chain == [(page("findings"), 302)]
    assert sentence in text(response)


def test_a_workbook_under_another_name_is_read(send):
    header = ["名称", "所在地_連結表記", "設置位置"]
    response = send(xlsx(一覧=[header, ["公園", "見本市1", "北"]], 作業用=[["メモ"]]), name="一覧.csv")
    assert "Excelブック（.xlsx）" in text(response)
    assert "「一覧」シートを読み込みました。ほかに「作業用」があります。" in text(response)


def test_a_workbook_can_hold_what_the_database_cannot(send):
    response = send(xlsx(一覧=[["名称", "住所"], ["公園_x0000_", "見本市1"]]), name="一覧.xlsx")
    assert "表にはあり得ない文字（NUL）" in text(response)


def test_sending_the_same_file_twice_makes_one_data_set(send):
    assert send(TOILETS.encode()).redirect_chain == send(TOILETS.encode()).redirect_chain
    assert Dataset.objects.count() == 1


def test_sending_twice_does_not_undo_repairs(send, kimura):
    send(TOILETS.encode())
    version = DatasetVersion.objects.get()
    actions.accept_repairs(version=version, by=Actor(kimura), seen=version.version)
    assert "自動で修正できる箇所は0か所" in text(send(TOILETS.encode()))


def test_what_was_kept_but_not_read_can_be_read_again(section, kimura, environment_section):
    actions.upload(
        department=environment_section,
        standard="public_toilet",
        name="a.csv",
        data=CLEAN.encode(),
        by=Actor(kimura),
    )
    assert "まだ読み込んでいません" in text(section.get(page("work")))
    assert section.post(page("read_again")).url == page("findings")


def test_without_a_section_there_is_a_sentence(as_, tanaka):
    response = as_(tanaka).get(reverse("opendata:upload"))
    assert response.status_code == 403
    assert "どの課にも登録されていないため、アップロードできません。" in text(response)


def test_replacing_by_a_better_file(section, draft):
    file = SimpleUploadedFile("直した.csv", CLEAN.encode())
    response = section.post(page("replace"), {"file": file, "seen": draft.version}, follow=True)
    assert "1行のうち、指摘のない行は1行です。" in text(response)


def test_a_file_that_a_colleague_replaced_meanwhile_is_asked_about(section, draft):
    answer = section.get(page("replace"))
    seen = answer.context["form"].initial["seen"]
    first, second = (
        SimpleUploadedFile("一覧.csv", f"{CLEAN}{name},市1,北,36.1,137.1\n".encode()) for name in "ab"
    )
    section.post(page("replace"), {"file": first, "seen": seen})
    response = section.post(page("replace"), {"file": second, "seen": seen})
    assert (response.status_code, DatasetVersion.objects.get().rows.get(row=3).cells[0]) == (409, "a")
    assert "他の画面から内容が変更されています" in text(response)
