"""The few words that a visit shares with :mod:`config.policies`, without its tables' types: a terminal loads
those when somebody asks for policies, not when it starts."""

from __future__ import annotations

from enum import StrEnum

FINDER = "policy_match"
"""Data set of the service that asks what :class:`config.policies.Profile` wants to know."""
APPLICATION, REMINDER = "gx-0103", "gx-0105"
"""Services that are begun from what it found."""
UNKNOWN = "unknown"
"""The answer "I don't know" to any of its questions."""
ELSEWHERE = "elsewhere"
"""The answer "outside the city" to where the enterprise is registered."""


class Fit(StrEnum):
    """Does it fit? ``possible``: that depends on something the profile leaves open."""

    YES = "yes"
    POSSIBLE = "possible"
    NO = "no"
