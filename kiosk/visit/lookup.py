"""The look-up by code: no identity is asked, and nothing personal is shown."""

from __future__ import annotations

from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.draft import Draft
from kiosk.visit.model import Step

SCAN_TIMEOUT_S = 120.0


def begin(d: Draft) -> None:
    """Show the look-up, and wait at the scanner, if there is one."""
    d.set(found=None, trouble=None)
    d.show(Step.LOOKUP)
    _await_scan(d)


def typed(d: Draft, text: str) -> None:
    """Look it up; an empty text clears what was found."""
    if d.visit.step is not Step.LOOKUP or "lookup" in d.visit.awaiting:
        return
    d.set(found=None, trouble=None)
    if text.strip():
        _ask(d, text)
    elif "scan" not in d.visit.awaiting:
        _await_scan(d)


def scanned(d: Draft, event: ev.LookUpScanned) -> None:
    """Whoever shows a code means it; a scanner that only waited long enough goes on waiting."""
    if not d.wants("scan", event.effect):
        return
    d.forget("scan")
    if event.lookup_code:
        _ask(d, event.lookup_code)
    elif event.code == "scanner.none":
        _await_scan(d)


def looked_up(d: Draft, event: ev.LookedUp) -> None:
    """Show it."""
    if d.wants("lookup", event.effect):
        d.forget("lookup")
        d.set(found=event.found)


def failed(d: Draft, event: ev.LookUpFailed) -> None:
    """Say why; what was typed stays on the screen."""
    if d.wants("lookup", event.effect):
        d.forget("lookup")
        d.trouble(event.code, "dismiss", "staff")
        if "scan" not in d.visit.awaiting:
            _await_scan(d)


def stop(d: Draft) -> None:
    """No code is wanted any more."""
    if "scan" in d.visit.awaiting:
        d.do(fx.StopLookUpScan())
    d.forget("scan", "lookup")
    d.set(found=None)


def scanner_returned(d: Draft) -> None:
    """Wait at it again, unless something is shown or asked."""
    if not {"scan", "lookup"} & d.visit.awaiting.keys() and d.visit.found is None:
        _await_scan(d)


def _await_scan(d: Draft) -> None:
    d.issue("scan", lambda n: fx.ScanLookUpCode(n, SCAN_TIMEOUT_S))


def _ask(d: Draft, text: str) -> None:
    if "scan" in d.visit.awaiting:
        d.do(fx.StopLookUpScan())
        d.forget("scan")
    d.set(trouble=None, found=None)
    d.issue("lookup", lambda n: fx.LookUp(n, text))
