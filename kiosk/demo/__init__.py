"""Scripted people who use the terminal as real ones would, and the morning they make up."""

from kiosk.demo.errand import Errand, Expected
from kiosk.demo.hands import EventHands, Hands
from kiosk.demo.morning import run_morning
from kiosk.demo.person import ScriptedPerson
from kiosk.demo.report import MorningReport, VisitRow, print_report, progress_line
from kiosk.demo.watch import NotAsScripted

__all__ = [
    "Errand",
    "EventHands",
    "Expected",
    "Hands",
    "MorningReport",
    "NotAsScripted",
    "ScriptedPerson",
    "VisitRow",
    "print_report",
    "progress_line",
    "run_morning",
]
