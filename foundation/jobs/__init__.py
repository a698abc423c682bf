"""The one queue: work that is done after the answer to the page, once, also when a worker is killed over it.

Say what is to be done in the transaction of the action that wants it; where that fails, it was never said. The
same key of the same kind is the same job:

    from foundation.jobs.queue import enqueue

    job = enqueue(kind="opendata.read", payload={"version": version.pk}, key=f"{version.pk}")

Say how it is done, and name the function in `settings.JOB_KINDS`:

    from foundation.jobs.models import Job
    from foundation.jobs.registry import kind

    @kind("opendata.read", lease=timedelta(minutes=2))
    def read(job: Job) -> None:
        version = hold(DatasetVersion.objects, job.payload["version"])
        for number, chunk in enumerate(chunks, 1):
            ...
            job.report(number, len(chunks), _("ファイルを読んでいます。"))

What the handler writes and the end of the job are one transaction: it is done once, or not at all. Progress
alone is written beside it, for `job.progress` on a page to read, and each report gives the job another lease: who
is silent for longer than the lease counts as dead, and another worker begins anew. `job.result` is kept. A handler
may raise `Refused` or a ValidationError (never again; the sentence is shown), or `NotNow` (later, longer each
time); any other exception is tried again too. What cannot be rolled back, an email for instance, is a `Kind` with
transactional=False; see registry.py.

A rule, named in `settings.JOB_RULES`, makes a job of each time that has come: see rules.py. `manage.py worker`
does all of it; in a test, `Worker().run_once()` does what is due.
"""
