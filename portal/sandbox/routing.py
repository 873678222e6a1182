"""Resolves routes by the tables the sandbox was given, and adds what only the portal knows."""

from __future__ import annotations

import hashlib

from portal.contract.base import GatewayState, ProblemCode
from portal.contract.routing import ResolvedRoute, RouteAnswer, RouteAvailability, RouteQuestion
from portal.sandbox.gateways import Gateways
from portal.sandbox.items import Items
from portal.sandbox.problems import Refusal
from portal.sandbox.settings import SandboxSettings


class Routes:
    """Answers :class:`RouteQuestion`."""

    def __init__(self, settings: SandboxSettings, items: Items, gateways: Gateways) -> None:
        self._table = settings.routes
        self._items = items
        self._gateways = gateways

    def resolve(self, question: RouteQuestion) -> RouteAnswer:
        """One route or one reason; raises ``unknown_item``, and ``not_found`` without tables."""
        self._items.get(question.item)
        if self._table is None:
            raise Refusal(ProblemCode.NOT_FOUND, title="This portal resolves no routes")
        answer = self._table(question)
        if answer.route is None:
            return answer
        return answer.model_copy(update={"route": self._completed(question.item, answer.route)})

    def _completed(self, item: str, route: ResolvedRoute) -> ResolvedRoute:
        gateway = next(
            (one for one in self._gateways.listing() if one.destination == route.gateway), None
        )
        form = self._items.form(item)
        return route.model_copy(
            update={
                "form_version": None if form is None else hashlib.sha256(form).hexdigest(),
                "availability": RouteAvailability(
                    state=GatewayState.DOWN if gateway is None else gateway.state,
                    next_open=None if gateway is None else gateway.next_open,
                ),
            }
        )
