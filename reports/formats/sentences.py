"""The sentences of a report that are made from facts, in the words of the house.

Each takes plain values and returns spans; what a person typed once (an assignment's wording, the outcome)
stands between the generated words as a span of its own.
"""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from foundation.calendar import wareki
from reports.formats.blocks import Span, generated, typed

Spans = tuple[Span, ...]
MISSING = generated("（未入力）")


class Plan(NamedTuple):
    """What the group is set up for: 今秋 / 見本市DX推進計画（仮称）, and what its people are called."""

    name: str
    season: str
    members: str
    experts: str


class Next(NamedTuple):
    """The next meeting as it was announced; either the day or a rough date is known, or neither."""

    number: int
    starts_at: dt.datetime | None = None
    date_note: str = ""


def people(label: str, present: int, online: int) -> Spans:
    """委員25名（うちオンライン参加1名）"""
    bracket = f"（うちオンライン参加{online}名）" if online else ""
    return (generated(f"{label}{present}名{bracket}"),)


def aim(plan: Plan) -> Spans:
    """今秋の「見本市DX推進計画（仮称）」の策定に向け、"""
    return (generated(f"{plan.season and plan.season + 'の'}「{plan.name}」の策定に向け、" if plan.name else ""),)


def founders(plan: Plan, *, members: int, experts: int) -> Spans:
    """庁内の若手職員26名に地域IT人材（外部有識者）3名を加えて"""
    joined = f"に{plan.experts}{experts}名を加えて" if experts else "で"
    return (generated(f"{plan.members}{members}名{joined}"),)


def place_in_series(number: int, planned: int) -> Spans:
    """全5回実施予定のうちの第1回; a meeting beyond the plan is no part of it."""
    series = f"全{planned}回実施予定のうちの" if number <= planned else ""
    return (generated(f"{series}第{number}回"),)


def turnout(present: int, online: int) -> Spans:
    """オンライン2名を含めた全28名の参加があり、"""
    if not present:
        return (generated("参加者はなく、"),)
    included = f"オンライン{online}名を含めた" if online else ""
    return (generated(f"{included}全{present}名の参加があり、"),)


def chaired(*, chair: str, why: str, acting: str) -> Spans:
    """会長が欠席のため、職務代理者の例示太郎氏が議長を務めた。 `why`: 欠席, 不在, or nothing."""
    reason = f"{chair}が{why}のため、" if why else ""
    return (generated(f"{reason}{acting}が議長を務めた。"),)


def answered(people: int, answered: int) -> Spans:
    """Of a meeting in writing, where 「…名の参加があり、」 stands else."""
    return (generated(f"書面により、{people}名中{answered}名の回答があり、"),)


def resolution(*, yes: int, no: int, other: int, carried: bool, by_chair: bool) -> Spans:
    abstained = f"、意見のみ{other}名" if other else ""
    how = "可否同数のため議長の決定により" if by_chair else ""
    return (generated(f"承認{yes}名、不承認{no}名{abstained}で、{how}{'可決' if carried else '否決'}"),)


def quorum_in_writing(*, people: int, answered: int, rule: str, needed: int) -> Spans:
    told = f"{people}名のうち{answered}名が書面により回答し、"
    reached = f"定足数（{rule}、{needed}名）に達した。" if needed else "成立した。"
    return (generated(told + reached),)


def quorum(*, people: str, present: int, rule: str, needed: int, is_met: bool) -> Spans:
    """12名のうち8名が出席し、定足数（過半数、7名）に達した。"""
    came = "達した" if is_met else "達しなかった"
    return (generated(f"{people}のうち{present}名が出席し、定足数（{rule}、{needed}名）に{came}。"),)


def due(upcoming: Next) -> Spans:
    """5月27日（木）第2回"""
    day = wareki.short_date(upcoming.starts_at) if upcoming.starts_at else upcoming.date_note
    day = f"{day}の" if day and not upcoming.starts_at else day
    return (generated(f"{day}第{upcoming.number}回"),)


def by_a_day(due: dt.datetime, words: str) -> Spans:
    """6月30日（水）までに、and what was asked for, at no meeting."""
    return (generated(f"{wareki.short_date(due)}までに、"), typed(words))


def heading(item: str, presenter: str) -> Spans:
    return (typed(item), generated(f"（{presenter}）")) if presenter else (typed(item),)


def intro_round(minutes_each: int | None, *, from_sheets: bool) -> Spans:
    basis = "事前提出を求めたシートに基づき、" if from_sheets else ""
    length = f"各{minutes_each}分程度で" if minutes_each else ""
    return (generated(f"{basis}{length}自己紹介"),)


class HowElected(NamedTuple):
    """How somebody was chosen: `way` is くじ, 無記名投票 …; `votes` pairs each candidate with their count."""

    way: str
    candidates: int = 0
    votes: Sequence[tuple[str, int]] = ()
    ballots: Sequence[tuple[str, int]] = ()
    rule: str = ""


def election(*, charter: str, office: str, elected: str, candidates: int, rule: str, by_charter: bool) -> Spans:
    """Agreed on by a rule: the eldest, or whoever stood."""
    chosen = f"{rule}の{elected}" if rule else elected
    settled = f"{charter}の定めにより{chosen}に決定" if by_charter else f"{chosen}で了承"
    return (generated(f"{charter}に基づき、互選により{office}を選出（{_stood(candidates)}、{settled}）"),)


def settled(*, charter: str, office: str, elected: str, how: HowElected, by_charter: bool) -> Spans:
    """指名推選 or くじ: no votes are counted."""
    basis = f"{charter}の定める" if by_charter else ""
    told = f"{_stood(how.candidates)}、{basis}{how.way}により{elected}に決定"
    return (generated(f"{charter}に基づき、互選により{office}を選出（{told}）"),)


def voted(*, charter: str, office: str, elected: str, how: HowElected) -> Spans:
    """挙手, 記名投票, 無記名投票: each count, and what decided between equals."""
    unit = "票" if how.ballots else "名"
    counts = [f"{name}{count}{unit}" for name, count in how.votes]
    counts += [f"{label}{count}票" for label, count in how.ballots if count]
    decided = f"同数のため{how.rule}により{elected}に決定" if how.rule else f"{elected}に決定"
    told = "、".join([f"候補者{len(how.votes)}名", *counts, decided])
    return (generated(f"{charter}に基づき、{how.way}による互選により{office}を選出（{told}）"),)


def _stood(candidates: int) -> str:
    return f"立候補者{candidates}名" if candidates else "立候補者なし"


def assignment(*, due_is_next: bool, due_number: int, detail: str) -> Spans:
    due = "次回" if due_is_next else f"第{due_number}回"
    return (generated(f"{due}までに、"), typed(detail))


def last_minutes(number: int, *, corrected: str) -> Spans:
    """`corrected` is what the meeting wanted to have put right."""
    if not corrected:
        return (generated(f"前回（第{number}回）の会議録を、修正なく確認"),)
    return generated(f"前回（第{number}回）の会議録を、次のとおり修正することとして確認："), typed(corrected)


def form_questions(number: int, *, to_members: bool, to_talks_of: Sequence[str]) -> Spans:
    """Name the boxes that the next form has: a promise, so only what is there is named."""
    boxes = ["各個人の自己紹介に対する質疑"] if to_members else []
    if to_talks_of:
        boxes.append(f"{'、'.join(to_talks_of)}の話題提供に対する質疑")
    listed = "、".join(boxes)
    return (generated(f"{listed}は、第{number}回出欠の入力フォームに欄を設けるので、あれば記入すること"),)


def form_themes(
    number: int, *, theme: str, method: str, examples: Sequence[str], middle: str, again: bool
) -> Spans:
    """`again`: the form was named in the line before."""
    plan = f"次回、第{number}回は{_undertaking(theme, method)}。"
    given = f"{'、'.join(examples)}を例に記載したが、" if examples else ""
    box = f"{'同じく' if again else ''}入力フォームに設ける欄に記入すること"
    wish = typed(middle) if middle else generated("ほかに取り上げたいテーマがあれば、")
    return generated(plan + given), wish, generated(box)


def _undertaking(theme: str, method: str) -> str:
    if theme and method:
        return f"「{theme}」として{method}をしたい"
    return f"「{theme}」を取り上げたい" if theme else f"{method}をしたい"
