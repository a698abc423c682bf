"""記入例: what earlier participants allowed stands beside the form, without a name; else three that we made up."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from foundation.actions import Actor
from members.actions import sheets
from members.states import Audience, SheetState
from tests import builders


@pytest.fixture
def before(town):
    """The group of the year before, under the same name."""
    return builders.make_group(slug="dx-before", fiscal_year=2025, name="DX推進部会")


@pytest.fixture
def example(before):
    membership = builders.make_membership(group=before, user=builders.make_user(family="前年", given="太郎"))
    sheet = builders.make_sheet(membership=membership, wants="去年の希望", is_example=True)
    builders.make_photo(sheet=sheet)
    return sheet


def page_of(client, group):
    return client.get(reverse("members:edit_sheet", args=[group.slug]))


def test_what_was_allowed_stands_beside_the_form_without_a_name(as_, sato, group, example):
    page = page_of(as_(sato), group)
    assert page.context["examples"] == [example]
    text = page.content.decode()
    assert ("去年の希望" in text, "前年" in text, "portrait" in text) == (True, False, False)


@pytest.mark.parametrize(
    "otherwise",
    [
        {"is_example": False},
        {"state": SheetState.SUBMITTED, "shown_at": None},
        {"audience": Audience.DESK},
    ],
)
def test_what_was_not_allowed_or_is_not_shown_is_no_example(as_, sato, group, example, otherwise):
    type(example).objects.update(**otherwise)
    page = page_of(as_(sato), group)
    assert (len(page.context["examples"]), page.context["are_theirs"]) == (3, False)
    assert ("去年の希望" in page.content.decode(), "架空の例" in page.content.decode()) == (False, True)


def test_of_several_years_it_is_the_nearest(as_, sato, group, example):
    builders.make_group(slug="dx-long-ago", fiscal_year=2024)
    newer = builders.make_group(slug="later", fiscal_year=2027)
    builders.make_sheet(membership=builders.make_membership(group=newer), is_example=True)
    assert page_of(as_(sato), group).context["examples"] == [example]


def test_the_desk_chooses_another_group(desk, as_, sato, group, example):
    """Of another name, and earlier; a later one is not offered."""
    other = builders.make_group(slug="koho", name="広報部会", fiscal_year=2024)
    builders.make_group(slug="later", fiscal_year=2027)
    theirs = builders.make_sheet(membership=builders.make_membership(group=other), wants="広報", is_example=True)
    address = reverse("members:set_sheet_rules", args=[group.slug])
    form = desk.get(address).context["form"]
    assert [str(label) for _value, label in form.fields["forerunner"].choices] == [
        "選択しない",
        "DX推進部会（令和7年度）",
        "広報部会（令和6年度）",
    ]
    desk.post(address, {"forerunner": other.pk, "sheets_lock_on": "", "seen": form["seen"].value()})
    assert page_of(as_(sato), group).context["examples"] == [theirs]


def test_a_group_that_the_desk_does_not_know_is_not_offered(desk, group):
    builders.make_group(slug="closed", name="閉じた部会", fiscal_year=2024, is_public=False)
    form = desk.get(reverse("members:set_sheet_rules", args=[group.slug])).context["form"]
    assert [str(label) for _value, label in form.fields["forerunner"].choices] == ["選択しない"]


def test_a_later_group_is_no_forerunner_however_it_is_sent(group, suzuki):
    later = builders.make_group(slug="later", fiscal_year=2026)
    with pytest.raises(ValidationError, match="前の年度の会議体"):
        sheets.set_sheet_rules(group=group, by=Actor(suzuki), seen=group.version, forerunner=later)
