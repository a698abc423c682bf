"""The pages of the reviewers: the data stewards, and who is named at the desk of the assignment's group."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.actions import Actor
from foundation.ui.attempts import attempt, done, posted, press, seen
from foundation.ui.paging import page_by_key
from members import rules
from members.login import LoggedIn
from opendata import actions, policy
from opendata.catalogue import publishing
from opendata.forms import CommentForm, KeepUnpublishedForm, PublishVersionForm, ReturnForm, RowNumberForm
from opendata.models import Dataset, DatasetVersion
from opendata.models.version import LATEST
from opendata.table import definition, privacy, readiness
from opendata.table.alike import called_the_same
from opendata.table.comments import cells_of, comments_of
from opendata.table.difference import difference
from opendata.table.overview import decided, overview
from opendata.views.findings import table_of
from opendata.views.maps import map_of, points
from opendata.views.staff import facts_of

PER_PAGE = 30


def newest_version(request: LoggedIn, slug: str) -> DatasetVersion:
    reviewed = DatasetVersion.objects.filter(dataset__in=Dataset.objects.reviewed_by(request.user))
    versions = reviewed.filter(dataset__slug=slug).order_by("-number")
    found = versions.select_related("dataset__department", "uploaded_by").first()
    return found or get_object_or_404(versions)


def version_to_review(request: LoggedIn, slug: str) -> DatasetVersion:
    version = newest_version(request, slug)
    if version.is_published:
        raise Http404
    return version


@require_safe
def review(request: LoggedIn) -> HttpResponse:
    if not rules.reviews(request.user):
        raise Http404
    reviewed = Dataset.objects.reviewed_by(request.user)
    found = DatasetVersion.objects.filter(dataset__in=reviewed).light()
    found = found.select_related("dataset__department", "uploaded_by")
    context = {
        "versions": found.awaiting_review().order_by("submitted_at", "id"),
        "kept": found.kept().order_by("-kept_at", "-id"),
        "page": page_by_key(found.current(), LATEST, request.GET, size=PER_PAGE),
    }
    return render(request, "opendata/desk/review.html", context)


@require_safe
def review_version(request: LoggedIn, slug: str) -> HttpResponse:
    version = newest_version(request, slug)
    if version.is_published:
        # Whoever waited for it on this page comes to what is public now.
        return redirect("opendata:dataset", slug)
    context = table_of(version, request) | {
        **map_of(version, version.columns, reverse("opendata:review_places", args=[slug])),
        "dataset": version.dataset,
        "publishing": publishing.of(version) if version.is_submitted else None,
        "overview": overview(version),
        "done": decided(version),
        "facts": facts_of(version),
        "definition": definition.told(version),
        "comments": comments_of(version),
        "difference": difference(version),
        "can_review_again": policy.can_review_again(request.user, version),
        "can_decide": policy.can_decide(request.user, version),
        "suspects": privacy.suspects(version, version.public_columns),
        "blockers": [] if version.is_kept else readiness.blockers(version),
        "is_own": version.uploaded_by == request.user,
        "twin": called_the_same(version, version.title) if version.number == 1 else None,
    }
    return render(request, "opendata/desk/review_version.html", context)


@require_safe
def review_places(request: LoggedIn, slug: str) -> HttpResponse:
    version = newest_version(request, slug)
    return points(version, version.columns, judged=True)


def publish(request: LoggedIn, slug: str) -> HttpResponse:
    version = version_to_review(request, slug)
    asked = publishing.of(version)
    if not policy.can_decide(request.user, version) or (asked and not asked.has_ended):
        return redirect("opendata:review_version", slug)
    form = PublishVersionForm(posted(request), initial={"seen": version.version})
    takes_long = publishing.takes_long(version)
    do = actions.publish_later if takes_long else actions.publish
    if request.method == "POST" and done(form, do, version=version, by=Actor.of(request)):
        if takes_long:
            return redirect("opendata:review_version", slug)
        messages.success(request, _("「%s」を公開しました。") % version.title)
        return redirect("opendata:dataset", slug)
    context = {"form": form, "version": version, "dataset": version.dataset, "takes_long": takes_long}
    context["suspects"] = privacy.suspects(version, version.public_columns)
    return render(request, "opendata/desk/publish.html", context, status=form.status)


def return_version(request: LoggedIn, slug: str) -> HttpResponse:
    version = version_to_review(request, slug)
    if not policy.can_decide(request.user, version):
        return redirect("opendata:review_version", slug)
    form = ReturnForm(posted(request), initial={"seen": version.version})
    if request.method == "POST" and done(form, actions.return_version, version=version, by=Actor.of(request)):
        messages.success(request, _("「%s」を差し戻しました。") % version.title)
        return redirect("opendata:review")
    context = {"form": form, "version": version, "dataset": version.dataset}
    return render(request, "opendata/desk/return_version.html", context, status=form.status)


def keep_unpublished(request: LoggedIn, slug: str) -> HttpResponse:
    version = version_to_review(request, slug)
    if not policy.can_decide(request.user, version):
        return redirect("opendata:review_version", slug)
    form = KeepUnpublishedForm(posted(request), initial={"seen": version.version})
    if request.method == "POST" and done(form, actions.keep_unpublished, version=version, by=Actor.of(request)):
        messages.success(request, _("「%s」を公開しないで保管しました。") % version.title)
        return redirect("opendata:review_version", slug)
    is_public = version.dataset.versions.published().exists()
    context = {"form": form, "version": version, "dataset": version.dataset, "is_public": is_public}
    return render(request, "opendata/desk/keep_unpublished.html", context, status=form.status)


@require_POST
def review_again(request: LoggedIn, slug: str) -> HttpResponse:
    version = version_to_review(request, slug)
    if press(request, actions.review_again, version=version, by=Actor.of(request), seen=seen(request)):
        messages.success(request, _("「%s」を確認に戻しました。") % version.title)
    return redirect("opendata:review_version", slug)


def comment_cell(request: LoggedIn, slug: str) -> HttpResponse:
    version = version_to_review(request, slug)
    if not policy.can_decide(request.user, version):
        return redirect("opendata:review_version", slug)
    row = RowNumberForm(request.GET)
    cells = cells_of(version, row.cleaned_data["row"]) if row.is_valid() else []
    given = {"seen": version.version, "cell": request.GET.get("cell", "")[:12]}
    form = CommentForm(posted(request), initial=given, cells=cells)

    def say(*, seen: int, text: str, **_typed: Any) -> DatasetVersion:
        row, column = form.place
        by = Actor.of(request)
        return actions.comment_cell(version=version, by=by, seen=seen, row=row, column=column, text=text)

    if attempt(form, say):
        messages.success(request, _("%sにコメントを付けました。") % form.cleaned_data["cell"])
        # Where the table was left.
        return redirect(f"{reverse('opendata:review_version', args=[slug])}?row={form.place[0]}")
    context = {"form": form, "version": version, "dataset": version.dataset, "cells": cells}
    return render(request, "opendata/desk/comment_cell.html", context, status=form.status)


@require_POST
def drop_comment(request: LoggedIn, slug: str) -> HttpResponse:
    version = version_to_review(request, slug)
    typed = request.POST.get("comment", "")
    comment = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
    told = {"version": version, "by": Actor.of(request), "seen": seen(request), "comment": comment}
    if press(request, actions.drop_comment, **told):
        messages.success(request, _("コメントを削除しました。"))
    return redirect("opendata:review_version", slug)
