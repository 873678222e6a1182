"""Thousands of visits with random people and random faults, on a virtual clock (docs/visit.md)."""

from kiosk.simulation.campaign import simulate
from kiosk.simulation.report import SimulationReport
from kiosk.simulation.run import replay

__all__ = ["SimulationReport", "replay", "simulate"]
