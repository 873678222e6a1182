"""Scenes of a simulated document camera: pages lying well and badly, for :class:`MjpegCameraSimulator`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from drivers.camera.capture import load_cv2
from drivers.camera.shelf import Shot, empty_shelf, photograph, with_noise

cv2: Any = load_cv2()

_STATES = 2  # pictures of a scene that differ by their noise: a living sensor repeats none
_STEPS = 3
_JPEG_QUALITY = 92

_PAGE = Shot("letter", seed=1, desk="wood", angle=92.0, fill=0.93, tilt=(3.0, -2.0), light=0.8)
_CARD = Shot("card", seed=2, desk="dark", angle=-7.0, fill=0.5, tilt=(2.0, 4.0))

SHOTS: Mapping[str, Shot] = {
    "page": _PAGE,
    "page_on_white": replace(_PAGE, desk="light"),
    "card": _CARD,
    "glare": replace(_PAGE, glare=0.09),
    "blurred": replace(_PAGE, blur=4.0),
    "cut_off": replace(_PAGE, shift=(0.2, 0.0)),
    "too_small": replace(_PAGE, fill=0.5),
    "uneven": replace(_PAGE, light=0.03, exposure=1.1),
    "gloom": replace(_PAGE, exposure=0.12),
}
"""Scenes with a page that stays where it is."""


def document_scenes(width: int, height: int) -> dict[str, Callable[[int], bytes]]:
    """All scenes by name: those of :data:`SHOTS`, ``shelf`` (nothing on it) and ``moving``. A
    picture is made when it is first shown."""
    scenes = {name: _still(shot, width, height) for name, shot in SHOTS.items()}
    scenes["shelf"] = _empty(width, height)
    scenes["moving"] = _moving(width, height)
    return scenes


def _still(shot: Shot, width: int, height: int) -> Callable[[int], bytes]:
    @cache
    def state(number: int) -> bytes:
        quiet = clean()
        return _encode(with_noise(quiet, shot.noise, number))

    @cache
    def clean() -> Any:
        return photograph(replace(shot, noise=0.0), width, height).picture

    return lambda index: state(index % _STATES)


def _empty(width: int, height: int) -> Callable[[int], bytes]:
    @cache
    def state(number: int) -> bytes:
        return _encode(with_noise(empty_shelf(_PAGE.desk, width, height), 2.0, number))

    return lambda index: state(index % _STATES)


def _moving(width: int, height: int) -> Callable[[int], bytes]:
    @cache
    def state(number: int) -> bytes:
        away = (number - _STEPS / 2) / 60
        return _encode(photograph(replace(_PAGE, shift=(away, away / 2)), width, height).picture)

    return lambda index: state(abs(index % (2 * _STEPS) - _STEPS))


def _encode(picture: Any) -> bytes:
    _, jpeg = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])
    return bytes(jpeg)
