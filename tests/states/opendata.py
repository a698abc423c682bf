"""The states of a data set, its version in work and what was found in it."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from foundation.jobs.models import Job
from foundation.jobs.states import JobState
from members.states import Licence
from opendata.catalogue import publishing
from opendata.models import DatasetVersion, Finding
from opendata.states import RepairState, UpdateCycle, VersionState
from tests import builders
from tests.states.kit import state


def in_work(world):
    return DatasetVersion.objects.filter(dataset=world.own.dataset, number=2)


@state(
    "staff get 200 → 302 opendata:findings opendata:table opendata:publication opendata:define "
    "opendata:bring_back opendata:marked_workbook",
    "staff post 200 → 302 opendata:publication opendata:define opendata:bring_back opendata:way",
)
def file_not_read(world):
    """The file was taken, and a worker will read it."""
    version = in_work(world).get()
    version.detected, version.columns = {}, []
    version.update_cycle, version.licence = UpdateCycle.MONTHLY, Licence.CC0
    version.original.save("list.csv", ContentFile("名称\n中央公園\n".encode()))


@state(
    "staff get 200 → 302 opendata:findings opendata:table opendata:publication opendata:define "
    "opendata:bring_back opendata:marked_workbook",
    "staff post 200 → 302 opendata:publication opendata:define opendata:bring_back opendata:way",
)
def file_unreadable(world):
    """The file is broken; the section is told so."""
    version = in_work(world).get()
    version.detected = {"error": {"code": "not-a-table", "message": "表として読み取れません。"}}
    version.columns, version.update_cycle = [], UpdateCycle.QUARTERLY
    version.original.save("list.csv", ContentFile(b"\x00\x01"))


@state()
def version_with_findings(world):
    """Something is wrong with cells; repairs are proposed, done and undone."""
    version = in_work(world).get()
    for code, level, repair in (("blank", "warning", None), ("width", "warning", "中央公園")):
        Finding.objects.create(
            version=version, row=2, column=1, code=code, level=level, message="指摘", value="x", repair=repair
        )
    for repair_state in RepairState:
        version.repairs.create(
            row=2,
            column=1,
            code="width",
            before="x",
            after="y",
            state=repair_state,
            decided_by=world.staff,
            decided_at=timezone.now(),
        )


@state(
    "desk,steward get 302 → 200 opendata:publish opendata:return_version opendata:comment_cell "
    "opendata:keep_unpublished",
    "desk,steward post 302 → 200 opendata:publish opendata:return_version opendata:comment_cell "
    "opendata:keep_unpublished",
    "staff get 200 → 302 opendata:publication opendata:define opendata:bring_back opendata:submit opendata:way "
    "opendata:replace opendata:discard",
    "staff post 200 → 302 opendata:publication opendata:define opendata:bring_back opendata:way",
    "staff post 302 → 403 opendata:accept_repairs opendata:undo_repairs",
)
def version_submitted(world):
    """The section handed the version in; now it waits for a reviewer."""
    in_work(world).update(
        state=VersionState.SUBMITTED,
        submitted_at=timezone.now(),
        update_cycle=UpdateCycle.YEARLY,
        licence=Licence.PDL_1,
    )


@state(
    "staff get 200 → 302 opendata:publication opendata:define opendata:bring_back opendata:submit opendata:way "
    "opendata:replace opendata:discard",
    "staff post 200 → 302 opendata:publication opendata:define opendata:bring_back opendata:way",
    "staff post 302 → 403 opendata:accept_repairs opendata:undo_repairs",
)
def version_kept(world):
    """A reviewer had the version kept instead of published; why is nobody's business outside."""
    in_work(world).update(
        state=VersionState.KEPT,
        submitted_at=timezone.now(),
        kept_at=timezone.now(),
        kept_reason="公開の可否を検討中のため",
    )


@state(
    "desk,steward get 302 → 200 opendata:return_version opendata:comment_cell opendata:keep_unpublished",
    "desk,steward post 302 → 200 opendata:return_version opendata:comment_cell opendata:keep_unpublished",
    "staff get 200 → 302 opendata:publication opendata:define opendata:bring_back opendata:submit opendata:way "
    "opendata:replace opendata:discard",
    "staff post 200 → 302 opendata:publication opendata:define opendata:bring_back opendata:way",
    "staff post 302 → 403 opendata:accept_repairs opendata:undo_repairs",
)
def version_approved_and_its_files_being_made(world):
    """A reviewer approved a large version; the worker has it in hand."""
    in_work(world).update(state=VersionState.SUBMITTED, submitted_at=timezone.now())
    Job.objects.create(
        kind=publishing.KIND,
        key=publishing.key_of(in_work(world).get(), {}),
        state=JobState.RUNNING,
        lease_until=timezone.now() + timedelta(minutes=1),
        progress_done=1,
        progress_total=3,
    )


@state("staff get 200 → 302 opendata:discard")
def version_returned(world):
    """A reviewer gave the version back."""
    now = timezone.now()
    in_work(world).update(
        state=VersionState.RETURNED, submitted_at=now, returned_reason="電話番号を確認してください。"
    )


@state(
    "staff get 302 → 200 opendata:confirm_kind",
    "staff post 302 → 200 opendata:confirm_kind",
    "desk,staff,steward get 200 → 302 opendata:withdraw",
    "desk,staff,steward post 200 → 302 opendata:withdraw",
    "everybody get 200 → 404 opendata:dataset opendata:dataset_csv opendata:dataset_json opendata:dataset_places "
    "opendata:version opendata:version_csv",
)
def only_a_draft(world):
    """Nothing of the data set was ever published."""
    asked = world.own.dataset.assignment
    world.own.dataset = builders.make_dataset(department=world.own.department, by=world.staff, assignment=asked)
    builders.make_version(dataset=world.own.dataset)


@state(
    "desk,steward get 200 → 302 opendata:review_version",
    "desk,steward get 302 → 404 opendata:publish opendata:return_version opendata:comment_cell "
    "opendata:keep_unpublished",
    "desk,steward post 302 → 404 opendata:publish opendata:return_version opendata:comment_cell "
    "opendata:keep_unpublished opendata:review_again opendata:drop_comment",
    "staff get 200 → 302 opendata:publication opendata:define opendata:bring_back opendata:submit opendata:way",
    "staff post 200 → 302 opendata:publication opendata:define opendata:bring_back opendata:way",
    "staff post 302 → 403 opendata:accept_repairs opendata:undo_repairs",
    "staff get 200 → 302 opendata:discard",
    "staff get 302 → 200 opendata:slip",
)
def only_a_published_version(world):
    """Nothing of the data set is in work."""
    version = in_work(world).get()
    version.rows.all().delete()
    version.delete()


@state(
    "everybody get 200 → 410 opendata:dataset opendata:dataset_csv opendata:dataset_json opendata:dataset_places "
    "opendata:version opendata:version_csv",
    "desk,staff,steward get 200 → 302 opendata:withdraw",
    "staff get 200 → 302 opendata:replace",
    "desk,staff,steward post 200 → 302 opendata:withdraw",
    "secret a published data set read by desk staff other_desk steward",
)
def data_set_withdrawn(world):
    """The data set was taken back; its address says so, and why."""
    dataset = world.own.dataset
    dataset.withdrawn_at, dataset.withdrawn_by = timezone.now(), world.staff
    dataset.withdrawn_reason = "誤りがあったため"
    dataset.save()
