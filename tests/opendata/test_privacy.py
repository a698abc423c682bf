"""A column that may speak of persons is answered for once, before it is public; its reviewer reads the answer."""

import pytest
from django.core.exceptions import ValidationError

from foundation.actions import Actor
from opendata import actions
from opendata.forms import PublicationForm
from opendata.table import privacy
from opendata.table.readiness import blockers
from tests.opendata.conftest import page, publication, text

REMARKS = """名称,所在地_連結表記,設置位置,緯度,経度,備考
中央公園,見本県見本市中央1-1,公園入口,36.146,137.252,090-1234-5678へ
"""
ALL = frozenset(range(1, 7))


@pytest.fixture
def remarks(upload):
    """A mobile number in the column of remarks, which stands in the standard."""
    return upload(REMARKS)


def describe(version, kimura, **answers):
    said = {int(column[1:]): answer for column, answer in answers.items()}
    words = publication(version, columns=ALL, privacy=said)
    return actions.describe(version=version, by=Actor(kimura), seen=version.version, publication=words)


def form(version, **given):
    words = publication(version)
    named = ("title", "description", "slug", "licence", "update_cycle")
    values = {name: getattr(words, name) for name in named} | {"seen": version.version, "columns": [*ALL]}
    return PublicationForm(values | given, version=version)


def test_a_column_that_is_ticked_needs_an_answer(remarks):
    (suspect,) = privacy.suspects(remarks, remarks.columns)
    assert (suspect.letter, suspect.answer) == ("F", "")
    assert form(remarks).errors == {"privacy_6": ["公開してよいかを選択してください。"]}
    assert form(remarks, columns=[1, 2, 3]).is_valid()


def test_whoever_answers_is_told_in_which_cells(upload):
    head, row = REMARKS.splitlines()
    rows = [row] + [row.replace("090-1234-5678へ", words) for words in ("冬は閉鎖", *["080-1234-5678"] * 5)]
    version = upload("\n".join([head, *rows]))
    (suspect,) = privacy.suspects(version, version.columns)
    assert suspect.reason == "携帯電話の番号のような値があります。該当するセル：F2、F4、F5、F6、F7ほか。"


NAMED = "名称,担当\n公園,\n広場,佐藤 太郎\n河川敷,田中花子\n橋,鈴木一郎\n"
IN_REMARKS = "名称,備考\n公園,冬は閉鎖\n広場,担当者佐藤太郎が管理\n河川敷,山田太郎さんへ\n橋,佐藤橋の近く\n"


@pytest.mark.parametrize(
    ("table", "standard", "said"),
    [
        (NAMED, "", "B列「担当」：個人の氏名のような値があります。該当するセル：B3、B4、B5。"),
        (IN_REMARKS, "", "B列「備考」：個人の氏名のような値があります。該当するセル：B3、B4。"),
        (
            "名称,連絡先メールアドレス\n公園,park@city.example.jp\n広場,taro@gmail.com\n橋,X@YAHOO.co.jp\n",
            "aed",
            "B列「連絡先メールアドレス」：メールアドレスのような値があります。該当するセル：B3、B4。",
        ),
        (REMARKS, "public_toilet", "F列「備考」：携帯電話の番号のような値があります。該当するセル：F2。"),
    ],
)
def test_the_findings_name_the_cells_that_show_it_and_not_the_title_s(upload, section, table, standard, said):
    version = upload(table, standard=standard)
    assert said in text(section.get(page("findings", version.dataset.slug)))


def test_one_that_stays_inside_is_not_published(remarks):
    answered = form(remarks, privacy_6="inside")
    assert answered.is_valid()
    assert answered.publication.columns == ALL - {6}


def test_without_an_answer_it_is_not_handed_in(remarks, kimura):
    described = describe(remarks, kimura)
    with pytest.raises(ValidationError, match="F列「備考」は、個人の情報の可能性があります"):
        actions.submit(version=described, by=Actor(kimura), seen=described.version)


def test_what_was_answered_is_not_asked_again_among_the_findings(remarks, kimura, section):
    assert "公開してよいかを、「公開する内容」で答える" in text(section.get(page("findings")))
    describe(remarks, kimura, F6="may_be_public")
    shown = text(section.get(page("findings")))
    assert "公開してよいかを、「公開する内容」で答える" not in shown
    assert "回答：公開する：個人の情報だが、公開してよい" in shown


def test_the_reviewer_reads_the_answer_on_both_pages(remarks, kimura, as_, suzuki):
    described = describe(remarks, kimura, F6="may_be_public")
    actions.submit(version=described, by=Actor(kimura), seen=described.version)
    for name in ("review_version", "publish"):
        shown = text(as_(suzuki).get(page(name)))
        assert "携帯電話の番号のような値があります。" in shown
        assert "個人の情報だが、公開してよい" in shown


def test_of_another_suspicion_one_is_asked_again(remarks, kimura):
    described = describe(remarks, kimura, F6="not_personal")
    assert blockers(described) == []
    given = {"row": 2, "column": 6, "before": "090-1234-5678へ", "value": "taro@gmail.com"}
    actions.edit_cell(version=described, by=Actor(kimura), **given)
    described.refresh_from_db()
    assert [blocker.page for blocker in blockers(described)] == ["opendata:publication"]


def test_of_the_next_version_the_answer_is_offered_and_given_anew(remarks, kimura, publish):
    described = describe(remarks, kimura, F6="may_be_public")
    public = publish(actions.submit(version=described, by=Actor(kimura), seen=described.version))
    data = REMARKS.replace("入口", "出口").encode()
    later = actions.replace(dataset=public.dataset, seen=0, name="次.csv", data=data, by=Actor(kimura))
    later = actions.read(version=later, by=Actor(kimura))
    assert PublicationForm(version=later).initial["privacy_6"] == "may_be_public"
    assert [suspect.answer for suspect in privacy.unanswered(later)] == [""]
