"""Each promise of the database is broken once, past every form and action, and holds.

What the models and migrations promise is listed by the database itself: one without an attempt here fails. An
attempt is a write that this one promise refuses; the town has one of everything (tests/world.py).
"""

import re
from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from foundation.audit.models import Event
from foundation.jobs.models import Job
from foundation.ledger.models import Restoration
from meetings.models import (
    LateReply,
    Letter,
    Material,
    MaterialVersion,
    Meeting,
    Notice,
    ReplyDraft,
    ReplyRevision,
    SurveyExtension,
    Theme,
    ThemeVote,
)
from meetings.states import MeetingState, Mode, Origin, RecordPlace
from members.models import (
    Department,
    DeskGrant,
    Membership,
    MembershipTerm,
    Municipality,
    OfficeTerm,
    PersonalLink,
    PersonMerge,
    Posting,
    RosterImport,
    User,
)
from members.states import Category, DepartmentLevel, Office, PostingKind
from opendata.models import Dataset, DatasetVersion
from reports.models import FiledReport, PublicReport, ReportRevision, WordsCorrection, WordsReader
from reports.states import ApprovalKind
from retention.models import Disposal, Hold, Period
from statements.models import AccessibilityTest, PublishedStatement, TextDraft
from tests import builders
from tests.world import World

NOW, DAY = timezone.now(), timedelta(days=1)
BEFORE = builders.LONG_AGO - DAY

TRIGGERS = """
SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE NOT tgisinternal AND relnamespace = 'public'::regnamespace
"""
CONSTRAINTS = """
SELECT relname FROM pg_class JOIN pg_index ON indexrelid = pg_class.oid
WHERE indisunique AND NOT indisprimary AND relnamespace = 'public'::regnamespace
UNION SELECT conname FROM pg_constraint WHERE contype IN ('c', 'x') AND connamespace = 'public'::regnamespace
"""
# Made by Django and its libraries for a kind of field, not promised by us: positive numbers, unique names.
OF_A_FIELD = ("_check", "_key", "_uniq", "unique_primary_email", "unique_verified_email")


def promises():
    with connection.cursor() as cursor:
        cursor.execute(f"{TRIGGERS} UNION {CONSTRAINTS}")
        return {name for (name,) in cursor.fetchall() if not name.endswith(OF_A_FIELD)}


def again(row, **changes):
    """The row once more, under another number."""
    values = {field.attname: field.value_from_object(row) for field in row._meta.concrete_fields}
    values.pop("id")
    type(row)._base_manager.bulk_create([type(row)(**values | changes)])


def a_section(**fields):
    """Beside those that there are; `label` and all as it is said here."""
    return Department.objects.bulk_create([Department(valid_from=builders.LONG_AGO, **fields)])[0]


def file_of(sha256):
    return {"kind": "csv", "file": f"public/{sha256}", "sha256": sha256, "size": 9}


class Attempts:
    """Name of the promise → what would break it."""

    def __init__(self, world):
        self.place, self.other = world.own, world.foreign
        self.survey, self.membership = self.place.survey, self.place.membership
        self.reply = builders.make_reply(survey=self.survey, membership=self.membership)
        self.theme = Theme.objects.create(meeting=self.place.meeting, title="窓口")
        self.election = self.place.election
        self.candidacy = self.election.candidacies.create(membership=self.membership, order=1, votes=3)
        self.assignment = self.place.assignment
        self.exemption = self.assignment.exemptions.create(membership=self.membership, reason="休職中")
        self.roll = self.place.meeting.roll.create(
            membership=self.membership, category=Category.MEMBER, name="佐藤", mode=Mode.VENUE
        )
        self.published, self.draft = DatasetVersion.objects.filter(dataset=self.place.dataset).order_by("number")
        self.repair = self.draft.repairs.create(row=2, column=1, code="x", before="1", after="2")
        self.draft.findings.create(row=2, column=1, code="x", level="error", message="x")

    def all(self):
        groups = (
            self.of_foundation,
            self.of_people,
            self.of_groups,
            self.of_letters,
            self.of_notices,
            self.of_dates,
            self.of_meetings,
            self.of_materials,
            self.of_the_survey,
        )
        rest = (
            self.of_substitutes,
            self.of_the_record,
            self.of_data_sets,
            self.of_what_is_frozen,
            self.of_reports,
            self.of_retention,
            self.of_statements,
        )
        return {name: attempt for group in (*groups, *rest) for name, attempt in group().items()}

    def of_foundation(self):
        job = self.place.email.job
        jobs = Job.objects.filter(pk=job.pk)
        Event.objects.create(action="x", target_type="x", target_label="x")
        Restoration.objects.create(backup_at=NOW, ledger_was_whole=True)
        return {
            "ledger_released_by_somebody": lambda: Restoration.objects.update(released_at=NOW),
            "audit_append_only": lambda: Event.objects.update(action="y"),
            "jobs_ended_has_time": lambda: jobs.update(finished_at=NOW),
            "jobs_once": lambda: again(job),
            "jobs_running_has_lease": lambda: jobs.update(state="running"),
            "mail_frozen_text": lambda: type(self.place.email).objects.update(subject="別の件名"),
            "mail_one_line": lambda: again(
                self.place.email, job_id=Job.objects.create(kind="mail", key="new").pk, subject="1\n2"
            ),
            "mail_sender_one_line": lambda: again(
                self.place.email, job_id=Job.objects.create(kind="mail", key="new").pk, from_name="1\n2"
            ),
        }

    def of_retention(self):
        holds, decisions = Hold.objects.all(), Disposal.objects.filter(pk=self.place.disposal.pk)
        Period.objects.create(kind="log")
        return {
            "retention_years_within_reason": lambda: Period.objects.update(years=101),
            "retention_hold_has_reason": lambda: holds.update(reason=""),
            "retention_hold_lifted_by_somebody": lambda: holds.update(lifted_at=NOW),
            "retention_one_open_decision": lambda: again(self.place.disposal, key=uuid4()),
            "retention_cancelled_by_somebody": lambda: decisions.update(cancelled_at=NOW),
            "retention_cancelled_or_done": lambda: decisions.update(
                cancelled_at=NOW, cancelled_by=self.place.desk, done_at=NOW
            ),
        }

    def of_statements(self):
        said = PublishedStatement.objects.get()
        test = AccessibilityTest.objects.get()
        result = test.criteria.create(criterion="1.1.1")
        draft = TextDraft.objects.create(statement="privacy", body="本文")
        return {
            "statements_draft_has_text": lambda: TextDraft.objects.filter(pk=draft.pk).update(body=""),
            "statements_published_number_unique": lambda: again(said),
            "statements_change_is_named": lambda: again(said, number=2),
            "statements_first_says_something": lambda: again(said, statement="policy", body=""),
            "statements_results_are_no_text": lambda: again(said, statement="policy", results={}),
            "statements_keep_published": lambda: PublishedStatement.objects.update(body="別の文"),
            "statements_criterion_once": lambda: again(result),
        }

    def of_people(self):
        section, post = self.place.department, self.place.staff.postings.get()
        sections, posts = Department.objects.filter(pk=section.pk), Posting.objects.filter(pk=post.pk)
        users = User.objects.filter(pk=self.place.staff.pk)
        User.objects.filter(pk=self.place.member.pk).update(email="a@example.jp")
        return {
            "members_one_municipality": lambda: again(Municipality.objects.get(), id=2),
            "members_municipality_code": lambda: Municipality.objects.update(code="12345"),
            "members_department_days_in_order": lambda: sections.update(valid_to=section.valid_from - DAY),
            "members_department_name_unique": lambda: a_section(name=section.name, label="別の課"),
            "members_department_label_unique": lambda: a_section(name="別の課", label=section.label),
            "members_department_unit_has_division": lambda: sections.update(level=DepartmentLevel.UNIT),
            "members_department_bureau_is_top": lambda: sections.update(
                level=DepartmentLevel.BUREAU, parent=a_section(name="別の課", label="別の課")
            ),
            "members_department_not_own_successor": lambda: sections.update(successor=section),
            "members_posting_days_in_order": lambda: posts.update(valid_to=BEFORE),
            "members_posting_no_overlap": lambda: again(post, kind=PostingKind.CONCURRENT),
            "members_posting_one_main": lambda: again(
                post, department_id=a_section(name="別の課", label="別の課").pk
            ),
            "members_posting_annual_ends": lambda: posts.update(is_annual=True),
            "members_user_email_not_empty": lambda: users.update(email=""),
            "unique_authenticator_type": lambda: again(self.place.factor),
            "members_user_shown_family_name_is_read": lambda: users.update(display_family_name="旧"),
            "members_user_shown_given_name_is_read": lambda: users.update(display_given_name="花"),
            "members_merged_once": lambda: again(self.place.merge),
            "members_merge_of_two": lambda: PersonMerge.objects.update(other=F("kept")),
            "members_user_email_unique": lambda: users.update(email="A@example.jp"),
        }

    def of_groups(self):
        grant, term = self.place.group.desk_grants.get(), self.membership.terms.get()
        grants, offices = DeskGrant.objects.filter(pk=grant.pk), OfficeTerm.objects.filter(pk=self.place.office.pk)
        terms = MembershipTerm.objects.filter(pk=term.pk)
        sheets = type(self.place.sheet).objects.filter(pk=self.place.sheet.pk)
        expert = Membership.objects.get(user=self.place.expert)
        return {
            "members_group_meets_once": lambda: type(self.place.group).objects.update(planned_meetings=0),
            "members_membership_unique": lambda: again(self.membership),
            "members_membershipterm_days_in_order": lambda: terms.update(valid_to=BEFORE),
            "members_term_no_overlap": lambda: again(term),
            "members_deskgrant_days_in_order": lambda: grants.update(valid_to=BEFORE),
            "members_grant_no_overlap": lambda: again(grant),
            "members_officeterm_days_in_order": lambda: offices.update(valid_to=BEFORE),
            "members_one_chair": lambda: again(self.place.office, membership_id=expert.pk),
            "members_one_office_each": lambda: again(self.place.office, office=Office.VICE_CHAIR),
            "members_one_link_per_purpose": lambda: again(
                PersonalLink.objects.get(pk=self.place.link.pk), code_hash="0" * 64
            ),
            "members_roster_applied_has_time": lambda: RosterImport.objects.update(state="applied"),
            "members_sheet_shown_has_time": lambda: sheets.update(shown_at=None),
            "members_sheet_submitted_is_filled": lambda: sheets.update(wants=""),
        }

    def of_letters(self):
        letter = Letter.objects.create(meeting=self.place.meeting, membership=self.membership, kind="announce")
        letters = Letter.objects.filter(pk=letter.pk)
        return {
            "meetings_letter_handed_is_paper": lambda: letters.update(handed_at=NOW),
            "meetings_letter_handed_is_out": lambda: letters.update(
                by_paper=True, handed_at=NOW, withdrawn_at=NOW
            ),
        }

    def of_notices(self):
        notice = Notice.objects.create(meeting=self.place.meeting)
        notices = Notice.objects.filter(pk=notice.pk)
        return {"meetings_memo_has_no_number": lambda: notices.update(number="行経第12号")}

    def of_dates(self):
        option = self.place.poll.options.first()
        given = builders.make_date_reply(poll=self.place.poll, membership=self.membership)
        choice = given.choices.get()
        return {
            "meetings_date_option_once": lambda: again(option),
            "meetings_date_option_in_order": lambda: self.place.poll.options.update(ends_at=F("starts_at")),
            "meetings_one_date_reply_each": lambda: again(given),
            "meetings_date_choice_once": lambda: again(choice),
            "meetings_date_choice_is_a_mark": lambda: given.choices.update(mark="often"),
        }

    def of_meetings(self):
        called = Meeting.objects.filter(pk=self.place.meeting.pk)
        held = Meeting.objects.filter(pk=self.place.held.pk)
        return {
            "meetings_announced_has_date": lambda: called.update(announced_at=None),
            "meetings_held_has_times": lambda: held.update(snapshot=None),
            "meetings_held_in_order": lambda: held.update(held_to=NOW - 99 * DAY, held_from=NOW),
            "meetings_starts_before_end": lambda: called.update(starts_at=NOW, ends_at=NOW),
            "meetings_number_unique": lambda: again(self.place.meeting, state=MeetingState.DRAFT),
            "meetings_item_order_unique": lambda: again(self.place.item),
        }

    def of_materials(self):
        material, version = self.place.material, self.place.material.versions.get()
        return {
            "meetings_material_order_unique": lambda: again(material),
            "meetings_material_withdrawn_by_somebody": lambda: Material.objects.update(withdrawn_at=NOW),
            "meetings_material_version_unique": lambda: again(version),
            "meetings_consent_says_whose_and_how": lambda: version.consents.create(
                consents=True, given_on=builders.LONG_AGO, way="noted", name="例田"
            ),
            "meetings_material_is_one_thing": lambda: MaterialVersion.objects.update(url="https://example.jp/"),
        }

    def of_the_survey(self):
        extension = SurveyExtension.objects.create(survey=self.survey, membership=self.membership, until=NOW)
        draft = ReplyDraft.objects.create(survey=self.survey, membership=self.membership)
        late = LateReply.objects.create(survey=self.survey, membership=self.membership)
        revision = self.revision()
        vote = ThemeVote.objects.create(theme=self.theme, reply=self.reply)
        proposed = Theme.objects.create(meeting=self.place.meeting, title="提案", proposed_in=self.reply)
        ask = {"channel": "form", "text": "？", "reply": self.reply}
        to_person = self.place.meeting.questions.create(addressee=self.membership, **ask)
        to_talk = self.place.meeting.questions.create(item=self.place.item, **ask)
        field = self.place.field
        said = field.answers.create(reply=self.reply, value="弁当")
        opinion = self.reply.opinions.create(item=self.place.item, text="意見")
        return {
            "meetings_field_options_fit": lambda: type(field).objects.filter(pk=field.pk).update(options=["弁当"]),
            "meetings_field_answered_once": lambda: again(said),
            "meetings_opinion_once": lambda: again(opinion),
            "meetings_opinion_says_something": lambda: type(opinion).objects.update(approval="", text=""),
            "meetings_reply_withdrawn_by_somebody": lambda: type(self.reply).objects.update(withdrawn_at=NOW),
            "meetings_survey_opens_before_close": lambda: type(self.survey).objects.update(
                closes_at=NOW - 99 * DAY
            ),
            "meetings_section_once": lambda: again(self.survey.sections.first()),
            "meetings_extension_once": lambda: again(extension),
            "meetings_one_draft_each": lambda: again(draft),
            "meetings_one_late_reply_each": lambda: again(late),
            "meetings_one_reply_each": lambda: again(self.reply, idempotency_key=uuid4()),
            "meetings_revision_once": lambda: again(revision),
            "meetings_keep_revision": lambda: ReplyRevision.objects.update(number=9),
            "meetings_vote_once": lambda: again(vote),
            "meetings_theme_unique": lambda: again(self.theme),
            "meetings_theme_chosen_is_example": lambda: Theme.objects.filter(pk=proposed.pk).update(chosen_at=NOW),
            "meetings_merge_theme": lambda: Theme.objects.filter(pk=self.theme.pk).update(merged_into=proposed),
            "meetings_one_proposal_each": lambda: again(proposed, title="別の提案"),
            "meetings_question_once_per_person": lambda: again(to_person),
            "meetings_question_once_per_item": lambda: again(to_talk),
        }

    def of_substitutes(self):
        found, absent = {}, {"is_substitute": True, "substitute_name": "代理", "mode": Mode.ABSENT}
        for name, row in (("reply", self.reply), ("attendancerecord", self.roll)):
            rows = type(row).objects.filter(pk=row.pk)
            found |= {
                f"meetings_{name}_no_stray_substitute": lambda rows=rows: rows.update(substitute_name="代理"),
                f"meetings_{name}_substitute_has_name": lambda rows=rows: rows.update(is_substitute=True),
                f"meetings_{name}_substitute_is_present": lambda rows=rows: rows.update(**absent),
            }
        rows = type(self.roll).objects.filter(pk=self.roll.pk)
        found["meetings_walk_in_came"] = lambda: rows.update(mode=Mode.ABSENT, membership=None)
        found["meetings_times_of_who_came"] = lambda: rows.update(mode=Mode.ABSENT, arrived_at=time(14))
        found["meetings_came_before_left"] = lambda: rows.update(arrived_at=time(14), left_at=time(14))
        return found

    def of_the_record(self):
        entries = type(self.place.entry).objects.filter(pk=self.place.entry.pk)
        answers = type(self.place.answer).objects.filter(pk=self.place.answer.pk)
        questions = type(self.place.question).objects.filter(pk=self.place.question.pk)
        elections = type(self.election).objects.filter(pk=self.election.pk)
        assignments = type(self.assignment).objects.filter(pk=self.assignment.pk)
        return {
            "meetings_once_on_roll": lambda: again(self.roll),
            "meetings_one_election_per_office": lambda: again(self.election),
            "meetings_election_counts_ballots": lambda: elections.update(method="secret"),
            "meetings_candidate_once": lambda: again(self.candidacy),
            "meetings_exempt_once": lambda: again(self.exemption),
            "meetings_assignment_is_due": lambda: assignments.update(due_meeting=None),
            "meetings_assignment_due_elsewhere": lambda: assignments.update(due_meeting=self.place.meeting),
            "meetings_entry_has_place": lambda: entries.update(section=RecordPlace.ITEM),
            "meetings_entry_has_text": lambda: entries.update(text=""),
            "meetings_entry_has_election": lambda: entries.update(origin=Origin.ELECTION),
            "meetings_entry_has_assignment": lambda: entries.update(assignment=self.assignment),
            "meetings_override_has_reason": lambda: entries.update(override="別の文"),
            "meetings_question_has_text": lambda: questions.update(text=""),
            "meetings_question_merged_into_another": lambda: questions.update(state="merged"),
            "meetings_question_declined_has_reason": lambda: questions.update(state="declined"),
            "meetings_question_routed_once": lambda: questions.update(
                routed_to=self.membership, routed_item=self.place.item
            ),
            "meetings_question_agreed_by_somebody": lambda: questions.update(agreed_at=NOW),
            "meetings_question_in_report_by_consent": lambda: questions.update(channel="form", in_report=True),
            "meetings_merge_question": lambda: questions.update(
                state="merged", merged_into=self.other.held.questions.create(channel="oral", text="？")
            ),
            "meetings_answer_has_text": lambda: answers.update(text=""),
        }

    def of_data_sets(self):
        datasets = Dataset.objects.filter(pk=self.place.dataset.pk)
        drafts = DatasetVersion.objects.filter(pk=self.draft.pk)
        public_file = self.draft.files.create(**file_of("0" * 64))
        return {
            "opendata_row_unique": lambda: again(self.draft.rows.get()),
            "opendata_version_number_unique": lambda: drafts.update(number=1),
            "opendata_one_version_in_work": lambda: again(self.draft, number=3),
            "opendata_published_is_checked": lambda: drafts.update(state="published"),
            "opendata_public_file_once": lambda: again(public_file),
            "opendata_public_file_by_hash": lambda: again(public_file, kind="json", sha256="1" * 64),
            "opendata_returned_has_reason": lambda: drafts.update(state="returned"),
            "opendata_kept_has_reason": lambda: drafts.update(state="kept", kept_at=NOW),
            "opendata_repair_decided_by_somebody": lambda: self.draft.repairs.update(state="accepted"),
            "opendata_withdrawn_by_somebody": lambda: datasets.update(withdrawn_at=NOW, withdrawn_reason="誤り"),
            "opendata_withdrawn_has_reason": lambda: datasets.update(
                withdrawn_at=NOW, withdrawn_by=self.place.staff
            ),
        }

    def of_what_is_frozen(self):
        self.published = self.publish_with_a_finding()
        # Published before files were noted.
        older = self.other.dataset.versions.get(number=1)
        more = {"row": 9, "column": 1, "code": "x"}
        return {
            "opendata_keep_version": lambda: DatasetVersion.objects.filter(pk=self.published.pk).update(
                title="別"
            ),
            "opendata_keep_rows": lambda: self.draft_rows().update(version=self.published),
            "opendata_keep_findings": lambda: self.published.findings.update(level="hint"),
            "opendata_keep_repairs": lambda: self.published.repairs.all().delete(),
            "opendata_keep_files": lambda: self.published.files.update(size=1),
            "opendata_add_no_other_file": lambda: older.files.create(**file_of("0" * 64)),
            "opendata_add_no_row": lambda: self.published.rows.create(row=9, cells=["x"]),
            "opendata_add_no_finding": lambda: self.published.findings.create(level="x", message="x", **more),
            "opendata_add_no_repair": lambda: self.published.repairs.create(before="x", after="y", **more),
        }

    def of_reports(self):
        revision = ReportRevision.objects.get(report__meeting=self.place.held)
        rows, beside = ReportRevision.objects.filter(pk=revision.pk), revision.materials.all()
        return {
            "reports_drafted_before_decided": lambda: self.decided(drafted_on=builders.LONG_AGO + DAY),
            "reports_decided_before_effective": lambda: self.decided(effective_on=BEFORE),
            "reports_returned_says_why": lambda: self.decided(kind=ApprovalKind.RETURNED),
            "reports_sentence_overridden_once": lambda: [self.overridden(), self.overridden()],
            "reports_sentence_override_has_reason": lambda: self.overridden(reason=""),
            "reports_correction_is_named": lambda: again(revision, number=2),
            "reports_revision_number_unique": lambda: again(revision),
            "reports_keep_revision": lambda: rows.update(text="別の文"),
            "reports_withheld_by_somebody": lambda: rows.update(withheld_at=NOW, withheld_reason="誤り"),
            "reports_withheld_has_reason": lambda: rows.update(withheld_at=NOW, withheld_by=self.place.desk),
            "reports_keep_material": lambda: beside.update(title="別の資料"),
            "reports_material_place_unique": lambda: again(beside.get()),
            "reports_filed_is_whole": lambda: FiledReport.objects.create(revision=revision, file="x"),
            **self.of_words(),
        }

    def of_words(self):
        wanted = self.place.correction
        decided = {"decided_at": NOW, "decided_by": self.place.desk}
        readers = WordsReader.objects.filter(pk=wanted.reader.pk)
        corrections = WordsCorrection.objects.filter(pk=wanted.pk)
        return {
            "reports_words_asked_once": lambda: again(wanted.reader),
            "reports_words_answered_of_a_text": lambda: readers.update(answered_at=None),
            "reports_one_correction_per_block": lambda: again(wanted),
            "reports_correction_decided_by_somebody": lambda: corrections.update(decided_at=NOW),
            "reports_correction_decided_for_a_reason": lambda: corrections.update(decision="adopted", **decided),
        }

    def decided(self, *, kind=ApprovalKind.DECISION, **days):
        steps, by = self.place.held.report.approvals, {"decided_by": "課長", "recorded_by": self.place.desk}
        return steps.create(kind=kind, decided_on=builders.LONG_AGO, sha256="0" * 64, **by, **days)

    def overridden(self, *, reason="様式に合わせるため"):
        return self.place.held.report.overrides.create(key="title", words="別の文", reason=reason)

    def revision(self):
        by = self.place.member
        return ReplyRevision.objects.create(reply=self.reply, number=1, content={}, by=by, via="login", at=NOW)

    def publish_with_a_finding(self):
        version = self.other.dataset.versions.get(number=2)
        version.findings.create(row=2, column=1, code="x", level="error", message="x")
        version.repairs.create(row=2, column=1, code="x", before="1", after="2")
        version.files.create(**file_of("0" * 64))
        return builders.publish(version)

    def draft_rows(self):
        self.draft.rows.update(row=9)
        return self.draft.rows.all()


def refused_by(attempt):
    """The promise that stood in the way; of a trigger its sentence. Also what is promised for the end of all."""
    try:
        with transaction.atomic():
            attempt()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            transaction.set_rollback(True)
    except IntegrityError as refusal:
        told = refusal.__cause__.diag
        return told.constraint_name or re.sub(" [0-9]+", "", told.message_primary)
    return "nobody"


# The sentence of each trigger.
SAID = {
    "audit_append_only": "audit_event is append-only: UPDATE refused",
    "mail_frozen_text": "the text of email is frozen",
    "meetings_keep_revision": "a revision of a reply is never changed",
    "meetings_merge_question": "a question is merged into one of the same meeting that is not merged itself",
    "meetings_merge_theme": "a theme is united with an example of the same meeting that is not united itself",
    "opendata_add_no_other_file": "a published file is the one that was approved",
    "reports_keep_revision": "a published report is never changed",
    "reports_keep_material": "what was published beside a report is never changed",
    "statements_keep_published": "a published statement is never changed",
} | dict.fromkeys(
    [f"opendata_keep_{part}" for part in ("version", "rows", "findings", "repairs", "files")]
    + [f"opendata_add_no_{part}" for part in ("row", "finding", "repair")],
    "a published version is never changed",
)


# Those that refuse nothing: who writes what a roster is sorted by finds the keys written anew.
KEYS = ["roster_key", "title_key", "section_key", "kana_key"]


def writes_that_move(membership):
    """Name of the promise → a write past every model, and the keys that it moves."""
    terms, own = membership.terms.all(), Membership.objects.filter(pk=membership.pk)
    sections, people = (
        Department.objects.filter(membership_terms__in=terms),
        User.objects.filter(memberships__in=own),
    )
    return {
        "members_place_term": (lambda: terms.update(title_rank=7), ["title_key", "section_key"]),
        "members_place_by_order": (lambda: own.update(order=7), ["roster_key"]),
        "members_place_by_section": (lambda: sections.update(path="9"), KEYS[:3]),
        "members_place_by_reading": (lambda: people.update(kana_key="わだ"), KEYS),
    }


def test_what_is_withheld_leaves_the_archive_whoever_withholds_it(world):
    rows = ReportRevision.objects.filter(report__meeting=world.own.held)
    assert PublicReport.objects.filter(report__meeting=world.own.held).exists()
    rows.update(withheld_at=NOW, withheld_by=world.own.desk, withheld_reason="誤り")
    assert not PublicReport.objects.filter(report__meeting=world.own.held).exists()


def newest_of(place):
    return Dataset.objects.values_list("newest__number", flat=True).get(pk=place.dataset.pk)


def test_the_newest_published_version_is_known_whoever_writes_what(world):
    """Also who writes a data set that was read before."""
    known = [newest_of(world.own)]
    Dataset.objects.filter(pk=world.own.dataset.pk).update(newest=None)
    known.append(newest_of(world.own))
    builders.publish(world.own.dataset.versions.get(number=2))
    assert [*known, newest_of(world.own)] == [1, 1, 2]


def test_of_what_was_published_before_it_was_kept_it_is_known_too(world):
    """As the migration does it: whatever touches a data set tells."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE opendata_dataset DISABLE TRIGGER USER")
        cursor.execute("UPDATE opendata_dataset SET newest_id = NULL")
        cursor.execute("ALTER TABLE opendata_dataset ENABLE TRIGGER USER")
        assert newest_of(world.own) is None
        cursor.execute("UPDATE opendata_dataset SET newest_id = NULL")
    assert newest_of(world.own) == 1


def moved_by(write, membership):
    """The keys that are others afterwards; all is undone."""
    with transaction.atomic():
        before = membership.terms.values(*KEYS).get()
        write()
        after = membership.terms.values(*KEYS).get()
        transaction.set_rollback(True)
    return [key for key in KEYS if before[key] != after[key]]


@pytest.fixture
def world(town):
    return World(town)


@pytest.fixture
def attempts(world):
    return Attempts(world).all()


def test_each_promise_of_the_database_has_an_attempt_at_it(attempts, world):
    seen = {"reports_leave_archive", "opendata_know_newest", "opendata_tell_newest"}
    assert promises() == set(attempts) | set(writes_that_move(world.own.membership)) | seen


# ASVS V2.2.3
def test_the_database_keeps_each_of_its_promises(attempts):
    found = {name: refused_by(attempt) for name, attempt in attempts.items()}
    assert {name: by for name, by in found.items() if by != SAID.get(name, name)} == {}


def test_the_database_keeps_each_roster_in_order(world):
    membership = world.own.membership
    writes = writes_that_move(membership)
    found = {name: moved_by(write, membership) for name, (write, _keys) in writes.items()}
    assert found == {name: keys for name, (_write, keys) in writes.items()}
