"""Plays SendGrid on this machine, for trials without an account and for our tests.

It checks requests as the documentation says the service does, remembers whom it took, keeps
suppression lists, and reports signed events. It delivers nothing to anybody.
"""

from __future__ import annotations

from tests.sendgrid_simulator.faults import Fault
from tests.sendgrid_simulator.pump import Pump
from tests.sendgrid_simulator.server import Simulator
from tests.sendgrid_simulator.service import Service

__all__ = ["Fault", "Pump", "Service", "Simulator"]
