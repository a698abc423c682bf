"""From what Excel saved to what citizens download: a section, a reviewer and a citizen, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.opendata.conftest import SECRET, TOILETS

WIDTHS = [390, 1280]


@pytest.fixture
def look(axe, overflow, shot):
    """Every page on the way is looked at: accessible, within its window, and kept as a picture."""

    def look_(page, name):
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
    look(page, "mine-empty")
    page.get_by_role("link", name="ファイルをアップロードする").click()
    page.get_by_role("button", name="アップロードして確認する").click()
    look(page, "upload-errors")
    page.get_by_label("データの種類").select_option("公衆トイレ一覧")
    page.get_by_label("ファイル").set_input_files(path)
    page.get_by_role("button", name="アップロードして確認する").click()


def repair(page, look):
    expect(page.get_by_text("Shift_JIS（Excelの保存形式）", exact=True)).to_be_visible()
    expect(page.get_by_text("3行中、問題なし2行。自動修正の候補2か所、確認が必要な箇所0か所。")).to_be_visible()
    look(page, "findings")
    page.get_by_role("button", name="2か所をすべて修正する").click()
    expect(page.get_by_text("2か所を修正しました。")).to_be_visible()
    look(page, "findings-done")
    page.get_by_role("link", name="表を見る").click()
    look(page, "table")
    page.go_back()
    page.get_by_role("link", name="公開する内容へ進む").click()


def describe(page, look):
    expect(page.get_by_label("G列 担当者氏名")).not_to_be_checked()
    page.get_by_label("公開する列に、個人が特定される情報が含まれていないことを確認しました").check()
    page.get_by_label("説明").fill("市が管理する公衆トイレの一覧です（令和8年4月1日時点）。")
    look(page, "publication")
    page.get_by_role("button", name="保存して次へ").click()


def hand_in(page, look):
    look(page, "submit")
    page.get_by_role("button", name="提出する").click()
    expect(page.get_by_text("提出を受け付けました")).to_be_visible()
    look(page, "work-submitted")


def approve(page, look):
    page.goto("/data/review/")
    look(page, "review")
    page.get_by_role("link", name="公衆トイレ一覧 第1版").click()
    look(page, "review-version")
    page.get_by_role("link", name="承認へ進む").click()
    page.get_by_label("確認した所属長の氏名").fill("環境 長")
    page.get_by_label("確認した日").fill("2026-11-20")
    look(page, "approve")
    page.get_by_role("button", name="承認して公開する").click()
    expect(page.get_by_text("「公衆トイレ一覧」を公開しました。")).to_be_visible()


def download(page, look):
    page.goto("/data/")
    look(page, "catalogue")
    page.get_by_role("link", name="公衆トイレ一覧").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("公衆トイレ一覧")
    look(page, "dataset")
    with page.expect_download() as started:
        page.get_by_role("link", name="CSVをダウンロード").click()
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
    page.get_by_label("データの種類").select_option("独自の表")
    page.get_by_label("ファイル").set_input_files(path)
    page.get_by_role("button", name="アップロードして確認する").click()
    expect(page.get_by_text("これはPDFファイルで、表として読み込めません。")).to_be_visible()
    expect(page.get_by_text("そのまま保管しています")).to_be_visible()
    if js:
        look(page, "unreadable")
