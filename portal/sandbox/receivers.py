"""The receivers' keys: one P-256 pair for the portal and for each partner city."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import TypeVar

from joserfc.jwk import ECKey
from pydantic import ValidationError
from sqlalchemy import select

from portal.contract.answers import KeySet, ReceiverKey
from portal.contract.base import ProblemCode, RequestModel
from portal.contract.sealing import SealError, open_sealed, protected_header
from portal.sandbox.database import Database, insert_if_absent, receivers
from portal.sandbox.problems import Refusal

R = TypeVar("R", bound=RequestModel)

_VALID = dt.timedelta(days=730)


class Receivers:
    """Holds the key pairs; generated at the first start, kept in the database."""

    def __init__(
        self, database: Database, destinations: Mapping[str, object], now: dt.datetime
    ) -> None:
        with database.write() as connection:
            for receiver in destinations:
                pair = ECKey.generate_key("P-256")
                insert_if_absent(
                    connection,
                    receivers,
                    receiver=receiver,
                    kid=f"{receiver}-{pair.thumbprint()[:16]}",
                    private_jwk=json.dumps(pair.as_dict(private=True)),
                    not_after=(now + _VALID).isoformat(),
                )
            rows = connection.execute(select(receivers).order_by(receivers.c.receiver)).all()
        self._pairs: dict[str, tuple[str, ECKey]] = {
            row.kid: (row.receiver, ECKey.import_key(json.loads(row.private_jwk))) for row in rows
        }
        self._not_after = {row.kid: dt.datetime.fromisoformat(row.not_after) for row in rows}

    def key_set(self) -> KeySet:
        """The public keys."""
        return KeySet(keys=[self._public(kid) for kid in self._pairs])

    def _public(self, kid: str) -> ReceiverKey:
        receiver, pair = self._pairs[kid]
        public = pair.as_dict(private=False)
        return ReceiverKey(
            kid=kid,
            use="enc",
            alg="ECDH-ES+A256KW",
            receiver=receiver,
            kty="EC",
            crv="P-256",
            x=str(public["x"]),
            y=str(public["y"]),
            not_after=self._not_after[kid],
        )

    def open(
        self,
        sealed: str,
        destination: str,
        cw: Mapping[str, str],
        model: type[R],
        *,
        optional: tuple[str, ...] = (),
    ) -> R:
        """Open and check what was sealed for ``destination``; raises :class:`Refusal`.

        ``cw`` is what the protected header must say, so that nobody re-addressed the envelope;
        ``optional`` names it may say besides.
        """
        try:
            header = protected_header(sealed)
        except SealError as error:
            raise Refusal(ProblemCode.UNSEALABLE) from error
        held = self._pairs.get(str(header.get("kid")))
        if held is None:
            raise Refusal(ProblemCode.UNKNOWN_KEY_ID)
        receiver, pair = held
        if receiver != destination:
            raise Refusal(ProblemCode.INVALID_REQUEST, fields=[("/destination", "other_receiver")])
        said = header.get("cw")
        if not isinstance(said, dict) or {
            name: value for name, value in said.items() if name not in optional
        } != dict(cw):
            raise Refusal(ProblemCode.INVALID_REQUEST, fields=[("/sealed", "header_differs")])
        try:
            plaintext = open_sealed(sealed, pair)
        except SealError as error:
            raise Refusal(ProblemCode.UNSEALABLE) from error
        try:
            return model.model_validate_json(plaintext)
        except ValidationError as error:
            raise Refusal(
                ProblemCode.INVALID_REQUEST, fields=field_problems(error, "/sealed")
            ) from error


def field_problems(error: ValidationError, prefix: str = "") -> list[tuple[str, str]]:
    """JSON Pointers and codes of a validation error, without the values."""
    return [
        ("/".join([prefix, *(str(part) for part in detail["loc"])]), detail["type"])
        for detail in error.errors(include_url=False, include_context=False, include_input=False)
    ]
