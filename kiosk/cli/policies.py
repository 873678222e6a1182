"""``kiosk catalogue policies``: what is published for enterprises, and what fits one."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from kiosk.cli.common import JsonOption, fail, print_json


def policies(
    who: Annotated[Literal["company", "sole_trader"] | None, typer.Option()] = None,
    division: Annotated[str, typer.Option(help="Where it is registered.")] = "",
    industry: Annotated[str, typer.Option(help="As policies.toml names it.")] = "",
    employees: Annotated[int | None, typer.Option(min=0)] = None,
    assets_wan: Annotated[float | None, typer.Option(help="Total assets, 万元.", min=0)] = None,
    profit_wan: Annotated[float | None, typer.Option(help="Yearly taxable profit, 万元.")] = None,
    monthly_sales_wan: Annotated[float | None, typer.Option(help="万元 a month.", min=0)] = None,
    small_scale_taxpayer: Annotated[bool | None, typer.Option()] = None,
    does_research: Annotated[bool | None, typer.Option()] = None,
    high_tech: Annotated[bool | None, typer.Option()] = None,
    remind_days: Annotated[
        int, typer.Option(help="Mark what ends within so many days.", min=0)
    ] = 60,
    as_json: JsonOption = False,
) -> None:
    """Which policies fit an enterprise; what is not told stays open and is asked for."""
    from config.divisions import load_divisions
    from config.policies import Profile, industries, load_policies, match
    from kiosk.terminal.clock import china_today

    if division and load_divisions().get(division) is None:
        fail(f"no division {division!r}; a code such as 440507 is meant", 2)
    known = industries(load_policies())
    if industry and known and industry not in known:
        typer.echo(
            f"no policy names the industry {industry!r}; named are: {', '.join(known)}", err=True
        )
    profile = Profile(
        who=who,
        division=division,
        industry=industry,
        employees=employees,
        assets_wan=assets_wan,
        profit_wan=profit_wan,
        monthly_sales_wan=monthly_sales_wan,
        small_scale_taxpayer=small_scale_taxpayer,
        does_research=does_research,
        high_tech=high_tech,
    )
    found = match(load_policies(), profile, china_today())
    if as_json:
        print_json(
            [
                {
                    **one.policy.model_dump(
                        mode="json", include={"code", "name", "basis", "until"}
                    ),
                    "fit": one.fit.value,
                    "open": one.open,
                    "automatic": one.policy.automatic,
                    "remind": one.due_within(remind_days),
                }
                for one in found
            ]
        )
        return
    if not found:
        fail("no policy in force fits")
    for one in found:
        until = f"until {one.policy.until}" if one.policy.until else "no end"
        asked = f"; open: {', '.join(one.open)}" if one.open else ""
        soon = "; ENDS SOON" if one.due_within(remind_days) else ""
        typer.echo(f"{one.fit.value:9} {one.policy.name.zh}: {one.policy.gives.zh}")
        typer.echo(f"          {one.policy.basis}, {until}{soon}{asked}")
