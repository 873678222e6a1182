"""The scanner port over a camera: pictures by OpenCV, codes by zxing-cpp."""

from __future__ import annotations

import importlib
import time
from typing import TYPE_CHECKING, Any, ClassVar

from drivers.camera.capture import UnsuitableOpenCvError, load_cv2
from drivers.camera.options import CameraOptions, SourceKind
from drivers.failure_codes import FailureCode
from drivers.options import Options, option, read_options
from drivers.ports import AdapterContext, ScannedCode, Symbology
from drivers.results import Failure, Ok, Result
from drivers.scanner.payload import MAX_CODE_BYTES, decode_text
from drivers.scanner.watch import CameraWatch
from drivers.status import DeviceState, DeviceStatus

if TYPE_CHECKING:
    from drivers.camera.capture import Picture

_SLICE_S = 0.1  # bounds the delay of a cancellation
_OPEN_S = 1.0
_PROBE_S = 0.3
_PROBE_EVERY_S = 3.0
_STOP_S = 0.5

_FORMATS = {
    Symbology.QR: ("QRCode",),
    Symbology.DATA_MATRIX: ("DataMatrix",),
    Symbology.PDF417: ("PDF417",),
    Symbology.AZTEC: ("Aztec",),
    Symbology.CODE_128: ("Code128",),
    Symbology.CODE_39: ("Code39",),
    Symbology.CODE_93: ("Code93",),
    Symbology.CODABAR: ("Codabar",),
    Symbology.EAN_UPC: ("EAN13", "EAN8", "UPCA", "UPCE"),
    Symbology.ITF: ("ITF",),
    Symbology.DATA_BAR: ("DataBar", "DataBarExp"),
}
_LETTERS = {"Q": Symbology.QR, "d": Symbology.DATA_MATRIX, "L": Symbology.PDF417} | {
    "z": Symbology.AZTEC, "C": Symbology.CODE_128, "A": Symbology.CODE_39, "G": Symbology.CODE_93,
    "F": Symbology.CODABAR, "E": Symbology.EAN_UPC, "I": Symbology.ITF, "e": Symbology.DATA_BAR,
}  # fmt: skip


class CameraScannerOptions(Options):
    """Settings.

    ``source``, ``width``, ``height``, ``fps``: of the camera, as for ``opencv-camera``.
    ``formats``: the symbologies looked for; each costs time, all of them ten times that of QR.
    ``equal_reads``: successive pictures that must hold the same code. ``max_length``: bytes.
    """

    source: str | int
    width: int = 1280
    height: int = 720
    fps: float = 25.0
    formats: tuple[Symbology, ...] = option(default=(Symbology.QR,), min_length=1)
    equal_reads: int = option(default=2, ge=1, le=5)
    max_length: int = option(default=2048, ge=1, le=MAX_CODE_BYTES)

    def camera(self) -> CameraOptions:
        """The camera's part. Raises ValueError naming the key at fault."""
        keys = ("source", "width", "height", "fps")
        return CameraOptions.parse({key: getattr(self, key) for key in keys})

    def zxing_formats(self, zxing: Any) -> Any:
        """What zxing-cpp is to look for. Raises ValueError for a format it does not know."""
        if unknown := [f for f in self.formats if f not in _FORMATS]:
            raise ValueError(f"option 'formats': {unknown[0]} cannot be read from a camera")
        names = [name for symbology in self.formats for name in _FORMATS[symbology]]
        return tuple(getattr(zxing.BarcodeFormat, name) for name in names)


class CameraScanner:
    """Reads codes shown to a camera. The camera is open only while somebody scans, so that its
    light tells the truth."""

    port_options: ClassVar = {"source": "video"}
    asks_at_opening: ClassVar = False

    def __init__(self, context: AdapterContext) -> None:
        self._context = context
        self._options: CameraScannerOptions | None = None
        self._camera: CameraOptions | None = None
        self._zxing: Any = None
        self._formats: Any = None
        self._probed_at: float | None = None
        self._absent: str | None = None

    def open(self) -> Result[None]:
        """Check settings, libraries and that the camera is there. Failures:
        ``device.misconfigured``, ``device.offline`` (a stream's host does not answer),
        ``device.gone``."""
        read = read_options(CameraScannerOptions, self._context.options)
        if isinstance(read, Failure):
            return read
        options = read.value
        try:
            camera = options.camera()
            load_cv2()
            zxing = importlib.import_module("zxingcpp")
            self._formats = options.zxing_formats(zxing)
        except (ValueError, UnsuitableOpenCvError) as error:
            return Failure("device.misconfigured", str(error))
        absent = camera.absent(_OPEN_S)
        if absent is not None:
            stream = camera.kind is SourceKind.STREAM
            return Failure("device.offline" if stream else "device.gone", absent)
        self._options, self._camera, self._zxing = options, camera, zxing
        return Ok(None)

    def close(self) -> None:
        """Forget the settings; the camera is closed already."""
        self._options = self._camera = None

    def status(self) -> DeviceStatus:
        """Whether the camera is there, looked up every few seconds."""
        if self._camera is None:
            return DeviceStatus(DeviceState.OFFLINE, failure="device.offline", detail="not open")
        now = time.monotonic()
        if self._probed_at is None or now - self._probed_at >= _PROBE_EVERY_S:
            self._probed_at = now
            self._absent = self._camera.absent(_PROBE_S)
        if self._absent is None:
            return DeviceStatus(DeviceState.ONLINE)
        stream = self._camera.kind is SourceKind.STREAM
        state = DeviceState.OFFLINE if stream else DeviceState.NO_DEVICE
        code: FailureCode = "device.offline" if stream else "device.gone"
        return DeviceStatus(state, failure=code, detail=self._absent)

    def scan(self, timeout_s: float) -> Result[ScannedCode]:
        """See :class:`drivers.ports.Scanner`."""
        if self._options is None or self._camera is None:
            return Failure("device.offline", "not open")
        deadline = time.monotonic() + timeout_s
        watch = CameraWatch(self._camera)
        try:
            return self._look(watch, self._options, deadline)
        finally:
            watch.stop(_STOP_S)

    def _look(
        self, watch: CameraWatch, options: CameraScannerOptions, deadline: float
    ) -> Result[ScannedCode]:
        number, equal = 0, 0
        previous: ScannedCode | None = None
        trouble: Failure | None = None
        while (left := deadline - time.monotonic()) > 0:
            if self._context.cancelled():
                return Failure("device.cancelled")
            news = watch.next(number, min(_SLICE_S, left))
            if news is None:
                continue
            if number == 0:
                self._context.emit("scan_ready", {})
            number, picture = news
            seen = self._read(picture, options)
            if isinstance(seen, Failure):
                if seen.code == "scanner.too_long":
                    return seen
                if trouble is None or trouble.code != seen.code:
                    self._context.emit("code_unclear", {"code": seen.code})
                trouble, equal, previous = seen, 0, None
            elif seen.value is not None:
                equal = equal + 1 if seen.value == previous else 1
                previous = seen.value
                if equal >= options.equal_reads:
                    return Ok(seen.value)
        if number == 0:
            return Failure("camera.no_frame", "no picture within the time limit")
        return trouble or Failure("scanner.none")

    def _read(self, picture: Picture, options: CameraScannerOptions) -> Result[ScannedCode | None]:
        """The one code in a picture, None if there is none."""
        found = self._zxing.read_barcodes(
            picture, formats=self._formats, text_mode=self._zxing.TextMode.Plain
        )
        codes = {(b.symbology_identifier, bytes(b.bytes)): b for b in found if b.valid}
        if not codes:
            return Ok(None)
        if len(codes) > 1:
            return Failure("scanner.several", f"{len(codes)} codes")
        [(identifier, data)] = codes
        if len(data) > options.max_length:
            return Failure("scanner.too_long", f"{len(data)} bytes")
        [barcode] = codes.values()
        gs1 = bool(barcode.content_type == self._zxing.ContentType.GS1)
        # The library follows the symbol's own character-set marks; its text is judged as ours.
        text = decode_text(barcode.text.encode("utf-8", "surrogatepass"), "utf-8", gs1=gs1)
        if isinstance(text, Failure):
            return text
        symbology = _LETTERS.get(identifier[1:2], Symbology.UNKNOWN)
        return Ok(ScannedCode(symbology, text.value, data, gs1))
