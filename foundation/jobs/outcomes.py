"""How work can end other than well. The sentence is what the administrator reads."""


class JobError(Exception):
    """The reason as it is shown to people."""


class Refused(JobError):
    """It can never be done; a person decides."""


class NotNow(JobError):
    """Certainly not done; worth another try."""


class Unclear(JobError):
    """Begun, and then no word: it may be done or not."""


class Lost(Exception):
    """Another has the job by now, or it was cancelled: nothing of ours is kept."""


class Interrupted(BaseException):
    """The worker is told to stop. No Exception, so that no handler takes it for a failure of its own."""
