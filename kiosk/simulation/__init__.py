"""Thousands of visits with random people and random faults, on a virtual clock (docs/visit.md)."""

from kiosk.simulation.report import SimulationReport
from kiosk.simulation.run import replay, simulate

__all__ = ["SimulationReport", "replay", "simulate"]
