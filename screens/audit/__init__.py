"""The screens judged against the accessibility requirements A1–A29: ``kiosk screens audit``."""

from screens.audit.measure import Panel
from screens.audit.report import as_json, as_markdown, as_text
from screens.audit.requirements import REQUIREMENTS, Finding, Requirement
from screens.audit.walk import CORE, EVERYTHING, PAIRS, Audit, Plan, run

__all__ = [
    "CORE",
    "EVERYTHING",
    "PAIRS",
    "REQUIREMENTS",
    "Audit",
    "Finding",
    "Panel",
    "Plan",
    "Requirement",
    "as_json",
    "as_markdown",
    "as_text",
    "run",
]
