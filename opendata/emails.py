"""The emails about data sets: which text, to whom, under which key."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from foundation.actions import Actor
from foundation.mail import outbox
from foundation.mail.models import Email
from members import senders, unasked
from members.models import User
from opendata import policy
from opendata.models import Dataset, DatasetVersion


def tell_reviewers(version: DatasetVersion, *, by: Actor) -> None:
    page = reverse("opendata:review_version", args=[version.dataset.slug])
    for user in policy.reviewers(version):
        if user != by.user:
            _send("submitted", version, user, page, by)


def stop_telling_reviewers(version: DatasetVersion) -> None:
    outbox.stop(Email.objects.about(rf"^opendata:submitted:{version.pk}:"))


def tell_uploader(name: str, version: DatasetVersion, *, by: Actor) -> None:
    page = reverse("opendata:dataset" if version.is_published else "opendata:work", args=[version.dataset.slug])
    if version.uploaded_by != by.user:
        _send(name, version, version.uploaded_by, page, by)


def remind_section(version: DatasetVersion, *, by: Actor) -> int:
    """Who brought it, where they still work there; else all who do; else, where no email reaches these, its
    reviewers. Returns how many are told.
    """
    page = reverse("opendata:replace", args=[version.dataset.slug])
    people = User.objects.reached_by_email().filter(postings__in=version.dataset.department.postings.current())
    brought = people.filter(pk=version.uploaded_by_id)
    if told := sum(_send("overdue", version, user, page, by) for user in brought or people.distinct()):
        return told
    page = reverse("opendata:dataset", args=[version.dataset.slug])
    others = policy.reviewers_of(version.dataset)
    return sum(_send("overdue_unreached", version, user, page, by) for user in others)


def stop_reminders(dataset: Dataset) -> None:
    """What has not left does not leave: there is a new version, or nothing is public any more."""
    public = "|".join(str(pk) for pk in dataset.versions.published().values_list("pk", flat=True))
    if public:
        outbox.stop(Email.objects.about(rf"^opendata:overdue:({public}):"))


def _send(name: str, version: DatasetVersion, user: User, page: str, by: Actor) -> bool:
    """In office hours. Nothing goes to a person without an address, or twice for one action."""
    if not user.address:
        return False
    context = {
        "version": version,
        "dataset": version.dataset,
        "person": user,
        "by": by.user,
        "page": settings.SITE_URL + page,
    }
    whole = render_to_string(f"opendata/mail/{name}.txt", context)
    subject, _, body = whole.strip().partition("\n")
    sent = outbox.enqueue(
        to=user,
        to_address=user.address,
        subject=subject.strip(),
        body=f"{body.strip()}\n",
        **senders.of_portal(),
        due_at=unasked.moments([user.pk], senders.of_portal())[user.pk],
        unasked=True,
        dedupe_key=f"opendata:{name}:{version.pk}:{version.version}:{user.pk}",
    )
    return sent is not None
