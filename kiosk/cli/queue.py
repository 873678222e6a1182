"""``kiosk queue``: what waits to be sent, and why."""

from __future__ import annotations

import os
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kiosk.china import CHINA
from kiosk.cli.common import ConfigOption, JsonOption, TrimOption, fail, load, print_json
from kiosk.outbox_secret import outbox_secret

if TYPE_CHECKING:
    from kiosk.torture import Verdict
    from offline_queue import ItemView
    from offline_queue import Verdict as Outcome

WRONG = ("tampered", "damaged", "chain", "missing")
"""What a check may find."""

app = typer.Typer(help="The outbox: what waits to be sent, and why.", no_args_is_help=True)


@app.command()
def status(
    config: ConfigOption = None, trim: TrimOption = None, as_json: JsonOption = False
) -> None:
    """Counts by state, backlog by destination, next tries."""
    data = _ask(config, trim, "queue.status")
    if as_json:
        print_json(data)
        return
    typer.echo("  ".join(f"{state} {count}" for state, count in data["counts"].items()) or "empty")
    if data["pending"]:
        typer.echo(f"oldest waits {data['oldest_age_s'] / 60:.0f} min; {data['bytes']} bytes held")
    for name, destination in data["destinations"].items():
        typer.echo(
            f"  to {name}: {destination['pending']} waiting, breaker {destination['breaker']}"
        )
    if data["refusal"]:
        typer.echo(f"takes no new deferrable work: {data['refusal']}")


@app.command(name="list")
def list_items(
    config: ConfigOption = None,
    trim: TrimOption = None,
    limit: Annotated[int, typer.Option(help="At most this many.")] = 50,
    as_json: JsonOption = False,
) -> None:
    """Items with their states."""
    rows = _ask(config, trim, "queue.items", limit=limit)
    if as_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(
            f"{row['item']}  {row['state']:10} {row['destination']}  {row['operation']:10} "
            f"tries {row['attempts']}  {row['verdict']}"
        )


@app.command()
def show(
    item: Annotated[str, typer.Argument(help="The item's id.")],
    config: ConfigOption = None,
    trim: TrimOption = None,
    as_json: JsonOption = False,
) -> None:
    """One item: what is attached to it, and its timeline with each attempt, answer and next try."""
    data = _ask(config, trim, "queue.show", item=item)
    if data is None:
        fail(f"no item {item}")
    if as_json:
        print_json(data)
        return
    data |= {name: _when(data[name]) for name in ("accepted_at", "next_try_at")}
    for key, value in data.items():
        if key not in ("timeline", "attachments"):
            typer.echo(f"{key:14} {value if value is not None else '-'}")
    for one in data["attachments"]:
        begun = one["upload"] or "not begun"
        size = f"{one['bytes']} bytes in {one['chunks']} chunks"
        typer.echo(f"attached       {one['kind']} ({one['media_type']}), {size}, upload {begun}")
    for entry in data["timeline"]:
        due = _when(entry["next_try_at"]) if entry["kind"] == "answer" else None
        after = f"  next try {due}" if due else ""
        typer.echo(
            f"  {_when(entry['at'])}  {entry['kind']:10} → {entry['state']:10} {entry['code']}{after}"
        )


def _when(moment: float | str | None) -> str | None:
    """Unix seconds, or ISO 8601, as a clock here shows it."""
    if moment is None:
        return None
    at = (
        datetime.fromisoformat(moment)
        if isinstance(moment, str)
        else datetime.fromtimestamp(moment, UTC)
    )
    return at.astimezone(CHINA).isoformat(timespec="milliseconds")


@app.command()
def why(
    item: Annotated[str, typer.Argument(help="The item's id.")],
    config: ConfigOption = None,
    trim: TrimOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say in words why an item stands where it does, and when it is tried again."""
    data = _ask(config, trim, "queue.why", item=item)
    if data is None:
        fail(f"no item {item}")
    if as_json:
        print_json(data)
        return
    typer.echo(f"{item} is {data['state']}")
    for reason in data["reasons"]:
        typer.echo(f"  {reason}")


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="The new file, on the stick.")],
    config: ConfigOption = None,
    trim: TrimOption = None,
) -> None:
    """Write all that waits, sealed as it is, to a file that can be carried where there is a line.

    What the file brings first is only answered again when this terminal sends it, and the other way
    round. As it may come in either way, nothing of it can be withdrawn or expires any more.
    """
    terminal = load(config, trim).settings.terminal.id
    data = _ask(config, trim, "queue.export", file=str(file.absolute()), terminal=terminal)
    if "error" in data:
        fail(data["error"], 1)
    typer.echo(f"{data['items']} items written to {file}; deliver them with: kiosk queue deliver")


@app.command()
def deliver(
    file: Annotated[Path, typer.Argument(help="A file that kiosk queue export wrote.")],
    config: ConfigOption = None,
    trim: TrimOption = None,
) -> None:
    """Deliver an exported file to the portal of the settings; may be repeated at any time.

    Exit code 1 while another run may bring more of it. What waits for a decision about a refused item
    before it stays with its terminal.
    """
    from kiosk.app import portal_client
    from kiosk.queue_carry import ExportError, deliver_export, read_export
    from kiosk.terminal.transport import PortalTransport

    settings = load(config, trim).settings
    try:
        items = read_export(file)
    except OSError as error:
        fail(f"{file}: {error.strerror}")
    except ExportError as error:
        fail(f"{file}: {error}")

    def tell(item: ItemView, verdict: Outcome) -> None:
        name = type(verdict).__name__
        typer.echo(f"{item.item_id}  {item.destination}  {name}  {getattr(verdict, 'code', '')}")

    with portal_client(settings.portal, settings.terminal.id) as client:
        settled = deliver_export(items, PortalTransport(client), tell)
    if not settled:
        typer.echo("Not everything is settled: run this again when the portal answers.", err=True)
    raise typer.Exit(0 if settled else 1)


@app.command()
def retry(
    item: Annotated[str, typer.Argument(help="The item's id.")],
    config: ConfigOption = None,
    trim: TrimOption = None,
) -> None:
    """Try an item now instead of at its next due time."""
    data = _ask(config, trim, "queue.retry", item=item)
    if data is None:
        fail(f"no item {item}")
    typer.echo(f"{data['item']} {data['state']}")


@app.command()
def verify(
    config: ConfigOption = None, trim: TrimOption = None, as_json: JsonOption = False
) -> None:
    """Check every row's seal and the chain of what was ever accepted.

    Exit code 1 if something does not add up.
    """
    data = _ask(config, trim, "queue.verify")
    if as_json:
        print_json(data)
    else:
        for key, value in data.items():
            found = (
                ", ".join(str(one) for one in value)
                if isinstance(value, list | tuple)
                else str(value)
            )
            typer.echo(f"{key:14} {found or 'none'}")
    if any(data[name] for name in WRONG):
        raise typer.Exit(1)


@app.command(name="rotate-key")
def rotate_key(
    config: ConfigOption = None, trim: TrimOption = None, as_json: JsonOption = False
) -> None:
    """Put every seal of the outbox under a new key; the old one is gone then.

    Checks everything first, and changes nothing if something does not add up: new seals would hide
    it. May be cut short at any moment. Exit code 1 if the key was not changed.
    """
    data = _ask(config, trim, "queue.rotate_key")
    wrong = [name for name in WRONG if data[name]]
    if as_json:
        print_json(data)
    elif not wrong:
        typer.echo(f"{data['rows']} records are sealed with a new key")
    else:
        typer.echo(f"the key was not changed, look first: kiosk queue verify ({', '.join(wrong)})")
    if wrong:
        raise typer.Exit(1)


@app.command()
def torture(
    minutes: Annotated[float, typer.Option(min=0, help="How long; one campaign at least.")] = 1.0,
    seed: Annotated[int, typer.Option(help="Begin with this seed; a failure names its own.")] = 1,
    as_json: JsonOption = False,
) -> None:
    """Kill, cut the power of and fill up outboxes made for it, and judge what became of them.

    Touches no outbox of this terminal. Exit code 1 if an invariant was violated.
    """
    from kiosk.torture import torture_for

    def tell(verdict: Verdict) -> None:
        if not as_json:
            done = verdict.figures
            typer.echo(
                f"campaign {done['campaigns']}: {done['submissions promised']} promised", err=True
            )

    _judge(torture_for(minutes * 60.0, seed, tell), as_json)


@app.command()
def simulate(
    histories: Annotated[int, typer.Option(min=1, help="How many.")] = 20_000,
    seed: Annotated[int, typer.Option(help="The first one's number.")] = 0,
    as_json: JsonOption = False,
) -> None:
    """Play histories of terminal, portal, clock and faults on a virtual clock, and judge each.

    Exit code 1 if one ended wrongly; its number plays it again.
    """
    from kiosk.torture import simulate_in_parallel

    _judge(simulate_in_parallel(seed, histories, os.cpu_count() or 1), as_json)


def _judge(verdict: Verdict, as_json: bool) -> None:
    if as_json:
        print_json({**asdict(verdict), "passed": verdict.passed})
    else:
        typer.echo("\n".join(verdict.lines()))
    raise typer.Exit(0 if verdict.passed else 1)


def _ask(config: Path | None, trim: str | None, op: str, **arguments: Any) -> Any:
    """Ask the running terminal; without one, open the outbox for the moment."""
    from kiosk.control import NotRunningError, RefusedError, ask
    from kiosk.queue_view import operations
    from offline_queue import Outbox, OutboxError

    folder = load(config, trim).settings.terminal.data_dir
    try:
        return ask(folder / "control.sock", op, **arguments)
    except NotRunningError:
        pass
    except RefusedError as error:
        fail(f"the running terminal does not answer {op}: {error}; see its log", 1)
    if not (folder / "outbox").exists():
        fail(f"no outbox in {folder}: no terminal has run with these settings", 1)
    try:
        outbox = Outbox.open(folder / "outbox", secret=outbox_secret())
    except (OutboxError, OSError) as error:
        fail(f"the outbox can't be opened: {error}", 1)
    try:
        return operations(outbox)[op](arguments)
    finally:
        outbox.close(5.0)
