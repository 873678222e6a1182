"""Cards at the readers: the ID card, and the social-security card that may be put in instead."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.personal import Holder


@dataclass(frozen=True, slots=True)
class CardSeen:
    effect: int


@dataclass(frozen=True, slots=True)
class CardNotLifted:
    """The card of the reading before still lies there: it is found once it was lifted."""

    effect: int


@dataclass(frozen=True, slots=True)
class CardRead:
    effect: int
    holder: Holder = field(repr=False)


@dataclass(frozen=True, slots=True)
class CardFailed:
    effect: int
    code: str


@dataclass(frozen=True, slots=True)
class SocialCardAwaited:
    """A reader is there and waits: putting the card in is offered."""

    effect: int


@dataclass(frozen=True, slots=True)
class SocialCardSeen:
    """The reader found a card."""

    effect: int


@dataclass(frozen=True, slots=True)
class SocialCardRead:
    """The card names a person. Its chip was read, not verified."""

    effect: int
    holder: Holder = field(repr=False)


@dataclass(frozen=True, slots=True)
class SocialCardFailed:
    effect: int
    code: str


CardOutcome = (
    CardSeen
    | CardNotLifted
    | CardRead
    | CardFailed
    | SocialCardAwaited
    | SocialCardSeen
    | SocialCardRead
    | SocialCardFailed
)
