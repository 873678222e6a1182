"""What an acceptance run found. Holds codes and the kit's own words, nothing an adapter wrote."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

FORMAT = 1


class Outcome(StrEnum):
    """How a check ended. A check that could not be done is never passed."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_RUN = "not_run"


class Verdict(StrEnum):
    """``accepted``: every check passed. ``rejected``: one failed. ``incomplete``: some not run."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check. ``codes``: failure codes seen on the way, expected ones included; ``note``: why it
    failed or was not run, empty when passed; ``seconds``: how long it took, waiting for a person
    included."""

    check: str
    outcome: Outcome
    seconds: float
    codes: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class AcceptanceReport:
    """The result of one run.

    ``version``: of the package the adapter comes from, empty if it is not installed as one.
    ``guide``: who carried out the requests; ``simulator`` means that no hardware was tried.
    ``at``: ISO 8601 with offset. Settings are left out: they may hold addresses and passwords.
    """

    device: str
    port: str
    adapter: str
    target: str
    version: str
    guide: str
    at: str
    checks: tuple[CheckResult, ...]

    @property
    def verdict(self) -> Verdict:
        """See :class:`Verdict`."""
        outcomes = {check.outcome for check in self.checks}
        if Outcome.FAILED in outcomes:
            return Verdict.REJECTED
        return Verdict.ACCEPTED if outcomes == {Outcome.PASSED} else Verdict.INCOMPLETE

    def of(self, outcome: Outcome) -> list[str]:
        """Names of the checks that ended so, in order."""
        return [check.check for check in self.checks if check.outcome is outcome]

    def as_dict(self) -> dict[str, Any]:
        """JSON-able, with the verdict and the format's number."""
        document = asdict(self)
        document["checks"] = [asdict(check) | {"codes": list(check.codes)} for check in self.checks]
        return {"format": FORMAT, **document, "verdict": self.verdict.value}
