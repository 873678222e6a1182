"""The acceptance kit at the simulator, by the name the package declares."""

from __future__ import annotations

from drivers.acceptance import SIMULATED, SimulatorGuide, Verdict, accept, running_rig
from drivers.host import HostSpec

ADAPTER = "example-card-reader"


def test_accepted_at_the_simulator() -> None:
    with running_rig(ADAPTER) as rig:
        spec = HostSpec("reader", rig.port, ADAPTER, rig.options())
        report = accept(spec, SimulatorGuide(rig), limits=SIMULATED)
    assert report.verdict is Verdict.ACCEPTED, report.checks
