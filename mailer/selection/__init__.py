"""Selects who receives a step. The directory is indexed once and used for all rules."""

from mailer.selection.audience import select
from mailer.selection.people import People, index_people
from mailer.selection.rules import ONLY, UNLESS, objection, rule_of, yields

__all__ = ["ONLY", "UNLESS", "People", "index_people", "objection", "rule_of", "select", "yields"]
