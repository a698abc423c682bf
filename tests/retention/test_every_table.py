"""Every table of ours belongs to a kind, or says here why it is not disposed of."""

from django.apps import apps

from foundation.retention import Unit
from retention.kinds import KINDS
from tests.repository import FLOORS

# Goes with the row that it is a part of.
PARTS = {
    "jobs.Job": "an email's, with it; others a month after they ended (foundation/jobs/cleaning.py)",
    "opendata.DatasetRow": "with its version",
    "opendata.Finding": "with its version",
    "opendata.Repair": "with its version",
    "opendata.Dataset": "with its last version",
}
STAYS = {
    # What was published, for as long as it is public.
    "reports.Report": "published",
    "reports.ReportRevision": "published",
    "reports.FiledReport": "published, with the file as which it was published before this portal",
    "reports.PublishedMaterial": "published, as it was on the day; who consented is a record of the meeting",
    "reports.SentenceOverride": "published, with the reason for which it was worded so",
    "reports.WordsCheck": "the proof behind what is published: who was asked whether their words stand right",
    "reports.WordsReader": "the same: who found them right",
    "reports.WordsCorrection": "the same: what was corrected for them, or not, and why",
    "reports.PublicReport": "published, as it is searched; it goes when the report is withheld",
    "reports.Style": "the frame of what is published; no data of a person",
    "reports.DueRules": "the frame; no data of a person",
    "reports.ApprovalStep": "the decision behind what is published, and by whom",
    "opendata.PublicFile": "published",
    # Who was what, when: what is published names them.
    "members.Membership": "the roster behind what is published",
    "members.MembershipTerm": "the roster behind what is published",
    "members.OfficeTerm": "the roster behind what is published",
    "members.DeskGrant": "who could do what the log tells of",
    "members.Posting": "who could do what the log tells of",
    # The frame, without data of a person.
    "members.WorkingGroup": "the frame",
    "members.Department": "the frame",
    "members.Municipality": "the frame",
    "members.ClosedDay": "the frame",
    "members.JobTitle": "the frame",
    "meetings.Meeting": "number, day and place",
    "meetings.Notice": "the call as a paper: number, day and place, and no name of whom it went to",
    "meetings.AgendaItem": "the agenda, which is in what is published",
    "meetings.Survey": "what was asked, and until when",
    "meetings.PayRules": "the frame; no data of a person",
    "meetings.SurveySection": "what was asked",
    "meetings.SurveyField": "what was asked",
    "meetings.Assignment": "what was asked of departments; data sets hang on it",
    # What the town said of its site, and by which decision (append-only); no data of a person but who published.
    "statements.TextDraft": "the town's own words, before it decides on them",
    "statements.PublishedStatement": "published",
    "statements.AccessibilityTest": "the proof behind the results that are published",
    "statements.CriterionResult": "the proof behind the results that are published",
    # The proof of keeping and of disposal itself.
    "retention.Period": "the town's own rule",
    "retention.Hold": "the proof",
    "retention.Disposal": "the proof",
    "retention.Archive": "the proof",
    "ledger.Restoration": "the proof",
    # Of the night.
    "members.EntryRequest": "a day (members/jobs.py)",
    "members.PersonMerge": "as long as the two registrations; no address stands in it",
    "members.RosterImport": "a month, or three after it was registered (members/jobs.py)",
    "members.GraceLogin": "with the contact data of its person",
    "db.Brake": "an hour, as hashes",
}


def of_kinds():
    return {rows.model._meta.label for kind in KINDS.values() for rows in kind.rows(Unit(2020, 1))}


def test_every_table_is_spoken_of():
    ours = {
        model._meta.label
        for config in apps.get_app_configs()
        if config.name.split(".")[0] in FLOORS
        for model in config.get_models()
    }
    spoken_of = [*of_kinds(), *PARTS, *STAYS]
    assert sorted(ours) == sorted(spoken_of)
