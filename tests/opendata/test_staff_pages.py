"""The pages of a section: what was found is gone through, described and handed in."""

import pytest
from django.urls import reverse

from foundation.actions import Actor
from opendata import actions
from opendata.models import Dataset, DatasetVersion
from opendata.table import checking
from tests import builders
from tests.opendata.conftest import CLEAN, RAGGED, TICKED, page, publication, text

# The findings


def shown(**chosen):
    """What the buttons of a fresh page send."""
    return {"seen": DatasetVersion.objects.get().version, **chosen}


def test_all_safe_repairs_at_a_press(section, draft):
    response = section.post(page("accept_repairs"), shown(), follow=True)
    assert "2か所を修正しました。" in text(response)
    assert "3行のうち、指摘のない行は3行です。" in text(response)


def test_one_kind_is_undone(section, draft, kimura):
    actions.accept_repairs(version=draft, by=Actor(kimura), seen=draft.version)
    response = section.post(page("undo_repairs"), shown(code="fullwidth"), follow=True)
    assert "1か所を元に戻しました。" in text(response)
    assert "自動で修正できる箇所は0か所、確認が必要な箇所は3か所です。" in text(response)


def test_a_button_of_an_old_page_repairs_nothing(section, draft):
    response = section.post(page("accept_repairs"), shown(seen=draft.version - 1), follow=True)
    assert "他の画面から内容が変更されています" in text(response)
    assert "自動で修正できる箇所は2か所" in text(response)


@pytest.mark.parametrize("junk", [{"repair": "x"}, {"repair": "9" * 30}, {"code": "no-such-kind"}])
def test_a_choice_that_is_none_changes_nothing(section, draft, junk):
    response = section.post(page("accept_repairs"), junk, follow=True)
    assert "修正の候補は、既に修正されているか、なくなっています。" in text(response)


def test_a_cell_is_corrected_by_hand(section, upload):
    upload(CLEAN + "駅,,北口,36.1,137.2\n")
    typed = {"row": 3, "column": 2, "before": "", "value": "見本市駅前1-1"}
    response = section.post(page("edit_cell"), typed, follow=True)
    assert "入力した値に修正しました。" in text(response)
    assert "2行のうち、指摘のない行は2行です。" in text(response)


def test_a_conflict_shows_both_texts(section, draft):
    typed = {"row": 5, "column": 1, "before": "別の値", "value": "駅前公園"}
    response = section.post(page("edit_cell"), typed)
    assert response.status_code == 409
    assert "駅前広場" in text(response)
    assert "駅前公園" in text(response)


def test_a_value_beyond_all_measure_is_refused_in_words(section, draft):
    typed = {"row": 5, "column": 1, "before": "駅前広場", "value": "あ" * 5001}
    response = section.post(page("edit_cell"), typed, follow=True)
    assert "一つのセルに入力できるのは5000文字までです。" in text(response)


def test_marks_in_the_table_are_words(section, draft):
    assert "誤り：D4セル（緯度）「３６．１４６」：全角の数字です。" in text(section.get(page("table")))


@pytest.mark.parametrize(
    ("asked", "shown"), [("", [4]), ("?rows=all", [4, 5, 6]), ("?row=6", [4, 5, 6]), ("?rows=marked&page=9", [4])]
)
def test_the_table_shows_the_rows_with_findings_first(section, draft, asked, shown):
    body = text(section.get(page("table") + asked))
    rows = [row for row in (4, 5, 6) if f'id="row-{row}"' in body]
    assert (rows, "指摘のある行（1行）" in body, "全ての行（3行）" in body) == (shown, True, True)


# Persons

REASON = "見出しが、個人情報の項目に該当する可能性があります。"


@pytest.mark.parametrize("name", ["findings", "publication"])
def test_a_column_that_may_speak_of_persons_is_told_once_a_page(section, draft, kimura, name):
    all_columns = publication(draft, columns=TICKED | {7})
    actions.describe(version=draft, by=Actor(kimura), seen=draft.version, publication=all_columns)
    assert text(section.get(page(name))).count(REASON) == 1


# Publication and handing in


def described(draft):
    return {
        "title": "公衆トイレ一覧",
        "description": "市の公衆トイレです。",
        "slug": "toilets",
        "licence": "CC-BY-4.0",
        "update_cycle": "yearly",
        "seen": draft.version,
    }


def test_the_publication_page_leads_to_the_check_page(section, draft, kimura):
    actions.accept_repairs(version=draft, by=Actor(kimura), seen=draft.version)
    draft.refresh_from_db()
    given = described(draft) | {"columns": [1, 2, 3, 4, 5, 6], "privacy_confirmed": "on"}
    response = section.post(page("publication"), given, follow=True)
    assert response.redirect_chain == [(page("submit", "toilets"), 302)]
    assert "提出する</button>" in text(response)


def test_a_title_that_is_public_already_is_told_and_asked_about_once(section, upload, published):
    upload("名称,深さ\n一番井戸,12\n", name="井戸.csv", standard="")
    draft = DatasetVersion.objects.latest("pk")
    address = page("publication", draft.dataset.slug)
    given = {
        "columns": [1],
        "privacy_confirmed": "on",
        "title": "公衆トイレ一覧",
        "description": "井戸です。",
        "slug": "wells",
        "licence": "CC-BY-4.0",
        "update_cycle": "yearly",
        "seen": draft.version,
    }
    asked = section.post(address, given)
    said = "公開中の「公衆トイレ一覧」（環境課）と同じ名前です。"
    assert (said in text(asked), asked.context["form"].questions[0].startswith(said)) == (True, True)
    meant = asked.context["form"]["meant"].value()
    assert section.post(address, given | {"meant": meant}).url == page("submit", "wells")
    assert f'<a href="{page("confirm_kind", "wells")}">' in text(section.get(page("publication", "wells")))
    assert "「公衆トイレ一覧」の新しい版（" in text(section.get(page("confirm_kind", "wells")))


def test_every_column_is_ticked_at_once_and_what_is_kept_back_stays_inside(section, draft):
    given = described(draft) | {"every_column": "on", "privacy_7": "inside"}
    section.post(page("publication"), given)
    draft.refresh_from_db()
    assert [column["letter"] for column in draft.public_columns] == list("ABCDEF")
    body = text(section.get(page("publication", "toilets")))
    assert [body.count(f'__group">{name}</p>') for name in ("標準の列", "標準にない列")] == [1, 1]


@pytest.mark.parametrize(
    ("name", "errors", "done"), [("publication", 1, 1), ("publication", 0, 2), ("submit", 1, 1)]
)
def test_a_step_is_called_done_once_nothing_is_left_to_do(section, draft, kimura, name, errors, done):
    if not errors:
        actions.accept_repairs(version=draft, by=Actor(kimura), seen=draft.version)
    assert text(section.get(page(name))).count("（済み）") == done


def test_an_old_publication_page_keeps_the_text_and_says_why(section, draft):
    given = {
        "columns": [1],
        "title": "別の題",
        "description": "別の説明",
        "slug": "toilets",
        "licence": "CC-BY-4.0",
        "update_cycle": "yearly",
        "seen": draft.version - 1,
    }
    response = section.post(page("publication"), given)
    assert response.status_code == 409
    assert "他の画面から内容が変更されています" in text(response)
    assert "別の説明" in text(response)


def test_the_check_page_says_what_is_missing(section, draft):
    body = text(section.get(page("submit")))
    assert "誤りが2か所残っています。" in body
    assert "個人情報の確認が済んでいません。" in body
    assert "提出する</button>" not in body


def test_handing_in_gives_a_receipt(section, ready):
    response = section.post(page("submit"), {"seen": ready.version}, follow=True)
    assert response.redirect_chain == [(page("work"), 302)]
    assert "提出を受け付けました" in text(response)


def test_handing_in_from_an_old_page_asks_to_look_again(section, ready):
    response = section.post(page("submit"), {"seen": ready.version - 1}, follow=True)
    assert "他の画面から内容が変更されています" in text(response)
    ready.refresh_from_db()
    assert ready.is_editable


def test_the_reason_of_a_return_stands_on_the_hub(section, submitted, suzuki):
    actions.return_version(
        version=submitted, by=Actor(suzuki), seen=submitted.version, reason="緯度を確認してください。"
    )
    assert "緯度を確認してください。" in text(section.get(page("work")))


def test_withdrawing_asks_for_a_reason(section, published):
    assert "公開停止の理由を入力してください。" in text(section.post(page("withdraw"), {}))
    section.post(page("withdraw"), {"reason": "氏名が含まれていたため"})
    assert Dataset.objects.get().is_withdrawn


def test_a_lost_session_finds_the_draft_again(client, kimura, draft):
    assert client.post(page("accept_repairs")).url.startswith("/accounts/login/")
    client.force_login(kimura)
    assert "自動で修正できる箇所は2か所" in text(client.get(page("findings")))


# As many queries for much as for little


@pytest.mark.parametrize("count", [1, 3, 30])
def test_queries_of_the_list(section, kimura, environment_section, django_assert_num_queries, count):
    for _ in range(count):
        builders.make_version(dataset=builders.make_dataset(department=environment_section, by=kimura))
    with django_assert_num_queries(9):
        section.get(reverse("opendata:mine"))


@pytest.mark.parametrize("count", [1, 3, 300])
@pytest.mark.parametrize(("name", "queries"), [("findings", 11), ("table", 8), ("publication", 9)])
def test_queries_of_a_data_set(section, upload, django_assert_num_queries, name, queries, count):
    header, row = CLEAN.splitlines()
    upload("\n".join([header, *[row.replace("36.", "３６.")] * count]))
    with django_assert_num_queries(queries):
        section.get(page(name))


def test_many_repairs_are_counted_and_the_latest_shown(section, upload, kimura):
    header, row = CLEAN.splitlines()
    version = upload("\n".join([header, *[row.replace("36.", "３６.")] * 30]))
    actions.accept_repairs(version=version, by=Actor(kimura), seen=version.version)
    body = text(section.get(page("findings")))
    assert "全角の数字や英字 30か所" in body
    assert "ほか10か所" in body


def test_many_findings_of_a_kind_have_pages_of_their_own(section, upload):
    header, row = CLEAN.splitlines()
    upload("\n".join([header, *[row.replace("36.", "３６.")] * 130]))
    assert "「全角の数字や英字」の130か所を全て見る" in text(section.get(page("findings")))
    body = text(section.get(page("findings"), {"kind": "fullwidth", "page": 2}))
    assert (body.count("D131セル（"), body.count("D102セル（"), body.count("D101セル（")) == (1, 1, 0)


def test_equal_mistakes_of_a_column_are_one_line_with_one_remedy(section, upload):
    head, row = CLEAN.splitlines()
    version = upload("\n".join([f"{head},男性トイレ総数", *(f"{row}{n},なし" for n in range(3)), f"{row}9,未定"]))
    body = text(section.get(page("findings")))
    assert (body.count("数値として読み取れません"), "この列の「なし」3か所は、全て同じ指摘です。" in body) == (
        2,
        True,
    )
    typed = {"row": 2, "column": 6, "before": "なし", "value": "0", "alike": "number", "at": "number"}
    done = section.post(page("edit_cell"), typed, follow=True)
    assert "3か所に保存しました。" in text(done)
    assert [cells[5] for cells in version.rows.order_by("row").values_list("cells", flat=True)] == [
        "0",
        "0",
        "0",
        "未定",
    ]
    assert "値は変わっていません。" in text(section.post(page("edit_cell"), typed, follow=True))
    assert set(version.repairs.filter(state="accepted").values_list("before", "after", "code")) == {
        ("なし", "0", "by-hand")
    }


def test_equal_mistakes_with_one_repair_on_offer_are_one_line_whose_button_makes_them_all(section, upload):
    """Its cells are named in a fold, each to be mended by itself; other values and columns keep theirs."""
    head, row = CLEAN.splitlines()
    wide = row.replace("36.", "３６.").replace("137.", "１３７.")
    version = upload("\n".join([head, *[wide] * 30, row.replace("36.1", "３６.2")]))
    body = text(section.get(page("findings")))
    assert (body.count("D2セル（"), body.count("D3セル（")) == (1, 0)
    assert "この列の「３６.146」30か所は、全て同じ指摘です。" in body
    assert ('?kind=fullwidth#fullwidth-D11">D11</a>' in body, body.count("ほか20か所")) == (True, 2)
    assert "30か所を「36.146」に修正する" in body
    first = version.repairs.get(row=2, column=4)
    given = {"repair": first.pk, "alike": "on", "seen": version.version, "at": "fullwidth"}
    assert "30か所を修正しました。" in text(section.post(page("accept_repairs"), given, follow=True))
    left = version.repairs.filter(state="proposed", column=4)
    assert list(left.values_list("row", "before")) == [(32, "３６.246")]
    assert version.repairs.filter(state="proposed", column=5).count() == 30
    assert "他の画面から" in text(section.post(page("accept_repairs"), given, follow=True))


def test_what_was_undone_is_looked_at_alone(section, upload, kimura):
    head, row = CLEAN.splitlines()
    version = upload("\n".join([head, *[row.replace("36.", "３６.")] * 3]))
    actions.accept_repairs(version=version, by=Actor(kimura), seen=version.version)
    version.refresh_from_db()
    actions.undo_repairs(version=version, by=Actor(kimura), seen=version.version, code="fullwidth")
    body = text(section.get(page("findings")))
    assert ("全て同じ指摘です" in body, body.count("「36.146」に修正する")) == (False, 3)


def test_a_row_that_runs_over_is_mended_in_excel(section, upload):
    upload(RAGGED)
    assert "Excelで直して、ファイルを差し替える" in text(section.get(page("findings")))


def test_a_file_that_is_being_read_by_another_press_is_no_error(section, kimura, environment_section, monkeypatch):
    """Both presses judged the kept file; the second finds it read and loses nothing of it."""
    version = actions.upload(
        department=environment_section,
        standard="public_toilet",
        name="a.csv",
        data=CLEAN.encode(),
        by=Actor(kimura),
    )
    judge = checking.first_look

    def overtaken(asked, *rest, **more):
        monkeypatch.setattr(checking, "first_look", judge)
        actions.read(version=DatasetVersion.objects.get(pk=version.pk), by=Actor(kimura))
        return judge(asked, *rest, **more)

    monkeypatch.setattr(checking, "first_look", overtaken)
    assert section.post(page("read_again")).url == page("findings")


def test_the_list_says_of_each_data_set_when_it_was_itself_published(section, upload, published):
    upload(CLEAN, standard="")
    rows = section.get(reverse("opendata:mine")).context["versions"]
    assert {version.dataset == published.dataset: version.last_published_at for version in rows} == {
        True: published.published_at,
        False: None,
    }


def test_the_slip_has_the_address_as_a_picture_and_what_was_mended(section, published):
    body = text(section.get(page("slip")))
    told = ("修正2か所→残った誤り0か所", "/data/public-toilet/", "data:image/svg+xml;base64,", "環境 長")
    assert [each for each in told if each not in body] == []


def test_there_is_no_slip_of_what_is_not_public(section, draft):
    assert section.get(page("slip")).url == page("work")
