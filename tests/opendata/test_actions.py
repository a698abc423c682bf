"""What happens to a data set, action by action."""

import hashlib
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from foundation.actions import Actor, Conflict
from foundation.audit.models import Event
from foundation.mail.models import Email
from opendata import actions, originals, public_files
from opendata.models import Dataset, DatasetVersion
from opendata.states import RepairState, VersionState
from tests import builders
from tests.opendata.conftest import CHECK, CLEAN, TOILETS, publication

HEADER = ["名称", "所在地_連結表記", "設置位置", "緯度", "経度", "車椅子使用者用トイレ有無", "担当者氏名"]


def cells(version, row):
    return version.rows.get(row=row).cells


def codes(version, level="error"):
    return [(finding["cell"], finding["code"]) for finding in version.findings if finding["level"] == level]


def done():
    return list(Event.objects.order_by("id").values_list("action", flat=True))


# A file comes in


def test_the_file_is_kept_before_it_is_read(kimura, environment_section):
    version = actions.upload(
        department=environment_section,
        standard="public_toilet",
        name="公衆トイレ.csv",
        data=b"\0\1",
        by=Actor(kimura),
    )
    assert originals.load(version.original.name) == b"\0\1"
    assert (version.detected, version.rows.count()) == ({}, 0)


def test_reading_says_what_was_found(draft):
    kept = {key: draft.detected[key] for key in ("format", "encoding", "header_row", "rows")}
    assert kept == {"format": "csv", "encoding": "cp932", "header_row": 3, "rows": 3}
    assert [column["header"] for column in draft.columns] == HEADER
    assert list(draft.rows.values_list("row", flat=True)) == [4, 5, 6]


def test_columns_of_the_standard_are_published_and_others_are_not(draft):
    assert [column["publish"] for column in draft.columns] == [True] * 6 + [False]


def test_reading_finds_errors_and_proposes_repairs(draft):
    assert codes(draft) == [("D4", "fullwidth"), ("F4", "choice-mark")]
    proposed = [(repair.cell, repair.before, repair.after, repair.state) for repair in draft.repairs.all()]
    assert proposed == [("D4", "３６．１４６", "36.146", "proposed"), ("F4", "○", "有", "proposed")]


def test_an_older_edition_is_found_by_its_columns(upload):
    old = "NO,都道府県名,名称,名称_カナ,住所,設置位置,緯度,経度\n1,見本県,駅,エキ,見本市1,北口,36,137\n"
    assert upload(old).dataset.standard == "public_toilet_suisho_v1"


def test_a_table_of_ones_own_is_held_against_no_standard(upload):
    version = upload(standard="", name="公園の一覧.csv")
    assert (version.dataset.standard, version.dataset.title) == ("", "公園の一覧")
    assert [column["publish"] for column in version.columns] == [False] * 7


def test_a_file_that_cannot_be_read_is_kept_with_the_reason(upload):
    version = upload(b"%PDF-1.7 ...")
    assert version.unreadable.startswith("これはPDFファイルで、表として読み込めません。")
    assert originals.load(version.original.name) == b"%PDF-1.7 ..."


def test_the_same_file_sent_twice_is_one_data_set(upload):
    assert upload() == upload()
    assert Dataset.objects.count() == 1


def test_another_data_set_of_the_kind_gets_another_address(upload):
    upload()
    assert upload(CLEAN).dataset.slug == "public-toilet-2"


def test_an_upload_takes_up_the_open_assignment(sato, group, citizens_section):
    first = builders.make_meeting(group=group, number=1)
    second = builders.make_meeting(group=group, number=2)
    assignment = first.assignments.create(
        due_meeting=second, title="オープンデータ", summary_text="作成", detail_text="作成"
    )
    version = actions.upload(department=citizens_section, standard="aed", name="a.csv", data=b"a", by=Actor(sato))
    assert version.dataset.assignment == assignment


def test_only_the_section_uploads(sato, environment_section):
    with pytest.raises(PermissionDenied):
        actions.upload(department=environment_section, standard="", name="a.csv", data=b"a", by=Actor(sato))
    assert Dataset.objects.count() == 0


# The file is replaced


def test_replacing_starts_over_and_keeps_the_ticks(ready, kimura):
    columns = frozenset({1, 2, 3})
    ready = actions.describe(
        version=ready, by=Actor(kimura), seen=ready.version, publication=publication(ready, columns=columns)
    )
    version = actions.replace(dataset=ready.dataset, name="直した.csv", data=CLEAN.encode(), by=Actor(kimura))
    version = actions.read(version=version, by=Actor(kimura))
    assert (version.pk, version.number, version.original_name) == (ready.pk, 1, "直した.csv")
    assert [column["publish"] for column in version.columns] == [True, True, True, False, False]
    assert (version.repairs.count(), version.privacy_confirmed) == (0, False)


def test_replacing_by_the_same_file_changes_nothing(ready, kimura):
    version = actions.replace(dataset=ready.dataset, name="a.csv", data=TOILETS.encode("cp932"), by=Actor(kimura))
    assert (version.original_name, version.repairs.count()) == ("公衆トイレ.csv", 2)


def test_what_was_handed_in_is_not_replaced(submitted, kimura):
    with pytest.raises(ValidationError, match="提出済みのため、差し替えられません"):
        actions.replace(dataset=submitted.dataset, name="a.csv", data=b"a", by=Actor(kimura))


def test_a_new_version_leaves_the_old_one_public(published, kimura):
    version = actions.replace(dataset=published.dataset, name="次.csv", data=CLEAN.encode(), by=Actor(kimura))
    assert (version.number, version.state) == (2, VersionState.DRAFT)
    assert list(DatasetVersion.objects.current()) == [published]


# Cells are repaired


def test_accepting_makes_all_safe_repairs(draft, kimura):
    assert actions.accept(version=draft, by=Actor(kimura)) == 2
    draft.refresh_from_db()
    assert cells(draft, 4)[3:6] == ["36.146", "137.252", "有"]
    assert codes(draft) == []


def test_accepting_one_kind_leaves_the_others(draft, kimura):
    assert actions.accept(version=draft, by=Actor(kimura), code="fullwidth") == 1
    draft.refresh_from_db()
    assert codes(draft) == [("F4", "choice-mark")]


def test_accepting_one_repair(draft, kimura):
    assert actions.accept(version=draft, by=Actor(kimura), repair=draft.repairs.get(column=6).pk) == 1
    draft.refresh_from_db()
    assert codes(draft) == [("D4", "fullwidth")]


def test_latitude_and_longitude_are_swapped_together(upload, kimura):
    version = upload("名称,所在地_連結表記,設置位置,緯度,経度\n駅,見本市1,北口,137.252,36.146\n")
    actions.accept(version=version, by=Actor(kimura), repair=version.repairs.get(column=4).pk)
    version.refresh_from_db()
    assert (cells(version, 2)[3:], codes(version)) == (["36.146", "137.252"], [])


def test_a_repair_of_the_header_renames_the_column(upload, kimura):
    version = upload("名称,住所,設置位置,緯度,経度\n駅,見本市1,北口,36.1,137.2\n")
    actions.accept(version=version, by=Actor(kimura), code="header-variant")
    version.refresh_from_db()
    assert [column["header"] for column in version.columns][1] == "所在地_連結表記"


def test_undoing_gives_the_cell_back_and_does_not_propose_again(draft, kimura):
    actions.accept(version=draft, by=Actor(kimura))
    assert actions.undo(version=draft, by=Actor(kimura), code="fullwidth") == 1
    draft.refresh_from_db()
    assert cells(draft, 4)[3] == "３６．１４６"
    assert list(draft.repairs.filter(column=4).values_list("state", flat=True)) == [RepairState.UNDONE]
    assert actions.accept(version=draft, by=Actor(kimura)) == 0


def test_what_was_undone_can_be_accepted_after_all(draft, kimura):
    actions.accept(version=draft, by=Actor(kimura))
    repair = draft.repairs.get(column=4)
    actions.undo(version=draft, by=Actor(kimura), repair=repair.pk)
    assert actions.accept(version=draft, by=Actor(kimura), repair=repair.pk) == 1


def test_a_value_typed_by_hand_is_written_with_before_and_after(draft, kimura):
    change = actions.edit_cell(
        version=draft, row=5, column=1, before="駅前広場", value="駅前公園", by=Actor(kimura)
    )
    assert (cells(draft, 5)[0], change.before, change.after) == ("駅前公園", "駅前広場", "駅前公園")
    assert change.decided_by == kimura


def test_an_edit_of_a_cell_that_somebody_else_changed_is_a_conflict(draft, kimura):
    actions.edit_cell(version=draft, row=5, column=1, before="駅前広場", value="駅前公園", by=Actor(kimura))
    with pytest.raises(Conflict) as conflict:
        actions.edit_cell(version=draft, row=5, column=1, before="駅前広場", value="駅前", by=Actor(kimura))
    assert (conflict.value.stored, conflict.value.sent) == ("駅前公園", "駅前")
    assert cells(draft, 5)[0] == "駅前公園"


@pytest.mark.parametrize(("row", "column"), [(99, 1), (5, 99), (5, 0), (1, 1)])
def test_there_is_no_such_cell(draft, kimura, row, column):
    with pytest.raises(Conflict):
        actions.edit_cell(version=draft, row=row, column=column, before="", value="a", by=Actor(kimura))


def test_a_row_that_runs_over_stays_an_error_after_repairs(upload, kimura):
    version = upload(CLEAN + "駅,見本市1,北口,３６.1,137.2,余り\n")
    actions.accept(version=version, by=Actor(kimura))
    version.refresh_from_db()
    assert codes(version) == [("F3", "row-long")]


# What is published


def test_describing_writes_words_and_ticks(draft, kimura):
    version = actions.describe(
        version=draft, by=Actor(kimura), seen=draft.version, publication=publication(draft, title="市内のトイレ")
    )
    assert (version.dataset.title, version.privacy_confirmed) == ("市内のトイレ", True)


def test_describing_from_an_old_page_is_a_conflict(draft, kimura):
    with pytest.raises(Conflict):
        actions.describe(version=draft, by=Actor(kimura), seen=draft.version - 1, publication=publication(draft))


def test_the_address_stays_once_published(later, kimura):
    version = actions.replace(dataset=later.dataset, name="三.csv", data=TOILETS.encode(), by=Actor(kimura))
    version = actions.read(version=version, by=Actor(kimura))
    with pytest.raises(ValidationError, match="アドレスは変更できません"):
        actions.describe(
            version=version, by=Actor(kimura), seen=version.version, publication=publication(version, slug="other")
        )


# Handed in, handed back, published


def test_errors_in_published_columns_hold_it_back(draft, kimura):
    described = actions.describe(
        version=draft, by=Actor(kimura), seen=draft.version, publication=publication(draft)
    )
    with pytest.raises(ValidationError, match="誤りが2か所残っています"):
        actions.submit(version=described, by=Actor(kimura), seen=described.version)


def test_errors_in_columns_that_stay_inside_do_not(draft, kimura):
    columns = frozenset({1, 2, 3, 5})
    described = actions.describe(
        version=draft, by=Actor(kimura), seen=draft.version, publication=publication(draft, columns=columns)
    )
    assert actions.submit(version=described, by=Actor(kimura), seen=described.version).is_submitted


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"columns": frozenset()}, "公開する列が選ばれていません"),
        ({"columns": frozenset({1, 2})}, "「設置位置」は標準で必須の列です"),
        ({"description": ""}, "説明が入力されていません"),
        ({"privacy_confirmed": False}, "個人情報の確認が済んでいません"),
    ],
)
def test_what_is_missing_is_named(ready, kimura, wrong, sentence):
    described = actions.describe(
        version=ready, by=Actor(kimura), seen=ready.version, publication=publication(ready, **wrong)
    )
    with pytest.raises(ValidationError, match=sentence):
        actions.submit(version=described, by=Actor(kimura), seen=described.version)


def test_a_header_alone_is_not_handed_in(upload, kimura):
    version = upload("名称,所在地_連結表記,設置位置,緯度,経度\n")
    with pytest.raises(ValidationError, match="データの行がありません"):
        actions.submit(version=version, by=Actor(kimura), seen=version.version)


def test_handing_in_tells_the_reviewers(ready, kimura, suzuki):
    actions.submit(version=ready, by=Actor(kimura), seen=ready.version)
    email = Email.objects.get()
    assert (email.to, email.subject) == (
        suzuki,
        "【確認のお願い】データセット「公衆トイレ一覧」が提出されました",
    )


def test_handing_in_twice_is_handing_in_once(ready, kimura, suzuki):
    first = actions.submit(version=ready, by=Actor(kimura), seen=ready.version)
    assert actions.submit(version=ready, by=Actor(kimura), seen=ready.version).submitted_at == first.submitted_at
    assert Email.objects.count() == 1


def test_what_was_handed_in_is_not_changed(submitted, kimura):
    with pytest.raises(PermissionDenied):
        actions.edit_cell(version=submitted, row=5, column=1, before="駅前広場", value="x", by=Actor(kimura))


def test_a_return_goes_back_with_its_reason(submitted, suzuki, kimura):
    version = actions.return_version(
        version=submitted, by=Actor(suzuki), seen=submitted.version, reason="緯度を確認してください。"
    )
    assert (version.state, version.returned_reason) == (VersionState.RETURNED, "緯度を確認してください。")
    assert [email.subject for email in Email.objects.filter(to=kimura)] == [
        "【差戻し】データセット「公衆トイレ一覧」"
    ]
    assert actions.submit(version=version, by=Actor(kimura), seen=version.version).is_submitted


def test_a_return_needs_a_reason(submitted, suzuki):
    with pytest.raises(ValidationError, match="差し戻す理由を入力してください"):
        actions.return_version(version=submitted, by=Actor(suzuki), seen=submitted.version, reason="")


def test_approving_records_the_check_and_publishes(submitted, suzuki):
    version = actions.publish(version=submitted, by=Actor(suzuki), seen=submitted.version, **CHECK)
    assert (version.state, version.head_name, version.published_by) == ("published", "環境 長", suzuki)
    assert version.public_sha256 == hashlib.sha256(public_files.csv_of(version)).hexdigest()


def test_the_check_is_not_of_tomorrow(submitted, suzuki):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError, match="先の日付"):
        actions.publish(
            version=submitted,
            by=Actor(suzuki),
            seen=submitted.version,
            head_name="環境 長",
            head_checked_on=tomorrow,
        )


def test_a_section_does_not_approve_its_own(submitted, kimura):
    with pytest.raises(PermissionDenied):
        actions.publish(version=submitted, by=Actor(kimura), seen=submitted.version, **CHECK)


def test_approving_what_one_has_not_seen_is_a_conflict(submitted, suzuki):
    with pytest.raises(Conflict):
        actions.publish(version=submitted, by=Actor(suzuki), seen=submitted.version - 1, **CHECK)


def test_withdrawing_says_when_and_why(published, suzuki):
    dataset = actions.withdraw(dataset=published.dataset, by=Actor(suzuki), reason="氏名が含まれていたため")
    assert (dataset.is_withdrawn, dataset.withdrawn_by, dataset.withdrawn_reason) == (
        True,
        suzuki,
        "氏名が含まれていたため",
    )
    assert list(DatasetVersion.objects.current()) == []


def test_what_was_withdrawn_does_not_come_back(withdrawn, kimura):
    with pytest.raises(ValidationError, match="公開を停止したデータセットです"):
        actions.replace(dataset=withdrawn, name="a.csv", data=b"a", by=Actor(kimura))


def test_every_action_is_on_the_trail(withdrawn):
    assert done() == [
        "opendata.upload",
        "opendata.read",
        "opendata.accept",
        "opendata.describe",
        "opendata.submit",
        "opendata.publish",
        "opendata.withdraw",
    ]
    assert Event.objects.get(action="opendata.publish").changes["head"] == "環境 長"


def test_the_day_of_the_check_is_kept(published):
    assert published.head_checked_on == date(2026, 11, 20)
