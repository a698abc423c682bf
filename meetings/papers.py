"""What there is of a meeting for the document system (retention/archive.py)."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.calendar import wareki
from foundation.documents import as_text
from foundation.files import hashed
from foundation.mail.models import Email
from meetings import in_writing, notices
from meetings.dates import label_of as label_of_mark, spoken
from meetings.file_kinds import NOT_IN_A_NAME
from meetings.models import (
    DatePoll,
    DateReply,
    Election,
    MaterialVersion,
    Meeting,
    Question,
    Reply,
    ReplyRevision,
    Survey,
)
from meetings.models.material import handouts, said_of
from meetings.survey.tally import file_rows
from members.filing import Paper, gone, label_of, name_of, table, text

# What is filled in as an email leaves, for its reader alone.
SECRET = re.compile(r"\[\[[a-z-]+:\d+\]\]")


def of_meeting(meeting: Meeting) -> Iterator[Paper]:
    yield table(_("会議の概要.csv"), _("会議の日時、場所、状態など"), [_("項目"), _("内容")], _facts(meeting))
    yield from _notices(meeting)
    yield table(
        _("03_議題/議題.csv"),
        _("議題と説明者"),
        [_("順番"), _("種類"), _("議題"), _("説明者")],
        (
            [item.order, item.get_kind_display(), item.title, name_of(item.presenter)]
            for item in meeting.items.select_related("presenter__user")
        ),
    )
    yield table(
        _("03_議題/課題.csv"),
        _("会議で出された課題"),
        [_("課題名"), _("提出期限の会議"), _("提出期限"), _("概要に載せる文"), _("詳細に載せる文")],
        (
            [each.title, each.due_meeting or "", each.due_at, each.summary_text, each.detail_text]
            for each in meeting.assignments.select_related("due_meeting__group")
        ),
    )
    if meeting.disposed_on:
        yield gone(_("04_会議録/会議の記録について.txt"), _("会議の記録"), meeting.disposed_on)
    else:
        yield from _records(meeting)
        yield from _materials(meeting)
    if hasattr(meeting, "survey"):
        yield from _replies(meeting)
    if hasattr(meeting, "date_poll"):
        yield _dates(meeting.date_poll)


def _facts(meeting: Meeting) -> Iterator[tuple[Any, Any]]:
    yield _("会議名"), meeting
    yield _("状態"), meeting.get_state_display()
    names = ["starts_at", "ends_at", "date_note", "held_from", "held_to", "building", "building_kana", "room"]
    for name in [*names, "theme", "announced_at"]:
        yield label_of(Meeting, name), getattr(meeting, name)
    yield label_of(Meeting, "method"), meeting.get_method_display()


def _notices(meeting: Meeting) -> Iterator[Paper]:
    """The call as a document, all that was sent, and of each kind of letter the text of the first."""
    if hasattr(meeting, "notice"):
        paper = as_text.render(notices.document(meeting, meeting.notice))
        yield text(_("01_通知/開催通知.txt"), _("開催通知の文面"), paper)
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
        body = SECRET.sub(_("（御本人専用のリンク又はコード）"), email.body)
        yield text(name, _("通知の本文（1通目）"), f"{email.subject}\n\n{body}")
    if not first and meeting.announced_at:
        yield text(
            _("01_通知/通知について.txt"), _("通知の所在"), _("通知のメールは、ポータルには残っていません。")
        )


def _roll(meeting: Meeting) -> Paper:
    return table(
        _("02_名簿/出席者名簿.csv"),
        _("当日の出欠の記録"),
        [_("氏名"), _("区分"), _("所属・職名"), _("出欠"), _("代理の方の氏名"), _("代理の方の職名"), _("在席")],
        (
            [
                line.name,
                meeting.group.category(line.category),
                line.title,
                line.get_mode_display(),
                line.substitute_name,
                line.substitute_title,
                line.was_there,
            ]
            for line in meeting.roll.all()
        ),
    )


def _records(meeting: Meeting) -> Iterator[Paper]:
    yield in_writing.as_paper(meeting) if meeting.is_written else _roll(meeting)
    yield table(
        _("04_会議録/互選.csv"),
        _("互選・了承の結果"),
        [
            _("役職"),
            _("選出された方"),
            _("選出の方法"),
            _("立候補者の数"),
            _("得票"),
            _("投票総数"),
            _("白票"),
            _("無効票"),
            _("決め方"),
            _("選出の根拠"),
        ],
        (_election(each) for each in meeting.elections.select_related("elected__user", "meeting__group")),
    )
    yield _record(meeting)
    yield _questions(meeting)


def _election(held: Election) -> list[Any]:
    votes = [
        f"{name_of(each.membership)} {each.votes}" for each in held.candidacies.select_related("membership__user")
    ]
    ballots = ["" if count is None else count for count in (held.cast, held.blank, held.invalid)]
    return [
        held.meeting.group.office(held.office),
        name_of(held.elected),
        held.get_method_display(),
        held.candidates,
        "、".join(votes),
        *ballots,
        held.rule,
        held.get_basis_display(),
    ]


def _replies(meeting: Meeting) -> Iterator[Paper]:
    """As the desk counts them, and each reply that there is, also of who is no longer asked."""
    if day := meeting.survey.replies_disposed_on:
        yield gone(_("06_回答/出欠の回答について.txt"), _("出欠の回答"), day)
        return
    header, *rows = file_rows(meeting)
    yield table(_("06_回答/出欠と質問.csv"), _("出欠の回答と事前の質問（名簿順）"), header, rows)
    yield _given(meeting.survey)
    yield _history(meeting.survey)
    yield _themes(meeting)


def _dates(poll: DatePoll) -> Paper:
    """Each answer that there is, also of who is no longer asked."""
    replies = poll.replies.select_related("membership__user", "entered_by").prefetch_related("choices")
    return table(
        _("06_回答/日程調整.csv"),
        _("候補日ごとの○△×"),
        [
            _("氏名"),
            *(spoken(option) for option in poll.days),
            label_of(DateReply, "comment"),
            _("入力した人"),
            _("回答日時"),
        ],
        (
            [
                name_of(reply.membership),
                *(label_of_mark(reply.marks.get(option.pk, "")) for option in poll.days),
                reply.comment,
                reply.entered_by,
                reply.answered_at,
            ]
            for reply in replies.order_by("membership_id")
        ),
    )


def _given(survey: Survey) -> Paper:
    names = ["arrival_note", "note", "written_opinion", "substitute_name", "substitute_title"]
    replies = survey.replies.standing().select_related("membership__user", "entered_by").order_by("membership_id")
    return table(
        _("06_回答/受け付けた回答.csv"),
        _("受け付けた全ての回答"),
        [
            _("氏名"),
            _("出欠"),
            *(label_of(Reply, name) for name in names),
            _("入力した人"),
            _("回答日時"),
            _("変更日時"),
        ],
        (
            [
                name_of(reply.membership),
                reply.get_mode_display(),
                *(getattr(reply, name) for name in names),
                reply.entered_by,
                reply.answered_at,
                reply.changed_at,
            ]
            for reply in replies
        ),
    )


def _history(survey: Survey) -> Paper:
    revisions = ReplyRevision.objects.filter(reply__survey=survey).order_by("reply_id", "number")
    return table(
        _("06_回答/回答の履歴.csv"),
        _("回答と変更の都度の内容"),
        [_("氏名"), _("版"), _("日時"), _("入力した人"), _("経路"), _("内容")],
        (
            [name_of(each.reply.membership), each.number, each.at, each.by, each.get_via_display(), _said(each)]
            for each in revisions.select_related("by", "reply__membership__user")
        ),
    )


def _said(revision: ReplyRevision) -> Any:
    return _("回答の取消し") if revision.is_withdrawal else revision.content


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
            for line in meeting.entries.standing().select_related("item")
        ),
    )


def _questions(meeting: Meeting) -> Paper:
    rows: list[list[Any]] = []
    people = ["asker__user", "addressee__user", "item", "routed_to__user", "routed_item", "agreed_by"]
    questions = meeting.questions.select_related(*people, "merged_into", "theme")
    for question in questions.prefetch_related("answers__answerer__user"):
        said = [
            question.get_channel_display(),
            question.get_state_display(),
            name_of(question.asker),
            name_of(question.addressee) or question.item or "",
            name_of(question.routed_to) or question.routed_item or "",
            question.text,
            question.merged_into or question.declined_reason,
            getattr(question, "theme", ""),
            _consent(question),
        ]
        answers = [[answer.text, name_of(answer.answerer)] for answer in question.answers.all()]
        rows += [[*said, *answer] for answer in answers or [["", ""]]]
    return table(
        _("04_会議録/質問と回答.csv"),
        _("質問と、それへの回答"),
        [
            _("受付"),
            _("状態"),
            _("質問者"),
            _("宛先"),
            _("変更後の宛先"),
            _("質問"),
            _("まとめた先の質問・見送った理由"),
            _("加えたテーマ"),
            _("掲載の了承"),
            _("回答"),
            _("回答者"),
        ],
        rows,
    )


def _materials(meeting: Meeting) -> Iterator[Paper]:
    """The files that people read at last, and of everything that was brought who brought it when."""
    rows = MaterialVersion.objects.filter(material__meeting=meeting)
    versions = list(rows.select_related("material__item", "made_by", "material__withdrawn_by"))
    if not versions:
        yield text(
            _("03_議題/資料について.txt"), _("資料の所在"), _("会議の資料は、ポータルには登録されていません。")
        )
        return
    shown = handouts(meeting)
    yield _listed(versions, {each.material_id: each.label for each in shown})
    yield from (_file_of(each) for each in shown if each.is_file)


def _file_of(version: MaterialVersion) -> Paper:
    title = version.material.title
    place = f"{version.label}_{NOT_IN_A_NAME.sub('_', title)}"
    if not hashed.is_whole(version.stored):
        said = _("ファイルが見つからないか、壊れているため、含めていません。")
        return text(_("03_議題/資料/%sについて.txt") % place, title, said)
    with version.file.open("rb") as file:
        name = _("03_議題/資料/%(place)s.%(extension)s") % {"place": place, "extension": version.extension}
        return Paper(name, _("会議資料：%s") % title, file.read())


def _listed(versions: list[MaterialVersion], labels: dict[int, str]) -> Paper:
    said = said_of(versions)
    return table(
        _("03_議題/資料.csv"),
        _("会議資料の一覧（前の版と取り下げたものを含む）"),
        [
            *(_("番号"), _("資料名"), _("議題"), _("見られる人")),
            *(_("版"), _("形式"), _("ファイル名又はアドレス"), _("大きさ（バイト）"), _("SHA-256")),
            *(_("登録した人"), _("登録日時"), _("取り下げた日時"), _("取り下げた人")),
            _("公開への同意"),
        ],
        (
            [
                labels.get(each.material_id, ""),
                each.material.title,
                each.material.item or "",
                each.material.get_audience_display(),
                each.number,
                each.get_kind_display(),
                each.name or each.url,
                each.size if each.is_file else "",
                each.sha256,
                *(each.made_by, each.made_at, each.material.withdrawn_at, each.material.withdrawn_by),
                said[each.pk].told if each.pk in said else "",
            ]
            for each in versions
        ),
    )


def _consent(question: Question) -> str:
    """By what it may be printed."""
    if question.agreed_at:
        named = {"at": wareki.datetime(timezone.localtime(question.agreed_at)), "by": question.agreed_by}
        return _("%(at)sに%(by)sが確認") % named
    return _("受付の画面で通知") if question.asker_told else ""


def _themes(meeting: Meeting) -> Paper:
    """Who wants what stands in the replies."""
    themes = meeting.themes.counted().select_related("proposed_in__membership__user", "merged_into", "question")
    return table(
        _("06_回答/テーマ.csv"),
        _("取り上げたいテーマの例と提案、希望した人数、採用"),
        [
            _("テーマ"),
            _("提案した方"),
            _("元になった質問"),
            _("まとめた先のテーマ"),
            _("希望した人数"),
            _("採用した日時"),
        ],
        (
            [
                theme.title,
                name_of(theme.proposed_in.membership) if theme.proposed_in else "",
                theme.question or "",
                theme.merged_into or "",
                theme.wished,
                theme.chosen_at,
            ]
            for theme in themes
        ),
    )
