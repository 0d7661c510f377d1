"""Plays SendGrid on this machine, for trials without an account and for our tests.

It checks requests as the documentation says the service does, remembers whom it took, keeps
suppression lists, and reports signed events. It delivers nothing to anybody.
"""

from __future__ import annotations

from mailer.stand_in.faults import Fault
from mailer.stand_in.pump import Pump
from mailer.stand_in.server import StandIn
from mailer.stand_in.service import Service

__all__ = ["Fault", "Pump", "Service", "StandIn"]
