"""The editor of the record: several lines at once, in place, and everything taken back in one press."""

import pytest
from django.urls import reverse

from foundation.actions import Actor, Conflict
from meetings.actions import record
from meetings.actions.agenda import remove_item
from meetings.models import RecordEntry
from meetings.record_lines import rows_of
from meetings.states import ItemKind, Origin, Point, RecordPlace
from tests import builders

PASTED = "○一つ目の発言\r\n→それへの応答\r\n○二つ目の発言"


@pytest.fixture
def meeting(group, suzuki):
    meeting = builders.make_meeting(group=group)
    builders.make_item(meeting=meeting, kind=ItemKind.DISCUSSION, title="意見交換")
    return meeting


@pytest.fixture
def desk(as_, suzuki):
    return as_(suzuki)


def url(meeting, name="record", *args):
    return reverse(f"meetings:{name}", args=[meeting.group.slug, meeting.number, *args])


def typed(text, place="notices", point=Point.POINT, origin=Origin.TYPED):
    return {f"{place}-text": text, f"{place}-point": point, f"{place}-origin": origin, "place": place}


def lines_of(meeting):
    return [f"{line.point} {line.text}" for line in meeting.entries.standing()]


# How lines are read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (PASTED, ["point 一つ目の発言", "reply それへの応答", "point 二つ目の発言"]),
        ("　◯ 全角\n  ->半角\n－＞全角\n⇒ 別の矢印", ["point 全角", "reply 半角", "reply 全角", "reply 別の矢印"]),
        ("o\tWordの行\n\uf0b7\tWordの記号\n•\t丸", ["point Wordの行", "point Wordの記号", "plain ・丸"]),
        ("・一つ\n･二つ\n- 三つ", ["point 一つ", "point 二つ", "point 三つ"]),
        ("○ 項目\n・ 内訳\n印のない行", ["point 項目", "plain ・内訳", "plain 印のない行"]),
        ("○○課の説明\n〇×で答えた", ["reply ○○課の説明", "reply 〇×で答えた"]),
        ("○\n次の行が言葉", ["point 次の行が言葉"]),
        ("印のない\n\n二行", ["reply 印のない", "reply 二行"]),
        (" \n\u3000\n○", []),
    ],
)
def test_each_line_is_read_with_its_mark(text, read):
    assert [f"{row.point} {row.text}" for row in rows_of(text, "reply")] == read


# Adding


def test_pasted_lines_become_rows_and_are_taken_back_in_one_press(meeting, desk):
    added = desk.post(url(meeting), typed(PASTED))
    assert lines_of(meeting) == ["point 一つ目の発言", "reply それへの応答", "point 二つ目の発言"]
    page = desk.get(added.url).content.decode()
    first, last = meeting.entries.first().pk, meeting.entries.last().pk
    assert f'name="added" value="{first}-{last}"' in page
    desk.post(url(meeting, "take_back_entries"), {"added": f"{first}-{last}", "place": "notices"})
    assert (lines_of(meeting), meeting.entries.removed().count()) == ([], 3)


def test_lines_on_which_somebody_worked_since_are_not_taken_back_at_once(meeting, desk, suzuki):
    desk.post(url(meeting), typed(PASTED))
    lines = list(meeting.entries.all())
    record.edit_entry(entry=lines[1], by=Actor(suzuki), seen=1, text="直した応答")
    page = desk.post(
        url(meeting, "take_back_entries"),
        {"added": f"{lines[0].pk}-{lines[2].pk}", "place": "notices"},
        follow=True,
    )
    assert "まとめて取り消せません。" in page.content.decode()
    assert len(lines_of(meeting)) == 3


def test_nothing_is_kept_where_a_reply_would_stand_below_nothing(meeting, desk):
    page = desk.post(url(meeting), typed("→応答だけ\n○項目"))
    assert "→ の行は、○ 又は印なしの行の下に置いてください。" in page.content.decode()
    assert "→応答だけ" in page.content.decode()
    assert lines_of(meeting) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("○短い\n" + "長" * 2001, "2行目は2,001文字あります。"),
        ("長" * 100_000, "（現在は100000文字です）"),
        ("○行\n" * 301, "（301行あります）"),
        (" \n ", "記録を入力してください。"),
    ],
)
def test_too_much_is_refused_in_words_and_stays_in_its_field(meeting, desk, text, said):
    page = desk.post(url(meeting), typed(text)).context["form"]
    assert said in str(page.errors)
    assert (page["text"].value(), lines_of(meeting)) == (text, [])


def test_markup_is_words(meeting, desk):
    desk.post(url(meeting), typed("○<b>太字</b>と**強調**"))
    assert lines_of(meeting) == ["point <b>太字</b>と**強調**"]
    assert "&lt;b&gt;太字&lt;/b&gt;と**強調**" in desk.get(url(meeting)).content.decode()


def test_what_was_typed_under_an_item_that_is_gone_is_offered_below_the_notices(meeting, desk):
    item = meeting.items.get()
    place = str(item.pk)
    item.delete()
    page = desk.post(url(meeting), typed("○聞いたこと", place))
    form = page.context["form"]
    assert (page.status_code, form.prefix, form["text"].value()) == (409, "notices", "○聞いたこと")
    assert lines_of(meeting) == []


# In place


def in_place(client, address, values):
    return client.post(address, values, headers={"X-Requested-With": "in-place"})


def test_of_five_hundred_rows_only_the_new_one_and_its_form_come_back(meeting, desk, django_assert_num_queries):
    item = meeting.items.get()
    place = {"meeting": meeting, "section": RecordPlace.ITEM, "item": item}
    RecordEntry.objects.bulk_create(RecordEntry(**place, order=n, text=f"{n}番目") for n in range(500))
    # Three find out who it is and how often they come, as for every deed; two are the transaction.
    with django_assert_num_queries(3 + 2 + 6):
        answer = in_place(desk, url(meeting), typed("○もう一つ", str(item.pk)))
    page = answer.content.decode()
    assert (page.count("<li "), f'id="add-{item.pk}" open' in page) == (1, True)
    assert len(answer.content) < 5000


def test_a_line_moves_and_goes_and_comes_back_in_place(meeting, desk):
    desk.post(url(meeting), typed(PASTED))
    one, two, three = meeting.entries.all()
    moved = in_place(desk, url(meeting, "move_entry", three.pk), {"direction": "up", "seen": 1}).content.decode()
    assert f'data-after="entry-{one.pk}"' in moved
    gone = in_place(desk, url(meeting, "remove_entry", one.pk), {"seen": 1}).content.decode()
    assert url(meeting, "restore_entry", one.pk) in gone
    assert lines_of(meeting) == ["point 二つ目の発言", "reply それへの応答"]
    back = in_place(desk, url(meeting, "restore_entry", one.pk), {}).content.decode()
    assert 'data-first="lines-notices"' in back
    assert [line.pk for line in meeting.entries.standing()] == [one.pk, three.pk, two.pk]


def test_without_a_script_a_removed_line_stands_where_it_stood_with_a_way_back(meeting, desk):
    desk.post(url(meeting), typed(PASTED))
    line = meeting.entries.first()
    page = desk.post(url(meeting, "remove_entry", line.pk), {"seen": 1})
    assert page.url == f"{url(meeting)}?removed={line.pk}#entry-{line.pk}"
    assert "「一つ目の発言」を削除しました。" in desk.get(page.url).content.decode()
    assert "削除した行（1行）" in desk.get(url(meeting)).content.decode()
    desk.post(url(meeting, "restore_entry", line.pk))
    assert lines_of(meeting)[0] == "point 一つ目の発言"


# Two at once


def test_two_who_move_one_line_move_it_once(meeting, suzuki):
    by = Actor(suzuki)
    for text in ("一", "二", "三"):
        line = record.add_entry(meeting=meeting, by=by, text=text)
    record.move_entry(entry=line, by=by, seen=1, up=True)
    with pytest.raises(Conflict):
        record.move_entry(entry=line, by=by, seen=1, up=True)
    assert lines_of(meeting) == ["point 一", "point 三", "point 二"]


def test_a_line_that_was_removed_tells_of_no_result_and_keeps_no_item(meeting, suzuki):
    by, item = Actor(suzuki), meeting.items.get()
    line = record.add_entry(meeting=meeting, by=by, item=item, text="一行")
    record.remove_entry(entry=line, by=by, seen=1)
    remove_item(item=item, by=by, seen=item.version)
    assert (meeting.items.count(), meeting.entries.count()) == (0, 0)
