# ruff: noqa: E501 - HTML is compared as it is, unbroken
import datetime as dt
from decimal import Decimal

import pytest
from django.core.paginator import Paginator
from django.db import models

from foundation.calendar.wareki import TOKYO
from foundation.ui.paging import KeyPage
from foundation.ui.templatetags.ui import days_left, on_one_line
from tests.foundation.ui.html import rendered, tidy

pytestmark = pytest.mark.urls("tests.foundation.ui.urls")

NOON = dt.datetime(2021, 7, 3, 12, 0, tzinfo=TOKYO)


def tokyo(*parts):
    return dt.datetime(*parts, tzinfo=TOKYO)


# Dates


def test_days_are_written_as_the_office_writes_them():
    start, end = tokyo(2021, 5, 18, 13, 0), tokyo(2021, 5, 18, 15, 15)
    assert rendered("{{ day|wareki }}", day=start.date()) == "令和3年5月18日（火）"
    assert rendered("{{ at|wareki_time }}", at=start) == "令和3年5月18日（火） 午後1時"
    assert rendered("{{ a|wareki_range:b }}", a=start, b=end) == "令和3年5月18日（火） 午後1時～3時15分"


def test_a_day_that_is_open_is_left_out():
    source = "[{{ day|wareki }}{{ day|wareki_time }}{{ day|wareki_range:day }}]"
    assert rendered(source, day=None) == "[]"


@pytest.mark.parametrize(
    ("moment", "left"),
    [
        (tokyo(2021, 7, 6, 17, 0), "あと3日"),
        (tokyo(2021, 7, 4, 0, 0), "あと1日"),
        (tokyo(2021, 7, 3, 12, 1), "本日まで"),
        (tokyo(2021, 7, 3, 12, 0), "期限を過ぎました"),
    ],
)
def test_a_deadline_says_how_long_there_is(moment, left):
    assert days_left(moment, now=NOON) == left


@pytest.mark.django_db
def test_a_deadline_is_a_moment_and_what_is_left_of_it():
    assert rendered("{% deadline moment %}", moment=NOON) == (
        '<span class="deadline" data-over><time datetime="2021-07-03T12:00:00+09:00">令和3年7月3日（土） 正午</time>'
        '<span class="deadline__left">（期限を過ぎました）</span></span>'
    )


@pytest.mark.django_db
def test_a_deadline_s_moment_is_told_to_machines_in_whole_seconds():
    """HTML's datetime knows at most thousandths; the database knows millionths."""
    html = rendered("{% deadline moment %}", moment=NOON.replace(microsecond=123456))
    assert 'datetime="2021-07-03T12:00:00+09:00"' in html


def test_a_deadline_may_be_open():
    assert rendered("{% deadline moment %}", moment=None) == "未定"


# Things said


def test_a_notice_says_its_level_in_words():
    html = rendered(
        '{% notice level="warning" title="この日は祝日です" %}<p>確認してください。</p>{% endnotice %}'
    )
    assert html == tidy("""
        <div class="notice" data-level="warning">
        <p class="notice__title"><span class="notice__word">注意</span>この日は祝日です</p>
        <div class="notice__body"><p>確認してください。</p></div>
        </div>
    """)


def test_a_long_value_is_shown_in_part_and_opens_whole():
    assert rendered("{% long_text v 5 %}", v="<b>12") == "&lt;b&gt;12"
    assert rendered("{% long_text v 5 %}", v="<b>123") == tidy("""
        <details class="long-text">
        <summary>&lt;b&gt;12… <span class="soft">全文</span></summary>
        &lt;b&gt;123
        </details>
    """)


def test_what_people_typed_is_never_markup():
    source = (
        "{% notice title=text %}{{ text }}{% endnotice %}{% chip text %}{% facts %}{% fact text text %}{% endfacts %}"
        "{% breadcrumb text %}{% empty_state text %}{% endempty_state %}{% steps 1 text %}"
        "{% table text %}{% endtable %}{% figures %}{% figure text 1 text %}{% endfigures %}"
        "{% confirm text %}{% endconfirm %}{% post_button text text about=text value=text %}"
    )
    assert "<b>" not in rendered(source, text="<b>")


class State(models.TextChoices):
    DRAFT = "draft", "準備中"
    HELD = "held", "開催済み"


class Meeting:
    state = "held"

    def get_state_display(self):
        return "開催済み"


@pytest.mark.parametrize(
    ("source", "colour", "words"),
    [
        ("{% state meeting %}", "green", "開催済み"),
        ("{% state draft %}", "gray", "準備中"),
        ('{% state "late" "期限後" %}', "red", "期限後"),
        ('{% state "unheard-of" "その他" %}', "gray", "その他"),
    ],
)
def test_a_state_has_a_colour_and_always_its_word(source, colour, words):
    html = rendered(source, meeting=Meeting(), draft=State.DRAFT)
    assert html == f'<span class="chip" data-colour="{colour}">{words}</span>'


# Where one is


def test_the_breadcrumb_begins_at_home_and_ends_here():
    assert rendered('{% breadcrumb "部会" "/groups/dx/" "第2回" %}') == tidy("""
        <nav class="breadcrumb" aria-label="現在の場所">
        <ol>
        <li><a href="/">ホーム</a></li>
        <li><a href="/groups/dx/">部会</a></li>
        <li aria-current="page">第2回</li>
        </ol>
        </nav>
    """)


def test_steps_say_how_far_one_is():
    assert rendered('{% steps 2 "日時" "内容" %}') == tidy("""
        <ol class="steps" aria-label="全2ステップ中、2ステップ目">
        <li data-done><span class="steps__number">1</span>日時<span class="visually-hidden">（済み）</span></li>
        <li aria-current="step"><span class="steps__number">2</span>内容</li>
        </ol>
    """)


def test_the_pager_keeps_what_was_searched_for(rf):
    request = rf.get("/data/", {"q": "公園", "page": "2"})
    html = rendered("{% pager page %}", page=Paginator(range(7), 3).page(2), request=request)
    assert html == tidy("""
        <nav class="pager" aria-label="ページ">
        <a class="dads-button" data-type="outline" data-size="sm" rel="prev" href="?q=%E5%85%AC%E5%9C%92&amp;page=1">前へ</a>
        <span>3ページ中2ページ目</span>
        <a class="dads-button" data-type="outline" data-size="sm" rel="next" href="?q=%E5%85%AC%E5%9C%92&amp;page=3">次へ</a>
        </nav>
    """)


def test_one_page_needs_no_pager(rf):
    assert rendered("{% pager page %}", page=Paginator(range(3), 3).page(1), request=rf.get("/")) == ""


# Facts and figures


def test_facts_leave_out_what_is_empty():
    rows = '{% fact "日時" "7月13日" %}{% fact "場所" "" %}{% fact "議題" nothing %}{% fact "件数" 0 %}'
    assert rendered(f"{{% facts %}}{rows}{{% endfacts %}}", nothing=None) == tidy("""
        <dl class="facts">
        <div><dt>日時</dt><dd class="short">7月13日</dd></div>
        <div><dt>件数</dt><dd class="short">0</dd></div>
        </dl>
    """)


def test_no_facts_make_no_list():
    assert rendered('{% facts %}\n{% fact "場所" "" %}\n{% endfacts %}') == ""


def test_a_figure_shows_its_share_where_there_is_one():
    assert rendered(
        '{% figures %}{% figure "会場" 14 "名" of=28 %}{% figure "欠席" 2 "名" %}{% endfigures %}'
    ) == tidy("""
        <dl class="figures"><div class="figure"><dt>会場</dt><dd><span class="figure__number">14</span>名<meter min="0" max="28" value="14" aria-label="会場">14 / 28</meter></dd></div>
        <div class="figure"><dt>欠席</dt><dd><span class="figure__number">2</span>名</dd></div>
        </dl>
    """)


def test_a_table_scrolls_in_a_region_that_the_keyboard_reaches():
    assert rendered('{% table "回答状況" cards=True %}<tbody></tbody>{% endtable %}') == tidy("""
        <div class="table-region" role="region" aria-label="回答状況" tabindex="0">
        <table class="table" data-cards>
        <caption>回答状況</caption>
        <tbody></tbody></table>
        </div>
    """)


# Actions


def test_a_check_page_ends_with_one_button_and_a_way_back():
    source = '{% confirm "28名に送信する" cancel_url="/back/" %}<p>取り消せません。</p>{% endconfirm %}'
    assert rendered(source, csrf_token="token") == tidy("""
        <form class="confirm" method="post">
        <input type="hidden" name="csrfmiddlewaretoken" value="token">
        <p>取り消せません。</p>
        <div class="dads-actions">
        <button class="dads-button" type="submit" data-type="solid-fill">28名に送信する</button>
        <a class="dads-button" data-type="text" href="/back/">やめて戻る</a>
        </div>
        </form>
    """)


def test_where_no_token_is_known_none_is_made_up():
    assert 'name="csrfmiddlewaretoken" value="">' in rendered('{% post_button "会場" "/roll/" %}')


def test_a_action_in_one_press_is_a_post_that_says_whom_it_is_about():
    html = rendered('{% post_button "会場" "/roll/" about="見本 一郎" mode="venue" %}', csrf_token="token")
    assert html == tidy("""
        <form class="post-button" method="post" action="/roll/">
        <input type="hidden" name="csrfmiddlewaretoken" value="token"><input type="hidden" name="mode" value="venue">
        <button class="dads-button" type="submit" data-type="outline" data-size="sm">
        会場<span class="visually-hidden">（見本 一郎）</span>
        </button>
        </form>
    """)


def test_a_span_without_its_end_is_its_beginning():
    start = tokyo(2021, 5, 18, 13, 0)
    assert rendered("{{ a|wareki_range:b }}", a=start, b=None) == "令和3年5月18日（火） 午後1時"
    assert rendered("{{ a|wareki_range:b }}", a=None, b=start) == ""


def test_a_list_read_by_its_key_has_a_pager_where_there_is_more():
    pages = [KeyPage([], previous="", following=""), KeyPage([], previous="?before=1", following="?after=2")]
    found = [rendered("{% pager page %}", page=page) for page in pages]
    assert [("?before=1" in html, "?after=2" in html) for html in found] == [(False, False), (True, True)]
    assert found[0].strip() == ""


def test_figures_are_read_in_groups_and_a_part_has_no_more_than_it_says():
    numbers = [17500, 0, Decimal("2.50"), Decimal(10), None]
    assert [rendered("{{ n|counted }}", n=number) for number in numbers] == ["17,500", "0", "2.5", "10", ""]


def test_a_title_that_a_template_writes_over_lines_is_one_line():
    assert (
        on_one_line("エラー：\n第1回 結果報告\n｜\n　見本市 ポータル\n")
        == "エラー： 第1回 結果報告｜　見本市 ポータル"
    )
