"""Papers: one after the other under the document camera, page by page."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from config.catalogue import Material, ServiceItem
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.draft import Draft
from kiosk.visit.model import Step, Visit
from kiosk.visit.own import NOTHING_BEGUN
from kiosk.visit.page import READABLE, EnclosedPage, Page
from kiosk.visit.paper_events import NO_PAGE

PAGE_TIMEOUT_S = 20.0
"""How long one look at the shelf lasts; the next one follows while the person waits for it."""


def of_item(item: ServiceItem | None) -> tuple[Material, ...]:
    """The papers that are taken in, in the order in which they are asked for."""
    return tuple(m for m in item.materials if m.paper) if item is not None else ()


def present(visit: Visit) -> Material | None:
    """The paper asked for now."""
    asked = of_item(visit.item)
    return asked[visit.paper_at] if visit.paper_at < len(asked) else None


def pages(visit: Visit) -> tuple[Page, ...]:
    """The pages of the present paper that were taken so far."""
    return visit.papers.get(visit.paper_at, ())


def may_leave_out(material: Material | None) -> bool:
    """The person need not have it, or may bring it later."""
    return material is not None and (material.optional or material.later)


def full(visit: Visit) -> bool:
    """The present paper has as many pages as are taken."""
    material = present(visit)
    return material is None or len(pages(visit)) >= material.pages


def complete(visit: Visit) -> bool:
    """Every paper has a page, or need not be there now."""
    return all(
        visit.papers.get(n) or may_leave_out(material)
        for n, material in enumerate(of_item(visit.item))
    )


def kind_of(material: Material, place: int) -> str:
    """What the pages of the paper in this place are called in a case."""
    return material.key or unnamed(place)


def unnamed(place: int) -> str:
    """What a paper is called that has no name of its own."""
    return f"paper{place + 1}"


def enclosed(visit: Visit) -> tuple[EnclosedPage, ...]:
    """All pages as they go into the case."""
    return tuple(
        EnclosedPage(kind_of(material, n), page.handle)
        for n, material in enumerate(of_item(visit.item))
        for page in visit.papers.get(n, ())
    )


def start(d: Draft) -> None:
    """Show the present paper; look at the shelf if it has no page yet."""
    if not pages(d.visit) and d.visit.poor_page is None:
        _look(d)


def look_again(d: Draft) -> None:
    """Look at the shelf for one more page of the present paper, if one is still taken."""
    if not full(d.visit):
        _look(d)


def _look(d: Draft) -> None:
    if "page" in d.visit.awaiting:
        return
    _forget_poor(d)
    d.set(page_advice="", trouble=None)
    d.issue("page", lambda n: fx.TakePage(n, PAGE_TIMEOUT_S))


def stop(d: Draft) -> None:
    """Nothing on the shelf is looked at any more; what was taken stays."""
    if d.visit.step is Step.MATERIALS or "page" in d.visit.awaiting:
        d.do(fx.StopShelf())
    d.forget("page")
    _forget_poor(d)
    d.set(page_advice="")


def forget(d: Draft) -> None:
    """All pages are gone, here and in the vault."""
    stop(d)
    handles = tuple(page.handle for taken in d.visit.papers.values() for page in taken)
    if handles:
        d.do(fx.DropPages(handles))
    d.set(papers=MappingProxyType({}), paper_at=0, papers_refused=frozenset())
    drop_begun(d)


def drop_begun(d: Draft) -> None:
    """What was laid down for a supplement that is not gone on with."""
    own = d.visit.own
    if own is None:
        return
    handles = tuple(page.handle for taken in own.begun.papers.values() for page in taken)
    if handles:
        d.do(fx.DropPages(handles))
    d.set(own=replace(own, begun=NOTHING_BEGUN))


def _forget_poor(d: Draft) -> None:
    poor = d.visit.poor_page
    if poor is not None:
        d.do(fx.DropPages((poor.handle,)))
        d.set(poor_page=None)


def take_anew(d: Draft, places: frozenset[int]) -> None:
    """Show the first of ``places`` with nothing on it, to be laid down anew; the others follow in
    their turn, and all other papers stay as they were taken."""
    gone = tuple(page.handle for place in places for page in d.visit.papers.get(place, ()))
    if gone:
        d.do(fx.DropPages(gone))
    left = {place: taken for place, taken in d.visit.papers.items() if place not in places}
    d.set(papers=MappingProxyType(left), paper_at=min(places), papers_refused=places)
    d.show(Step.MATERIALS)
    start(d)


# ---- the person ----------------------------------------------------------------------------------


def touched(d: Draft, event: ev.PaperTouch) -> bool:
    """True if the last paper is done and the visit goes on."""
    if d.visit.step is not Step.MATERIALS or d.visit.trouble is not None:
        return isinstance(event, ev.PaperLeftOut) and _left_out(d)
    match event:
        case ev.PageWanted():
            look_again(d)
        case ev.PageKept():
            if d.visit.poor_page is not None:
                _keep(d, d.visit.poor_page)
        case ev.PageDropped():
            _drop(d, event.place)
        case ev.PaperLeftOut():
            return _left_out(d)
    return False


def _left_out(d: Draft) -> bool:
    """Also out of a camera's trouble, which is no reason to keep anybody."""
    if d.visit.step is not Step.MATERIALS or not may_leave_out(present(d.visit)):
        return False
    d.set(trouble=None)
    return _next(d)


def go_on(d: Draft) -> bool:
    """The primary button: the next paper, or on (True) after the last one."""
    return bool(pages(d.visit)) and _next(d)


def _next(d: Draft) -> bool:
    if d.visit.paper_at + 1 >= len(of_item(d.visit.item)):
        return complete(d.visit)
    _turn(d, d.visit.paper_at + 1)
    return False


def go_back(d: Draft) -> bool:
    """True if there is a paper before this one, which is shown now."""
    if d.visit.step is not Step.MATERIALS or d.visit.paper_at == 0:
        return False
    _turn(d, d.visit.paper_at - 1)
    return True


def _turn(d: Draft, place: int) -> None:
    stop(d)
    d.set(paper_at=place, trouble=None)
    start(d)


def _keep(d: Draft, page: Page) -> None:
    d.set(
        poor_page=None,
        page_advice="",
        papers=MappingProxyType({**d.visit.papers, d.visit.paper_at: (*pages(d.visit), page)}),
        papers_refused=d.visit.papers_refused - {d.visit.paper_at},
    )


def _drop(d: Draft, place: int) -> None:
    taken = pages(d.visit)
    if not 0 <= place < len(taken):
        return
    d.do(fx.DropPages((taken[place].handle,)))
    left = (*taken[:place], *taken[place + 1 :])
    papers = {**d.visit.papers, d.visit.paper_at: left}
    if not left:
        del papers[d.visit.paper_at]
    d.set(papers=MappingProxyType(papers))
    start(d)


# ---- the camera ----------------------------------------------------------------------------------


def happened(d: Draft, event: ev.PaperOutcome) -> bool:
    """True for a page that was laid down: as good as a touch. Advice is not, since a shadow that
    moves over an empty shelf would keep a visit open for ever; after a page a touch must follow."""
    if not d.wants("page", event.effect):
        if isinstance(event, ev.PageTaken):
            d.do(fx.DropPages((event.page.handle,)))
        return False
    match event:
        case ev.PageAdvised():
            d.set(page_advice=event.advice)
            return False
        case ev.PageTaken():
            d.forget("page")
            if event.page.verdict == READABLE:
                _keep(d, event.page)
            else:
                d.set(poor_page=event.page)
            return True
        case ev.PageFailed():
            d.forget("page")
            if event.code == NO_PAGE:
                advice = d.visit.page_advice or "lay_page"
                _look(d)
                d.set(page_advice=advice)
            else:
                _failed(d, event.code)
            return False


def _failed(d: Draft, code: str) -> None:
    d.do(fx.StopShelf())
    later = ("later",) if may_leave_out(present(d.visit)) and not pages(d.visit) else ()
    # The camera's own words are those of the comparison of faces.
    shown = "papers.no_picture" if code.startswith("camera.") else code
    d.trouble(shown, "retry", *later, "staff", "back", "leave")
