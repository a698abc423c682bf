"""The product's settings, and one kind of job more."""

from dxbukai.settings import *  # noqa: F403
from dxbukai.settings import JOB_KINDS

JOB_KINDS = [*JOB_KINDS, "tools.drills.work.note"]
