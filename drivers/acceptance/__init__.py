"""The driver acceptance kit: what a port promises, checked at a device, real or simulated.

:func:`accept` runs the checks in a real device host and returns an :class:`AcceptanceReport`;
:func:`sign_report` makes a certificate of it. See ``docs/devices/write-a-driver.md``.
"""

from drivers.acceptance.bench import SIMULATED, Limits
from drivers.acceptance.guide import Guide, NobodyGuide, Rig, SimulatorGuide
from drivers.acceptance.kit import accept, checks_for, ports_with_checks
from drivers.acceptance.report import AcceptanceReport, CheckResult, Outcome, Verdict
from drivers.acceptance.rigs import NoSimulatorError, rig_names, running_rig
from drivers.acceptance.signing import (
    load_or_create_key,
    public_key_text,
    sign_report,
    verify_report,
)
from drivers.acceptance.texts import Instruction, check_title

__all__ = [
    "SIMULATED",
    "AcceptanceReport",
    "CheckResult",
    "Guide",
    "Instruction",
    "Limits",
    "NoSimulatorError",
    "NobodyGuide",
    "Outcome",
    "Rig",
    "SimulatorGuide",
    "Verdict",
    "accept",
    "check_title",
    "checks_for",
    "load_or_create_key",
    "ports_with_checks",
    "public_key_text",
    "rig_names",
    "running_rig",
    "sign_report",
    "verify_report",
]
