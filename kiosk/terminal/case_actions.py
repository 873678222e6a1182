"""Supplements and withdrawals: sealed into the outbox like every submission, behind their case.

The lane is the case's own: what was handed in to one case arrives in the order in which it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from kiosk import forms
from kiosk.directory import ServiceDirectory
from kiosk.terminal import composing, enclosing
from kiosk.terminal.clock import Now
from kiosk.terminal.errands import canonical_json
from kiosk.terminal.operations import CLOCK, SUPPLEMENT, UNSURE, WITHDRAWAL
from kiosk.terminal.papers import papers_of
from kiosk.terminal.performing import Handler, Post
from kiosk.terminal.sealing import SealingKeys
from kiosk.terminal.submissions import SubmissionDesk
from kiosk.terminal.vault import Vault
from kiosk.visit import Visit
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.own import Act
from offline_queue import NewItem, NoSealingKey, OnRejection, new_item_id
from portal.contract.progress import HolderRequest, SupplementSubmission
from portal.contract.requests import Attachment

_OPERATIONS = {Act.SUPPLEMENT: SUPPLEMENT, Act.WITHDRAWAL: WITHDRAWAL}


class ActionDesk:
    """Performs ActOnCase; ``submissions`` stores it and passes on what becomes of it."""

    def __init__(
        self,
        *,
        submissions: SubmissionDesk,
        directory: ServiceDirectory,
        keys: SealingKeys,
        vault: Vault,
        terminal_id: str,
        post: Post,
        now: Now,
        clock_sure: Callable[[], bool],
    ) -> None:
        self._submissions = submissions
        self._directory = directory
        self._keys = keys
        self._vault = vault
        self._terminal_id = terminal_id
        self._post = post
        self._now = now
        self._clock_sure = clock_sure

    def handlers(self) -> Mapping[type[Any], Handler]:
        """What this desk performs."""
        return {fx.ActOnCase: self._act}

    def _act(self, effect: fx.ActOnCase, _visit: Visit) -> None:
        papers = papers_of(effect.pages, self._vault)
        if papers is None:
            self._post(ev.StoreRefused(effect.effect, "visit.internal"))
            return
        key, at, sure = new_item_id(), self._now(), self._clock_sure()
        enclosed = enclosing.enclose(key, papers)
        try:
            sealed = self._keys.seal(
                self._content(effect, at, enclosed.described),
                receiver=effect.destination,
                header={
                    "key": key,
                    "destination": effect.destination,
                    "case_no": effect.case_no,
                },
            )
        except NoSealingKey:
            self._post(ev.StoreRefused(effect.effect, "outbox.no_sealing_key"))
            return
        envelope: dict[str, Any] = {
            "key": key,
            "terminal": self._terminal_id,
            "destination": effect.destination,
            "case_no": effect.case_no,
            "accepted_at": at.isoformat(),
            "clock_sure": sure,
            "sealed": sealed,
        }
        if enclosed.referred:
            envelope["uploads"] = [one.model_dump() for one in enclosed.referred]
        new = NewItem(
            item_id=key,
            destination=effect.destination,
            case_id=effect.case_key,
            operation=_OPERATIONS[effect.act],
            body=canonical_json(envelope),
            attributes={
                "item": effect.item,
                "case_key": effect.case_key,
                "case_code": effect.lookup_code,
                "accepted_at": at.isoformat(),
                **({} if sure else {CLOCK: UNSURE}),
                **enclosed.attributes,
            },
            expires_after_s=effect.expires_after_s,
            # Nothing builds on it: what is done to the case next is judged by itself.
            on_rejection=OnRejection.SKIP,
        )
        stored = ev.Stored(effect.effect, key, effect.lookup_code, at.isoformat(), sure)
        self._submissions.hand_over(new, enclosed.attachments, stored)

    def _content(
        self, effect: fx.ActOnCase, at: datetime, described: tuple[Attachment, ...]
    ) -> bytes:
        sure = effect.assurance
        holder: dict[str, Any] = {
            "case_no": effect.case_no,
            "subject": composing.subject(effect.holder),
            "assurance": composing.assurance(sure["level"], sure["methods"], sure["face"]),
        }
        if effect.act is Act.WITHDRAWAL:
            return HolderRequest.model_validate(holder).model_dump_json().encode()
        content = SupplementSubmission.model_validate(
            {
                **holder,
                "request_id": effect.request_id,
                "form": self._values(effect),
                "consent": {"version": effect.consent, "at": at, "given": True},
                "attachments": list(described),
            }
        )
        return content.model_dump_json().encode()

    def _values(self, effect: fx.ActOnCase) -> dict[str, Any]:
        """Each value typed as the case's own form wants it; anything else is a text."""
        item = self._directory.item(effect.item)
        form = item.form if item is not None else None
        texts = {code: value.reveal() for code, value in effect.form.items()}
        if form is None:
            return dict(texts)
        return {code: forms.typed_value(form, code, text) for code, text in texts.items()}
