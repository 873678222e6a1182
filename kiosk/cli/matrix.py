"""``kiosk catalogue matrix``: the whole cross-city table, routed."""

from __future__ import annotations

from typing import Annotated

import typer

from kiosk.cli.common import JsonOption, fail, print_json


def stands(at: str) -> None:
    """End with the reason if no terminal can stand there."""
    from config.cross_city import place_fault
    from config.divisions import load_divisions

    if load_divisions().get(at) is None:
        fail(f"no division {at!r}, where the terminal is said to stand")
    if fault := place_fault(at):
        fail(f"--at: {fault}")


def matrix(
    at: Annotated[str, typer.Option(help="Division code where the terminal stands.")] = "440507",
    places: Annotated[
        bool, typer.Option(help="Ask for each district and town too, not for the cities only.")
    ] = False,
    item: Annotated[str, typer.Option(help="Of this item only.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Route every cross-city item for every partner city; count the answers and check each.

    Exit code 1 if an answer lacks its authority, gateway, reason or way out, or an official mode never
    occurs.
    """
    from dataclasses import asdict

    from config.divisions import load_divisions
    from config.shipped import load_catalogue
    from config.working_days import load_working_days
    from kiosk.route_matrix import account_of, cell_document, cells, matrix_lines
    from kiosk.routing import Router
    from kiosk.terminal.clock import china_today

    catalogue, divisions = load_catalogue(), load_divisions()
    stands(at)
    if item and catalogue.item(item) is None:
        fail(f"no item {item!r} in the catalogue; see: kiosk catalogue list")
    router = Router(divisions, load_working_days(), at)
    asked = list(cells(router, catalogue, china_today(), deep=places))
    account = account_of(asked)
    shown = [cell for cell in asked if item in ("", cell.item.code)]
    if as_json:
        print_json({**asdict(account), "cells": [cell_document(cell) for cell in shown]})
    else:
        for line in matrix_lines(shown, divisions):
            typer.echo(line)
        counts = ", ".join(f"{kind} {count}" for kind, count in sorted(account.counts.items()))
        size = f"{account.items} items × {account.places} places of {account.cities} cities"
        typer.echo(f"{size}: {counts}")
        for mistake in account.mistakes:
            typer.echo(mistake, err=True)
    if account.mistakes:
        raise typer.Exit(1)
