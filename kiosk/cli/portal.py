"""``kiosk portal``: the connection to the portal, and the certificates it needs."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from kiosk.cli.common import ConfigOption, JsonOption, TrimOption, fail, load, print_json

if TYPE_CHECKING:
    from kiosk.portal_check import Step

app = typer.Typer(
    help="The connection to the portal: try it, enrol, test certificates.", no_args_is_help=True
)

_MARKS = {"ok": "✓", "warn": "!", "fail": "✗"}


@app.command()
def check(
    config: ConfigOption = None,
    trim: TrimOption = None,
    language: Annotated[Literal["zh", "en"], typer.Option(help="Of the explanations.")] = "en",
    as_json: JsonOption = False,
) -> None:
    """Try the connection step by step, and say what is wrong and what to do. Exit code 1 if it fails."""
    from config.remote import remote_store
    from kiosk.app import portal_client
    from kiosk.portal_check import PortalCheck

    settings = load(config, trim).settings
    checking = PortalCheck(
        settings.portal,
        lambda: portal_client(settings.portal, settings.terminal.id),
        renewal=_renewal(settings.terminal.data_dir),
        remote=remote_store(settings),
    )
    steps = []
    for step in checking.steps():
        steps.append(step)
        if not as_json:
            _print(step, language)
    if as_json:
        print_json([_as_json(step) for step in steps])
    raise typer.Exit(1 if any(step.state == "fail" for step in steps) else 0)


def _renewal(data_dir: Path) -> dict[str, Any]:
    """The running terminal's last try to renew its certificate; empty if none is known."""
    from kiosk.control import NotRunningError, RefusedError, ask

    try:
        found: dict[str, Any] = ask(data_dir / "control.sock", "portal.certificate")
    except (NotRunningError, RefusedError):
        return {}
    return found


def _print(step: Step, language: Literal["zh", "en"]) -> None:
    from kiosk.portal_faults import fault_words

    typer.echo(f"{_MARKS[step.state]} {step.name:12} {step.found}")
    if step.code:
        words = fault_words(step.code)
        means, do = ("means", "do") if language == "en" else ("说明", "处理")
        typer.echo(f"    {means}: {getattr(words.means, language)} [{step.code}]")
        typer.echo(f"    {do}: {getattr(words.do, language)}")


def _as_json(step: Step) -> dict[str, Any]:
    from kiosk.portal_faults import fault_words

    if not step.code:
        return asdict(step)
    words = fault_words(step.code)
    return {
        **asdict(step),
        "means": words.means.model_dump(),
        "do": words.do.model_dump(),
    }


@app.command()
def enrol(
    code: Annotated[
        str | None, typer.Option(help="The portal's one-time code; asked for if not given.")
    ] = None,
    config: ConfigOption = None,
    trim: TrimOption = None,
    language: Annotated[Literal["zh", "en"], typer.Option(help="Of the explanations.")] = "en",
) -> None:
    """Get this terminal's certificate with a one-time code. The key is made here and stays here.

    May be repeated with the same code when the answer was lost. Run it as the terminal's user.
    """
    from kiosk.app import portal_client
    from kiosk.certificates import Enrolled, identity_files
    from kiosk.certificates import enrol as enrol_terminal
    from kiosk.portal_faults import fault_words
    from kiosk.terminal.clock import china_now

    settings = load(config, trim).settings
    portal = settings.portal
    files = identity_files(portal.client_cert, portal.client_key)
    if files is None:
        fail(
            "Set [portal] client_cert and client_key first: the files the two are to be kept in.", 2
        )
    nameless = portal.model_copy(update={"client_cert": None, "client_key": None})
    entered = code or typer.prompt("Code")
    try:
        with portal_client(nameless, settings.terminal.id) as client:
            found = enrol_terminal(
                client, files, terminal=settings.terminal.id, code=entered, now=china_now
            )
    except OSError as error:
        fail(f"{error.filename}: {error.strerror}")
    if isinstance(found, Enrolled):
        typer.echo(f"{found.terminal} is enrolled; certificate in {files.certificate} until "
                   f"{found.not_after:%Y-%m-%d}. The terminal renews it itself.")  # fmt: skip
        return
    words = fault_words(found)
    fail(f"{getattr(words.means, language)} [{found}]\n{getattr(words.do, language)}")


@app.command(name="test-ca")
def make_test_ca(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.")],
    host: Annotated[
        list[str] | None, typer.Option(help="Name or address of the server; may be repeated.")
    ] = None,
    terminal: Annotated[
        str | None, typer.Option(help="Also make a certificate, with its key, for this terminal.")
    ] = None,
) -> None:
    """Make a CA for trying things out, and a server certificate of it.

    Its private key lies in the folder: good for the sandbox and a test bench, never for service.
    A real terminal makes its own key and enrols.
    """
    from portal.sandbox.authority import Authority

    if folder.exists() and any(folder.iterdir()):
        fail(f"{folder} is not empty", 2)
    authority = Authority.new()
    ca_file = authority.save(folder)
    authority.server(host or ["localhost", "127.0.0.1"]).write(
        folder / "server.pem", folder / "server.key"
    )
    typer.echo(f"CA and server certificate in {folder}. Try them:")
    typer.echo(f"  kiosk sandbox --test-ca {folder}")
    lines = ["[portal]", 'url = "https://localhost:8920"', f'ca_file = "{ca_file}"']
    if terminal is not None:
        authority.terminal(terminal).write(folder / "terminal.pem", folder / "terminal.key")
        lines.append(f'client_cert = "{folder / "terminal.pem"}"')
        lines.append(f'client_key = "{folder / "terminal.key"}"')
    typer.echo("\n".join(lines))
