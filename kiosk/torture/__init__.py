"""Proving the outbox by force: processes killed, power cut, disks filled, answers lost.

A *judge* outside the tortured process owns the truth: it is the portal that applies submissions, it
is told by the terminal what was promised to a resident, and at the end it compares. The code under
torture is the terminal's own: outbox, courier, transport and portal client, over TLS.
"""

from kiosk.torture.campaign import Campaign, torture, torture_for
from kiosk.torture.simulation import simulate, simulate_in_parallel
from kiosk.torture.verdict import Finding, Verdict

__all__ = [
    "Campaign",
    "Finding",
    "Verdict",
    "simulate",
    "simulate_in_parallel",
    "torture",
    "torture_for",
]
