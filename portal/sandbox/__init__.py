"""A stand-in for the city's portal: the whole contract, with invented records.

For demos and tests only. It holds the receivers' private keys, invents a person's records from a
hash of the number, and can be told to fail (``/sandbox``, outside the contract).
"""

from portal.sandbox.app import create_app
from portal.sandbox.faults import Fault, FaultKind
from portal.sandbox.server import SandboxServer, run
from portal.sandbox.settings import SandboxSettings

__all__ = ["Fault", "FaultKind", "SandboxServer", "SandboxSettings", "create_app", "run"]
