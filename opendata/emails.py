"""The emails about data sets: which text, to whom, under which key."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from foundation.actions import Actor
from foundation.mail import outbox
from members import senders, unasked
from members.models import User
from opendata import policy
from opendata.models import DatasetVersion


def tell_reviewers(version: DatasetVersion, *, by: Actor) -> None:
    page = reverse("opendata:review_version", args=[version.dataset.slug])
    for user in policy.reviewers(version):
        if user != by.user:
            _send("submitted", version, user, page, by)


def tell_uploader(name: str, version: DatasetVersion, *, by: Actor) -> None:
    page = reverse("opendata:dataset" if version.is_published else "opendata:work", args=[version.dataset.slug])
    if version.uploaded_by != by.user:
        _send(name, version, version.uploaded_by, page, by)


def _send(name: str, version: DatasetVersion, user: User, page: str, by: Actor) -> None:
    """In office hours. Nothing goes to a person without an address, or twice for one action."""
    if not user.address:
        return
    context = {
        "version": version,
        "dataset": version.dataset,
        "person": user,
        "by": by.user,
        "page": settings.SITE_URL + page,
    }
    whole = render_to_string(f"opendata/mail/{name}.txt", context)
    subject, _, body = whole.strip().partition("\n")
    outbox.enqueue(
        to=user,
        to_address=user.address,
        subject=subject.strip(),
        body=f"{body.strip()}\n",
        **senders.of_portal(),
        due_at=unasked.moments([user.pk], senders.of_portal())[user.pk],
        unasked=True,
        dedupe_key=f"opendata:{name}:{version.pk}:{version.version}:{user.pk}",
    )
