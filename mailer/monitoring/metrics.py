"""The Prometheus series of one process, in a registry of their own.

No label says anything about a person or a campaign: only states, kinds and routes.
"""

from __future__ import annotations

from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING, Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily

from mailer import __version__
from mailer.errors import MailerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mailer.model.health.figures import Figures

_SEND_BUCKETS_S = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)
_HTTP_BUCKETS_S = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_KEPT_S = 10.0
"""Figures are kept for so long: two monitors must not count the ledger twice."""


class Metrics:
    """The series of this process, and those of the ledger, read when they are asked for."""

    def __init__(self, figures: Callable[[], Figures]) -> None:
        self._registry = CollectorRegistry()
        self._deliveries = Counter(
            "mailer_deliveries",
            "Messages handed to a provider by this process, by outcome.",
            ("outcome", "provider"),
            registry=self._registry,
        )
        self._send_s = Histogram(
            "mailer_send_seconds",
            "Time from one outcome of a connection to the next.",
            ("provider",),
            buckets=_SEND_BUCKETS_S,
            registry=self._registry,
        )
        self._http_s = Histogram(
            "mailer_http_seconds",
            "Time to answer a request of the desk, by the pattern of its address.",
            ("route",),
            buckets=_HTTP_BUCKETS_S,
            registry=self._registry,
        )
        Gauge("mailer_info", "The version.", ("version",), registry=self._registry).labels(
            __version__
        ).set(1)
        self._registry.register(_LedgerSeries(figures))

    def page(self) -> bytes:
        """Return all series in the text format of Prometheus."""
        return generate_latest(self._registry)

    def sent(self, *, outcome: str, provider: str, seconds: float) -> None:
        self._deliveries.labels(outcome, provider).inc()
        self._send_s.labels(provider).observe(seconds)

    def answered(self, *, route: str, seconds: float) -> None:
        self._http_s.labels(route).observe(seconds)


class _LedgerSeries:
    """The series of the ledger. While it cannot be read there are none but `mailer_ledger_up`."""

    def __init__(self, figures: Callable[[], Figures]) -> None:
        self._figures = figures
        self._kept: Figures | None = None
        self._read_at_s = -_KEPT_S

    def describe(self) -> list[GaugeMetricFamily]:
        return []  # the names are known only when the ledger is read

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            found = self._read()
        except MailerError:
            yield _value("mailer_ledger_up", "1 while the ledger can be read.", 0)
            return
        yield _value("mailer_ledger_up", "1 while the ledger can be read.", 1)
        yield from _series(found)

    def _read(self) -> Figures:
        if self._kept is None or monotonic() - self._read_at_s >= _KEPT_S:
            self._kept, self._read_at_s = self._figures(), monotonic()
        return self._kept


def _series(found: Figures) -> Iterator[GaugeMetricFamily]:
    yield _labelled("mailer_ledger_deliveries", "Deliveries by status, of the last week.", "status", found.deliveries)  # fmt: skip
    yield _labelled("mailer_mailings", "Mailings by state.", "state", found.mailings)
    yield _labelled("mailer_chunks", "Chunks by state.", "state", found.counts.chunks)
    yield _labelled("mailer_jobs", "Jobs of the desk by state.", "state", found.counts.jobs)
    yield _value("mailer_uncertain", "Deliveries whose outcome is not known.", found.counts.uncertain)  # fmt: skip
    yield _value("mailer_inbox_waiting", "Webhook posts that wait to be read.", found.counts.posts)
    yield _value("mailer_inbox_dead_letters", "Mails and posts that could not be read.", found.counts.dead_letters)  # fmt: skip
    yield _value("mailer_due_age_seconds", "How long the oldest due mailing has waited.", found.due_age_s)  # fmt: skip
    yield _value("mailer_suspended", "1 while everything is suspended.", found.is_suspended)
    yield _value("mailer_elsewhere", "1 in a copy of the ledger, which sends nothing.", found.is_elsewhere)  # fmt: skip
    now = datetime.now(UTC)
    ages = {task: (now - at).total_seconds() for task, at in found.task_ended_at.items()}
    yield _labelled("mailer_task_age_seconds", "Time since a task of the service ended a round.", "task", ages)  # fmt: skip
    yield _labelled("mailer_task_failures", "Rounds of a task that failed in a row.", "task", found.task_failures)  # fmt: skip
    if found.backup_age_s is not None:
        yield _value("mailer_backup_age_seconds", "Age of the newest backup.", found.backup_age_s)
    if found.database_clock_offset_s is not None:
        yield _value("mailer_clock_offset_seconds", "This clock minus the database’s.", found.database_clock_offset_s)  # fmt: skip


def _value(name: str, help_: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, help_, value=float(value))


def _labelled(name: str, help_: str, label: str, values: Mapping[Any, float]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, help_, labels=[label])
    for key, value in values.items():
        family.add_metric([str(key)], float(value))
    return family
