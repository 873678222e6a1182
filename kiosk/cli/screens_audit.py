"""``kiosk screens audit``: the accessibility requirements, judged on the screens as they are."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import typer

from config.settings import PanelSection
from kiosk.cli.common import load

PAGE = Path("docs/accessibility.md")


def judge(
    settings: Path | None, *, core: bool, every: bool, as_json: bool, write: bool
) -> Iterator[str]:
    """Lines to print. The page is never written of the core, nor of another panel than it names."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from screens.audit import CORE, EVERYTHING, PAIRS, as_markdown, as_text, run
    from screens.audit import as_json as findings

    if write and (core or settings is not None):
        raise typer.BadParameter("--write is for a whole walk on the usual panel")
    told = PanelSection() if settings is None else load(settings, None).settings.screen.panel
    plan, workers = (
        (CORE, 1) if core else (EVERYTHING if every else PAIRS, 3 * (os.cpu_count() or 1))
    )
    audit = run(plan, told, lambda look: typer.echo(look, err=True), workers)
    if write:
        PAGE.write_text(as_markdown(audit), "utf-8")
    if as_json:
        yield findings(audit)
    else:
        yield from as_text(audit)
