"""A device that is there again: what its going stopped goes on by itself."""

from __future__ import annotations

from kiosk.visit import identify, lookup, papers, resume
from kiosk.visit.draft import Draft
from kiosk.visit.model import Step, Trouble

_AWAY = frozenset({"device.gone", "device.offline", "device.hung", "device.host_crashed"})
_NO_PICTURE = frozenset({"camera.no_frame", "papers.no_picture"})


def device_returned(d: Draft, port: str) -> None:
    """Work of this step that waits for a device of ``port`` begins again: once without a touch, so that
    a device that comes and goes does not open and close a sheet under somebody's finger."""
    visit = d.visit
    match visit.step, port:
        case Step.IDENTIFY, "id_card_reader" | "smart_card_reader":
            if _stopped(visit.trouble, _AWAY) and _once(d):
                identify.read_again(d)
            else:
                identify.await_missing(d, port)
        case Step.IDENTIFY, "scanner":
            identify.await_missing(d, port)
        case Step.FACE, "camera":
            if (
                _stopped(visit.trouble, _AWAY | _NO_PICTURE)
                and "face" not in visit.awaiting
                and _once(d)
            ):
                identify.start_face(d)
        case Step.MATERIALS, "document_camera":
            if _stopped(visit.trouble, _AWAY | _NO_PICTURE) and _once(d):
                papers.look_again(d)
        case Step.LOOKUP, "scanner":
            lookup.scanner_returned(d)
        case Step.RESUME, "scanner":
            resume.scanner_returned(d)
        case _:
            pass


def _stopped(trouble: Trouble | None, codes: frozenset[str]) -> bool:
    return trouble is not None and trouble.code in codes and "retry" in trouble.actions


def _once(d: Draft) -> bool:
    first = not d.visit.began_again
    d.set(began_again=True)
    return first
