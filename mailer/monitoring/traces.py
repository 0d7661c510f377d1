"""Send OpenTelemetry traces to a collector: one span for each tick and each request of the desk."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from mailer import __version__
from mailer.errors import ConfigError, Place, Problem
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager


@contextmanager
def traces(
    endpoint: str, *, role: str
) -> Iterator[Callable[[str], AbstractContextManager[object]]]:
    """Yield a function that opens a span of a name; at the end what is left is sent.

    Raises ConfigError without the extra `telemetry`. A collector that is gone delays nothing.
    """
    tracer, provider = _tracer(f"{endpoint}/v1/traces", role)
    try:
        yield tracer.start_as_current_span
    finally:
        provider.shutdown()


def _tracer(endpoint: str, role: str) -> tuple[Any, Any]:
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415 - an extra
            OTLPSpanExporter,
        )
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415 - as above
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415 - as above
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415 - as above
    except ModuleNotFoundError as error:
        raise ConfigError(
            Problem(
                Place("config.toml", key="monitoring.traces_to"),
                _("Traces need a library that is not installed."),
                _(
                    "Install the packages of OpenTelemetry (extra: telemetry), or leave traces_to empty."
                ),
            )
        ) from error
    provider = TracerProvider(
        resource=Resource({"service.name": f"mailer-{role}", "service.version": __version__}),
        shutdown_on_exit=False,
    )
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint, timeout=3)))
    return provider.get_tracer("mailer"), provider
