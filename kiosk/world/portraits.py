"""Invented people for camera and card simulators: live scenes and card portraits, drawn, not taken.

Drawing a person costs about a second, so finished sprites are kept in a cache folder
(``CW_CACHE_DIR`` or ``var/portraits`` of the checkout) and in memory; a frame costs milliseconds.
"""

from __future__ import annotations

import hashlib
import math
import os
from functools import cache, lru_cache
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.world import portrait_canvas, portrait_face, portrait_figure, portrait_people
from kiosk.world.portrait_figure import Sprite
from kiosk.world.portrait_people import PEOPLE

Image = npt.NDArray[np.uint8]

PERSONS = tuple(PEOPLE)
CARD_SIZE = (102, 126)
CARD_PHOTO_LIMIT = 1000
_BLINK_EVERY_S, _BLINK_LASTS_S = 3.4, 0.16
_SCALE = 1.02
_CARD_BACKGROUND = (246, 246, 246)


def cache_dir() -> Path:
    """Where finished sprites are kept; safe to delete at any time."""
    told = os.environ.get("CW_CACHE_DIR")
    return Path(told) if told else Path(__file__).resolve().parents[2] / "var" / "portraits"


@cache
def _drawing_version() -> str:
    """Changes with the drawing program, so that no stale sprite is shown."""
    digest = hashlib.sha256()
    for module in (portrait_people, portrait_canvas, portrait_face, portrait_figure):
        digest.update(Path(str(module.__file__)).read_bytes())
    return digest.hexdigest()[:12]


@lru_cache(maxsize=16)
def sprite(person: str, opening_percent: int = 100) -> Sprite:
    """A person's picture (BGR) and alpha; from the cache folder if it was drawn before."""
    if person not in PEOPLE:
        raise KeyError(person)
    path = cache_dir() / f"{person}-{opening_percent}-{_drawing_version()}.png"
    stored = cv2.imread(str(path), cv2.IMREAD_UNCHANGED) if path.exists() else None
    if stored is not None and stored.ndim == 3 and stored.shape[2] == 4:
        return np.ascontiguousarray(stored[:, :, :3], np.uint8), stored[:, :, 3].astype(np.uint8)
    picture, alpha = portrait_figure.draw(person, opening_percent)
    _store(path, np.dstack([picture, alpha]))
    return picture, alpha


def prepare(*persons: str) -> None:
    """Have these persons (all, if none is named) drawn and in memory before frames are due."""
    for person in persons or PERSONS:
        for opening in (100, 0):
            sprite(person, opening)


def _store(path: Path, picture: Image) -> None:
    """Keep a sprite if the folder can be written; a read-only system simply draws again."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        staged = path.with_name(f".{os.getpid()}-{path.name}")
        staged.write_bytes(cv2.imencode(".png", picture)[1].tobytes())
        staged.replace(path)
    except OSError:
        return


@lru_cache(maxsize=4)
def _room(width: int, height: int) -> Image:
    """A calm, softly lit hall, out of focus."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    base = np.full((height, width, 3), (206, 205, 198), np.float32)
    base += (18 - 42 * (y / height) - 14 * np.abs(x / width - 0.42))[..., None]
    for left, right, tone in ((0.06, 0.20, 16), (0.78, 0.80, -22), (0.80, 0.97, 12)):
        inside = ((x > left * width) & (x < right * width) & (y < 0.78 * height)).astype(np.float32)
        base += tone * inside[..., None]
    soft = cv2.GaussianBlur(base, (0, 0), width / 55)
    return np.asarray(np.clip(soft, 0, 255), np.uint8)


def _opening(t: float) -> int:
    """How far the eyes are open at time ``t``, in per cent."""
    into = t % _BLINK_EVERY_S
    start = _BLINK_EVERY_S - 0.6
    return 0 if start <= into < start + _BLINK_LASTS_S else 100


def _place(canvas: Image, person: str, t: float, centre: tuple[float, float], scale: float) -> None:
    """Lay a person, gently swaying, onto a scene; ``centre`` is between the eyes."""
    picture, alpha = sprite(person, _opening(t))
    phase = (sum(map(ord, person)) % 7) * 0.9
    turn = 1.3 * math.sin(0.9 * t + phase)
    size = scale * (1 + 0.008 * math.sin(0.6 * t + phase))
    eyes = (
        -portrait_canvas.LEFT * portrait_canvas.UNIT,
        -portrait_canvas.TOP * portrait_canvas.UNIT,
    )
    matrix = cv2.getRotationMatrix2D(eyes, turn, size)
    matrix[0, 2] += centre[0] - eyes[0] + 5 * math.sin(0.7 * t + phase)
    matrix[1, 2] += centre[1] - eyes[1] + 2.5 * math.sin(1.1 * t + phase)
    height, width = canvas.shape[:2]
    moved = cv2.warpAffine(picture, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
    cover = cv2.warpAffine(alpha, matrix, (width, height)).astype(np.float32)[..., None] / 255
    canvas[:] = (canvas + (moved.astype(np.float32) - canvas) * cover).astype(np.uint8)


def _grain(canvas: Image, t: float) -> Image:
    """A camera's fine noise, different in every frame."""
    random = np.random.default_rng(round(t * 1000) & 0xFFFF)
    noise = random.integers(-2, 3, canvas.shape[:2], dtype=np.int16)[..., None]
    return np.asarray(np.clip(canvas + noise, 0, 255), np.uint8)


def empty_scene(t: float, size: tuple[int, int] = (640, 480)) -> Image:
    """The place in front of the terminal with nobody there; BGR, ``size`` is (width, height)."""
    return _grain(_room(*size).copy(), t)


def scene(person: str, t: float, size: tuple[int, int] = (640, 480)) -> Image:
    """One person looking at the camera at ``t`` seconds; BGR. Unknown name: :class:`KeyError`."""
    canvas = _room(*size).copy()
    _place(canvas, person, t, (size[0] * 0.5, size[1] * 0.42), _SCALE * size[1] / 480)
    return _grain(canvas, t)


def two_people(a: str, b: str, t: float, size: tuple[int, int] = (640, 480)) -> Image:
    """Two people side by side, ``a`` on the left; BGR."""
    canvas = _room(*size).copy()
    scale = 0.76 * size[1] / 480
    _place(canvas, a, t, (size[0] * 0.28, size[1] * 0.56), scale)
    _place(canvas, b, t + 1.3, (size[0] * 0.73, size[1] * 0.56), scale)
    return _grain(canvas, t)


def card_portrait(person: str) -> Image:
    """The person as on an identity card: 102 wide, 126 high, BGR, on white."""
    width, height = CARD_SIZE
    canvas = np.full((height * 4, width * 4, 3), _CARD_BACKGROUND, np.uint8)
    picture, alpha = sprite(person)
    unit = 100.0
    eyes = (
        -portrait_canvas.LEFT * portrait_canvas.UNIT,
        -portrait_canvas.TOP * portrait_canvas.UNIT,
    )
    matrix = cv2.getRotationMatrix2D(eyes, 0.0, unit / portrait_canvas.UNIT)
    matrix[0, 2] += canvas.shape[1] / 2 - eyes[0]
    matrix[1, 2] += canvas.shape[0] * 0.44 - eyes[1]
    across = (canvas.shape[1], canvas.shape[0])
    moved = cv2.warpAffine(picture, matrix, across, borderMode=cv2.BORDER_REPLICATE)
    cover = cv2.warpAffine(alpha, matrix, across).astype(np.float32)[..., None] / 255
    mixed = (canvas + (moved.astype(np.float32) - canvas) * cover).astype(np.uint8)
    return np.asarray(cv2.resize(mixed, CARD_SIZE, interpolation=cv2.INTER_AREA), np.uint8)


def encode_card_photo(person: str) -> bytes:
    """The card portrait as WebP of at most 1,000 bytes (the card's own codec is proprietary)."""
    portrait = card_portrait(person)
    for quality in range(60, 0, -3):
        data = cv2.imencode(".webp", portrait, [cv2.IMWRITE_WEBP_QUALITY, quality])[1].tobytes()
        if len(data) <= CARD_PHOTO_LIMIT:
            return bytes(data)
    raise ValueError(f"portrait of {person} does not fit {CARD_PHOTO_LIMIT} bytes")


def decode_card_photo(data: bytes) -> Image:
    """The 102x126 BGR picture of :func:`encode_card_photo`; ``ValueError`` if it is not one."""
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    if picture is None or picture.shape != (CARD_SIZE[1], CARD_SIZE[0], 3):
        raise ValueError("not a card photo")
    return np.asarray(picture, np.uint8)
