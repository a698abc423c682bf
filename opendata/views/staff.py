"""The pages of a section: from a file to a data set handed in."""

from operator import itemgetter
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.actions import Actor, Conflict
from foundation.apart import Busy
from foundation.files.storage import StoreAway
from foundation.http.views import lost
from foundation.ui.attempts import attempt, done, posted, press, seen
from members import rules
from members.login import LoggedIn
from members.models import Department
from opendata import actions, assignments, policy, standards
from opendata.catalogue import publishing
from opendata.forms import PublicationForm, ReplaceForm, UploadForm, WithdrawForm
from opendata.models import Dataset, DatasetVersion
from opendata.table import definition, kinds, overview, privacy, readiness, reading
from opendata.table.ways import Way
from opendata.views.kinds import kinds_for
from tablecheck import ENCODINGS


def own_dataset(request: LoggedIn, slug: str) -> Dataset:
    return get_object_or_404(Dataset.objects.owned_by(request.user).select_related("department"), slug=slug)


def own_version(request: LoggedIn, slug: str) -> DatasetVersion:
    """The version in work, or the newest one published."""
    versions = DatasetVersion.objects.filter(
        dataset__in=Dataset.objects.owned_by(request.user), dataset__slug=slug
    )
    found = versions.select_related("dataset__department", "dataset__assignment").order_by("-number").first()
    return found or get_object_or_404(versions)


# Where a section stands


@require_safe
def mine(request: LoggedIn) -> HttpResponse:
    own = DatasetVersion.objects.filter(dataset__in=Dataset.objects.owned_by(request.user))
    newest = own.newest().light().select_related("dataset__department").with_last_publication()
    context = {
        "versions": newest.order_by("dataset__department__path", "title", "id"),
        "departments": Department.objects.of(request.user),
        "assignments": assignments.open_for(request.user),
        "examples": kinds_for(request.user),
        "kinds": sorted(standards.kinds().items(), key=itemgetter(1)),
        "can_review": rules.reviews(request.user),
    }
    return render(request, "opendata/mine.html", context)


@require_safe
def work(request: LoggedIn, slug: str) -> HttpResponse:
    version = own_version(request, slug)
    context = {
        "version": version,
        "dataset": version.dataset,
        "facts": facts_of(version),
        "reading": reading.of(version) if version.is_editable else None,
        "publishing": publishing.of(version) if version.is_submitted else None,
        "can_discard": policy.can_discard(request.user, version),
        "blockers": readiness.blockers(version) if version.is_editable else [],
        "published": version.dataset.versions.published().light(),
        "can_withdraw": policy.can_withdraw(request.user, version.dataset),
    }
    return render(request, "opendata/work.html", context)


# The file


def upload(request: LoggedIn) -> HttpResponse:
    if not Department.objects.of(request.user).exists():
        return render(request, "opendata/no_department.html", {"typed": lost(request)}, status=403)
    form = UploadForm(*sent(request), user=request.user)
    if version := attempt(form, upload_file, by=Actor.of(request)):
        return read_and_show(request, version)
    return render(request, "opendata/upload.html", {"form": form, "examples": kinds_for(request.user)})


def upload_file(*, by: Actor, file: UploadedFile, **given: Any) -> DatasetVersion:
    return actions.upload(name=file.name or "", data=file.read(), standard=None, by=by, **given)


def replace(request: LoggedIn, slug: str) -> HttpResponse:
    dataset = own_dataset(request, slug)
    newest = own_version(request, slug)
    in_work = None if newest.is_published else newest
    if request.method != "POST" and (dataset.is_withdrawn or (in_work and not in_work.is_editable)):
        return redirect("opendata:work", slug)
    form = ReplaceForm(*sent(request), initial={"seen": in_work.version if in_work else 0})
    if version := attempt(form, replace_file, dataset=dataset, by=Actor.of(request)):
        return read_and_show(request, version)
    context = {"form": form, "dataset": dataset, "version": newest, "in_work": in_work}
    return render(request, "opendata/replace.html", context, status=form.status)


def replace_file(*, dataset: Dataset, seen: int, by: Actor, file: UploadedFile) -> DatasetVersion:
    return actions.replace(dataset=dataset, seen=seen, name=file.name or "", data=file.read(), by=by)


@require_POST
def read_again(request: LoggedIn, slug: str) -> HttpResponse:
    """The kept file once more, after something went wrong in between."""
    return read_and_show(request, own_version(request, slug))


def read_and_show(request: LoggedIn, version: DatasetVersion) -> HttpResponse:
    """What was read already is not read again: a button pressed twice loses no repair."""
    return show(version) if version.is_read else read_anew(request, version)


def show(version: DatasetVersion) -> HttpResponse:
    """Where one goes on with what was read, or was not."""
    page = "findings" if version.kind_confirmed else "confirm_kind"
    return redirect("opendata:work" if version.unreadable else f"opendata:{page}", version.dataset.slug)


def read_anew(request: LoggedIn, version: DatasetVersion) -> HttpResponse:
    try:
        if reading.takes_long(version):
            return read_in_turn(request, version)
        version = actions.read(version=version, by=Actor.of(request))
    except (Busy, StoreAway):
        return read_in_turn(request, version)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    except Conflict as conflict:
        # Another press was faster; what it read is what this one wanted.
        version = conflict.stored
        if not version.is_read:
            messages.error(request, str(conflict))
    return show(version)


def read_in_turn(request: LoggedIn, version: DatasetVersion, way: Way | None = None) -> HttpResponse:
    press(request, actions.read_later, version=version, by=Actor.of(request), way=way)
    return redirect("opendata:work", version.dataset.slug)


# What is published


def publication(request: LoggedIn, slug: str) -> HttpResponse:
    version = own_version(request, slug)
    if not (version.is_read and policy.can_change(request.user, version)):
        return redirect("opendata:work", slug)
    form = PublicationForm(posted(request), version=version)

    def describe(*, seen: int, **_typed: Any) -> DatasetVersion:
        publication = form.publication
        return actions.describe(version=version, by=Actor.of(request), seen=seen, publication=publication)

    if described := attempt(form, describe):
        return redirect("opendata:submit", described.dataset.slug)
    done_steps = 1 if readiness.standing_errors(version).exists() else 2
    context = {"form": form, "version": version, "dataset": version.dataset, "done_steps": done_steps}
    return render(request, "opendata/publication.html", context, status=form.status)


def submit(request: LoggedIn, slug: str) -> HttpResponse:
    version = own_version(request, slug)
    if request.method == "POST":
        return _hand_in(request, version)
    if not version.is_editable:
        return redirect("opendata:work", slug)
    blockers = readiness.blockers(version)
    context = {
        "version": version,
        "dataset": version.dataset,
        "blockers": blockers,
        "done_steps": readiness.steps_done(blockers),
        "facts": facts_of(version),
        "definition": definition.told(version),
        "suspects": privacy.suspects(version, version.public_columns),
        "overview": overview.overview(version),
    }
    return render(request, "opendata/submit.html", context)


def _hand_in(request: LoggedIn, version: DatasetVersion) -> HttpResponse:
    if not press(request, actions.submit, version=version, by=Actor.of(request), seen=seen(request)):
        return redirect("opendata:submit", version.dataset.slug)
    messages.success(request, _("提出しました。確認が済むと公開され、メールでお知らせします。"))
    return redirect("opendata:work", version.dataset.slug)


def withdraw(request: LoggedIn, slug: str) -> HttpResponse:
    """Also open to reviewers: a leak is stopped by whoever sees it first."""
    dataset = get_object_or_404(Dataset.objects.internal_to(request.user), slug=slug)
    if not policy.can_withdraw(request.user, dataset):
        return redirect("opendata:dataset", slug)
    is_own = policy.can_upload_for(request.user, dataset.department)
    form = WithdrawForm(posted(request))
    if done(form, actions.withdraw, dataset=dataset, by=Actor.of(request)):
        messages.success(request, _("公開を停止しました。"))
        return redirect("opendata:mine" if is_own else "opendata:review")
    newest = dataset.versions.published().light().order_by("-number")[0]
    context = {"form": form, "dataset": dataset, "version": newest, "is_own": is_own}
    return render(request, "opendata/withdraw.html", context)


def discard(request: LoggedIn, slug: str) -> HttpResponse:
    version = own_version(request, slug)
    if request.method == "POST":
        if press(request, actions.discard, version=version, by=Actor.of(request), seen=seen(request)):
            messages.success(request, _("「%s」の作成を取りやめました。") % version)
            return redirect("opendata:mine")
        return redirect("opendata:work", slug)
    if not policy.can_discard(request.user, version):
        return redirect("opendata:work", slug)
    context = {"version": version, "dataset": version.dataset}
    return render(request, "opendata/discard.html", context)


@require_POST
def take_up(request: LoggedIn, slug: str) -> HttpResponse:
    """What was handed in or is kept unpublished is worked on again."""
    version = own_version(request, slug)
    if press(request, actions.take_up, version=version, by=Actor.of(request), seen=seen(request)):
        messages.success(request, _("作業を再開しました。直して、もう一度提出できます。"))
    return redirect("opendata:work", slug)


# Helpers


def sent(request: LoggedIn) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def facts_of(version: DatasetVersion) -> dict[str, Any]:
    """What the portal understood of the file, said so that a wrong guess is noticed."""
    detected = version.detected
    return {
        "format": kinds.FORMATS.get(detected.get("format", ""), ""),
        "encoding": ENCODINGS.get(detected.get("encoding") or "", ""),
        "sheet": detected.get("sheet") or "",
        "header_row": detected.get("header_row"),
        "rows": detected.get("rows"),
        "kind": kind_of(version),
    }


def kind_of(version: DatasetVersion) -> str:
    standard = standards.standard_named(version.standard)
    if standard is None:
        return _("独自の表")
    return _("%(title)s（%(edition)s）") % {"title": standard.title, "edition": standard.edition}
