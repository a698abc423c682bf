"""The roll and the record on the day, at a tablet and on a phone: taps, keys alone, two people at once."""

import pytest
from playwright.sync_api import expect

from meetings.models import AttendanceRecord
from meetings.states import ItemKind, Mode, Point, RecordPlace
from members.states import Category
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)
RECORD, ROLL = "/groups/dx-now/desk/meetings/1/record/", "/groups/dx-now/desk/meetings/1/roll/"


@pytest.fixture
def meeting(group, member):
    """Thirty people are asked, and there is one thing to talk about."""
    meeting = builders.make_meeting(group=group, number=1)
    builders.make_survey(meeting=meeting)
    builders.make_item(meeting=meeting, kind=ItemKind.DISCUSSION, title="意見交換")
    for number in range(29):
        person = builders.make_user(family="見本", given=f"花{chr(0x3041 + number)}", kana=("みほん", "はな"))
        builders.make_membership(group=group, user=person, category=Category.MEMBER)
    return meeting


def lines_of(meeting):
    return [f"{Point(line.point).value} {line.text}" for line in meeting.entries.standing()]


@pytest.fixture
def editor(open_page, log_in, suzuki, meeting):
    """`editor(768)`: the record, with the field for new lines of its item open."""

    def open_(width, **options):
        page = open_page(width, **options)
        log_in(page, suzuki)
        page.goto(RECORD)
        item = page.get_by_role("region", name="意見交換")
        item.get_by_text("行を追加する").click()
        return page, item.get_by_role("textbox", name="記録")

    return open_


@pytest.mark.parametrize("width", [390, 768])
def test_the_record_is_written_by_keys_alone(width, editor, meeting, axe, overflow, shot):
    page, field = editor(width)
    field.focus()
    for typed in ("○窓口は3分短くなった", "→全ての課で続ける"):
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        expect(page.get_by_role("paragraph").filter(has_text=typed)).to_be_visible()
        expect(field).to_be_focused()
    expect(field).to_have_value("")
    assert lines_of(meeting) == ["point 窓口は3分短くなった", "reply 全ての課で続ける"]
    page.get_by_role("link", name="修正").nth(1).focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("ol.record").first.get_by_role("listitem").first).to_contain_text("全ての課で続ける")
    assert (lines_of(meeting)[0], axe(page), overflow(page)) == ("reply 全ての課で続ける", [], 0)
    shot(page, f"record-{width}")


def test_two_write_one_record_and_nothing_is_lost(editor, meeting):
    first, own = editor(1280)
    second, others = editor(390)
    own.fill("○一人目の行")
    others.fill("○二人目の行")
    own.press("Enter")
    expect(first.get_by_text("一人目の行").first).to_be_visible()
    others.press("Enter")
    expect(second.get_by_text("二人目の行").first).to_be_visible()
    assert lines_of(meeting) == ["point 一人目の行", "point 二人目の行"]


def test_two_mend_one_line_and_the_later_sees_both(editor, meeting):
    meeting.entries.create(item=meeting.items.get(), section=RecordPlace.ITEM, text="元の行")
    first, _ = editor(1280)
    second, _ = editor(390)
    for page in (first, second):
        page.get_by_role("link", name="修正").first.click()
    for page, text in ((first, "一人目の直し"), (second, "二人目の直し")):
        page.get_by_role("textbox").first.fill(text)
        page.get_by_role("button", name="保存する").click()
    expect(second.get_by_role("main")).to_contain_text("他の画面から内容が変更されています")
    expect(second.get_by_role("main")).to_contain_text("一人目の直し")
    assert (lines_of(meeting), second.get_by_role("textbox").first.input_value()) == (
        ["point 一人目の直し"],
        "二人目の直し",
    )


@pytest.mark.parametrize("width", [390, 768])
@pytest.mark.parametrize("js", [True, False], ids=["script", "no script"])
def test_a_tap_on_the_roll_keeps_its_place(width, js, open_page, log_in, suzuki, meeting, axe, overflow, shot):
    page = open_page(width, js=js)
    log_in(page, suzuki)
    page.goto(ROLL)
    person = meeting.asked().order_by("pk").last()
    button = page.locator(f"#mark-{person.pk}").get_by_role("button", name="会場")
    button.scroll_into_view_if_needed()
    top = button.bounding_box()["y"]
    button.click()
    expect(page.locator(f"#mark-{person.pk}").get_by_role("button", name="会場")).to_have_attribute(
        "aria-pressed", "true"
    )
    assert list(AttendanceRecord.objects.values_list("membership", "mode")) == [(person.pk, Mode.VENUE)]
    assert overflow(page) == 0
    if js:
        assert abs(button.bounding_box()["y"] - top) < 2
        assert axe(page) == []
        shot(page, f"roll-{width}")
    else:
        expect(button).to_be_in_viewport()
