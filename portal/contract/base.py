"""Bases and vocabularies of the portal contract.

Requests are closed (a key the portal does not know is an error); answers are open (a terminal
ignores what a newer portal adds, and unknown enum values fall back to the careful reading).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, PlainSerializer


class ContractModel(BaseModel):
    """Base of all contract models. Never prints its content: much of it is personal data."""

    model_config = ConfigDict(frozen=True, strict=True, hide_input_in_errors=True)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def __str__(self) -> str:
        return self.__repr__()


class RequestModel(ContractModel):
    """What a terminal sends; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid")


class AnswerModel(ContractModel):
    """What the portal answers; unknown keys are ignored."""

    model_config = ConfigDict(extra="ignore")


Timestamp = Annotated[
    AwareDatetime,
    PlainSerializer(lambda at: at.isoformat(), return_type=str, when_used="json"),
]
"""RFC 3339 with offset."""

Key = Annotated[str, Field(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
"""UUIDv7 in its canonical lower-case form: row key of the outbox and Idempotency-Key."""

Terminal = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._-]+$")]
Destination = Annotated[str, Field(pattern=r"^[0-9]{6}$")]
LookupCode = Annotated[str, Field(pattern=r"^[0-9A-HJKMNP-TV-Z]{12}$")]
ItemCode = Annotated[str, Field(min_length=1, max_length=64)]
Sha256Hex = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Fen = Annotated[int, Field(ge=0)]
"""Money in fen (1/100 yuan)."""


class ProblemCode(StrEnum):
    """Stable problem codes; a terminal's behaviour depends only on these and ``retryable``."""

    INVALID_REQUEST = "invalid_request"
    UNSEALABLE = "unsealable"
    UNKNOWN_KEY_ID = "unknown_key_id"
    UNKNOWN_ITEM = "unknown_item"
    IDENTITY_REJECTED = "identity_rejected"
    FORM_REJECTED = "form_rejected"
    DUPLICATE_IN_PROGRESS = "duplicate_in_progress"
    IDEMPOTENCY_MISMATCH = "idempotency_mismatch"
    SLOT_TAKEN = "slot_taken"
    BILL_CHANGED = "bill_changed"
    UPLOAD_INCOMPLETE = "upload_incomplete"
    UPLOAD_DIFFERS = "upload_differs"
    GATEWAY_UNAVAILABLE = "gateway_unavailable"
    RATE_LIMITED = "rate_limited"
    NOT_FOUND = "not_found"
    EXPIRED = "expired"
    WRONG_STATE = "wrong_state"
    FORBIDDEN = "forbidden"
    CERTIFICATE_REQUIRED = "certificate_required"
    CERTIFICATE_REVOKED = "certificate_revoked"
    TOKEN_INVALID = "token_invalid"  # noqa: S105 - a code, no password
    SIGNATURE_INVALID = "signature_invalid"
    SIGNATURE_EXPIRED = "signature_expired"
    INTERNAL = "internal"
    MAINTENANCE = "maintenance"

    @classmethod
    def read(cls, code: str, status: int) -> ProblemCode:
        """The code, or for one a newer portal invented the nearest by HTTP status."""
        try:
            return cls(code)
        except ValueError:
            return cls.INTERNAL if status >= 500 else cls.INVALID_REQUEST


class CaseKind(StrEnum):
    """What is asked of the portal: look up, print, apply, pay, book."""

    QUERY = "query"
    PRINT = "print"
    APPLY = "apply"
    PAY = "pay"
    APPOINTMENT = "appointment"


class CaseState(StrEnum):
    """Where a case stands; an unknown state is read as in process.

    A draft was begun elsewhere and never submitted; submitted waits for the authority to accept it.
    """

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    SUPPLEMENT_REQUIRED = "supplement_required"
    IN_PROCESS = "in_process"
    DECIDED = "decided"
    DELIVERED = "delivered"
    WITHDRAWN = "withdrawn"

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        return cls("in_process") if isinstance(value, str) else None


class Decision(StrEnum):
    """What was decided; a word of a newer portal is read as other."""

    GRANTED = "granted"
    DENIED = "denied"
    OTHER = "other"

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        return cls("other") if isinstance(value, str) else None


class AskedKind(StrEnum):
    """What an authority asks for: a field, given in writing, or a material, laid under a camera; a
    word of a newer portal is read as other, which no terminal can take."""

    FIELD = "field"
    MATERIAL = "material"
    OTHER = "other"

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        return cls("other") if isinstance(value, str) else None


class CaseAct(StrEnum):
    """What a holder does to a running case; a newer portal's word is read as other."""

    SUPPLEMENT = "supplement"
    WITHDRAWAL = "withdrawal"
    OTHER = "other"

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        return cls("other") if isinstance(value, str) else None


class SubmissionEnd(StrEnum):
    """How a submission ended without becoming a case: its time ran out before anything of it was sent;
    it was taken back before that; it, or an upload of it, was refused for good; it is kept but can't be
    sent on; or it was found changed where it was kept, and is not sent."""

    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    STUCK = "stuck"
    SPOILED = "spoiled"


class SigningMethod(StrEnum):
    """How a case was signed: drawn with a finger; confirmed instead of drawn, by the person who had
    been compared with the document; or confirmed while a member of staff looked on. A newer
    portal's word is read as other."""

    DRAWN = "drawn"
    CONFIRMED = "confirmed"
    WITNESSED = "witnessed"
    OTHER = "other"

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        return cls("other") if isinstance(value, str) else None


class GatewayState(StrEnum):
    """State of a city's gateway; an unknown state is read as down."""

    AVAILABLE = "available"
    SLOW = "slow"
    CLOSED = "closed"
    DOWN = "down"

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        return cls("down") if isinstance(value, str) else None


class PaymentState(StrEnum):
    """State of a payment order; an unknown state is read as still pending."""

    PENDING = "pending"
    PAID = "paid"
    EXPIRED = "expired"
    CANCELLED = "cancelled"

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        return cls("pending") if isinstance(value, str) else None


class RouteMode(StrEnum):
    """Cross-city modes of State Council document 2020 No. 35; ``local`` is no cross-city."""

    LOCAL = "local"
    ONLINE_FULL = "online_full"
    PROXY_COLLECT = "proxy_collect"
    JOINT = "joint"


class AuthorityLevel(StrEnum):
    """Administrative level (GB/T 39046 行使层级 3-6)."""

    CITY = "city"
    DISTRICT = "district"
    TOWN = "town"
    VILLAGE = "village"


class AssuranceLevel(StrEnum):
    """How sure the terminal is of the person: L0 nobody, L1 card or code, L2 + face or staff,
    L3 + signature. A social-security card reaches L2 at most: its record is read, not verified."""

    L0 = "L0"
    L1 = "L1"
    L2 = "L2"
    L3 = "L3"


class IdentityMethod(StrEnum):
    """What the person was identified with."""

    ID_CARD = "id_card"
    SOCIAL_SECURITY_CARD = "social_security_card"
    QR_CODE = "qr_code"
    FACE = "face"
    STAFF = "staff"
    NONE = "none"
