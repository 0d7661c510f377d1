"""Runs the rounds of the service as jobs of Procrastinate, on as many hosts as there are.

The ledger decides, the engine rings. A job carries no truth: one too many finds nothing to do, and
one too few is made good by the next periodic round. So the faults that a queue of jobs can have
delay, and do nothing else; docs/why/engine.md names those that are known.
"""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from mailer.engine.bell import OF_SESSION, Bell
from mailer.engine.rounds import cron_for

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Coroutine, Iterable, Sequence

    from procrastinate import App
    from procrastinate.job_context import JobContext
    from procrastinate.worker import Worker

    from mailer.engine.rounds import Round
    from mailer.model.service.service_role import ServiceRole

_POLL_S = 2.0
"""How often jobs are looked for when no bell was heard, such as on a line that was cut."""
_HEARTBEAT_S = 5.0
_STALLED_S = 20.0
"""A worker of Procrastinate that was silent for so long is dead: its jobs are removed."""
_FREE_EVERY_S = 5.0
_ADMIT_EVERY_S = 5.0
_AGAIN_S = 1.0
"""How long a role waits before it tries again after the line to the database was lost."""
_NOISY = ("procrastinate", "psycopg.pool")


class JobQueueEngine:
    """Serves rounds until it is stopped, whatever becomes of the line to the database.

    `address` is a direct URL of the database: through a pooler no bell is heard. `admit` is asked
    every few seconds and raises while this host may not work; `failed` gets each of its errors and
    those of the database once, and None when all is well again.
    """

    def __init__(
        self,
        address: str,
        *,
        admit: Callable[[], None],
        failed: Callable[[Exception | None], None],
    ) -> None:
        self._address, self._admit, self._failed = address, admit, failed
        self._told = ""
        self._lost: dict[ServiceRole, int | None] = {}
        self._stopped = Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        # The same and two more, for the loop's own thread.
        self._ended, self._admitted, self._refused = (asyncio.Event() for _ in range(3))

    def stop(self) -> None:
        """End the rounds that run, and begin no others; may be called by a signal handler."""
        self._stopped.set()
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop has ended by itself
                self._loop.call_soon_threadsafe(self._ended.set)

    def serve(self, rounds: Iterable[Round]) -> None:
        """Do the rounds, and wait for `stop`. What runs then is waited for."""
        for name in _NOISY:  # they tell the log about each line that is cut
            logging.getLogger(name).setLevel(logging.CRITICAL)
        by_role: dict[ServiceRole, list[Round]] = {}
        for each in rounds:
            by_role.setdefault(each.role, []).append(each)
        # The loop is in a thread of its own, so that the main thread hears signals.
        thread = Thread(target=lambda: asyncio.run(self._serve(by_role)), name="engine")
        thread.start()
        self._stopped.wait()
        thread.join()

    async def _serve(self, by_role: dict[ServiceRole, list[Round]]) -> None:
        self._loop = asyncio.get_running_loop()
        if self._stopped.is_set():  # before there was a loop to tell
            return
        # Python's own has six threads on two cores, which is fewer than the rounds at once.
        at_once = sum(each.at_once for rounds in by_role.values() for each in rounds)
        self._loop.set_default_executor(ThreadPoolExecutor(at_once + 2, thread_name_prefix="round"))
        # A job that was deleted while it ran cannot be finished: nobody is to be told.
        self._loop.set_exception_handler(lambda _loop, _context: None)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._keep_admitting())
            for role, rounds in by_role.items():
                group.create_task(self._serve_role(role, rounds))

    async def _keep_admitting(self) -> None:
        while not self._ended.is_set():
            try:
                await asyncio.to_thread(self._admit)
            except Exception as error:  # noqa: BLE001 — whatever it is, this host does not work
                self._tell(error)
                self._admitted.clear()
                self._refused.set()
            else:
                self._tell(None)
                self._refused.clear()
                self._admitted.set()
            await self._pause(_ADMIT_EVERY_S)

    def _tell(self, error: Exception | None) -> None:
        """Pass on an error once, and then None when all is well again."""
        told = "" if error is None else type(error).__name__
        if told != self._told:
            self._told = told
            self._failed(error)

    async def _serve_role(self, role: ServiceRole, rounds: Sequence[Round]) -> None:
        import psycopg  # noqa: PLC0415 — an extra, needed only with this engine
        from procrastinate.exceptions import ProcrastinateException  # noqa: PLC0415 — as above

        while not self._ended.is_set():
            try:
                await _until_one_ends(self._wait(self._ended), self._wait(self._admitted))
                if self._admitted.is_set() and not self._ended.is_set():
                    await asyncio.to_thread(Bell(self._address).install)
                    await self._work(role, rounds)
            except (ProcrastinateException, psycopg.Error) as error:
                self._tell(error)
            await self._pause(_AGAIN_S)

    async def _work(self, role: ServiceRole, rounds: Sequence[Round]) -> None:
        """Work until the line is lost, this host may not work, or the engine is stopped."""
        from procrastinate.worker import Worker  # noqa: PLC0415 — as above

        concurrency = sum(each.at_once for each in rounds)
        running: set[int | None] = set()
        app = _new_app(self._address, role, rounds, running, connections=concurrency + 2)
        async with app.open_async():
            await self._forget_lost(app, role)
            worker = Worker(
                app,
                queues=[role.value],
                name=role.value,
                concurrency=concurrency,
                fetch_job_polling_interval=_POLL_S,
                update_heartbeat_interval=_HEARTBEAT_S,
                stalled_worker_timeout=_STALLED_S,
                delete_jobs="always",
                install_signal_handlers=False,
            )
            ends = (self._wait(self._ended), self._wait(self._refused))
            working = worker.run()  # type: ignore[no-untyped-call]  # the package has no type there
            try:
                await _until_one_ends(working, *ends, _free_stalled(app, worker, role, running))
            finally:
                self._lost[role] = worker.worker_id

    async def _forget_lost(self, app: App, role: ServiceRole) -> None:
        """Unregister our last worker if it could not do it: its jobs need not wait to be freed."""
        lost = self._lost.pop(role, None)
        if lost is not None:
            await app.job_manager.unregister_worker(lost)

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._ended.wait()

    @staticmethod
    async def _wait(event: asyncio.Event) -> None:
        await event.wait()


def _new_app(
    address: str,
    role: ServiceRole,
    rounds: Sequence[Round],
    running: set[int | None],
    *,
    connections: int,
) -> App:
    """Return an app with the tasks of one role: its worker defers no others.

    While a task is done, the number of its job is in `running`.
    """
    import procrastinate  # noqa: PLC0415 — as above

    app = procrastinate.App(
        connector=procrastinate.PsycopgConnector(
            conninfo=address,
            kwargs={"options": OF_SESSION},
            min_size=1,
            max_size=connections,
            timeout=10,
        )
    )
    for each in rounds:
        once = each.name if each.every_s is not None else None
        make = app.task(
            name=each.name, queue=role.value, lock=once, queueing_lock=once, pass_context=True
        )
        task = make(_as_task(each.work, running))
        if each.every_s is not None:
            app.periodic(cron=cron_for(each.every_s))(task)
    return app


def _as_task(work: Callable[[], object], running: set[int | None]) -> Callable[..., None]:
    def run(context: JobContext, **_scheduled: int) -> None:
        running.add(context.job.id)
        try:
            work()
        finally:
            running.discard(context.job.id)

    return run


async def _until_one_ends(*works: Coroutine[Any, Any, None]) -> None:
    """Wait until one ends, end the others in good order, and raise what the first one raised."""
    tasks = [asyncio.create_task(work) for work in works]
    ended, _others = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for task in ended:
        if not task.cancelled() and (error := task.exception()) is not None:
            raise error


async def _free_stalled(
    app: App, worker: Worker, role: ServiceRole, running: Collection[int | None]
) -> None:
    """Remove the jobs that are marked as running and are not: their locks would stop a round
    for ever.

    Dead workers leave them, and so does ours when the line is cut while it takes a job or says
    that one has ended. Such a job of ours is not in `running` twice in a row: once may be a job
    that begins or ends just now. That is no job itself, because one that hangs would free nothing.
    """
    from procrastinate.exceptions import ProcrastinateException  # noqa: PLC0415 — as above
    from procrastinate.jobs import Status  # noqa: PLC0415 — as above

    jobs, idle_before = app.job_manager, set[int | None]()
    while True:
        with suppress(ProcrastinateException):
            dead = await jobs.get_stalled_jobs(queue=role.value, seconds_since_heartbeat=_STALLED_S)
            ours = await jobs.list_jobs_async(
                queue=role.value, status=Status.DOING.value, worker_id=worker.worker_id or 0
            )
            idle = [job for job in ours if job.id not in running]
            for job in [*dead, *(job for job in idle if job.id in idle_before)]:
                await jobs.finish_job(job, Status.FAILED, delete_job=True)
            idle_before = {job.id for job in idle}
        await asyncio.sleep(_FREE_EVERY_S)
