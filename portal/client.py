"""The terminal's client of the portal contract (``portal/contract/openapi.yaml``)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from portal.asking import MAX_JSON, read_answer
from portal.case_calls import CaseCalls
from portal.contract.answers import (
    CredentialHolder,
    Gateway,
    HealthAnswer,
    KeySet,
    Payment,
    QueryAnswer,
    SlotsAnswer,
    TimeAnswer,
    Verification,
)
from portal.contract.base import AnswerModel
from portal.contract.editions import CatalogueEdition
from portal.contract.operations import NoticesAnswer, TelemetryBatch, TelemetryReceipt
from portal.contract.requests import CredentialEnvelope, QueryEnvelope
from portal.draft_calls import DraftCalls
from portal.identity import IdentityFiles, authority_fault
from portal.outcomes import Answer, NoAnswer, NoAnswerCode, Outcome
from portal.portal_clock import PortalClock
from portal.session_calls import SessionCalls
from portal.terminal_calls import TerminalCalls
from portal.transport import Reply, Timeouts, Transport, problem_of
from portal.uploads import UploadClient

_MAX_CATALOGUE = 32 * 1024 * 1024
_MAX_DOCUMENT = 32 * 1024 * 1024
_DRAWING_S = 25.0
"""A portal may draw a document only when it is fetched. Whoever waits for it sees that it is fetched, and
should not have to ask again and again."""


class _Gateways(AnswerModel):
    gateways: list[Gateway]


class PortalClient(CaseCalls, TerminalCalls, DraftCalls, SessionCalls):
    """Asks the portal, once per call, and says exactly what is known afterwards.

    Takes nothing from the environment (no proxy, no CA bundle, no netrc), follows no redirect and
    never retries: retrying is the queue's business. Safe to use from several threads.

    ``ca_file``: PEM file of the only authorities trusted; without it, the public ones. Where it holds none,
    or is not there, nobody is asked, and ``fault`` says why.
    ``client_cert``: PEM certificate and key files for mutual TLS, read again whenever they change; a
    terminal without them asks nobody (``not_enrolled``); with them submissions are signed, by
    ``clock``. ``allow_cleartext`` permits
    ``http`` to a host other than this machine. Raises ValueError for an unusable ``base_url``.
    """

    def __init__(
        self,
        base_url: str,
        *,
        terminal_id: str,
        ca_file: Path | None = None,
        client_cert: tuple[Path, Path] | None = None,
        timeouts: Timeouts | None = None,
        allow_cleartext: bool = False,
        clock: PortalClock | None = None,
    ) -> None:
        fault = None if ca_file is None else authority_fault(ca_file)
        self._transport = Transport(
            base_url,
            headers={"Terminal-Id": terminal_id, "User-Agent": "citizen-window"},
            authorities=ca_file,
            identity=None if client_cert is None else IdentityFiles(*client_cert),
            timeouts=timeouts or Timeouts(),
            allow_cleartext=allow_cleartext,
            fault=fault,
            clock=clock,
        )
        self.fault = fault
        self.terminal_id = terminal_id
        self.uploads = UploadClient(self._transport)

    def close(self) -> None:
        """Close all connections; no call may be running."""
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def time(self) -> Outcome[TimeAnswer]:
        """The portal's clock."""
        return self._get("/v1/time", TimeAnswer)

    def health(self) -> Outcome[HealthAnswer]:
        """Whether the portal is in service."""
        return self._get("/v1/health", HealthAnswer)

    def keys(self) -> Outcome[KeySet]:
        """The receivers' public keys."""
        return self._get("/v1/keys", KeySet)

    def notices(self) -> Outcome[NoticesAnswer]:
        """What the public is to know now."""
        return self._get("/v1/notices", NoticesAnswer)

    def send_telemetry(self, batch: TelemetryBatch) -> Outcome[TelemetryReceipt]:
        """Events of this terminal. A batch without an answer may be sent again as it was."""
        body = batch.model_dump_json().encode()
        return self._post("/v1/telemetry:batch", body, TelemetryReceipt, 200)

    def gateways(self) -> Outcome[tuple[Gateway, ...]]:
        """State of every city's gateway."""
        reply = self._transport.request("GET", "/v1/gateways", max_body=MAX_JSON)
        if isinstance(reply, Reply) and reply.status == 200 and reply.body.lstrip()[:1] == b"[":
            reply = Reply(reply.status, reply.headers, b'{"gateways":' + reply.body + b"}")
        outcome = read_answer(reply, _Gateways, 200)
        return Answer(tuple(outcome.value.gateways)) if isinstance(outcome, Answer) else outcome

    def catalogue(self, since: str | None = None) -> Outcome[CatalogueEdition | None]:
        """The edition of the tables, or what changed ``since`` the one named; None: nothing did.

        Problem ``expired``: that one is not known any more, ask for the whole.
        """
        reply = self._transport.request(
            "GET",
            "/v1/catalogue",
            params=None if since is None else {"since": since},
            headers={} if since is None else {"If-None-Match": f'"{since}"'},
            max_body=_MAX_CATALOGUE,
        )
        if isinstance(reply, Reply) and reply.status == 304 and since is not None:
            return Answer(None)
        outcome = read_answer(reply, CatalogueEdition, 200)
        if not isinstance(outcome, Answer):
            return outcome
        if outcome.value.base not in (None, since):
            return NoAnswer(NoAnswerCode.WRONG_KEY, 200)
        return Answer(outcome.value)

    def query(self, envelope: QueryEnvelope) -> Outcome[QueryAnswer]:
        """Ask for records (and, for kind pay, the bills)."""
        body = envelope.model_dump_json().encode()
        return self._post("/v1/queries", body, QueryAnswer, 200)

    def redeem_credential(self, envelope: CredentialEnvelope) -> Outcome[CredentialHolder]:
        """Whose scanned code this is. Problem ``expired``: too old, or redeemed before;
        ``not_found``: the portal never issued it. Asked once: it is used up by asking."""
        body = envelope.model_dump_json().encode()
        return self._post("/v1/credentials", body, CredentialHolder, 200)

    def slots(
        self, item: str, division: str, date_from: dt.date | None = None
    ) -> Outcome[SlotsAnswer]:
        """Bookable times of an item in a division, from ``date_from`` on."""
        params = {"item": item, "division": division}
        if date_from is not None:
            params["date_from"] = date_from.isoformat()
        return self._get("/v1/slots", SlotsAnswer, params)

    def payment(self, order_id: str) -> Outcome[Payment]:
        """State of a payment order."""
        return self._get(f"/v1/payments/{quote(order_id, safe='')}", Payment)

    def document_content(self, document_id: str, pickup_key: str) -> Outcome[bytes]:
        """The PDF of a document, for who holds the pickup key (hex)."""
        reply = self._transport.request(
            "GET",
            f"/v1/documents/{quote(document_id, safe='')}/content",
            headers={"Pickup-Key": pickup_key, "Accept": "application/pdf"},
            max_body=_MAX_DOCUMENT,
            answer_s=_DRAWING_S,
        )
        if not isinstance(reply, Reply):
            return reply
        if reply.status != 200:
            return problem_of(reply)
        if reply.media_type() != "application/pdf" or not reply.body.startswith(b"%PDF-"):
            return NoAnswer(NoAnswerCode.GARBAGE, reply.status)
        return Answer(reply.body)

    def verify_document(self, verify_code: str) -> Outcome[Verification]:
        """Whether a document with this code was issued."""
        return self._get(f"/v1/documents/verify/{quote(verify_code, safe='')}", Verification)
