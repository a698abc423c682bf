"""From one year to the next: rights that end, who is told, and the body that follows."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.forms.models import model_to_dict
from django.urls import reverse
from django.utils import timezone

from foundation.actions import Actor
from foundation.calendar import wareki
from foundation.mail.models import Email
from members.actions import groups
from members.forms.groups import GrantForm, GroupForm, next_slug
from members.models import WorkingGroup
from members.states import Channel
from members.todo import todo
from tests import builders

ADDED = {"valid_from": "2026-04-01", "valid_to": "2099-03-31"}


def url(name, *args):
    return reverse(f"members:{name}", args=args)


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


# The right to run a desk


def test_a_right_is_proposed_until_the_end_of_the_year(group):
    form = GrantForm(group=group)
    year = max(group.fiscal_year, wareki.year_of_april(timezone.localdate()))
    assert form["valid_to"].value() == date(year + 1, 3, 31)


def test_a_right_in_next_years_group_is_proposed_until_the_end_of_that_year(town):
    group = builders.make_group(fiscal_year=2098)
    assert GrantForm(group=group)["valid_to"].value() == date(2099, 3, 31)


def test_who_gets_the_right_is_told_what_where_and_until_when(office, group, kimura):
    office.post(url("grant_desk", group.slug, kimura.pk), ADDED)
    email = Email.objects.get()
    assert (email.to, email.subject) == (kimura, "【DX推進部会】事務局の担当者に登録されました")
    for said in (
        "令和8年4月1日（水）から",
        "部会長などの役職",
        url("desk_members", group.slug),
        "kimura@example.jp",
    ):
        assert said in email.body
    assert "提出されたデータの確認" not in email.body


def test_a_named_reviewer_is_told_so(office, group, kimura):
    office.post(url("grant_desk", group.slug, kimura.pk), ADDED | {"reviews_data": "on"})
    assert "提出されたデータの確認" in Email.objects.get().body


def test_whom_no_mail_reaches_is_told_by_the_administrator(office, group, kimura):
    kimura.channel = Channel.PAPER
    kimura.save()
    page = office.post(url("grant_desk", group.slug, kimura.pk), ADDED, follow=True)
    assert "直接お知らせください" in page.content.decode()
    assert not Email.objects.exists()


def told(abe):
    return [(entry.text, entry.note) for entry in todo(abe)]


def test_administrators_are_told_before_a_desk_has_fewer_than_two(abe, group, suzuki, kimura):
    builders.make_grant(group=group, user=kimura, valid_to=in_days(29))
    assert told(abe) == [
        (
            "DX推進部会の事務局の担当者を、権限が終わる前に登録する",
            "30日以内に権限が終わる方がいて、その後の担当者は1名です。",
        )
    ]


@pytest.mark.parametrize("days", [30, 400])
def test_a_right_that_ends_later_is_not_told_of(abe, group, suzuki, kimura, days):
    builders.make_grant(group=group, user=kimura, valid_to=in_days(days))
    assert told(abe) == []


def test_a_right_that_ends_is_not_told_of_where_two_remain(abe, group, suzuki, kimura, sato):
    builders.make_grant(group=group, user=kimura, valid_to=in_days(5))
    builders.make_grant(group=group, user=sato)
    assert told(abe) == []


# Next year's group


@pytest.mark.parametrize(
    ("slug", "following"), [("dx-r8", "dx-r9"), ("dx-r9", "dx-r10"), ("dx-2026", "dx-2027"), ("dx", "dx-2")]
)
def test_an_address_for_next_year_is_proposed(slug, following):
    assert next_slug(slug) == following


def test_next_years_group_has_the_same_words_rules_and_texts_and_no_people(office, group, member, suzuki):
    group.chair_word, group.purpose_text, group.substitutes_allowed = "会長", "出欠の確認", True
    group.save()
    address = url("add_next_group", group.slug)
    form = office.get(address).context["form"]
    held = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in held.items() if value not in (None, False)}
    assert office.post(address, sent | {"slug": "dx-next"}).status_code == 302
    following = WorkingGroup.objects.get(slug="dx-next")
    assert (following.fiscal_year, following.predecessor) == (group.fiscal_year + 1, group)
    same = [name for name in GroupForm._meta.fields if name not in {"slug", "fiscal_year"}]
    assert model_to_dict(following, same) == model_to_dict(group, same)
    assert (following.memberships.count(), following.desk_grants.count()) == (0, 0)


def test_a_section_that_was_reorganised_is_replaced_by_what_followed_it(office, group, planning_section):
    old = builders.make_department(name="情報課", valid_to=date(2021, 3, 31), successor=planning_section)
    group.contact_department = old
    group.save()
    form = office.get(url("add_next_group", group.slug)).context["form"]
    assert form.initial["contact_department"] == planning_section


def test_a_year_is_followed_once(office, group, abe):
    following = builders.make_group(slug="dx-next", predecessor=group, fiscal_year=2027)
    page = office.get(url("add_next_group", group.slug)).content.decode()
    assert "翌年度の会議体は、既に作成されています" in page
    assert url("manage_group", following.slug) in page
    with pytest.raises(ValidationError, match="既に作成されています"):
        groups.add_next_group(predecessor=group, by=Actor(abe))


def test_the_years_of_a_group_lead_to_each_other(office, group):
    following = builders.make_group(slug="dx-next", predecessor=group, fiscal_year=2027)
    pages = [office.get(url("manage_group", one.slug)).content.decode() for one in (group, following)]
    assert [
        url("manage_group", other.slug) in page for other, page in zip((following, group), pages, strict=True)
    ] == [
        True,
        True,
    ]
