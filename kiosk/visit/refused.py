"""What the portal refused of a form or of papers: back to the field, with the reason beside it, or to the
paper, which is taken anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from kiosk.visit import papers as shelf
from kiosk.visit.cases import acting, asked_codes
from kiosk.visit.draft import Draft
from kiosk.visit.model import Step, Visit


def own_names(visit: Visit, faults: Mapping[str, str]) -> dict[str, str]:
    """``faults``, by the portal's names of fields, by those that the present form has for them."""
    here = {code: name for name, code in asked_codes(acting(visit)).items()}
    return {here.get(name, name): code for name, code in faults.items()}


def own_places(visit: Visit, papers: Iterable[str]) -> frozenset[int] | None:
    """``papers``, by the portal's names, as places among those asked for; None if one is not."""
    asked = {code: name for name, code in asked_codes(acting(visit)).items()}
    here = {
        kind: place
        for place, material in enumerate(shelf.of_item(visit.item))
        for kind in (shelf.kind_of(material, place), shelf.unnamed(place))
    }
    found = [here.get(asked.get(name, name)) for name in papers]
    places = frozenset(place for place in found if place is not None)
    return places if len(found) == sum(place is not None for place in found) else None


def back_to_the_papers(d: Draft, papers: Iterable[str]) -> bool:
    """True if all that was refused are papers that were laid down here: they are taken anew."""
    submission = d.visit.submission
    places = own_places(d.visit, papers)
    if not places or submission is None or Step.MATERIALS not in d.visit.trail:
        return False
    d.set(submission=replace(submission, to_correct=True))
    shelf.take_anew(d, places)
    return True


def back_to_the_form(d: Draft, faults: Mapping[str, str]) -> bool:
    """True if all that was refused are fields that the person can change: they are shown again. A
    locked one, or anything else, is nothing that the person could put right."""
    visit = d.visit
    form = visit.item.form if visit.item is not None else None
    wrong = own_names(visit, faults)
    if form is None or visit.submission is None or not wrong or Step.FORM not in visit.trail:
        return False
    if any(name not in form.fields or form.fields[name].locked for name in wrong):
        return False
    first = next((n for n, page in enumerate(form.pages) if wrong.keys() & set(page.fields)), None)
    if first is None:
        return False
    d.show(Step.FORM)
    d.set(
        form_page=first,
        form_errors=MappingProxyType(wrong),
        submission=replace(visit.submission, to_correct=True),
    )
    return True
