"""A simulated shelf under a document camera: paper on a desk, seen in perspective, in poor light."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from drivers.camera.capture import load_cv2
from drivers.camera.papers import PAPERS, Paper

if TYPE_CHECKING:
    import numpy.typing as npt

    Picture = npt.NDArray[np.uint8]
    Floats = npt.NDArray[np.floating[Any]]

cv2: Any = load_cv2()

DESKS = ("dark", "light", "wood", "checks", "cloth", "green")
_FOCAL = 1.3  # of the frame's width
_FIELD_SPARE = 256  # pixels by which a picture's noise may be moved


@dataclass(frozen=True, slots=True)
class Shot:
    """What is photographed. Angles in degrees; ``fill``: the paper's larger extent over that of the
    frame; ``shift``: of its centre, in shares of the frame; ``light``: brightness of the side that
    is lit worst; ``glare``: radius of a reflection in shares of the frame's width, 0 for none;
    ``exposure``: 1 is right; ``blur``: defocus in pixels of the frame (standard deviation);
    ``sway``: motion blur in pixels; ``noise``: standard deviation of the sensor's; ``shadow``: how
    dark the paper's own shadow is, from 0.
    """

    paper: str = "letter"
    seed: int = 0
    desk: str = "dark"
    angle: float = 0.0
    tilt: tuple[float, float] = (0.0, 0.0)
    fill: float = 0.9
    shift: tuple[float, float] = (0.0, 0.0)
    light: float = 1.0
    glare: float = 0.0
    exposure: float = 1.0
    blur: float = 0.0
    sway: int = 0
    noise: float = 2.0
    shadow: float = 0.25


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture and the truth about it. ``corners``: of the paper in the frame, clockwise from its
    own upper left. ``to_frame``: homography from the paper's pixels to the frame's."""

    picture: Picture = field(repr=False)
    corners: Floats
    to_frame: Floats = field(repr=False)
    paper: Paper


@lru_cache(maxsize=8)
def paper_of(kind: str, seed: int) -> Paper:
    """The paper of this kind and number; drawing one takes a while."""
    return PAPERS[kind](seed)


def photograph(shot: Shot, width: int = 1920, height: int = 1080) -> Photo:
    """Take the picture."""
    lying = replace(shot, light=1.0, glare=0.0, exposure=1.0, blur=0.0, sway=0, noise=0.0)
    scene, corners, to_frame, paper = _laid(lying, width, height)
    scene = _light(scene, shot, corners, np.random.default_rng(shot.seed + 7919))
    scene = _lens(scene, shot)
    return Photo(with_noise(scene, shot.noise, shot.seed), corners, to_frame, paper)


@lru_cache(maxsize=2)
def _laid(shot: Shot, width: int, height: int) -> tuple[Floats, Floats, Floats, Paper]:
    """The paper on the desk before light and lens, its corners, its homography, and itself.

    Kept, since the same page is photographed in many lights; nobody writes into it.
    """
    paper = paper_of(shot.paper, shot.seed)
    rows, columns = paper.picture.shape[:2]
    # A picture begins half a pixel before the middle of its first pixel.
    flat = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], np.float64) - 0.5
    corners = _project(shot, paper, width, height)
    to_frame = cv2.getPerspectiveTransform(flat.astype(np.float32), corners.astype(np.float32))
    desk = _desk(shot.desk, np.random.default_rng(shot.seed + 15485), width, height)
    scene = _lay(desk.astype(np.float32), paper, to_frame, shot.shadow)
    return scene, corners, to_frame, paper


def empty_shelf(desk: str, width: int, height: int) -> Picture:
    """The desk with nothing on it, in good light."""
    shelf = _desk(desk, np.random.default_rng(1), width, height).astype(np.float32) * 0.86
    clear: Picture = np.clip(shelf, 0, 255).astype(np.uint8)
    return clear


def with_noise(scene: Floats | Picture, noise: float, seed: int) -> Picture:
    """``scene`` as a sensor sees it; each ``seed`` another moment."""
    rows, columns = scene.shape[:2]
    field = _noise_field(rows, columns)
    down, right = np.random.default_rng(seed + 104729).integers(0, _FIELD_SPARE, 2)
    moment = field[down : down + rows, right : right + columns]
    noisy = cv2.scaleAdd(moment, noise, np.asarray(scene, np.float32))
    seen: Picture = np.clip(noisy, 0, 255, out=noisy).astype(np.uint8)
    return seen


@lru_cache(maxsize=2)
def _noise_field(rows: int, columns: int) -> Floats:
    """Noise of deviation 1 in brightness and half that in colour, a little larger than the frame:
    drawing it anew for every picture would cost more than all the rest of the picture."""
    dice = np.random.default_rng(104729)
    size = (rows + _FIELD_SPARE, columns + _FIELD_SPARE)
    grey = dice.standard_normal((*size, 1), np.float32)
    field: Floats = grey + dice.standard_normal((*size, 3), np.float32) / 2
    return field


def _project(shot: Shot, paper: Paper, width: int, height: int) -> Floats:
    """The paper's corners in the frame, of a pinhole camera above the middle of the desk."""
    half = np.array([paper.width_mm, paper.height_mm]) / 2
    around = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half
    turn = np.deg2rad(shot.angle)
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    plane = around @ spin.T
    across, along = np.ptp(plane[:, 0]), np.ptp(plane[:, 1])
    scale = shot.fill * min(width / across, height / along)
    points = np.column_stack([plane * scale, np.zeros(4)])
    a, b = np.deg2rad(shot.tilt)
    tip = np.array([[1, 0, 0], [0, np.cos(a), -np.sin(a)], [0, np.sin(a), np.cos(a)]])
    lean = np.array([[np.cos(b), 0, np.sin(b)], [0, 1, 0], [-np.sin(b), 0, np.cos(b)]])
    focal = _FOCAL * width
    seen = points @ (lean @ tip).T + np.array([0, 0, focal])
    centre = np.array([width * (0.5 + shot.shift[0]), height * (0.5 + shot.shift[1])])
    projected: Floats = seen[:, :2] / seen[:, 2:] * focal + centre
    return projected


def _desk(kind: str, dice: np.random.Generator, width: int, height: int) -> Picture:
    """The desk's own picture; grain and texture are random but of one desk."""
    plain = {"dark": (52, 50, 48), "light": (206, 208, 210), "green": (70, 110, 60)}
    if kind in plain:
        desk = np.full((height, width, 3), plain[kind], np.float32)
    elif kind == "wood":
        grain = cv2.resize(dice.normal(0, 1, (height // 6, 12)).astype(np.float32), (width, height))
        fine = cv2.resize(dice.normal(0, 1, (height, 40)).astype(np.float32), (width, height))
        desk = np.array((96, 140, 182), np.float32) + (grain * 16 + fine * 7)[:, :, None]
    elif kind == "checks":
        y, x = np.mgrid[0:height, 0:width] // max(8, width // 32)
        desk = np.where(((x + y) % 2 == 0)[:, :, None], (206, 210, 214), (140, 80, 60))
    else:
        weave = cv2.resize(
            dice.normal(0, 1, (height // 3, width // 3)).astype(np.float32), (width, height)
        )
        stripes = np.sin(np.mgrid[0:height, 0:width][1] / width * 90) > 0.4
        desk = (
            np.array((120, 96, 150), np.float32) + weave[:, :, None] * 12 + stripes[:, :, None] * 50
        )
    blotches = cv2.resize(dice.normal(0, 1, (6, 8)).astype(np.float32), (width, height))
    shaded: Picture = np.clip(desk + (blotches * 4)[:, :, None], 0, 255).astype(np.uint8)
    return shaded


def _lay(scene: Floats, paper: Paper, to_frame: Floats, shadow: float) -> Floats:
    """Put the paper down, drawn twice as large and reduced, so that its edges are smooth."""
    rows, columns = scene.shape[:2]
    # Pixel x of the frame becomes pixels 2x and 2x + 1, whose middle is 2x + 0.5.
    double = np.array([[2, 0, 0.5], [0, 2, 0.5], [0, 0, 1]]) @ to_frame
    size = (columns * 2, rows * 2)
    picture = cv2.warpPerspective(
        paper.picture, double, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    solid = cv2.warpPerspective(paper.solid, double, size, flags=cv2.INTER_LINEAR)
    picture = cv2.resize(picture, (columns, rows), interpolation=cv2.INTER_AREA)
    cover = cv2.resize(solid, (columns, rows), interpolation=cv2.INTER_AREA) / np.float32(255)
    if shadow:
        reach = max(3, columns // 200)
        cast = cv2.GaussianBlur(np.roll(cover, (reach, reach), (0, 1)), (0, 0), reach)
        scene = scene * (1 - shadow * cast)[:, :, None]
    cover = cover[:, :, None]
    laid: Floats = scene * (1 - cover) + picture * cover
    return laid


def _light(scene: Floats, shot: Shot, corners: Floats, dice: np.random.Generator) -> Floats:
    """Shading from one side, exposure, and the reflection of a lamp on the paper."""
    rows, columns = scene.shape[:2]
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32)
    if shot.light < 1:
        turn = dice.uniform(0, 2 * np.pi)
        along = (x / columns - 0.5) * np.cos(turn) + (y / rows - 0.5) * np.sin(turn)
        share = (along - along.min()) / np.ptp(along)
        scene = scene * (shot.light + (1 - shot.light) * share)[:, :, None]
    scene = scene * (shot.exposure * 0.86)
    if shot.glare:
        weights = dice.dirichlet(np.ones(4) * 4)
        cx, cy = weights @ corners
        radius = shot.glare * columns
        far = np.hypot(x - cx, (y - cy) * 1.4) / radius
        scene = scene + (420 * np.exp(-(far**4)))[:, :, None]
    return scene


def _lens(scene: Floats, shot: Shot) -> Floats:
    if shot.blur:
        scene = cv2.GaussianBlur(scene, (0, 0), shot.blur)
    if shot.sway > 1:
        kernel = np.full((1, shot.sway), 1 / shot.sway, np.float32)
        scene = cv2.filter2D(scene, -1, kernel)
    return scene
