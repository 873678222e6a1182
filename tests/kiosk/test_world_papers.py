"""The demonstration's portal behind mutual TLS: its terminal gets in over the line, nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import PortalSection
from kiosk.app import portal_client
from kiosk.world.line import HOST, Line
from kiosk.world.papers import Papers
from kiosk.world.portal_desk import PortalDesk
from portal import Answer
from portal.contract import ProblemCode
from portal.outcomes import Problem


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    return Papers.issue(tmp_path_factory.mktemp("papers"), "ST-1")


@pytest.fixture(scope="module")
def url(papers: Papers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    desk = PortalDesk(tmp_path_factory.mktemp("portal") / "sandbox.sqlite3", papers.authority)
    desk.start()
    line = Line((HOST, desk.server.port))
    line.start()
    yield f"https://{line.address}"
    line.stop()
    assert desk.state()["contract"] == []
    desk.stop()


def section(url: str, **files: str | Path) -> PortalSection:
    return PortalSection.model_validate({"url": url, **files})


def test_its_terminal_gets_in(papers: Papers, url: str) -> None:
    with portal_client(section(url, **papers.settings()), "ST-1") as client:
        assert isinstance(client.health(), Answer)
        assert isinstance(client.keys(), Answer)
    assert papers.key.stat().st_mode & 0o777 == 0o600


def test_nobody_else_does(papers: Papers, url: str, tmp_path: Path) -> None:
    with portal_client(section(url, ca_file=papers.ca_file), "ST-1") as client:
        refused = client.keys()
        assert isinstance(refused, Problem)
        assert refused.code is ProblemCode.CERTIFICATE_REQUIRED
    stranger = Papers.issue(tmp_path, "ST-1")
    mixed = {**stranger.settings(), "ca_file": papers.ca_file}
    with portal_client(section(url, **mixed), "ST-1") as client:
        assert not isinstance(client.keys(), Answer)
