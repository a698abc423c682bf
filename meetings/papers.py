"""What there is of a meeting for the document system (members/papers.py)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from foundation.calendar import wareki
from foundation.mail.models import Email
from meetings.models import Meeting
from meetings.survey.tally import csv_rows, tally
from members.papers import Paper, name_of, table, text


def of_meeting(meeting: Meeting) -> Iterator[Paper]:
    yield from _notices(meeting)
    if meeting.disposed_on:
        yield _gone(_("04_会議録/会議の記録について.txt"), _("会議の記録"), meeting.disposed_on)
        return
    yield table(
        _("02_名簿/出席者名簿.csv"),
        _("当日の出欠の記録"),
        [_("氏名"), _("区分"), _("所属・職名"), _("出欠"), _("代理の方の氏名"), _("代理の方の職名")],
        (
            [
                line.name,
                line.get_category_display(),
                line.title,
                line.get_mode_display(),
                line.substitute_name,
                line.substitute_title,
            ]
            for line in meeting.roll.all()
        ),
    )
    yield table(
        _("03_議題/議題.csv"),
        _("議題と説明者"),
        [_("順番"), _("種類"), _("議題"), _("説明者")],
        (
            [item.order, item.get_kind_display(), item.title, name_of(item.presenter)]
            for item in meeting.items.select_related("presenter__user")
        ),
    )
    yield _record(meeting)
    yield _questions(meeting)
    if hasattr(meeting, "survey"):
        yield _replies(meeting)


def _notices(meeting: Meeting) -> Iterator[Paper]:
    """All that was sent, and of each kind of letter the text of the first."""
    emails = Email.objects.about(rf"^meetings:\w+:{meeting.pk}:").select_related("job", "to").order_by("id")
    yield table(
        _("01_通知/送信した通知.csv"),
        _("通知の宛先、件名と送信の結果"),
        [_("件名"), _("宛先の方"), _("宛先"), _("送信日時"), _("結果")],
        ([email.subject, email.to, email.to_address, email.sent_at, email.state.label] for email in emails),
    )
    first: dict[str, Email] = {}
    for email in emails:
        first.setdefault(email.job.key.split(":")[1], email)
    for number, email in enumerate(first.values(), start=1):
        name = _("01_通知/本文%s.txt") % number
        yield text(name, _("通知の本文（1通目）"), f"{email.subject}\n\n{email.body}")


def _replies(meeting: Meeting) -> Paper:
    if day := meeting.survey.replies_disposed_on:
        return _gone(_("06_回答/出欠の回答について.txt"), _("出欠の回答"), day)
    header, *rows = csv_rows(tally(meeting))
    return table(_("06_回答/出欠と質問.csv"), _("出欠の回答と事前の質問"), header, rows)


def _gone(name: str, what: str, day: date) -> Paper:
    said = _("%(what)sは、保存期間が満了したため、%(day)sに廃棄しました。")
    return text(name, what, said % {"what": what, "day": wareki.date(day)})


def _record(meeting: Meeting) -> Paper:
    return table(
        _("04_会議録/会議の記録.csv"),
        _("会議の記録として入力した行"),
        [_("場所"), _("議題"), _("印"), _("記録"), _("置き換えた文"), _("置き換えた理由"), _("非公開の理由")],
        (
            [
                line.get_section_display(),
                line.item or "",
                line.get_point_display(),
                line.text or line.get_origin_display(),
                line.override,
                line.override_reason,
                line.withheld_reason,
            ]
            for line in meeting.entries.select_related("item")
        ),
    )


def _questions(meeting: Meeting) -> Paper:
    rows: list[list[Any]] = []
    questions = meeting.questions.select_related("asker__user", "addressee__user", "item")
    for question in questions.prefetch_related("answers__answerer__user"):
        said = [
            question.get_channel_display(),
            question.get_state_display(),
            name_of(question.asker),
            name_of(question.addressee) or question.item or "",
            question.text,
        ]
        answers = [[answer.text, name_of(answer.answerer)] for answer in question.answers.all()]
        rows += [[*said, *answer] for answer in answers or [["", ""]]]
    return table(
        _("04_会議録/質問と回答.csv"),
        _("質問と、それへの回答"),
        [_("受付"), _("状態"), _("質問者"), _("宛先"), _("質問"), _("回答"), _("回答者")],
        rows,
    )
