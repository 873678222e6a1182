"""Routes for the sandbox portal, from the tables a terminal itself would use."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from config.catalogue import Catalogue, Mode, ServiceItem
from config.divisions import load_divisions
from config.shipped import load_catalogue
from config.text import Text
from config.working_days import load_working_days
from kiosk.routing import Decision, NoRoute, Router
from portal.contract import routing
from portal.contract.base import AuthorityLevel, GatewayState, RouteMode

_HALL = Text(zh="政务服务窗口", en="Government service counter")


def resolve_route(question: routing.RouteQuestion) -> routing.RouteAnswer:
    """One route or one reason; see :class:`portal.sandbox.settings.SandboxSettings`."""
    catalogue = load_catalogue()
    stands = question.service_division or question.terminal_division
    router = _router(stands)
    if load_divisions().get(stands) is None:
        where = Text(zh=f"不认识的区划代码 {stands}", en=f"Unknown division code {stands}")
        return _answer(catalogue, NoRoute("route.none", where, _HALL))
    item = catalogue.item(question.item)
    if item is None:
        unknown = Text(zh="没有这个事项", en="There is no such service")
        return _answer(catalogue, NoRoute("route.unknown_item", unknown, _HALL))
    found = router.decide(item, question.home_division or "", question.date, question.subject_type)
    if isinstance(found, NoRoute):
        return _answer(catalogue, found)
    return _answer(catalogue, _resolved(item, found, router))


@lru_cache(maxsize=64)
def _router(stands: str) -> Router:
    return Router(load_divisions(), load_working_days(), stands)


def _answer(catalogue: Catalogue, found: routing.ResolvedRoute | NoRoute) -> routing.RouteAnswer:
    version, until = catalogue.version, catalogue.valid_until
    if isinstance(found, routing.ResolvedRoute):
        return routing.RouteAnswer(route=found, table_version=version, valid_until=until)
    no_route = routing.NoRoute(
        reason=found.code,
        explanation_zh=found.explanation.zh,
        explanation_en=found.explanation.en,
        way_out_zh=found.way_out.zh,
        way_out_en=found.way_out.en,
    )
    return routing.RouteAnswer(no_route=no_route, table_version=version, valid_until=until)


def _resolved(item: ServiceItem, found: Decision, router: Router) -> routing.ResolvedRoute:
    route = found.route
    accepting = route.authority
    if route.mode in (Mode.PROXY_COLLECT, Mode.JOINT):
        # taken in where the terminal stands; the power stays with the other city (收受分离)
        city = router.divisions.get(router.own_city)
        here = city.name if city is not None else Text(zh="", en="")
        accepting = Text(zh=f"{here.zh}{_HALL.zh}", en=f"{_HALL.en}, {here.en}")
    return routing.ResolvedRoute(
        mode=RouteMode(route.mode.value),
        accepting_authority_zh=accepting.zh,
        accepting_authority_en=accepting.en,
        handling_authority_zh=route.authority.zh,
        handling_authority_en=route.authority.en,
        level=AuthorityLevel(route.level.value),
        division=route.division,
        gateway=found.gateway,
        materials=[
            routing.RouteMaterial(
                name_zh=material.name.zh, name_en=material.name.en, original_required=original
            )
            for material, original in found.materials
        ],
        delivery=list(item.outputs),
        limits=_limits(item, found),
        availability=routing.RouteAvailability(state=GatewayState.AVAILABLE),
    )


def _limits(item: ServiceItem, found: Decision) -> routing.RouteLimits:
    by = found.route.promised
    return routing.RouteLimits(
        promised_days=found.route.working_days,
        promised_by=None if by is None else date.fromisoformat(by),
        legal_days=item.legal_days,
        day_unit=item.day_unit.value,
    )
