"""The log is searched for any part of a target's name, off an index; whoever types 高 finds 髙 too."""

import pytest
from django.db import connection

from foundation.audit.models import Event
from members.forms.records import AuditFilter

LABELS = [
    "髙﨑 一郎",
    "高崎 市民課",
    "第7地区の見本",
    "第17地区の見本",
    "DX推進部会 第1回",
    "ＤＸ推進部会",
    "Ångström",
]


@pytest.fixture(autouse=True)
def told(db):
    Event.objects.bulk_create(
        Event(action="members.add_person", target_type="members.user", target_label=label) for label in LABELS
    )


def found(word):
    return AuditFilter({"q": word}).narrow(Event.objects.order_by("id"))


@pytest.mark.parametrize(
    ("word", "labels"),
    [
        ("高崎", [0, 1]),
        ("髙", [0, 1]),
        ("崎 一", [0]),
        ("第7地区", [2]),
        ("地区の見本", [2, 3]),
        ("dx推進", [4]),
        ("ＤＸ推進部会", [5]),
        ("å", [6]),
        ("ngströ", [6]),
        ("%", []),
        ("第7地区の見本ではない", []),
    ],
)
def test_any_part_of_a_name_is_found(word, labels):
    assert [event.target_label for event in found(word)] == [LABELS[place] for place in labels]


def test_it_is_looked_up_and_not_read_row_by_row():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
    assert "audit_label_grams" in found("高崎市").explain()
