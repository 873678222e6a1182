"""``kiosk technician``: who may open the workshop at the terminal's screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli.common import ConfigOption, JsonOption, TrimOption, fail, load, print_json

if TYPE_CHECKING:
    from kiosk.technician.accounts import Account

app = typer.Typer(help="Accounts for the workshop at the terminal's screen.", no_args_is_help=True)

Number = Annotated[str, typer.Argument(help="Digits, as they are typed at the terminal.")]


@app.command()
def add(
    number: Number,
    role: Annotated[
        str,
        typer.Option(help="look, repair (also try and restart), or manage (also change settings)."),
    ] = "repair",
    config: ConfigOption = None,
    trim: TrimOption = None,
) -> None:
    """Make an account, or a new PIN and secret for one: asks for a PIN, and prints what an authenticator
    program on a phone takes."""
    from kiosk.technician.accounts import Account, Role, new_secret
    from kiosk.technician.fitting import accounts_of
    from kiosk.terminal.staff import hash_pin

    if not (number.isascii() and number.isdigit() and 2 <= len(number) <= 8):
        fail("A number has 2 to 8 digits.", 2)
    if role not in list(Role):
        fail(f"unknown role {role!r}, expected one of {', '.join(Role)}", 2)
    settings = load(config, trim).settings
    pin = typer.prompt("PIN (6 digits or more)", hide_input=True, confirmation_prompt=True)
    if len(pin) < 6 or not (pin.isascii() and pin.isdigit()):
        fail("A PIN has at least 6 digits.")
    account = Account(number, Role(role), hash_pin(pin), new_secret())
    try:
        accounts_of(settings.terminal.data_dir).put(account)
    except OSError as error:
        fail(f"can't be kept: {error.strerror}")
    uri = account.uri(settings.terminal.id)
    typer.echo(_qr(uri))
    typer.echo(uri)
    typer.echo("Scan it with an authenticator program; it is not shown again.")


@app.command("list")
def list_accounts(
    config: ConfigOption = None, trim: TrimOption = None, as_json: JsonOption = False
) -> None:
    """Numbers and roles."""
    accounts = _accounts(config, trim)
    if as_json:
        print_json([{"number": one.number, "role": one.role.value} for one in accounts.values()])
        return
    for one in accounts.values():
        typer.echo(f"{one.number:10} {one.role.value}")


@app.command()
def remove(number: Number, config: ConfigOption = None, trim: TrimOption = None) -> None:
    """Take an account away; it can't sign in from now on."""
    from kiosk.technician.fitting import accounts_of

    if not accounts_of(load(config, trim).settings.terminal.data_dir).remove(number):
        fail(f"no account {number}")


def _accounts(config: Path | None, trim: str | None) -> dict[str, Account]:
    from kiosk.technician.fitting import accounts_of

    return accounts_of(load(config, trim).settings.terminal.data_dir).all()


def _qr(text: str) -> str:
    import io

    import qrcode

    code = qrcode.QRCode(border=2)
    code.add_data(text)
    out = io.StringIO()
    code.print_ascii(out, invert=True)
    return out.getvalue()
