from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from foundation.ui.fields import DayField
from foundation.ui.forms import PortalForm
from members.models import Department, User, WorkingGroup
from members.models.membership import LONGEST_AFFILIATION
from members.states import Category


@dataclass(frozen=True)
class Newcomer:
    """Somebody to be added, and the post that is known of them."""

    user: User
    department: Department | None
    affiliation: str
    job_title: str
    category: str
    is_namesake: bool

    @property
    def post(self) -> str:
        return f"{self.department or self.affiliation} {self.job_title}".strip()


@dataclass(frozen=True)
class NewcomerLine:
    newcomer: Newcomer
    category: BoundField
    affiliation: BoundField | None
    job_title: BoundField | None


class AddMembersForm(PortalForm):
    """One day for all; for each a category, and of who has no post in the town hall whence they come."""

    valid_from = DayField(
        label=_("開始日"),
        help_text=_("年度の初めから参加する方は4月1日にします。途中から参加する方は、その日にしてください。"),
    )

    submit_label = _("名簿に登録する")

    def __init__(self, *args: Any, group: WorkingGroup, newcomers: Sequence[Newcomer], **kwargs: Any) -> None:
        self.newcomers = newcomers
        super().__init__(*args, **kwargs)
        for newcomer in newcomers:
            self._ask_of(newcomer, group)

    def _ask_of(self, newcomer: Newcomer, group: WorkingGroup) -> None:
        key = newcomer.user.pk
        asked: dict[str, forms.Field] = {
            "category": forms.ChoiceField(label=_("区分"), choices=group.categories, initial=newcomer.category)
        }
        if not newcomer.department:
            asked["affiliation"] = forms.CharField(
                label=_("所属団体"), max_length=LONGEST_AFFILIATION, required=False, initial=newcomer.affiliation
            )
            asked["job_title"] = forms.CharField(
                label=_("職名"), max_length=50, required=False, initial=newcomer.job_title
            )
        for name, field in asked.items():
            label = f"{newcomer.user}：{field.label}"
            field.label = label
            field.widget.attrs["aria-label"] = label
            self.fields[f"{name}_{key}"] = field

    def lines(self) -> Iterator[NewcomerLine]:
        for newcomer in self.newcomers:
            key = newcomer.user.pk
            typed = not newcomer.department
            yield NewcomerLine(
                newcomer,
                category=self[f"category_{key}"],
                affiliation=self[f"affiliation_{key}"] if typed else None,
                job_title=self[f"job_title_{key}"] if typed else None,
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        people = [self._of(newcomer, cleaned) for newcomer in self.newcomers]
        return {"valid_from": cleaned.get("valid_from"), "people": people}

    def _of(self, newcomer: Newcomer, cleaned: dict[str, Any]) -> dict[str, Any]:
        key = newcomer.user.pk
        return {
            "user": newcomer.user,
            "department": newcomer.department,
            "category": cleaned.get(f"category_{key}", ""),
            "affiliation": cleaned.get(f"affiliation_{key}", ""),
            "job_title": cleaned.get(f"job_title_{key}", newcomer.job_title),
        }


def category_of(department: Department | None) -> str:
    """What is proposed: who has a post in the town hall is a member, who has none comes from outside."""
    return Category.MEMBER if department else Category.EXPERT
