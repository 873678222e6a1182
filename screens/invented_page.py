"""A page of a paper that nobody wrote, for the gallery and the tests of screens."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image, ImageDraw

from kiosk.documents.layout import Big, Note, Pair, Rule, Slip, Title, render
from kiosk.documents.pictures import slip_picture


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


@cache
def slip_png() -> bytes:
    """A slip as it would be printed."""
    slip = Slip(
        (
            Title("受理回执"), Rule(), Pair("办什么", "城乡居民基本养老保险参保登记"),
            Pair("收到时间", "2026年11月22日 10:42"), Pair("现在", "正在办理"), Rule(),
            Big("查询码（不含个人信息）", "7K4M·92QF·3TX7"), Note("市民之窗 LH-012"),
        )
    )  # fmt: skip
    return slip_picture(render(slip, 576))


class InventedPages:
    """The pages of a terminal that is made up."""

    def page_picture(self, handle: str) -> bytes | None:
        """The same page for every handle, a slip for one of a slip, none for one that is gone."""
        if handle.startswith("slip"):
            return slip_png()
        return page_jpeg() if handle and not handle.startswith("gone") else None
