"""Routes as the portal resolves them: one or a reason, never both, and the gateway's state with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests as http
from hypothesis import given, settings
from hypothesis import strategies as st

from config.divisions import load_divisions
from config.shipped import load_catalogue
from kiosk.world.portal_routes import resolve_route
from portal.contract import GatewayState
from portal.contract.routing import RouteAnswer, RouteQuestion
from portal.sandbox import SandboxServer, SandboxSettings

SHANTOU, GUANGZHOU = "440500", "440100"
ITEMS = [item.code for item in load_catalogue().items]
PLACES = [
    place.code
    for city in (SHANTOU, GUANGZHOU)
    for place in (*load_divisions().lineage(city), *load_divisions().children(city))
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxServer]:
    database = tmp_path_factory.mktemp("routes") / "sandbox.sqlite3"
    made = SandboxSettings(
        database_url=f"sqlite:///{database}",
        catalogue=load_catalogue().model_dump(mode="json", by_alias=True),
        routes=resolve_route,
        gateway_hours=False,
        check_contract=True,
    )
    with SandboxServer(made) as running:
        yield running
    assert running.world.watch is not None
    assert [one for one in running.world.watch.findings() if one.side == "answer"] == []


def question(item: str, home: str | None = None, **changes: Any) -> dict[str, Any]:
    return {
        "item": item, "subject_type": "resident", "home_division": home, "service_division": None,
        "terminal_division": SHANTOU, "date": "2026-11-26", **changes,
    }  # fmt: skip


def asked(server: SandboxServer, body: dict[str, Any]) -> http.Response:
    return http.post(f"{server.base_url}/v1/routes:resolve", json=body, timeout=10)


def offered(mode: str) -> str:
    """A resident's item that Guangzhou offers in this mode."""
    return next(
        item.code
        for item in load_catalogue().items
        if item.audience == "resident"
        and any(one.city == GUANGZHOU and one.mode.value == mode for one in item.cities)
    )


def test_what_is_taken_in_here_is_handled_there(server: SandboxServer) -> None:
    item = offered("proxy_collect")
    server.set_gateway(GUANGZHOU, GatewayState.DOWN)
    route = RouteAnswer.model_validate_json(asked(server, question(item, GUANGZHOU)).content).route
    server.set_gateway(GUANGZHOU, None)
    assert route is not None
    assert (route.mode, route.gateway, route.division) == ("proxy_collect", GUANGZHOU, GUANGZHOU)
    assert "汕头" in route.accepting_authority_zh
    assert route.accepting_authority_zh != route.handling_authority_zh
    assert route.availability.state is GatewayState.DOWN


def test_a_local_matter_is_accepted_by_who_handles_it(server: SandboxServer) -> None:
    answer = RouteAnswer.model_validate_json(asked(server, question("rs-0012", "440507")).content)
    assert answer.route is not None
    assert (answer.route.mode, answer.route.gateway) == ("local", SHANTOU)
    assert answer.route.accepting_authority_zh == answer.route.handling_authority_zh
    assert answer.route.form_version is not None
    assert answer.table_version == load_catalogue().version


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"home_division": "999999"}, "route.none"),
        ({"terminal_division": "999999"}, "route.none"),
        ({"subject_type": "enterprise"}, "route.none"),
        ({"home_division": None}, "route.place_needed"),
    ],
)
def test_no_route_has_a_reason(server: SandboxServer, changes: dict[str, Any], reason: str) -> None:
    answer = RouteAnswer.model_validate_json(
        asked(server, question("rs-0012", "440507", **changes)).content
    )
    assert answer.route is None
    assert answer.no_route is not None
    assert answer.no_route.reason == reason
    assert answer.no_route.way_out_zh


def test_what_is_no_question_is_refused(server: SandboxServer) -> None:
    assert asked(server, question("no-such-item")).json()["code"] == "unknown_item"
    assert asked(server, question("rs-0012", "44")).json()["code"] == "invalid_request"
    assert asked(server, {**question("rs-0012"), "name": "x"}).json()["code"] == "invalid_request"


@settings(max_examples=60)
@given(
    st.sampled_from(ITEMS),
    st.sampled_from([None, *PLACES]),
    st.sampled_from(PLACES),
    st.sampled_from(["resident", "enterprise"]),
    st.dates(),
)
def test_always_exactly_one(
    item: str, home: str | None, stands: str, subject: str, day: Any
) -> None:
    body = question(item, home, terminal_division=stands, subject_type=subject, date=day)
    asking = RouteQuestion.model_validate(body)
    answer = resolve_route(asking)
    assert (answer.route is None) != (answer.no_route is None)
    assert resolve_route(asking) == answer
