"""A page of a paper that nobody wrote, for the gallery and the tests of screens."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image, ImageDraw


@cache
def page_jpeg() -> bytes:
    """A sheet with lines where print would be, and a stamp."""
    image = Image.new("RGB", (630, 891), "#FBFBF8")
    draw = ImageDraw.Draw(image)
    draw.rectangle((170, 60, 460, 84), fill="#2C2C2C")
    for n in range(22):
        draw.rectangle((60, 150 + 28 * n, 420 + 37 * n % 150, 158 + 28 * n), fill="#6B6B6B")
    draw.ellipse((400, 680, 560, 840), outline="#C8321E", width=8)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=70)
    return out.getvalue()


class InventedPages:
    """The pages of a terminal that is made up."""

    def page_picture(self, handle: str) -> bytes | None:
        """The same page for every handle."""
        return page_jpeg() if handle else None
