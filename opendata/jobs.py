"""What is done after the answer to the page: a large file is read."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from foundation.actions import Actor, Conflict, Via
from foundation.apart import Busy
from foundation.jobs.models import Job
from foundation.jobs.outcomes import NotNow, Refused
from foundation.jobs.registry import kind
from members.models import User
from opendata import actions
from opendata.models import DatasetVersion
from opendata.table import reading

# Seconds until the turn of the next job comes first.
PATIENCE = 600


@kind(reading.KIND, lease=timedelta(minutes=2), attempts=3)
def read(job: Job) -> None:
    """Three attempts: a file that has ended three workers will end the fourth."""
    asked = job.payload
    version = DatasetVersion.objects.select_related("dataset__department").filter(pk=asked["version"]).first()
    if version is None or version.version != asked["seen"]:
        raise Refused(_("読み込む前に、ファイルが差し替えられたか内容が変更されたため、読み込みませんでした。"))

    def tell(done: int, total: int) -> None:
        job.report(done, total)

    by = Actor(User.objects.get(pk=asked["by"]), Via(asked["via"]))
    try:
        actions.read(version=version, by=by, sheet=asked["sheet"], progress=tell, wait=PATIENCE)
    except Busy:
        raise NotNow(_("別のファイルの読み込みが続いています。")) from None
    except (Conflict, PermissionDenied) as refusal:
        raise Refused(str(refusal)) from refusal
