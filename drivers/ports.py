"""What a terminal needs of each kind of device: a handful of operations per port.

An adapter implements one port. It runs single-threaded inside its device host: the host calls its
operations one at a time, so an adapter needs no locks, but every operation must return within its
``timeout_s`` and should give up soon after ``cancelled()`` turns true.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Literal, Protocol, runtime_checkable

from drivers.failure_codes import FailureCode
from drivers.results import Result
from drivers.status import DeviceStatus

Tap = Callable[[str, bytes], None]
"""``tap("out" | "in", data)``: shows the flight recorder bytes that go over the device's wire."""


def no_tap(direction: str, data: bytes) -> None:
    """A tap nobody listens to."""


@dataclass(frozen=True, slots=True)
class AdapterContext:
    """What the device host hands to an adapter.

    ``options``: the adapter's own settings, from the terminal's configuration.
    ``emit(name, data)``: push a progress event (``"card_found"``, ``"page_done"``); data without
    personal content. ``cancelled()``: True once the caller has given up on the running operation.
    ``tap``: for the flight recorder, which redacts before it keeps (see :mod:`drivers.flight`).
    """

    name: str
    options: Mapping[str, Any]
    emit: Callable[[str, Mapping[str, Any]], None]
    cancelled: Callable[[], bool]
    tap: Tap = no_tap


class Adapter(Protocol):
    """The life of every adapter. ``__init__`` takes an :class:`AdapterContext` and does no I/O.

    An adapter at a port of the machine says which of its options name it, and of which kind, so that
    the option may be a binding (:mod:`drivers.hotplug.binding`) and the adapter still finds the path
    of a device file in it: ``port_options: ClassVar = {"port": "serial"}``; kinds are those of
    :class:`drivers.hotplug.inventory.PortKind`. One whose :meth:`open` does not make the device
    answer says ``asks_at_opening: ClassVar = False``: opening it does not prove what is there.
    """

    def open(self) -> Result[None]:
        """Find and open the device. Called again, on a fresh instance, after any failure."""
        ...

    def close(self) -> None:
        """Release everything; must not raise and may be called at any time."""
        ...

    def status(self) -> DeviceStatus:
        """Ask the device (at most about 0.5 s); called between operations, every second or so."""
        ...


@dataclass(frozen=True, slots=True)
class DeviceInfo:
    """What a device says of itself, for a technician. ``facts``: further pairs of name and value.

    ``note``: how far this is to be believed.
    """

    maker: str = ""
    model: str = ""
    serial: str = ""
    firmware: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    note: str = ""


@runtime_checkable
class Describable(Protocol):
    """An adapter that can ask its device who it is; optional for every port."""

    def device_info(self, timeout_s: float) -> Result[DeviceInfo]:
        """Ask the device. Failures: ``device.*`` and those of the port."""
        ...


class IdDocumentKind(StrEnum):
    """The four text layouts of the SAM module; told apart by the record itself, never by the number."""

    RESIDENT = "resident"
    HMT_PERMIT = "hmtPermit"
    FOREIGNER_2017 = "foreigner2017"
    FOREIGNER_2023 = "foreigner2023"


@dataclass(frozen=True, slots=True)
class IdDocument:
    """What an ID-card reader returned. Personal: lives in memory only; ``repr`` shows no content.

    ``sex`` and ``nation`` are the codes on the card as text (GB/T 2261.1, GB/T 3304), unknown codes
    kept. ``valid_to`` None means 长期 (no expiry). ``photo`` is the opaque WLT stream, ``b""`` if none.
    ``appended_address``: the newest address noted on the card later, ``fingerprint``: its opaque
    features; both only if the reader is set to ask for them.
    """

    kind: IdDocumentKind
    name: str = field(repr=False)
    number: str = field(repr=False)
    sex: str = field(repr=False)
    birth: date | None = field(repr=False)
    valid_from: date | None = field(repr=False)
    valid_to: date | None = field(repr=False)
    long_term: bool = field(default=False, repr=False)
    nation: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    issuer: str = field(default="", repr=False)
    name_latin: str = field(default="", repr=False)
    country: str = field(default="", repr=False)
    pass_number: str = field(default="", repr=False)
    issue_count: str = field(default="", repr=False)
    related_number: str = field(default="", repr=False)
    photo: bytes = field(default=b"", repr=False)
    appended_address: str = field(default="", repr=False)
    fingerprint: bytes = field(default=b"", repr=False)


@runtime_checkable
class IdCardReader(Adapter, Protocol):
    """A reader of resident ID cards and the permits of the same family."""

    def read_card(self, timeout_s: float) -> Result[IdDocument]:
        """Wait for a card and read it. Emits ``card_found`` when a card is seen.

        Failures: ``idcard.none`` (no card in time), ``idcard.removed``, ``idcard.unreadable``,
        ``idcard.unknown_type``, ``idcard.not_lifted``, ``idcard.sam_fault``, ``device.*``.
        """
        ...


@dataclass(frozen=True, slots=True)
class SocialSecurityCard:
    """The free records of a social-security card (SSSE); what a card does not give stays empty.

    Read, not verified: whether the card is genuine takes a PSAM or a key server. Personal.
    ``number`` is the social-security number (the resident's ID number), ``sex`` and ``nation`` are
    the card's codes as text.
    """

    card_number: str = field(repr=False)
    number: str = field(repr=False)
    name: str = field(repr=False)
    sex: str = field(default="", repr=False)
    nation: str = field(default="", repr=False)
    birth: date | None = field(default=None, repr=False)
    issued: date | None = field(default=None, repr=False)
    expires: date | None = field(default=None, repr=False)
    card_id: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class BankCard:
    """A bank card's number, masked where it was read (``620000******0005``): neither identity nor
    proof of payment. ``application``: the identifier (AID) it was read from, in hex."""

    masked_number: str
    application: str = ""


@runtime_checkable
class SmartCardReader(Adapter, Protocol):
    """A reader of contact or contactless chip cards. The status shows a card as media ``present``.

    Both operations wait for a card, emit ``card_found`` when one is seen, and fail with
    ``smartcard.none`` (no card in time), ``smartcard.removed``, ``smartcard.mute`` (the chip does
    not answer), ``smartcard.unsupported`` (no such application on it), ``smartcard.unreadable``
    (an answer that is none), ``device.*``.
    """

    def read_social_card(self, timeout_s: float) -> Result[SocialSecurityCard]:
        """Read the free records. Also ``smartcard.needs_authentication``: the card demands a PSAM."""
        ...

    def read_bank_card(self, timeout_s: float) -> Result[BankCard]:
        """Read the number of a payment card (PBOC/EMV) and mask it at once."""
        ...


class PrintOutcome(StrEnum):
    """To be accepted is not to be done: a job ends confirmed by the device, or doubtful."""

    CONFIRMED = "confirmed"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class PrintResult:
    """How a print job ended. ``reason`` is a failure code when doubtful, else empty."""

    outcome: PrintOutcome
    reason: FailureCode | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class RasterImage:
    """A 1-bit image, rows padded to whole bytes, most significant bit left, 1 = black."""

    width: int
    height: int
    data: bytes = field(repr=False)


@runtime_checkable
class ReceiptPrinter(Adapter, Protocol):
    """A receipt printer. Width and resolution come from :meth:`dots_per_line`."""

    def dots_per_line(self) -> int:
        """Printable dots in a line (576 for 80 mm paper at 203 dpi)."""
        ...

    def print_receipt(self, image: RasterImage, timeout_s: float) -> Result[PrintResult]:
        """Print and cut. ``Ok(doubtful)``: bytes were sent but the end was not confirmed; such a job
        must never be repeated silently. ``Failure``: nothing of it was printed (``printer.paper_out``,
        ``printer.cover_open``, ``device.*``), so trying again is safe.
        """
        ...


@runtime_checkable
class DocumentPrinter(Adapter, Protocol):
    """An A4 printer."""

    def print_document(self, pdf: bytes, title: str, timeout_s: float) -> Result[PrintResult]:
        """Print a PDF one-sided on A4. ``title`` is shown on the printer: no personal data.
        Emits ``page_done``. Doubtful and failure as for :class:`ReceiptPrinter`.
        """
        ...


@dataclass(frozen=True, slots=True)
class FrameBufferInfo:
    """Where a camera's newest frame is: a named shared-memory block of ``height*width*3`` BGR bytes
    behind a header (see :mod:`drivers.camera.framebuffer`)."""

    name: str
    width: int
    height: int


@runtime_checkable
class Camera(Adapter, Protocol):
    """A camera whose newest frame is in shared memory while it is streaming."""

    def start(self, timeout_s: float) -> Result[FrameBufferInfo]:
        """Open the source and keep the newest frame in shared memory until :meth:`stop`."""
        ...

    def stop(self, timeout_s: float) -> Result[None]:
        """Stop streaming and clear the shared frame (no image outlives its use)."""
        ...


class PageVerdict(StrEnum):
    """Whether a photographed page can be read by a clerk later, or what to change."""

    READABLE = "readable"
    NO_PAGE = "noPage"
    UNSTEADY = "unsteady"
    CUT_OFF = "cutOff"
    TOO_DARK = "tooDark"
    GLARE = "glare"
    UNEVEN_LIGHT = "unevenLight"
    BLURRED = "blurred"
    TOO_SMALL = "tooSmall"


class Upright(StrEnum):
    """How a page's head was found: by a code on it, by its lines of text and the way it was laid,
    or not at all."""

    PROVEN = "proven"
    LIKELY = "likely"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page straightened and cut out: JPEG, ``width`` × ``height`` in pixels. Personal.

    ``verdict`` other than readable is advice for taking it again, and the picture is what there is
    (empty where no page was found: ``noPage``, and ``tooDark`` of a covered lens). ``dpi``:
    estimated resolution, 0 where the page's size is unknown. ``sharpness``: 1 for edges as steep as
    pixels allow, 0 also for a page without print; ``brightness``: of the paper; ``evenness``: worst
    light against best; ``glare``: share of the page burnt out; all 0 to 1.
    """

    verdict: PageVerdict
    jpeg: bytes = field(default=b"", repr=False)
    width: int = 0
    height: int = 0
    dpi: int = 0
    sharpness: float = 0.0
    brightness: float = 0.0
    evenness: float = 0.0
    glare: float = 0.0
    upright: Upright = Upright.UNKNOWN


@runtime_checkable
class DocumentCamera(Camera, Protocol):
    """A camera over a shelf for papers: a :class:`Camera` that can also take a page."""

    def capture_page(self, timeout_s: float) -> Result[PageImage]:
        """Wait for a still picture, find the page, straighten it and judge it.

        Starts the source itself if :meth:`start` was not called, and then stops it again. A bad page
        is not a failure but a verdict. Emits ``page_advice`` when what is to be done changes, with
        ``{"advice": ...}``: ``lay_page``, ``hold_still``, ``move_page`` (with ``to``: ``left``,
        ``right``, ``up`` or ``down`` as the camera sees it), ``closer``, ``more_light``,
        ``less_glare``, ``even_light`` or ``flatten``; and ``page_taken`` with the verdict. Failures:
        ``camera.no_frame`` (no picture in time), ``device.*``.
        """
        ...


class Symbology(StrEnum):
    """Kinds of bar codes; ``unknown`` where a scanner does not say."""

    QR = "qr"
    DATA_MATRIX = "dataMatrix"
    PDF417 = "pdf417"
    AZTEC = "aztec"
    HAN_XIN = "hanXin"
    CODE_128 = "code128"
    CODE_39 = "code39"
    CODE_93 = "code93"
    CODABAR = "codabar"
    EAN_UPC = "eanUpc"
    ITF = "itf"
    DATA_BAR = "dataBar"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ScannedCode:
    """What a scanner read. ``text`` and ``data`` may be a person's credential: ``repr`` hides them.

    ``gs1``: True if the symbol declares GS1 element strings (FNC1 in first position); the separator
    in ``text`` is then U+001D, and there is no other control character in it.
    """

    symbology: Symbology
    text: str = field(repr=False)
    data: bytes = field(repr=False)
    gs1: bool = False


@runtime_checkable
class Scanner(Adapter, Protocol):
    """A reader of bar codes and QR codes."""

    def scan(self, timeout_s: float) -> Result[ScannedCode]:
        """Wait for one code; what was scanned before the call is never returned.

        Emits ``scan_ready`` once, when a code shown from now on counts: only then may a person be
        asked for one. Emits ``code_unclear`` when something was seen that could not be taken
        (noise, half a code, several codes at once). Failures: ``scanner.none`` (no code in time),
        ``scanner.partial``, ``scanner.unreadable``, ``scanner.several``, ``scanner.too_long``,
        ``camera.no_frame``, ``device.*``.
        """
        ...


class Light(StrEnum):
    """Lights that lead a person to the right place."""

    CARD = "card"
    RECEIPT = "receipt"
    DOCUMENT = "document"
    CAMERA = "camera"
    STAFF = "staff"


class LightState(StrEnum):
    """``flash`` is never faster than 3 Hz (WCAG 2.3.1: three flashes a second)."""

    OFF = "off"
    ON = "on"
    FLASH = "flash"


@runtime_checkable
class IndicatorLight(Adapter, Protocol):
    """Lights at the slots, the camera and the staff call."""

    def show(self, light: Light, state: LightState, timeout_s: float) -> Result[None]:
        """Set one light. A device that was away comes back dark: show again what should be lit.

        Failures: ``indicator.no_light`` (the board has no such light), ``indicator.lamp_fault``,
        ``device.*``.
        """
        ...


class Presence(StrEnum):
    """Whether somebody stands before the terminal."""

    NEAR = "near"
    AWAY = "away"


@runtime_checkable
class PresenceSensor(Adapter, Protocol):
    """Tells whether somebody stands before the terminal.

    Emits ``person_near`` and ``person_away``, at the latest with the next status question; the
    status shows it as media ``present`` or ``notPresent``.
    """

    def presence(self, timeout_s: float) -> Result[Presence]:
        """Ask now. Failures: ``indicator.no_sensor``, ``indicator.sensor_fault``, ``device.*``."""
        ...


class PowerSource(StrEnum):
    """What the terminal runs on."""

    MAINS = "mains"
    BATTERY = "battery"


@dataclass(frozen=True, slots=True)
class PowerReport:
    """The supply now. ``charge_percent`` (0 to 100) and ``runtime_s`` (seconds left on battery)
    are None where the device does not tell. ``low``: the end is near, save and stop taking work."""

    source: PowerSource
    charge_percent: float | None = None
    runtime_s: float | None = None
    low: bool = False
    replace_battery: bool = False
    overload: bool = False


@runtime_checkable
class PowerSupply(Adapter, Protocol):
    """An uninterruptible power supply.

    Emits ``on_line``, ``on_battery`` and ``low_battery`` (data: ``charge_percent``, ``runtime_s``)
    when that changes, and once for the state found at opening. The status carries
    ``ups.on_battery``, ``ups.low_battery``, ``ups.replace_battery`` or ``ups.overload`` meanwhile;
    the device stays usable.
    """

    def power(self, timeout_s: float) -> Result[PowerReport]:
        """Ask now. Failures: ``ups.stale``, ``ups.driver_down``, ``device.*``."""
        ...
