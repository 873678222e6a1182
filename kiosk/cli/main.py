"""``kiosk``: run a terminal, show it off, look after it. Each command loads only what it needs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kiosk.cli import (
    catalogue,
    configuration,
    devices,
    portal,
    queue,
    screens,
    speech,
    technician,
)
from kiosk.cli.common import ConfigOption, JsonOption, TrimOption

app = typer.Typer(
    name="kiosk",
    help="Citizen Window (市民之窗): the self-service terminal for government services.\n\n"
    "Start with: kiosk demo",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(devices.app, name="devices")
app.add_typer(queue.app, name="queue")
app.add_typer(portal.app, name="portal")
app.add_typer(configuration.app, name="config")
app.add_typer(technician.app, name="technician")
app.add_typer(catalogue.app, name="catalogue")
app.add_typer(screens.app, name="screens")
app.add_typer(speech.app, name="speech")


@app.command()
def run(
    config: ConfigOption = None,
    trim: TrimOption = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Log to the screen too.")
    ] = False,
) -> None:
    """Run the terminal with real devices and the configured portal."""
    from kiosk.cli.running import run_terminal

    raise typer.Exit(run_terminal(config, trim, verbose=verbose))


@app.command()
def demo(
    headless: Annotated[
        bool | None,
        typer.Option(
            "--headless/--window",
            help="Play a scripted morning without a display, or open the terminal and the panel. "
            "Default: a window if there is a display.",
        ),
    ] = None,
    out: Annotated[Path, typer.Option(help="Where screenshots, receipts and proofs go.")] = Path(
        "out"
    ),
    trim: Annotated[
        str, typer.Option(help="demo (portrait) or smart-teller (landscape, staff authorise).")
    ] = "demo",
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Log to the screen too.")
    ] = False,
) -> None:
    """Show everything on this machine: sandbox portal, simulated devices, and the terminal."""
    from kiosk.cli.demo import run_demo

    raise typer.Exit(run_demo(headless=headless, out=out, trim=trim, verbose=verbose))


@app.command()
def sandbox(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8920,
    database: Annotated[
        str,
        typer.Option(
            help="SQLAlchemy URL, sqlite:///FILE or postgresql+psycopg://…; `postgres` starts an empty "
            "PostgreSQL of Debian's package for as long as the sandbox runs."
        ),
    ] = "sqlite:///var/sandbox.db",
    test_ca: Annotated[
        Path | None,
        typer.Option(
            help="Folder of `kiosk portal test-ca`: HTTPS, and only terminals with its certificates."
        ),
    ] = None,
    edition: Annotated[
        Path | None, typer.Option(help="A folder of signed tables to publish to terminals.")
    ] = None,
) -> None:
    """Run the sandbox portal: the whole contract, with invented people and faults on demand."""
    from kiosk.cli.sandbox import run_sandbox

    run_sandbox(host, port, database, test_ca, edition)


@app.command()
def simulate(
    visits: Annotated[int, typer.Option(min=1, help="How many random visits to play.")] = 10_000,
    seed: Annotated[int | None, typer.Option(help="Repeat a run exactly.")] = None,
    replay: Annotated[
        int | None, typer.Option(help="Print the events of this visit of the seed's run.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Play random visits with a virtual clock and random faults, and check every invariant."""
    from kiosk.cli.simulate import run_simulation

    raise typer.Exit(run_simulation(visits, seed, replay, as_json=as_json))


@app.command()
def recording(config: ConfigOption = None, trim: TrimOption = None) -> None:
    """Write the running terminal's latest visits to stdout: one JSON line an event, nobody in it."""
    from kiosk.cli.common import load
    from kiosk.cli.recording import write_recording

    write_recording(load(config, trim).settings.terminal.data_dir)


@app.command()
def replay(
    file: Annotated[Path, typer.Argument(help="What `kiosk recording` wrote; - reads stdin.")],
) -> None:
    """Lead a recording through the visit's rules again and print each event's step."""
    from kiosk.cli.recording import print_replay

    print_replay(file)


@app.command()
def doctor(
    config: ConfigOption = None, trim: TrimOption = None, as_json: JsonOption = False
) -> None:
    """Test each configured device, the portal, fonts, models and disk; say what to do."""
    from kiosk.cli.common import load
    from kiosk.cli.doctor import run_doctor

    raise typer.Exit(run_doctor(load(config, trim).settings, as_json=as_json))
