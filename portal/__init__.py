"""The border to the government service portal: contract, client, and the sandbox portal server.

``portal.contract`` holds the typed models, ``portal.sandbox`` (extra ``sandbox``) a stand-in
server for demos and tests; it is not imported from here.

Names are loaded on first use: what only wants :mod:`portal.codes` loads no client.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from portal.client import PortalClient
    from portal.outcomes import (
        Answer,
        NoAnswer,
        NoAnswerCode,
        Outcome,
        Problem,
        Unreachable,
        UnreachableCode,
    )
    from portal.transport import Timeouts

__all__ = [
    "Answer",
    "NoAnswer",
    "NoAnswerCode",
    "Outcome",
    "PortalClient",
    "Problem",
    "Timeouts",
    "Unreachable",
    "UnreachableCode",
]

_HOMES = {"PortalClient": "portal.client", "Timeouts": "portal.transport"}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "portal.outcomes")), name)
