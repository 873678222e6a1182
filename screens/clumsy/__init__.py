"""Somebody clumsy at the whole terminal: presses twice, goes back, changes the language, pulls the card,
calls for help and lets the time run out, anywhere; and a judge who looks on."""

from screens.clumsy.judge import Judge
from screens.clumsy.person import Clumsy, Report

__all__ = ["Clumsy", "Judge", "Report"]
