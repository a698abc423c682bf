"""The pages of the reviewers: the desks and the data stewards."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.actions import Actor
from opendata import actions, policy, privacy, readiness
from opendata.forms import PublishForm, ReturnForm
from opendata.models import DatasetVersion
from opendata.overview import done, overview
from opendata.views.findings import table_of
from opendata.views.staff import facts_of


def version_to_review(request, slug) -> DatasetVersion:
    if not policy.can_review(request.user):
        raise Http404
    versions = DatasetVersion.objects.visible_to(request.user).in_work()
    return get_object_or_404(versions.select_related("dataset__department", "uploaded_by"), dataset__slug=slug)


@require_safe
def review(request):
    if not policy.can_review(request.user):
        raise Http404
    awaiting = DatasetVersion.objects.visible_to(request.user).awaiting_review().light()
    versions = awaiting.select_related("dataset__department", "uploaded_by").order_by("submitted_at", "id")
    return render(request, "opendata/desk/review.html", {"versions": versions})


@require_safe
def review_version(request, slug):
    version = version_to_review(request, slug)
    context = table_of(version, request) | {
        "dataset": version.described,
        "overview": overview(version),
        "done": done(version),
        "facts": facts_of(version),
        "suspects": privacy.suspects(version, version.public_columns),
        "blockers": readiness.blockers(version),
    }
    return render(request, "opendata/desk/review_version.html", context)


def approve(request, slug):
    version = version_to_review(request, slug)
    if not version.is_submitted:
        return redirect("opendata:review_version", slug)
    form = PublishForm(request.POST if request.method == "POST" else None, initial={"seen": version.version})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish(version=version, by=Actor.of(request), **form.cleaned_data)
            messages.success(request, _("「%s」を公開しました。") % version.dataset)
            return redirect("opendata:dataset", slug)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        except (actions.Conflict, PermissionDenied) as conflict:
            form.add_error(None, str(conflict) or _("この版は、すでに処理されています。"))
            status = 409
    context = {"form": form, "version": version, "dataset": version.described}
    return render(request, "opendata/desk/approve.html", context, status=status)


def return_version(request, slug):
    version = version_to_review(request, slug)
    if not version.is_submitted:
        return redirect("opendata:review_version", slug)
    form = ReturnForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.return_(version=version, by=Actor.of(request), reason=form.cleaned_data["reason"])
        messages.success(request, _("「%s」を差し戻しました。") % version.dataset)
        return redirect("opendata:review")
    return render(
        request, "opendata/desk/return.html", {"form": form, "version": version, "dataset": version.described}
    )
