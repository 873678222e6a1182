"""How a slip's QR code lies on a print head's dots."""

from __future__ import annotations

import itertools
from math import gcd

import pytest

from kiosk.documents.layout import Qr, Slip, render

CONTENT = "https://window.example.invalid/q/AB12CD34"
MODULES = 29  # of version 3, which this content takes


@pytest.mark.parametrize(("width", "dots"), [(384, 4), (432, 5), (512, 6), (576, 6), (640, 7)])
@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
def test_a_module_is_the_same_whole_number_of_dots_everywhere(
    width: int, dots: int, scale: float
) -> None:
    image = render(Slip((Qr(CONTENT, ""),), scale), width)
    stride = (width + 7) // 8
    lines = [
        f"{int.from_bytes(image.data[top : top + stride], 'big'):0{stride * 8}b}"
        for top in range(0, len(image.data), stride)
    ]
    code = [line for line in lines if "1" in line]
    left = min(line.index("1") for line in code)
    square = [line[left : left + MODULES * dots] for line in code]
    assert len(square) == MODULES * dots
    assert all(
        "1" not in line.replace(part, "", 1) for line, part in zip(code, square, strict=True)
    )
    for way in (square, ["".join(column) for column in zip(*square, strict=True)]):
        runs = [len(list(run)) for line in way for _, run in itertools.groupby(line)]
        assert gcd(*runs) == dots
