"""How well the document camera finds pages, and whether its verdicts agree with what can be read.

Invented papers on simulated desks, 1280 × 960. A page counts as legible if 95 % of the characters of
its smallest print can be told apart (``drivers.camera.legible``); the verdict never sees that measure.

    python benchmarks/pages.py [--pictures 20] [--quick]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import cv2
import numpy as np

from drivers.camera.legible import LEGIBLE, share_read
from drivers.camera.page_find import find_page
from drivers.camera.page_judge import Look, PageLimits, look_at, page_image
from drivers.camera.shelf import DESKS, Photo, Shot, empty_shelf, photograph, with_noise
from drivers.ports import PageVerdict

SIZE = (1280, 960)
LIMITS = PageLimits()
DOUBTFUL = (PageVerdict.BLURRED, PageVerdict.TOO_SMALL)
"""Verdicts that say that the print cannot be read."""


@dataclass
class Found:
    """Of the pages on one desk."""

    pictures: int = 0
    missed: int = 0
    errors: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def any_shot(dice: np.random.Generator, desk: str, paper: str) -> Shot:
    return Shot(
        paper,
        seed=int(dice.integers(0, 6)),
        desk=desk,
        angle=float(dice.uniform(-180, 180)),
        tilt=(float(dice.uniform(-12, 12)), float(dice.uniform(-12, 12))),
        fill=float(dice.uniform(0.45, 0.9)),
        light=float(dice.uniform(0.4, 1)),
    )


def corner_error(found: np.ndarray, truth: np.ndarray) -> float:
    return min(float(np.hypot(*(np.roll(found, k, axis=0) - truth).T).max()) for k in range(4))


def finding(pictures: int, dice: np.random.Generator) -> dict[str, Found]:
    found = {desk: Found() for desk in DESKS}
    for desk, of in found.items():
        for number in range(pictures):
            photo = photograph(any_shot(dice, desk, ("letter", "card")[number % 2]), *SIZE)
            began = time.process_time()
            outline = find_page(photo.picture)
            of.seconds.append(time.process_time() - began)
            of.pictures += 1
            error = np.inf if outline is None else corner_error(outline.corners, photo.corners)
            if error > 20:
                of.missed += 1
            else:
                of.errors.append(error)
    return found


def phantoms(pictures: int) -> tuple[int, int]:
    """Pages seen on empty shelves, and shelves looked at."""
    seen = [
        find_page(with_noise(empty_shelf(desk, *SIZE), 2.0, number)) is not None
        for desk in DESKS
        for number in range(pictures)
    ]
    return sum(seen), len(seen)


def softened(pictures: int, dice: np.random.Generator) -> Iterator[Shot]:
    """A4 pages from sharp to hopeless, in light from good to poor."""
    for number in range(pictures):
        yield Shot(
            "letter",
            seed=int(dice.integers(0, 6)),
            desk=DESKS[number % len(DESKS)],
            angle=90.0 + float(dice.uniform(-3, 3)),
            fill=float(dice.uniform(0.6, 0.94)),
            light=float(dice.uniform(0.5, 1)),
            blur=float(dice.uniform(0, 3)),
        )


def shares(photo: Photo, look: Look) -> float:
    if look.page is None or look.corners is None:
        return 0.0
    jpeg = page_image(look, LIMITS).jpeg
    page = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    return max(
        share_read(np.ascontiguousarray(np.rot90(page, k)), photo, np.roll(look.corners, -k, 0))
        for k in (0, 2)
    )


def judging(pictures: int, dice: np.random.Generator) -> dict[tuple[bool, bool], int]:
    """How often, by (called readable, is legible)."""
    counts = {(called, legible): 0 for called in (True, False) for legible in (True, False)}
    for shot in softened(pictures, dice):
        photo = photograph(shot, *SIZE)
        look = look_at(photo.picture, LIMITS)
        if look.verdict is not PageVerdict.READABLE and look.verdict not in DOUBTFUL:
            print(f"  apart: {look.verdict.value} for {shot}")
            continue
        counts[look.verdict is PageVerdict.READABLE, shares(photo, look) >= LEGIBLE] += 1
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=20, help="a desk")
    parser.add_argument("--quick", action="store_true")
    arguments = parser.parse_args()
    pictures = 4 if arguments.quick else arguments.pictures
    dice = np.random.default_rng(20)
    print("| desk | pictures | not found | corner error, median (px) | 95 % (px) | CPU (ms) |")
    print("|---|---|---|---|---|---|")
    for desk, of in finding(pictures, dice).items():
        middle, most = np.percentile(of.errors, (50, 95)) if of.errors else (np.nan, np.nan)
        ms = 1000 * float(np.median(of.seconds))
        print(f"| {desk} | {of.pictures} | {of.missed} | {middle:.2f} | {most:.2f} | {ms:.0f} |")
    seen, shelves = phantoms(max(1, pictures // 4))
    print(f"\npages seen on empty shelves: {seen} of {shelves}")
    counts = judging(pictures * 6, dice)
    print("\n| | legible | not legible |\n|---|---|---|")
    for called, name in ((True, "called readable"), (False, "called blurred or too small")):
        print(f"| {name} | {counts[called, True]} | {counts[called, False]} |")


if __name__ == "__main__":
    main()
