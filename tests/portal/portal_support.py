"""An invented resident, a small catalogue, and a clerk who composes submissions."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import uuid_utils

from portal import Answer, PortalClient
from portal.contract import CaseAction, QueryEnvelope, lookup_code, seal
from portal.sandbox import SandboxServer, SandboxSettings
from portal.sandbox.authority import Authority, Issued

RESIDENT = {
    "document_kind": "resident_id_card",
    "name": "李䶮",
    "number": "440599198001010014",
    "sex": "女",
    "nation": "汉",
    "birth": "1980-01-01",
    "address": "汕头市示例路1号",
    "valid_to": None,
}
PICKUP_KEY = "5a" * 16
CATALOGUE = {
    "version": "test",
    "items": [
        {"code": "query-1", "kind": "query", "identification": "L2", "dataset": "social_insurance",
         "name": {"zh": "社保查询", "en": "Social insurance"}},
        {"code": "print-1", "kind": "print", "identification": "L2", "dataset": "housing_fund",
         "name": {"zh": "公积金缴存证明", "en": "Housing fund proof"}},
        {"code": "apply-1", "kind": "apply", "identification": "L1",
         "name": {"zh": "失业登记", "en": "Unemployment registration"},
         "materials": [{"key": "photo", "name": {"zh": "证件照片", "en": "Identity photo"}}],
         "form": {"schema": {"type": "object", "required": ["phone"],
                             "properties": {"phone": {"type": "string", "minLength": 6}}},
                  "fields": {"phone": {"label": {"zh": "手机号码", "en": "Mobile number"}}}}},
        {"code": "pay-1", "kind": "pay", "identification": "L2", "dataset": "resident_insurance",
         "name": {"zh": "两险缴费", "en": "Resident insurance"}},
        {"code": "book-1", "kind": "appointment", "identification": "L1",
         "name": {"zh": "出入境预约", "en": "Exit-entry appointment"}},
        {"code": "open-1", "kind": "query", "identification": "L0",
         "dataset": "designated_hospitals", "name": {"zh": "定点医院", "en": "Hospitals"}},
    ],
}  # fmt: skip
KINDS = {item["code"]: item["kind"] for item in CATALOGUE["items"]}


def sent(action: CaseAction) -> tuple[bytes, str, str]:
    """Bytes, key and case of a supplement or withdrawal, as the client sends them."""
    return action.model_dump_json().encode(), action.key, action.case_no


class Clerk:
    """Composes what a terminal sends."""

    def __init__(self, client: PortalClient) -> None:
        outcome = client.keys()
        assert isinstance(outcome, Answer)
        self.keys = {key.receiver: key.model_dump(mode="json") for key in outcome.value.keys}

    def submission(self, item: str, destination: str = "440500", **changes: Any) -> dict[str, Any]:
        return {
            "item": item,
            "kind": KINDS.get(item, "apply"),
            "route": {"mode": "local", "destination": destination, "authority_zh": "示例局",
                      "authority_en": "Example Bureau", "level": "city", "division": destination},
            "subject": RESIDENT,
            "assurance": {"level": "L3", "methods": ["id_card", "face"], "face": None},
            "form": {"phone": "13800000000"},
            "consent": {"version": "1", "at": "2026-11-22T10:00:00+08:00", "given": True},
            "signature": {"width": 10, "height": 10, "strokes": [[[1, 2, 3], [2.5, 3, 4]]]},
            "pickup_hash": hashlib.sha256(bytes.fromhex(PICKUP_KEY)).hexdigest(),
            "slot_id": None, "bill_ids": None, "copies": None,
            "promised": {"date": "2026-12-10", "estimated": False, "working_days": 10},
            **changes,
        }  # fmt: skip

    def case(
        self, item: str, destination: str = "440500", key: str | None = None, **changes: Any
    ) -> tuple[bytes, str]:
        key = key or str(uuid_utils.uuid7())
        cw = {"key": key, "destination": destination, "item": item}
        submission = self.submission(item, destination, **changes)
        sealed = seal(json.dumps(submission).encode(), self.keys[destination], cw)
        return self.envelope(key, item, destination, sealed), key

    def envelope(self, key: str, item: str, destination: str, sealed: str) -> bytes:
        return json.dumps(
            {"key": key, "terminal": "T-1", "destination": destination, "item": item,
             "kind": KINDS.get(item, "apply"), "lookup_code": lookup_code(key),
             "accepted_at": "2026-11-22T10:00:00+08:00", "sealed": sealed}
        ).encode()  # fmt: skip

    def action(
        self,
        case_no: str,
        /,
        destination: str = "440500",
        key: str | None = None,
        envelope: dict[str, Any] | None = None,
        **changes: Any,
    ) -> CaseAction:
        """A sealed supplement (with ``request_id`` and ``form``) or withdrawal (without).

        ``envelope``: what it says in clear, beside key, terminal and case."""
        key = key or str(uuid_utils.uuid7())
        content = {
            "case_no": case_no,
            "subject": RESIDENT,
            "assurance": {"level": "L2", "methods": ["id_card", "face"], "face": None},
            **changes,
        }
        cw = {"key": key, "destination": destination, "case_no": case_no}
        sealed = seal(json.dumps(content).encode(), self.keys[destination], cw)
        said = {
            "key": key,
            "terminal": "T-1",
            "destination": destination,
            "case_no": case_no,
            "sealed": sealed,
            **(envelope or {}),
        }
        return CaseAction.model_validate_json(json.dumps(said))

    def query(self, item: str, destination: str = "440500", **changes: Any) -> QueryEnvelope:
        request = {
            "item": item,
            "subject": RESIDENT,
            "assurance": {"level": "L2", "methods": ["id_card", "face"], "face": None},
            "params": {},
            **changes,
        }
        cw = {"destination": destination, "item": item}
        sealed = seal(json.dumps(request).encode(), self.keys[destination], cw)
        return QueryEnvelope(terminal="T-1", item=item, destination=destination, sealed=sealed)


def make_settings(path: Path, **changes: Any) -> SandboxSettings:
    given = {
        "database_url": f"sqlite:///{path / 'sandbox.sqlite3'}",
        "catalogue": CATALOGUE,
        "gateway_latency": 0.0,
        "gateway_hours": False,
        "check_contract": True,
        **changes,
    }
    return SandboxSettings(**given)


class Site:
    """An authority, a portal that trusts it, and clients with papers of any kind."""

    def __init__(self, folder: Path, *, strict: bool = False) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        self.authority = Authority.new()
        self.ca_file = self.authority.save(folder)
        self.server = SandboxServer(make_settings(folder, authority=self.authority), strict=strict)

    def client(
        self, papers: Issued | None, *, terminal: str = "T-1", url: str = "", ca: Path | None = None
    ) -> PortalClient:
        files = None
        if papers is not None:
            files = papers.write(self.folder / "t.pem", self.folder / "t.key")
        return PortalClient(
            url or self.server.base_url,
            terminal_id=terminal,
            ca_file=ca or self.ca_file,
            client_cert=files,
        )
