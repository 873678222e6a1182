"""The typed settings of one terminal."""

from __future__ import annotations

from datetime import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from config.languages import FIRST, languages
from config.text import Text


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Trim(StrEnum):
    """The shipped trims."""

    CITIZEN_WINDOW = "citizen-window"
    SMART_TELLER = "smart-teller"
    DEMO = "demo"


class TerminalSection(_Section):
    """Who and where this terminal is."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{3,32}$")] = "ST-0000"
    division: Annotated[str, Field(pattern=r"^[0-9]{6}([0-9]{3}){0,2}$")] = "440507"
    site: Text = Text(
        zh="龙湖区政务服务中心 · 一楼东侧", en="Longhu Service Centre · Ground floor east"
    )
    hours: Text = Text(zh="每天 7:00–22:00", en="Daily 7:00–22:00")
    staff_phone: str = "0754-8888-0000"
    data_dir: Path = Path("var/terminal")


class PanelSection(_Section):
    """The panel as it is installed: ``lower_edge_mm`` is its lower edge above the floor,
    ``distance_mm`` how far eyes are from it, ``behind_obstruction`` whether one reaches over
    something 510–635 mm deep. The audit of the screens measures by it."""

    diagonal_inch: Annotated[float, Field(ge=10, le=100)] = 21.5
    lower_edge_mm: Annotated[float, Field(ge=300, le=1500)] = 850.0
    distance_mm: Annotated[float, Field(ge=200, le=2000)] = 600.0
    behind_obstruction: bool = False


def _known_language(tag: str) -> str:
    known = [language.tag for language in languages()]
    if tag not in known:
        raise ValueError(f"unknown language, expected one of {', '.join(known)}")
    return tag


class SoundSection(_Section):
    """Sound devices of voice guidance, by their ALSA names (``aplay -L``); empty: the system's own.
    ``headset``: where a headset's socket is a device of its own; empty: the sound card turns its
    speaker off while a headset is in."""

    speaker: str = ""
    headset: str = ""


class ScreenSection(_Section):
    """How the screen stands. ``prompts``: a folder of recorded sentences for voice guidance (see
    docs/voice.md); what is not in it is spoken by the machine."""

    orientation: Literal["portrait", "landscape"] = "portrait"
    fullscreen: bool = True
    language: Annotated[str, AfterValidator(_known_language)] = FIRST
    prompts: Path | None = None
    sound: SoundSection = SoundSection()
    panel: PanelSection = PanelSection()


class PortalSection(_Section):
    """The backend. ``ca_file``: the pinned CA; required for https unless the system's is meant.
    ``config_key``: the Ed25519 public key (base64) by which settings from afar must be signed; without
    it none are asked for."""

    url: Annotated[str, Field(pattern=r"^https?://")] = "http://127.0.0.1:8920"
    ca_file: Path | None = None
    client_cert: Path | None = None
    client_key: Path | None = None
    config_key: Annotated[str, Field(pattern=r"^([A-Za-z0-9+/]{43}=)?$")] = ""
    connect_timeout_s: Annotated[float, Field(gt=0, le=30)] = 3.0
    read_timeout_s: Annotated[float, Field(gt=0, le=60)] = 8.0

    @model_validator(mode="after")
    def _certificate_with_key(self) -> PortalSection:
        if (self.client_cert is None) != (self.client_key is None):
            raise ValueError("client_cert and client_key go together")
        return self


class CatalogueSection(_Section):
    """``key``: the Ed25519 public key (base64) by which tables must be signed that are used in place of
    the shipped ones. ``edition``: their folder; without it they are fetched from the portal."""

    edition: Path | None = None
    key: Annotated[str, Field(pattern=r"^([A-Za-z0-9+/]{43}=)?$")] = ""

    @model_validator(mode="after")
    def _signed(self) -> CatalogueSection:
        if self.edition is not None and self.key == "":
            raise ValueError("an edition needs the key it is signed by")
        return self


class NoticesSection(_Section):
    """Notices of the portal to the public, on the first screen."""

    shown: bool = True


class QueueSection(_Section):
    """Limits of the outbox: beyond them no new deferrable work is taken; nothing is ever evicted.
    ``key_days``: its own key is changed for another at a start when it is older."""

    max_items: Annotated[int, Field(ge=1, le=100_000)] = 500
    max_age_h: Annotated[int, Field(ge=1, le=720)] = 72
    min_free_mib: Annotated[int, Field(ge=16)] = 256
    key_days: Annotated[int, Field(ge=1, le=3650)] = 90


class FaceSection(_Section):
    """Face comparison. ``assist`` never decides alone; ``auto`` needs a calibration report."""

    policy: Literal["assist"] = "assist"
    models_dir: Path = Path("var/models")
    photo_decoder: str = "stand-in"


class ScannerSection(_Section):
    """``keyboard = true``: a code scanner types its codes as a keyboard would, and the screens tell
    them from a person's typing. A serial scanner is a device and to be preferred."""

    keyboard: bool = False


class PresenceSection(_Section):
    """The presence sensor, where a device has one. ``enabled = false``: what it says is not heard."""

    enabled: bool = True


class PowerSection(_Section):
    """On a UPS's battery. Below ``min_charge_percent`` or ``min_runtime_s`` seconds no new errand
    begins. ``shutdown_command``: program and arguments (no shell) that shut the system down once
    the battery is nearly empty, nobody is served and ``shutdown_delay_s`` passed without mains;
    empty: never."""

    min_charge_percent: Annotated[float, Field(ge=0, le=100)] = 30.0
    min_runtime_s: Annotated[float, Field(ge=0, le=86_400)] = 300.0
    shutdown_command: tuple[Annotated[str, Field(min_length=1)], ...] = ()
    shutdown_delay_s: Annotated[float, Field(ge=0, le=600)] = 20.0

    @model_validator(mode="after")
    def _program_is_a_path(self) -> PowerSection:
        if self.shutdown_command and not self.shutdown_command[0].startswith("/"):
            raise ValueError("shutdown_command begins with the absolute path of a program")
        return self


PinHash = Annotated[str, Field(pattern=r"^pbkdf2\$[1-9][0-9]{0,8}\$([0-9a-f]{2})+\$[0-9a-f]{64}$")]
"""What ``kiosk config pin`` prints; never a PIN itself."""


class DeskHours(_Section):
    """When somebody is at the desk who can vouch for a person or release a request: local times on
    working days (``config/data/working_days.toml``), or every day."""

    opens: time
    closes: time
    days: Literal["working", "every"] = "working"

    @model_validator(mode="after")
    def _in_order(self) -> DeskHours:
        if self.opens >= self.closes:
            raise ValueError("opens must be before closes")
        return self


class StaffSection(_Section):
    """Staff PINs as PBKDF2 hashes (``kiosk config pin``), code → hash. ``hours``: when staff are there;
    None if somebody always is while the terminal is open."""

    authorisation: bool = False
    pins: dict[str, PinHash] = {}
    hours: DeskHours | None = None


class DeviceSection(_Section):
    """One device: its port (kind), adapter, and the adapter's own options."""

    port: Literal[
        "id_card_reader",
        "smart_card_reader",
        "receipt_printer",
        "document_printer",
        "camera",
        "document_camera",
        "scanner",
        "indicator_light",
        "presence_sensor",
        "power_supply",
        "headset_jack",
    ]
    adapter: str
    options: dict[str, Any] = {}


class Settings(_Section):
    """Everything a terminal is told."""

    trim: Trim = Trim.CITIZEN_WINDOW
    terminal: TerminalSection = TerminalSection()
    screen: ScreenSection = ScreenSection()
    portal: PortalSection = PortalSection()
    notices: NoticesSection = NoticesSection()
    queue: QueueSection = QueueSection()
    face: FaceSection = FaceSection()
    staff: StaffSection = StaffSection()
    scanner: ScannerSection = ScannerSection()
    presence: PresenceSection = PresenceSection()
    power: PowerSection = PowerSection()
    catalogue: CatalogueSection = CatalogueSection()
    devices: dict[str, DeviceSection] = {}
