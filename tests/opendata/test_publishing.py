"""What is published, handed in, handed back, approved and withdrawn."""

import hashlib
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from foundation.actions import Actor, Conflict
from foundation.audit.models import Event
from foundation.mail.models import Email
from members.models import User
from opendata import actions
from opendata.catalogue import files
from opendata.models import DatasetVersion
from opendata.states import VersionState
from tests import builders
from tests.opendata.conftest import CHECK, CLEAN, TOILETS, publication


def done():
    return list(Event.objects.order_by("id").values_list("action", flat=True))


# What is published


def test_describing_writes_words_and_ticks(draft, kimura):
    version = actions.describe(
        version=draft, by=Actor(kimura), seen=draft.version, publication=publication(draft, title="市内のトイレ")
    )
    assert (version.title, version.privacy_confirmed) == ("市内のトイレ", True)


def test_describing_from_an_old_page_is_a_conflict(draft, kimura):
    with pytest.raises(Conflict):
        actions.describe(version=draft, by=Actor(kimura), seen=draft.version - 1, publication=publication(draft))


def test_the_address_stays_once_published(later, kimura):
    version = actions.replace(
        dataset=later.dataset, seen=0, name="三.csv", data=TOILETS.encode(), by=Actor(kimura)
    )
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


def test_a_column_without_a_title_is_not_published(upload, kimura):
    version = upload("名称,所在地_連結表記,設置位置,緯度,経度,\n公園,見本市1,北口,36.146,137.252,メモ\n")
    described = actions.describe(
        version=version, by=Actor(kimura), seen=version.version, publication=publication(version)
    )
    with pytest.raises(ValidationError, match="F列には見出しがないため公開できません。"):
        actions.submit(version=described, by=Actor(kimura), seen=described.version)


def handed_in_by_its_reviewer(upload, suzuki, environment_section):
    """Suzuki is posted to the section herself."""
    builders.make_posting(user=suzuki, department=environment_section, kind="concurrent")
    version = upload(CLEAN, by=suzuki)
    described = actions.describe(
        version=version, by=Actor(suzuki), seen=version.version, publication=publication(version)
    )
    return actions.submit(version=described, by=Actor(suzuki), seen=described.version)


def test_who_uploads_and_reviews_hands_it_to_another_reviewer(upload, suzuki, environment_section):
    steward = builders.make_user(is_data_steward=True)
    version = handed_in_by_its_reviewer(upload, suzuki, environment_section)
    assert [email.to for email in Email.objects.all()] == [steward]
    with pytest.raises(PermissionDenied):
        actions.publish(version=version, by=Actor(suzuki), seen=version.version, **CHECK)
    assert actions.publish(version=version, by=Actor(steward), seen=version.version, **CHECK).is_published


def test_what_nobody_else_could_approve_is_not_handed_in(upload, suzuki, environment_section):
    with pytest.raises(ValidationError, match="承認する人がいません"):
        handed_in_by_its_reviewer(upload, suzuki, environment_section)


def test_a_reviewer_without_an_address_is_not_written_to(ready, kimura, suzuki):
    User.objects.filter(pk=suzuki.pk).update(email=None, delivery_email="")
    actions.submit(version=ready, by=Actor(kimura), seen=ready.version)
    assert Email.objects.count() == 0


def test_handing_in_tells_the_reviewers(ready, kimura, suzuki):
    actions.submit(version=ready, by=Actor(kimura), seen=ready.version)
    email = Email.objects.get()
    assert (email.to, email.from_name, email.reply_to, email.subject) == (
        suzuki,
        "見本市 DX推進部会ポータル",
        "",
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
    assert version.public_sha256 == hashlib.sha256(b"".join(files.csv_of(version))).hexdigest()


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


def test_what_stands_in_the_way_is_asked_again_on_publishing(submitted, suzuki):
    submitted.findings.create(row=4, column=1, code="required", level="error", message="必須の項目が空です。")
    with pytest.raises(ValidationError, match="誤りが1か所残っています"):
        actions.publish(version=submitted, by=Actor(suzuki), seen=submitted.version, **CHECK)


def test_a_version_of_what_was_withdrawn_is_not_published(published, kimura, suzuki):
    version = actions.replace(
        dataset=published.dataset, seen=0, name="b.csv", data=CLEAN.encode(), by=Actor(kimura)
    )
    version = actions.read(version=version, by=Actor(kimura))
    version = actions.describe(
        version=version, by=Actor(kimura), seen=version.version, publication=publication(version)
    )
    version = actions.submit(version=version, by=Actor(kimura), seen=version.version)
    actions.withdraw(dataset=published.dataset, by=Actor(suzuki), reason="氏名が含まれていたため")
    with pytest.raises(ValidationError, match="公開を停止したデータセットです"):
        actions.publish(version=version, by=Actor(suzuki), seen=version.version, **CHECK)


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
        actions.replace(dataset=withdrawn, seen=0, name="a.csv", data=b"a", by=Actor(kimura))


def test_every_action_is_on_the_trail(withdrawn):
    assert done() == [
        "opendata.upload",
        "opendata.read",
        "opendata.accept_repairs",
        "opendata.describe",
        "opendata.submit",
        "opendata.publish",
        "opendata.withdraw",
    ]
    assert Event.objects.get(action="opendata.publish").changes["head"] == "環境 長"


def test_the_day_of_the_check_is_kept(published):
    assert published.head_checked_on == date(2026, 11, 20)
