"""Which codes on a phone's screen a camera scanner reads: kind × size × light and sharpness.

Rendered pictures of 1280 × 720 are read as `camera-scanner` reads its own. A phone lies before the
camera turned by up to 12° and tilted by up to 10°, its screen brighter or darker than the room, its code
``pixels`` of the camera wide a module. Printed is the share of pictures in which the right text was
read, and how many gave a wrong one. Glass, real lenses and the screen's own pixels (moiré) are not
modelled.

    python benchmarks/phone_codes.py [--pictures 20] [--quick]
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import zxingcpp

from drivers.ports import Symbology
from drivers.scanner.camera_scanner import CameraScannerOptions

SIZE = (1280, 720)
PIXELS = (1.0, 1.5, 2.0, 3.0, 4.0)
_QUIET = 4  # modules of white around a code
_BIG = 8  # pixels a module is drawn with before the camera sees it

LINK = "https://s.example/v?c=A7K2M9QX4TB1&t=20261126094500"
KINDS = {
    Symbology.QR: (zxingcpp.BarcodeFormat.QRCode, LINK),
    Symbology.DATA_MATRIX: (zxingcpp.BarcodeFormat.DataMatrix, LINK),
    Symbology.AZTEC: (zxingcpp.BarcodeFormat.Aztec, LINK),
    Symbology.PDF417: (zxingcpp.BarcodeFormat.PDF417, LINK),
    Symbology.CODE_128: (zxingcpp.BarcodeFormat.Code128, "281234567890123456"),
}


@dataclass(frozen=True, slots=True)
class Light:
    """How the screen looks to the camera: grey levels of its white and black, ``room`` of what is
    around it, ``blur`` and ``bloom`` (light that spills over) in pixels, ``shake`` in pixels,
    ``glare``: grey levels that a lamp's reflection adds at its brightest."""

    white: float = 225
    black: float = 14
    room: float = 70
    blur: float = 0.6
    bloom: float = 0.0
    shake: int = 0
    glare: float = 0.0
    noise: float = 3.0


LIGHTS = {
    "good": Light(),
    "dimmed": Light(white=60, black=10, room=110),
    "dark": Light(white=32, black=12, room=110, noise=4),
    "too bright": Light(white=600, black=60, room=20, bloom=2.5),
    "reflection": Light(glare=190),
    "blur 1.5": Light(blur=1.5),
    "blur 2.5": Light(blur=2.5),
    "shake 5": Light(shake=5),
}


def code_image(kind: Symbology) -> np.ndarray[Any, Any]:
    """One pixel a module, quiet zone included; a bar code is made 24 modules high."""
    form, text = KINDS[kind]
    made = np.array(zxingcpp.create_barcode(text, form).to_image(scale=1, add_quiet_zones=False))
    flat = made.reshape(made.shape[0], -1)
    if kind is Symbology.CODE_128:
        flat = np.repeat(flat[:1], 24, axis=0)
    return np.pad(flat, _QUIET if kind is not Symbology.CODE_128 else 10, constant_values=255)


def photograph(code: np.ndarray[Any, Any], pixels: float, light: Light, seed: int) -> Any:
    """The phone before the camera, as BGR."""
    dice = np.random.default_rng(seed)
    screen = np.where(code > 127, light.white, light.black).astype(np.float32)
    screen = np.kron(screen, np.ones((_BIG, _BIG), np.float32))
    rows, columns = screen.shape
    flat = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], np.float32)
    half = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * np.array([columns, rows]) / 2
    half = half * pixels / _BIG
    turn, tip, lean = np.deg2rad(dice.uniform((-12, -10, -10), (12, 10, 10)))
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    flatly = half @ spin.T * np.cos((lean, tip))
    depth = 1 + (half[:, 0] * np.sin(lean) + half[:, 1] * np.sin(tip)) / 800
    centre = np.array(SIZE) / 2 + dice.uniform(-20, 20, 2)
    corners = flatly / depth[:, None] + centre
    # Drawn at twice the camera's size and reduced, as a sensor's pixels gather light.
    fine = 2
    matrix = cv2.getPerspectiveTransform(flat, (corners * fine).astype(np.float32))
    size = (SIZE[0] * fine, SIZE[1] * fine)
    seen = cv2.warpPerspective(screen, matrix, size, flags=cv2.INTER_LINEAR, borderValue=light.room)
    seen = cv2.resize(seen, SIZE, interpolation=cv2.INTER_AREA)
    return exposed(seen, light, dice)


def exposed(seen: np.ndarray[Any, Any], light: Light, dice: np.random.Generator) -> Any:
    if light.bloom:
        seen = seen * 0.8 + cv2.GaussianBlur(seen, (0, 0), light.bloom) * 0.4
    if light.glare:
        y, x = np.mgrid[0 : SIZE[1], 0 : SIZE[0]].astype(np.float32)
        at = np.array(SIZE) / 2 + dice.uniform(-60, 60, 2)
        far = np.hypot(x - at[0], y - at[1]) / 70
        seen = seen + light.glare * np.exp(-(far**2))
    if light.shake > 1:
        way = np.zeros((light.shake, light.shake), np.float32)
        way[light.shake // 2] = 1 / light.shake
        turn = cv2.getRotationMatrix2D((light.shake // 2,) * 2, dice.uniform(0, 180), 1)
        way = cv2.warpAffine(way, turn, way.shape)
        seen = cv2.filter2D(seen, -1, way / way.sum())
    seen = cv2.GaussianBlur(seen, (0, 0), light.blur)
    seen = seen + light.noise * dice.standard_normal(seen.shape, np.float32)
    grey = np.clip(seen, 0, 255).astype(np.uint8)
    return cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR)


def read_of(kind: Symbology, pixels: float, light: Light, pictures: int) -> tuple[int, int]:
    """Of ``pictures``, how many give the code's own text, and how many another."""
    options = CameraScannerOptions(source=0, formats=(kind,))
    formats = options.zxing_formats(zxingcpp)
    code = code_image(kind)
    read = wrong = 0
    for seed in range(pictures):
        picture = photograph(code, pixels, light, seed)
        texts = {found.text for found in zxingcpp.read_barcodes(picture, formats=formats)}
        read += texts == {KINDS[kind][1]}
        wrong += bool(texts - {KINDS[kind][1]})
    return read, wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=20, help="of each kind, size and light")
    parser.add_argument("--quick", action="store_true")
    arguments = parser.parse_args()
    pictures = 3 if arguments.quick else arguments.pictures
    print(f"Share read, %, at {', '.join(f'{p:g}' for p in PIXELS)} pixels a module.\n")
    kinds = list(KINDS)
    print(
        "| light | " + " | ".join(f"{kind} ({code_image(kind).shape[1]})" for kind in kinds) + " |"
    )
    print("|" + "---|" * (len(kinds) + 1))
    wrong = dict.fromkeys(kinds, 0)
    for name, light in LIGHTS.items():
        cells = []
        for kind in kinds:
            found = [read_of(kind, pixels, light, pictures) for pixels in PIXELS]
            wrong[kind] += sum(of[1] for of in found)
            cells.append(" ".join(f"{100 * of[0] / pictures:.0f}" for of in found))
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)
    total = pictures * len(LIGHTS) * len(PIXELS)
    print(f"\nWrong texts, of {total} pictures of each kind:")
    print(", ".join(f"{kind} {count}" for kind, count in wrong.items()))


if __name__ == "__main__":
    main()
