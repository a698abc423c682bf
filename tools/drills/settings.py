"""The product's settings, one kind of job more, and an app that changes what a drill has to change."""

from dxbukai.settings import *  # noqa: F403
from dxbukai.settings import INSTALLED_APPS, JOB_KINDS

JOB_KINDS = [*JOB_KINDS, "tools.drills.work.note"]
INSTALLED_APPS = [*INSTALLED_APPS, "tools.drills"]
