"""The background worker: what it does, how often, and one turn of it. Tasks run from Django's database of tasks.

Whatever a task is about stands in its own rows, and a task that is run again does nothing twice. So a task that a
killed worker has left behind is not run again as such: its next time does what was left undone.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks_db.compat import Task, TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from moothall.engagement.drafts import write_drafts_to_disk
from moothall.engagement.exchange.introducing import ask_what_was_learned
from moothall.engagement.exchange.replying import tell_of_lapses
from moothall.engagement.models import Chore
from moothall.engagement.news.subscribing import forget_unconfirmed
from moothall.engagement.news.telling import note_news, send_digests
from moothall.engagement.post.delivery import deliver_waiting, forget_sent, is_any_due
from moothall.engagement.tasks import task
from moothall.engagement.workshops.booking import forget_needs, remind

LOG = logging.getLogger("moothall.engagement")
QUEUE = "default"
FORSAKEN_AFTER = timedelta(hours=1)
KEPT_FOR = timedelta(days=7)
"""How long it is kept which tasks were run."""


class JobFailed(Exception):
    """A job ended with a fault. It names the fault's kind only: its words may name people, and this one is kept."""


class Stop:
    """Whether the worker has been asked to end; asked between letters and between tasks."""

    def __init__(self) -> None:
        self.is_asked = False

    def ask(self, *_: Any) -> None:
        """End as soon as what is being done is done."""
        self.is_asked = True


STOP = Stop()


def without_names(job: Callable[[], object]) -> None:
    """Do a job; a fault of ours is raised again without its words."""
    try:
        job()
    except Exception as error:  # noqa: BLE001  whatever went wrong, its words stay here
        raise JobFailed(f"{job.__name__}: {type(error).__name__}") from None


@task()
def deliver_letters() -> None:
    """Send the letters that are due."""
    without_names(_deliver)


def _deliver() -> None:
    deliver_waiting(lambda: STOP.is_asked)


@task()
def forget_old() -> None:
    """Forget letters and tasks that are over."""
    without_names(_forget)


def _forget() -> None:
    forget_sent()
    forget_needs()
    forget_unconfirmed()
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT_FOR).delete()


@task()
def tell_lapses() -> None:
    """Tell leads of replies whose figures have changed."""
    without_names(tell_of_lapses)


@task()
def follow_up() -> None:
    """Ask both sides of an introduction, a month later, what was learned."""
    without_names(ask_what_was_learned)


@task()
def remind_of_workshops() -> None:
    """Remind people of the workshops in which they have a place."""
    without_names(remind)


@task()
def tell_news() -> None:
    """Note what is new, and write to those who are due to hear of it."""
    without_names(_tell_news)


def _tell_news() -> None:
    note_news()
    send_digests()


@dataclass(frozen=True, slots=True)
class Job:
    """A task that is due at a pace. Its name is its task's."""

    task: Task[[], None]
    every: timedelta

    @property
    def name(self) -> str:
        """How the job is called where it is kept when it is due."""
        return str(self.task.name)


JOBS: tuple[Job, ...] = (
    Job(forget_old, timedelta(hours=6)),
    Job(tell_lapses, timedelta(hours=12)),
    Job(follow_up, timedelta(hours=12)),
    Job(remind_of_workshops, timedelta(minutes=10)),
    Job(tell_news, timedelta(minutes=10)),
)
"""What is done again and again. Of several workers, one does it at its time."""


def enqueue_due(jobs: tuple[Job, ...] = JOBS) -> None:
    """Put into the queue what is due: regular jobs, and the post where a letter waits."""
    now = timezone.now()
    for job in jobs:
        Chore.objects.get_or_create(name=job.name, defaults={"due_at": now})
        with transaction.atomic():
            if Chore.objects.filter(name=job.name, due_at__lte=now).update(due_at=now + job.every):
                job.task.enqueue()
    if is_any_due() and not _waits(deliver_letters):
        deliver_letters.enqueue()


def _waits(task: Task[[], None]) -> bool:
    return DBTaskResult.objects.ready().filter(task_path=task.module_path).exists()


def drop_forsaken() -> None:
    """Close the entries of tasks that a killed worker has left running."""
    left = DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - FORSAKEN_AFTER)
    left.update(status=TaskResultStatus.FAILED, finished_at=timezone.now(), traceback="The worker ended.")


def turn() -> None:
    """Everything that is due now, once."""
    write_drafts_to_disk()
    drop_forsaken()
    enqueue_due()
    if DBTaskResult.objects.ready().exists():
        _library_worker().run()


def _library_worker() -> Worker:
    """The library's worker, told to end when the queue is empty; a claim of a task is its own transaction."""
    return Worker(
        queue_names=[QUEUE],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"moothall-{timezone.now():%H%M%S%f}",
        excluded_queue_names=[],
    )
