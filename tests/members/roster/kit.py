"""A list as a personnel office has it, and how far it is brought."""

from foundation.actions import Actor
from members.actions import rosters
from members.rostering.lines import Options, RosterPlan
from members.rostering.rows import rows_of
from tablecheck import check

USUAL = ["職員番号", "氏名", "ﾌﾘｶﾞﾅ", "課", "職名"]
ICHIRO = ["101", "髙﨑 一郎", "ﾀｶｻｷ ｲﾁﾛｳ", "市民課", "主事"]
NITTA = ["102", "新田 二葉", "ﾆｯﾀ ﾌﾀﾊﾞ", "環境課", "主任"]
SATO = ["103", "佐藤 花子", "ｻﾄｳ ﾊﾅｺ", "市民課", "主査"]


def pasted(*rows, titles=USUAL):
    """As Excel puts it on the clipboard."""
    return "\n".join("\t".join(row) for row in [titles, *rows]) + "\n"


def read(*rows, titles=USUAL):
    return rows_of(check(pasted(*rows, titles=titles).encode(), standard="roster"))


def bring(*rows, by, group=None, titles=USUAL, **options):
    """A list that came in, and what it would do."""
    actor = Actor(by)
    read_rows = read(*rows, titles=titles)
    roster = rosters.read_roster(group=group, by=actor, source="名簿.xlsx", rows=read_rows, findings=[])
    roster = rosters.preview_roster(roster=roster, by=actor)
    return decide(roster, by, **options) if options else roster


def decide(roster, by, **options):
    values = Options(**roster.options | options)
    rosters.settle_roster(roster=roster, by=Actor(by), seen=roster.version, options=values)
    return rosters.preview_roster(roster=roster, by=Actor(by))


def register(*rows, by, **given):
    return rosters.apply_roster(roster=bring(*rows, by=by, **given), by=Actor(by))


def undo(roster, by):
    return rosters.undo_roster(roster=roster, by=Actor(by))


def plan(roster):
    return RosterPlan.from_json(roster.plan)


def kinds(roster):
    """(who, what would be done), in the order of the list."""
    return [(line.name, line.kind) for line in plan(roster).lines]


def line(roster, at=0):
    return plan(roster).lines[at]
