"""What is asked, and in which words a form refuses."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opendata.forms import CellForm, ConfirmKindForm, PublicationForm, UploadForm
from tests import builders


def upload_form(user, *, file=b"a,b\n1,2\n", **data):
    files = {} if file is None else {"file": SimpleUploadedFile("一覧.csv", file)}
    return UploadForm(data, files, user=user)


def publication_form(version, **data):
    given = {
        "columns": ["1", "2", "3"],
        "title": "公衆トイレ一覧",
        "description": "一覧です。",
        "slug": "public-toilet",
        "licence": "CC-BY-4.0",
        "update_cycle": "yearly",
        "seen": version.version,
    }
    return PublicationForm(given | data, version=version)


def test_nothing_is_asked_but_the_file(kimura):
    form = upload_form(kimura)
    assert list(form.fields) == ["file"]
    assert form.is_valid()
    assert form.cleaned_data["department"].name == "環境課"


def test_who_works_in_two_sections_is_asked_for_which(kimura, citizens_section):
    builders.make_posting(user=kimura, department=citizens_section, kind="concurrent")
    form = upload_form(kimura)
    assert form.errors == {"department": ["担当課を選択してください。"]}


# ASVS V5.2.1
def test_a_file_over_the_limit_gets_a_sentence(kimura, settings):
    settings.MAX_UPLOAD_BYTES = 1024
    form = upload_form(kimura, file=b"a" * 2048)
    sentence = (
        "ファイルが大きすぎます（2.0\xa0KB）。アップロードできるのは1.0\xa0KBまでです。何も保存していません。"
        "ファイルを分けてアップロードしてください。"
    )
    assert form.errors == {"file": [sentence]}


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (None, "アップロードするファイルを選択してください。"),
        (b"", "選択したファイルは空（0バイト）です。保存した元のファイルを確認して、選び直してください。"),
    ],
)
def test_no_file_and_an_empty_file(kimura, file, sentence):
    assert upload_form(kimura, file=file).errors["file"] == [sentence]


def test_the_kinds_are_named_once_each(draft):
    labels = [str(label) for _value, label in ConfirmKindForm(version=draft, public=[]).fields["standard"].choices]
    assert labels[-1] == "独自の表"
    assert labels.count("公衆トイレ一覧") == 1


def test_the_publication_form_begins_with_what_is_stored(draft):
    form = PublicationForm(version=draft)
    assert form.initial["columns"] == [1, 2, 3, 4, 5, 6]
    assert form.initial["licence"] == "CC-BY-4.0"


def test_a_column_that_may_speak_of_persons_says_so(draft):
    form = PublicationForm(version=draft)
    assert form.choice_hints["columns"]["7"] == "個人の情報の可能性があります（下で確認します）"
    assert form.fields["privacy_7"].label == "G列 担当者氏名を公開してよいですか"


@pytest.mark.parametrize("slug", ["mine", "review", "MINE", "taken"])
def test_addresses_that_are_in_use(draft, environment_section, kimura, slug):
    builders.make_dataset(department=environment_section, by=kimura, slug="taken")
    form = publication_form(draft, slug=slug)
    assert form.errors == {"slug": ["このアドレスは既に使われています。別の名前を入力してください。"]}


def test_a_column_that_is_not_there_cannot_be_ticked(draft):
    assert list(publication_form(draft, columns=["1", "99"]).errors) == ["columns"]


def test_the_address_is_fixed_once_published(published, later):
    assert PublicationForm(version=later).fields["slug"].disabled


def test_a_cell_keeps_its_spaces_and_its_kind_of_line_end():
    form = CellForm({"row": "2", "column": "1", "before": " a", "value": "a\r\nb "})
    assert form.is_valid()
    assert (form.cleaned_data["before"], form.cleaned_data["value"]) == (" a", "a\nb ")
