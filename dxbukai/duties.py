"""What the rooms of the house bring along for the floors below, which know none of them: named as text."""

# What the worker can do, and what it does by the clock.
JOB_KINDS = [
    "foundation.mail.jobs.EmailKind",
    "foundation.http.sessions.clear",
    "foundation.jobs.cleaning.forget",
    "foundation.ledger.notes.write",
    "meetings.jobs.write_letters",
    "members.jobs.write_letter",
    "members.jobs.forget_requests",
    "members.jobs.preview_roster",
    "members.jobs.forget_rosters",
    "members.jobs.close_anew",
    "opendata.jobs.read",
    "opendata.jobs.publish",
    "opendata.jobs.make_files",
    "opendata.jobs.check_files",
    "opendata.jobs.sweep",
    "opendata.jobs.remind_of_updates",
    "reports.jobs.enter_archive",
    "reports.jobs.remind_of_words",
    "retention.jobs.carry_out",
    "retention.jobs.carry_out_one",
]
JOB_RULES = [
    "foundation.jobs.cleaning.NIGHTLY",
    "foundation.http.sessions.NIGHTLY",
    "meetings.jobs.MORNINGS",
    "members.jobs.NIGHTLY",
    "members.jobs.ROSTERS_NIGHTLY",
    "members.jobs.KEYS_NIGHTLY",
    "opendata.jobs.NIGHTLY",
    "opendata.jobs.SWEPT",
    "opendata.jobs.MORNINGS",
    "reports.jobs.HOURLY",
    "reports.jobs.MORNINGS",
    "retention.jobs.NIGHTLY",
]

# Made so again after a restore, by what was noted last of each row; where the notes are lost, by these.
LEDGER = {
    "factors": "members.taken_back.factors",
    "grant": "members.taken_back.grant",
    "consent": "meetings.taken_back.consent",
    "material": "meetings.taken_back.material",
    "group": "members.taken_back.group",
    "link": "members.taken_back.link",
    "password": "members.taken_back.password",
    "person": "members.taken_back.person",
    "photo": "members.taken_back.photo",
    "posting": "members.taken_back.posting",
    "sheet": "members.taken_back.sheet",
    "term": "members.taken_back.term",
    "dataset": "opendata.taken_back.dataset",
    "disposal": "retention.taken_back.disposal",
    "report": "reports.taken_back.report",
    "statement": "statements.taken_back.statement",
}
LEDGER_LOST = {"link": "members.taken_back.every_link"}
