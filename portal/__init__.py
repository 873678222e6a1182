"""The border to the government service portal: contract, client, and the sandbox portal server.

``portal.contract`` holds the typed models, ``portal.sandbox`` (extra ``sandbox``) a stand-in
server for demos and tests; it is not imported from here.
"""

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
