"""From what Excel saved to what citizens download: a section, a reviewer and a citizen, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from foundation.actions import Actor
from opendata import actions
from tests import builders
from tests.opendata.conftest import SECRET, TOILETS

WIDTHS = [390, 1280]


@pytest.fixture
def look(axe, overflow, shot):
    """Every page on the way is looked at: accessible, within its window, and kept as a picture.

    The title is waited for, so that it is the page after a click and not the one before.
    """

    def look_(page, name, title):
        expect(page).to_have_title(re.compile(title))
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            shot(page, f"data-set-{name}-{width}")
            assert overflow(page) == 0
        assert axe(page) == []

    return look_


@pytest.fixture
def excel_file(tmp_path):
    path = tmp_path / "公衆トイレ.csv"
    path.write_bytes(TOILETS.encode("cp932"))
    return path


def test_from_excel_to_the_download(page, log_in, look, excel_file, kimura, suzuki):
    log_in(page, kimura)
    upload(page, look, excel_file)
    repair(page, look)
    describe(page, look)
    hand_in(page, look)
    log_in(page, suzuki)
    approve(page, look)
    page.context.clear_cookies()
    download(page, look)


def upload(page, look, path):
    page.goto("/data/mine/")
    look(page, "mine-empty", "^所属課のデータ")
    page.get_by_role("link", name="ファイルをアップロードする").click()
    page.get_by_role("button", name="アップロードして確認する").click()
    look(page, "upload-errors", "^エラー：ファイルのアップロード")
    page.get_by_label("ファイル").set_input_files(path)
    page.get_by_role("button", name="アップロードして確認する").click()
    look(page, "kind", "^何のデータかの確認")
    page.get_by_role("button", name="この内容で進む").click()


def repair(page, look):
    expect(page.get_by_text("Shift_JIS（Excelの保存形式）", exact=True)).to_be_visible()
    expect(
        page.get_by_text(
            "3行のうち、指摘のない行は2行です。自動で修正できる箇所は2か所、確認が必要な箇所は2か所です。"
        )
    ).to_be_visible()
    look(page, "findings", "^確認と修正")
    page.get_by_role("button", name="2か所を全て修正する").click()
    expect(page.get_by_text("2か所を修正しました。")).to_be_visible()
    look(page, "findings-done", "^確認と修正")
    page.get_by_role("link", name="表を見る").click()
    look(page, "table", "^表")
    page.go_back()
    page.get_by_role("link", name="公開する内容へ進む").click()


def describe(page, look):
    expect(page.get_by_label("G列 担当者氏名")).not_to_be_checked()
    page.get_by_label("公開する列に、公開してはならない個人の情報が含まれていないことを確認しました").check()
    page.get_by_label("説明").fill("市が管理する公衆トイレの一覧です（令和8年4月1日時点）。")
    look(page, "publication", "^公開する内容")
    page.get_by_role("button", name="保存して次へ").click()


def hand_in(page, look):
    look(page, "submit", "^提出")
    page.get_by_role("button", name="提出する").click()
    expect(page.get_by_text("提出を受け付けました")).to_be_visible()
    look(page, "work-submitted", "^公衆トイレ一覧")


def approve(page, look):
    page.goto("/data/review/")
    look(page, "review", "^データの確認｜DX")
    page.get_by_role("link", name="公衆トイレ一覧 第1版").click()
    look(page, "review-version", "^データの確認｜公衆")
    page.get_by_role("link", name="承認へ進む").click()
    page.get_by_label("確認した所属長の氏名").fill("環境 長")
    page.get_by_label("確認した日").fill("2026-11-20")
    look(page, "publish", "^承認と公開")
    page.get_by_role("button", name="承認して公開する").click()
    expect(page.get_by_text("「公衆トイレ一覧」を公開しました。")).to_be_visible()


def download(page, look):
    page.goto("/data/")
    look(page, "catalogue", "^公開データ")
    page.get_by_role("link", name="公衆トイレ一覧").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("公衆トイレ一覧")
    look(page, "dataset", "^公衆トイレ一覧")
    with page.expect_download() as started:
        page.get_by_role("link", name="CSV形式でダウンロードする").click()
    got = started.value.path().read_bytes()
    assert got.decode("utf-8-sig").splitlines()[1] == "中央公園,見本県見本市中央1-1,公園入口,36.146,137.252,有"
    assert got.startswith("\ufeff名称,".encode())
    assert SECRET not in got.decode()


@pytest.mark.parametrize("js", [True, False])
def test_a_file_that_is_no_table(open_page, log_in, look, tmp_path, kimura, js):
    path = tmp_path / "一覧.csv"
    path.write_bytes(b"%PDF-1.7 \n")
    page = open_page(1280, js=js)
    log_in(page, kimura)
    page.goto("/data/mine/new/")
    page.get_by_label("ファイル").set_input_files(path)
    page.get_by_role("button", name="アップロードして確認する").click()
    expect(page.get_by_text("これはPDFファイルで、表として読み込めません。")).to_be_visible()
    expect(page.get_by_text("そのまま保管しています")).to_be_visible()
    if js:
        look(page, "unreadable", "^一覧")


DOUBTFUL = """名称,住所,設置位置,緯度,経度,車椅子使用者用トイレ有無,男性トイレ総数,担当者メモ
中央公園,見本県見本市中央1-1,公園入口,137.252,36.146,○,２,確認済
駅前広場,,北口,36.141,137.258,たぶん,三,
河川敷,見本県見本市川端3-3,駐車場横,36.139,,無,1,
山頂,見本県見本市山1,登山口,36.9.1,137.2,有,1,余,はみ出し
"""


@pytest.fixture
def doubtful(kimura, environment_section):
    given = {"standard": "public_toilet", "name": "公衆トイレ.csv", "data": DOUBTFUL.encode("cp932")}
    return actions.read(
        version=actions.upload(department=environment_section, by=Actor(kimura), **given), by=Actor(kimura)
    )


def test_what_needs_a_person_is_corrected_in_its_place(page, log_in, look, doubtful, kimura):
    log_in(page, kimura)
    page.goto("/data/mine/public-toilet/findings/")
    look(page, "findings-open", "^確認と修正")
    page.get_by_label("F3セルの値").fill("無")
    page.get_by_role("button", name=re.compile("保存.*F3")).click()
    expect(page.get_by_text("F3を、入力した値に修正しました。")).to_be_visible()
    page.get_by_role("button", name=re.compile("「36.146」に修正する.*D2")).click()
    expect(page.get_by_text("2か所を修正しました。")).to_be_visible()
    page.goto("/data/mine/public-toilet/findings/?kind=required")
    look(page, "findings-of-a-kind", "^必須の項目が空")
    page.goto("/data/mine/public-toilet/table/")
    look(page, "table-marked", "^表")
    page.goto("/data/mine/public-toilet/submit/")
    look(page, "submit-blocked", "^提出")


def test_what_was_withdrawn_says_so(page, log_in, look, environment_section, kimura):
    dataset = builders.make_dataset(department=environment_section, by=kimura, slug="public-toilet")
    builders.make_version(dataset=dataset, state="published")
    log_in(page, kimura)
    page.goto("/data/mine/public-toilet/withdraw/")
    page.get_by_label("公開停止の理由").fill("個人の氏名が含まれていたため")
    look(page, "withdraw", "^公開の停止")
    page.get_by_role("button", name="公開を停止する").click()
    expect(page.get_by_text("公開を停止しました。")).to_be_visible()
    page.context.clear_cookies()
    assert page.goto("/data/public-toilet/").status == 410
    look(page, "withdrawn", "^公開を停止")
