"""A section and a reviewer bring versions of a data set on their way in any order; citizens see what was approved.

Slow (a few seconds), because some hundred deeds are done, and the public page is opened after each.
"""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from foundation.actions import Actor
from opendata import actions
from opendata.catalogue import files
from opendata.models import Dataset, DatasetVersion
from opendata.states import EDITABLE, HANDED_IN, RepairState, VersionState
from opendata.table import readiness
from opendata.table.originals import digest
from tablecheck import SAFE
from tests import builders
from tests.machines import Machine, run
from tests.opendata.conftest import CHECK, CLEAN, TOILETS, publication

FILES = [TOILETS.encode("cp932"), CLEAN.encode(), CLEAN.replace("中央公園", "駅前").encode()]
is_old = st.sampled_from([False, False, False, True])


class Versions(Machine):
    audited = tuple(
        f"opendata.{name}"
        for name in (
            *("upload", "read", "replace", "next_version", "accept_repairs", "undo_repairs", "edit_cell"),
            *("describe", "submit", "return_version", "publish", "withdraw"),
            *("keep_unpublished", "take_up", "review_again"),
        )
    )

    @initialize(file=st.sampled_from(FILES))
    def upload(self, file):
        department = builders.make_department()
        self.section, self.reviewer = Actor(builders.make_user()), Actor(builders.make_user())
        builders.make_posting(user=self.section.user, department=department)
        builders.make_grant(group=builders.make_group(), user=self.reviewer.user)
        version = actions.upload(
            department=department, standard="public_toilet", name="一覧.csv", data=file, by=self.section
        )
        self.deeds.append("opendata.upload")
        self.dataset, self.is_withdrawn, self.file = version.dataset, False, file
        # By number: its state; of the published ones what citizens got on that day.
        self.states, self.public = {1: VersionState.DRAFT}, {}
        # Of the version in work: what its cells hold, None while it was not read.
        self.cells = None

    # The section

    @precondition(lambda self: self.can_change and self.cells is None)
    @rule()
    def read(self):
        version = actions.read(version=self.newest, by=self.section)
        self.deeds.append("opendata.read")
        self.cells = dict(version.rows.values_list("row", "cells"))

    @rule(file=st.sampled_from(FILES), old=is_old)
    def replace(self, file, old):
        in_work = None if self.state == VersionState.PUBLISHED else self.newest
        if in_work and self.can_change and file == self.file and not self.is_withdrawn:
            return
        seen = in_work.version - old if in_work else int(old)
        values = {"dataset": self.dataset, "seen": seen, "name": "次.csv", "data": file, "by": self.section}
        expected = not old and not self.is_withdrawn and (in_work is None or self.can_change)
        deed = "opendata.replace" if in_work else "opendata.next_version"
        if version := self.try_to(deed, expected, actions.replace, **values):
            self.states[version.number] = version.state if in_work else VersionState.DRAFT
            self.cells, self.file = None, file

    @rule(old=is_old)
    def accept_repairs(self, old):
        self.decide(actions.accept_repairs, "opendata.accept_repairs", RepairState.PROPOSED, SAFE, old)

    @rule(old=is_old, kind=st.integers(0, 9))
    def undo_repairs(self, old, kind):
        made = self.newest.repairs.filter(state=RepairState.ACCEPTED).order_by("code")
        codes = list(made.values_list("code", flat=True).distinct()) or ["by-hand"]
        code = codes[kind % len(codes)]
        self.decide(actions.undo_repairs, "opendata.undo_repairs", RepairState.ACCEPTED, [code], old, code=code)

    @precondition(lambda self: bool(self.cells))
    @rule(
        row=st.integers(0, 9),
        column=st.sampled_from([1, 4]),
        value=st.sampled_from(["", "北口", "36.14", "１３７．２５"]),
        old=is_old,
    )
    def edit_cell(self, row, column, value, old):
        row = sorted(self.cells)[row % len(self.cells)]
        now = self.cells[row][column - 1]
        values = {"row": row, "column": column, "before": "古い" if old else now, "value": value}
        values |= {"version": self.newest, "by": self.section}
        if self.can_change and value == now:
            assert actions.edit_cell(**values) is None
        elif self.try_to("opendata.edit_cell", self.can_change and not old, actions.edit_cell, **values):
            self.cells[row][column - 1] = value

    @precondition(lambda self: self.cells is not None)
    @rule(old=is_old, lacks=st.sampled_from([{}, {}, {}, {"description": ""}, {"privacy_confirmed": False}]))
    def describe(self, old, lacks):
        version = self.newest
        values = {"version": version, "by": self.section, "seen": version.version - old}
        values["publication"] = publication(version, **lacks)
        self.try_to("opendata.describe", self.can_change and not old, actions.describe, **values)

    @rule(old=is_old)
    def submit(self, old):
        version = self.newest
        values = {"version": version, "by": self.section, "seen": version.version - old}
        if self.state == VersionState.SUBMITTED:
            assert actions.submit(**values).is_submitted
            return
        expected = self.can_change and not old and not readiness.blockers(version)
        if self.try_to("opendata.submit", expected, actions.submit, **values):
            self.states[version.number] = VersionState.SUBMITTED

    @precondition(lambda self: self.can_change)
    @rule(is_published=st.booleans())
    def go_the_whole_way(self, is_published):
        """As most versions do."""
        if self.cells is None:
            self.read()
        self.accept_repairs(old=False)
        self.describe(old=False, lacks={})
        self.submit(old=False)
        self.publish(old=True, by_section=False)
        if is_published:
            self.publish(old=False, by_section=False)

    # The reviewer

    @rule(old=is_old)
    def return_version(self, old):
        version = self.newest
        values = {"version": version, "by": self.reviewer, "seen": version.version - old}
        values["reason"] = "緯度を確認してください。"
        expected = self.state == VersionState.SUBMITTED and not old
        if self.try_to("opendata.return_version", expected, actions.return_version, **values):
            self.states[version.number] = VersionState.RETURNED

    @rule(old=is_old)
    def keep_unpublished(self, old):
        version = self.newest
        values = {"version": version, "by": self.reviewer, "seen": version.version - old, "reason": "検討中のため"}
        expected = self.state == VersionState.SUBMITTED and not old
        if self.try_to("opendata.keep_unpublished", expected, actions.keep_unpublished, **values):
            self.states[version.number] = VersionState.KEPT

    @rule(old=is_old, by_section=st.booleans())
    def go_on_with_what_was_kept(self, old, by_section):
        version = self.newest
        kept, handed_in = self.state == VersionState.KEPT, self.state == VersionState.SUBMITTED
        expected = (kept or (handed_in and by_section)) and not old
        if by_section:
            deed, do, by, then = "take_up", actions.take_up, self.section, VersionState.DRAFT
        else:
            deed, do, by, then = "review_again", actions.review_again, self.reviewer, VersionState.SUBMITTED
        if self.try_to(f"opendata.{deed}", expected, do, version=version, by=by, seen=version.version - old):
            self.states[version.number] = then

    @rule(old=is_old, by_section=st.sampled_from([False, False, False, True]))
    def publish(self, old, by_section):
        version, by = self.newest, self.section if by_section else self.reviewer
        expected = self.state == VersionState.SUBMITTED and not (old or by_section or self.is_withdrawn)
        values = {"version": version, "by": by, "seen": version.version - old}
        if self.try_to("opendata.publish", expected, actions.publish, **values, **CHECK):
            self.states[version.number] = VersionState.PUBLISHED
            self.public[version.number] = b"".join(files.csv_of(version))
            self.cells = self.file = None

    @precondition(lambda self: len(self.deeds) > 6)
    @rule(by_section=st.booleans())
    def withdraw(self, by_section):
        values = {"dataset": self.dataset, "by": self.section if by_section else self.reviewer}
        values["reason"] = "氏名が含まれていたため"
        expected = bool(self.public) and not self.is_withdrawn
        if self.try_to("opendata.withdraw", expected, actions.withdraw, **values):
            self.is_withdrawn = True

    @precondition(lambda self: bool(self.public))
    @rule(part=st.sampled_from(["rows", "findings", "repairs"]))
    def reach_past_the_actions(self, part):
        """Whatever a command or a hand at the database tries on what is public."""
        version = self.dataset.versions.get(number=max(self.public))
        rows = getattr(version, part)
        for spoil in (rows.all().delete, version.delete, lambda: rows.update(row=99)):
            if rows.exists():
                try:
                    with transaction.atomic():
                        spoil()
                except IntegrityError:
                    continue
                raise AssertionError(f"{part} of a published version were changed")

    # What the machine knows

    @property
    def newest(self):
        return self.dataset.versions.select_related("dataset__department").order_by("-number").first()

    @property
    def state(self):
        return self.states[max(self.states)]

    @property
    def can_change(self):
        return self.state in EDITABLE

    def decide(self, do, deed, state, codes, old, **values):
        """Repairs of these kinds are made or taken back where the cell still holds what they speak of."""
        version = self.newest
        back = state == RepairState.ACCEPTED
        chosen = version.repairs.filter(state=state, code__in=codes).order_by("-decided_at", "-pk")
        pairs = [(fix, *((fix.after, fix.before) if back else (fix.before, fix.after))) for fix in chosen]
        cells = {number: list(row) for number, row in (self.cells or {}).items()}
        meant = [
            (fix, after)
            for fix, before, after in pairs
            if self.can_change and cells[fix.row][fix.column - 1] == before
        ]
        values |= {"version": version, "by": self.section, "seen": version.version - old}
        if self.can_change and not old and not meant:
            assert do(**values) == 0
        elif self.try_to(deed, self.can_change and not old, do, **values):
            for fix, after in meant:
                self.cells[fix.row][fix.column - 1] = after

    # What must hold whatever was done

    @invariant()
    def only_the_allowed_steps_were_taken(self):
        kept = dict(DatasetVersion.objects.values_list("number", "state"))
        assert kept == self.states
        assert sum(state != VersionState.PUBLISHED for state in kept.values()) <= 1
        handed_in = self.dataset.versions.filter(state__in=HANDED_IN)
        assert [blocker for version in handed_in for blocker in readiness.blockers(version)] == []

    @invariant()
    def what_was_published_is_what_it_was(self):
        for version in self.dataset.versions.published():
            now = b"".join(files.csv_of(version))
            assert now == self.public[version.number]
            assert digest(now) == version.public_sha256

    @invariant()
    def citizens_see_the_newest_that_was_published(self):
        answers = [Client().get(f"/data/{self.dataset.slug}{ending}") for ending in ("/", ".csv")]
        status = 410 if self.is_withdrawn else 200 if self.public else 404
        assert [answer.status_code for answer in answers] == [status, status]
        if status == 200:
            assert answers[1].getvalue() == self.public[max(self.public)]
        current = [version.number for version in DatasetVersion.objects.current()]
        assert current == ([max(self.public)] if status == 200 else [])
        assert Dataset.objects.get().is_withdrawn == self.is_withdrawn

    @invariant()
    def the_cells_hold_what_was_done_to_them(self):
        if self.cells is not None:
            assert dict(self.newest.rows.values_list("row", "cells")) == self.cells

    @invariant()
    def promises_hold(self):
        self.hold_promises()


# ASVS V2.3.1
@pytest.mark.no_cover
@pytest.mark.usefixtures("town")
def test_versions_in_any_order_reach_citizens_as_they_were_approved():
    run(Versions)
