"""``kiosk config``: check, show with sources, hash a staff PIN."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli.common import (
    ConfigOption,
    JsonOption,
    TrimOption,
    effective,
    fail,
    print_json,
)

if TYPE_CHECKING:
    from config.load import Loaded, Mistake
    from config.remote import Effective

app = typer.Typer(help="The terminal's settings.", no_args_is_help=True)


@app.command()
def check(
    file: Annotated[Path | None, typer.Argument(help="Settings file (TOML).")] = None,
    trim: TrimOption = None,
    as_json: JsonOption = False,
) -> None:
    """Explain every mistake: file, key, what was expected, the nearest valid name."""
    from dataclasses import asdict

    from config.load import ConfigError, load_settings

    try:
        loaded = load_settings(file, trim=trim)
        strange = [
            *_strange_place(loaded),
            *_strange_adapters(loaded),
            *_strange_bindings(loaded),
        ]
        if strange:
            raise ConfigError(strange)
    except ConfigError as error:
        if as_json:
            print_json({"ok": False, "mistakes": [asdict(mistake) for mistake in error.mistakes]})
            raise typer.Exit(2) from None
        fail(str(error), 2)
    if as_json:
        print_json({"ok": True, "trim": loaded.settings.trim.value})
    else:
        typer.echo(
            f"sound: trim {loaded.settings.trim.value}, {len(loaded.settings.devices)} devices"
        )


@app.command()
def show(config: ConfigOption = None, trim: TrimOption = None, as_json: JsonOption = False) -> None:
    """Every value and where it comes from (default, trim, portal or file). PIN hashes are not shown."""
    found = effective(config, trim)
    loaded = found.loaded
    values = loaded.settings.model_dump(mode="json")
    values["staff"]["pins"] = dict.fromkeys(values["staff"]["pins"], "(hash)")
    flat = dict(_flat(values, ""))
    rows = {key: {"value": value, "source": loaded.source_of(key)} for key, value in flat.items()}
    if as_json:
        print_json(rows)
        return
    for key, row in rows.items():
        typer.echo(f"{key:34} {row['value']!s:44} {row['source']}")
    for line in _from_afar(found):
        typer.echo(line)


@app.command()
def sign(
    file: Annotated[Path, typer.Argument(help="terminal, revision, not_after, [settings] (TOML).")],
    key: Annotated[Path, typer.Option(help="The operators' private Ed25519 key (PEM).")],
) -> None:
    """Sign settings for a terminal, as the portal hands them out (JSON on stdout); the public key, for
    ``portal.config_key``, goes to stderr."""
    import tomllib

    from config.remote import RemoteDocument, sign_remote

    try:
        document = RemoteDocument.model_validate(tomllib.loads(file.read_text("utf-8")))
        text, signature, public = sign_remote(document, key.read_bytes())
    except (OSError, ValueError) as error:
        fail(f"can't sign {file}: {error}")
    print_json({"document": text, "signature": signature})
    typer.echo(public, err=True)


@app.command()
def pin(
    staff: Annotated[str, typer.Argument(help="The staff member's code, for example w-07.")],
) -> None:
    """Ask for a staff PIN and print the line for the settings file."""
    from kiosk.terminal.staff import hash_pin

    entered = typer.prompt("PIN (6 digits or more)", hide_input=True, confirmation_prompt=True)
    if len(entered) < 6 or not entered.isdigit():
        fail("A PIN has at least 6 digits.")
    typer.echo(f'[staff.pins]\n"{staff}" = "{hash_pin(entered)}"')


def _from_afar(found: Effective) -> Iterator[str]:
    """What came from the portal and is not used, and why."""
    from config.editions import Refused

    if isinstance(found.remote, Refused):
        yield f"from the portal, not used: {found.remote.reason}"
    elif found.remote is not None:
        source, values = found.remote.layer()
        for key, value in _flat(dict(values), ""):
            kept = found.loaded.source_of(key)
            if kept != source:
                yield f"{source} says {key} = {value!s}; {kept} keeps its own"


def _strange_place(loaded: Loaded) -> list[Mistake]:
    from config.cross_city import place_fault
    from config.load import Mistake

    key = "terminal.division"
    fault = place_fault(loaded.settings.terminal.division)
    return [Mistake(loaded.source_of(key), key, fault)] if fault else []


def _strange_adapters(loaded: Loaded) -> list[Mistake]:
    from config.load import Mistake
    from drivers.registry import adapter_names

    known = adapter_names()
    return [
        Mistake(
            loaded.source_of(f"devices.{name}.adapter"),
            f"devices.{name}.adapter",
            f"unknown adapter {device.adapter!r}, expected one of {', '.join(known)}",
            next(iter(get_close_matches(device.adapter, known, n=1)), ""),
        )
        for name, device in loaded.settings.devices.items()
        if device.adapter not in known and ":" not in device.adapter
    ]


def _strange_bindings(loaded: Loaded) -> list[Mistake]:
    from config.load import Mistake
    from drivers.hotplug.binding import Binding, BindingError
    from drivers.hotplug.locate import is_binding

    found = []
    for name, device in loaded.settings.devices.items():
        for option, value in device.options.items():
            if not is_binding(value):
                continue
            key = f"devices.{name}.options.{option}"
            try:
                Binding.parse(value)
            except BindingError as error:
                found.append(Mistake(loaded.source_of(key), key, f"{value!r}: {error}"))
    return found


def _flat(value: object, prefix: str) -> list[tuple[str, object]]:
    if isinstance(value, dict) and value:
        return [
            pair
            for key, v in value.items()
            for pair in _flat(v, f"{prefix}.{key}" if prefix else key)
        ]
    return [(prefix, value)]
