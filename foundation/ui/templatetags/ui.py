"""The words of a page: components with names, shown at /components/ and told in docs/ui.md.

Registered as a template builtin, so that no page has to load it.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.translation import gettext, gettext_lazy as _, ngettext

from foundation.calendar import wareki as calendar
from foundation.db import clock
from foundation.ui.errors import summary_of
from foundation.ui.paging import KeyPage

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

register = template.Library()

T = TypeVar("T")

LEVELS = {
    "info": _("お知らせ"),
    "draft": _("下書き保存"),
    "success": _("完了"),
    "accepted": _("受付済み"),
    "warning": _("注意"),
    "error": _("エラー"),
}
# A whole number, as somebody outside dials it; an extension is none.
DIALLED = re.compile(r"(?<![\d-])(0(?:-?\d){9,10})(?![\d-])")
SOME_NUMBER = 2_147_483_647
# A state's colour; its word always stands beside it.
STATE_COLOURS = {
    "announced": "blue",
    "approved": "blue",
    "archived": "gray",
    "answered": "green",
    "bounced": "red",
    "cancelled": "gray",
    "declined": "gray",
    "done": "green",
    "draft": "gray",
    "failed": "red",
    "held": "green",
    "kept": "gray",
    "late": "red",
    "merged": "gray",
    "open": "blue",
    "pending": "orange",
    "published": "green",
    "returned": "orange",
    "review": "orange",
    "running": "blue",
    "shown": "green",
    "submitted": "blue",
    "unclear": "red",
    "waiting": "orange",
    "withdrawn": "gray",
    "withheld": "red",
}


def pairs(flat: Sequence[T]) -> list[tuple[T, T]]:
    """「日時」, x, 「場所」, y → (日時, x), (場所, y)."""
    return list(zip(flat[::2], flat[1::2], strict=False))


# Dates


@register.filter
def counted(number: int | Decimal | None) -> str:
    """{{ person.fee|counted }} → 17,500; of a part no more figures than it has."""
    return "" if number is None else f"{Decimal(number).normalize():,f}"


@register.filter
def wareki(day: dt.date | None) -> str:
    """{{ meeting.starts_at|wareki }} → 令和3年5月18日（火）"""
    return calendar.date(day) if day else ""


@register.filter
def wareki_time(moment: dt.datetime | None) -> str:
    """{{ form.closes_at|wareki_time }} → 令和3年5月24日（月） 午後5時"""
    return calendar.datetime(moment) if moment else ""


@register.filter
def wareki_range(start: dt.datetime | None, end: dt.datetime | None) -> str:
    """{{ meeting.starts_at|wareki_range:meeting.ends_at }} → 令和3年5月18日（火） 午後1時～3時15分"""
    if not (start and end):
        return wareki_time(start)
    return f"{calendar.date(start)} {calendar.time_range(start, end)}"


@register.filter
def short_date(day: dt.date) -> str:
    """{{ meeting.starts_at|short_date }} → 5月18日（火）"""
    return calendar.short_date(day)


@register.filter(is_safe=True)
def on_one_line(title: str) -> str:
    """{% filter on_one_line %}…{% endfilter %}: several lines of a template as one, without blanks at ｜."""
    parts = re.sub("[ \\t\\n]+", " ", title).split("｜")
    return "｜".join(part.strip(" ") for part in parts)


@register.filter
def unbroken(words: str) -> str:
    """{{ "令和3年5月18日（火） 午後1時～3時15分"|unbroken }}: a new line begins at a blank alone."""
    return format_html_join(" ", '<span class="nowrap">{}</span>', ((word,) for word in words.split()))


@register.filter
def ruby(parts: Iterable[tuple[str, str]]) -> str:
    """{{ meeting.place_parts|ruby }}: words, each with how it is read above it where that is known."""
    return format_html_join(" ", "{}", ((_with_ruby(words, reading),) for words, reading in parts))


def _with_ruby(words: str, reading: str) -> str:
    if not reading:
        return words
    return format_html("<ruby>{}<rp>（</rp><rt>{}</rt><rp>）</rp></ruby>", words, reading)


def days_left(moment: dt.datetime, now: dt.datetime) -> str:
    if moment <= now:
        return gettext("期限を過ぎました")
    days = (timezone.localdate(moment) - timezone.localdate(now)).days
    return gettext("あと%(days)s日") % {"days": days} if days else gettext("本日まで")


@register.simple_tag
def deadline(moment: dt.datetime | None) -> str:
    """令和3年7月6日（火） 午後5時（あと3日）"""
    if moment is None:
        return gettext("未定")
    now = clock.now()
    shown = moment.replace(microsecond=0)
    context = {"moment": shown, "left": days_left(moment, now), "over": moment <= now}
    return render_to_string("_components/deadline.html", context)


# Things said


@register.simple_block_tag
def notice(content: str, level: str = "info", title: "StrOrPromise" = "") -> str:
    context = {"content": content, "level": level, "word": LEVELS[level], "title": title}
    return render_to_string("_components/notice.html", context)


@register.simple_block_tag
def empty_state(content: str, title: "StrOrPromise") -> str:
    """What stands where a list would be: why there is nothing, and what to do. (`empty` belongs to `for`.)"""
    return render_to_string("_components/empty_state.html", {"content": content, "title": title})


@register.simple_tag
def long_text(value: str, most: int = 200) -> str:
    """A value of unknown length: what is longer is shown in part, and opens whole on 全文."""
    value = str(value)
    if len(value) <= most:
        return conditional_escape(value)
    return render_to_string("_components/long_text.html", {"value": value, "beginning": value[:most]})


@register.simple_tag
def chip(text: "StrOrPromise", colour: str = "gray") -> str:
    """A list shows one in each row, so it is no template of its own."""
    return format_html('<span class="chip" data-colour="{}">{}</span>', colour, text)


@register.simple_tag
def state(thing: Any, words: "StrOrPromise" = "") -> str:
    """{% state meeting %}, or {% state value words %} where the state has another name."""
    if hasattr(thing, "get_state_display"):
        return chip(words or thing.get_state_display(), STATE_COLOURS.get(thing.state, "gray"))
    return chip(words or thing.label, STATE_COLOURS.get(str(thing), "gray"))


@register.simple_tag
def error_summary(*forms: object) -> str:
    """Every error of the page above its h1, each a link to its field. Silent where nothing is wrong."""
    bound = [form for form in forms if isinstance(form, BaseForm | BaseFormSet)]
    items = [item for form in bound for item in summary_of(form)]
    if not items:
        return ""
    title = ngettext("入力内容に%(count)s件の誤りがあります", "入力内容に%(count)s件の誤りがあります", len(items))
    context = {
        "items": items,
        "title": title % {"count": len(items)},
        "files": any(form.is_multipart() for form in bound),
    }
    return render_to_string("dads/layout/error_summary.html", context)


@register.filter
def dial(text: object) -> str:
    """{{ phone|dial }}: 0000-00-0000（代表） 内線 2345, the whole numbers in it being links that a phone dials."""
    link = '<a class="nowrap" href="tel:{}">{}</a>'
    pieces = enumerate(DIALLED.split(str(text)))
    whole = (format_html(link, piece.replace("-", ""), piece) if at % 2 else piece for at, piece in pieces)
    return format_html_join("", "{}", ((piece,) for piece in whole))


# Where one is


@register.simple_tag
def breadcrumb(*labels_and_urls: "StrOrPromise") -> str:
    """{% breadcrumb "部会" group_url "第2回" %}: label, url, …, the page itself last and without url."""
    context = {"crumbs": pairs(labels_and_urls[:-1]), "here": labels_and_urls[-1]}
    return render_to_string("_components/breadcrumb.html", context)


@register.simple_tag
def steps(current: int | str, *labels: "StrOrPromise", done: int | str = "") -> str:
    """{% steps 2 "日時を決める" "内容を確認する" "送信する" %}; `done` where not all before it are."""
    last = int(current) - 1 if done == "" else int(done)
    return render_to_string("_components/steps.html", {"current": int(current), "labels": labels, "done": last})


@register.simple_tag(takes_context=True)
def pager(context: Context, page: Page[Any] | KeyPage[Any]) -> str:
    if isinstance(page, KeyPage):
        ways = {"previous": page.previous, "following": page.following}
        return render_to_string("_components/pager.html", ways) if any(ways.values()) else ""
    if not page.has_other_pages():
        return ""
    query = context["request"].GET.copy()

    def link(number: int) -> str:
        query["page"] = number
        return f"?{query.urlencode()}"

    previous = link(page.previous_page_number()) if page.has_previous() else ""
    following = link(page.next_page_number()) if page.has_next() else ""
    values = {"page": page, "previous": previous, "following": following}
    return render_to_string("_components/pager.html", values)


@register.simple_tag
def urls_of_each(name: str, *args: object) -> tuple[str, str]:
    """{% urls_of_each "meetings:enter_reply" slug number as urls %}: a page of each row, looked up once for all.

    {{ urls|of_each:row.key }} is that of one, by its number.
    """
    before, _number, after = reverse(name, args=[*args, SOME_NUMBER]).rpartition(str(SOME_NUMBER))
    return before, after


@register.filter
def of_each(urls: tuple[str, str], key: int | str) -> str:
    return str(key).join(urls)


# Facts and figures


@register.simple_block_tag
def facts(content: str) -> str:
    """A description list of {% fact %}s; of none at all there is no list."""
    return render_to_string("_components/facts.html", {"content": content}) if content.strip() else ""


@register.simple_tag
def fact(label: object, value: object) -> str:
    """{% fact "日時" meeting.starts_at|wareki_time %} inside {% facts %}; an empty value is left out."""
    if value in (None, ""):
        return ""
    return render_to_string("_components/fact.html", {"label": label, "value": value})


@register.simple_block_tag
def figures(content: str) -> str:
    return render_to_string("_components/figures.html", {"content": content})


@register.simple_tag
def figure(label: "StrOrPromise", number: int, unit: "StrOrPromise" = "", of: int | None = None) -> str:
    """One big number inside {% figures %}; with `of` also a bar of its share."""
    bar = '<meter min="0" max="{}" value="{}" aria-label="{}">{} / {}</meter>'
    return format_html(
        '<div class="figure">\n<dt>{}</dt>\n<dd><span class="figure__number">{}</span>{}\n{}</dd>\n</div>\n',
        label,
        number,
        unit,
        "" if of is None else format_html(bar, of, number, label, number, of),
    )


@register.simple_block_tag
def table(
    content: str,
    caption: "StrOrPromise",
    cards: bool = False,
    dense: bool = False,
    hide_caption: bool = False,
) -> str:
    """{% table "回答状況" %}<thead>…<tbody>…{% endtable %}, in a region of its own that scrolls by keyboard.

    `cards`: on a phone each row becomes a card; give each cell a data-label.
    """
    context = {
        "content": content,
        "caption": caption,
        "cards": cards,
        "dense": dense,
        "hide_caption": hide_caption,
    }
    return render_to_string("_components/table.html", context)


# Actions


@register.simple_block_tag(takes_context=True)
def confirm(
    context: Context, content: str, label: "StrOrPromise", cancel_url: str = "", danger: bool = False
) -> str:
    """The end of a check page: what will happen, one button that does it, a way back."""
    values = {"content": content, "label": label, "cancel_url": cancel_url, "danger": danger}
    return render_to_string("_components/confirm.html", values | {"csrf_token": context.get("csrf_token")})


@register.simple_tag(takes_context=True)
def post_button(
    context: Context, label: "StrOrPromise", url: str, kind: str = "outline", about: object = "", **fields: Any
) -> str:
    """{% post_button "会場" url about=member mode="venue" %}: an action by one press; `about` is read aloud."""
    hidden = format_html_join("", '<input type="hidden" name="{}" value="{}">', fields.items())
    token = context.get("csrf_token") or ""
    return format_html(
        '<form class="post-button" method="post" action="{}">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">{}'
        '<button class="dads-button" type="submit" data-type="{}" data-size="sm">{}{}</button></form>',
        url,
        token,
        hidden,
        kind,
        label,
        format_html('<span class="visually-hidden">（{}）</span>', about) if about else "",
    )
