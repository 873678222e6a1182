"""Translations are complete, colours readable, pinyin and wording right."""

from __future__ import annotations

import importlib.util
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from PySide6.QtGui import QColor

from config.languages import languages
from kiosk.visit.model import Contrast, TextSize
from screens import runtime, wording
from screens.gallery import dressed
from screens.gallery_visits import visits
from screens.lateness import LatenessMonitor
from screens.shell import QML

TRANSLATED = [one.tag for one in languages() if one.tag != "en"]
"""English is what the sources are written in."""


@cache
def messages(language: str) -> dict[str, str]:
    root = ET.parse(QML.parent / "i18n" / f"{language}.ts").getroot()
    found: dict[str, str] = {}
    for message in root.iter("message"):
        translation = message.find("translation")
        assert translation is not None
        assert translation.get("type") != "unfinished", message.findtext("source")
        form = translation.find("numerusform")
        text = (form if form is not None else translation).text or ""
        assert text, message.findtext("source")
        found[message.findtext("source") or ""] = text
    return found


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_word_of_the_scene_is_translated(language: str) -> None:
    known = messages(language)
    used: set[str] = set()
    for path in QML.rglob("*.qml"):
        for literal in re.findall(r'qsTr\("((?:[^"\\]|\\.)*)"', path.read_text("utf-8")):
            used.add(literal.replace("\\n", "\n").replace('\\"', '"'))
    assert used - known.keys() == set()
    assert len(used) > 200


def test_traditional_words_are_those_of_today() -> None:
    spec = importlib.util.spec_from_file_location(
        "traditional", QML.parents[1] / "tools/traditional.py"
    )
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    made = tool.traditional_words((QML.parent / "i18n/zh_CN.ts").read_text("utf-8"))
    assert (QML.parent / "i18n/zh_HK.ts").read_text("utf-8") == made, "run tools/translations.sh"
    assert messages("zh_HK")["Call a person"] == "呼叫工作人員"


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_their_placeholders(language: str) -> None:
    for source, text in messages(language).items():
        assert set(re.findall(r"%[\dn]", source)) == set(re.findall(r"%[\dn]", text)), source


def luminance(colour: QColor) -> float:
    def linear(c: float) -> float:
        return c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4

    r, g, b = (linear(c) for c in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def ratio(one: QColor, other: QColor) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("contrast", list(Contrast))
def test_colours_are_readable(stage: Callable[..., Any], contrast: Contrast) -> None:
    on = stage()
    on.show(dressed(visits()["home"], "zh_CN", TextSize.NORMAL, contrast))
    theme = on.shell.view.engine().singletonInstance("Kit", "Theme")
    for least, name in (
        (7.0 if contrast is Contrast.NORMAL else 10.0, "textPairs"),
        (3.0, "graphicPairs"),
    ):
        pairs = theme.property(name).toVariant()
        assert len(pairs) > 5
        worst = min(
            (ratio(QColor(a), QColor(b)), QColor(a).name(), QColor(b).name()) for a, b in pairs
        )
        assert worst[0] >= least, worst


def test_wording() -> None:
    assert wording.yuan(128460) == "¥ 1,284.60"
    assert wording.yuan(-5) == "-¥ 0.05"
    assert wording.cell("-63.50", "amount", "en") == "-¥ 63.50"
    assert wording.day("2026-12-11", "zh_CN") == "2026年12月11日"
    assert wording.moment("2026-11-22T10:42:00+08:00", "en") == "22 November 2026 10:42"
    assert wording.spaced_code("7K4M92QF3TX7") == "7K4M·92QF·3TX7"
    assert wording.day("soon", "en") == "soon"


def test_a_missing_font_says_what_to_install(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime, "SANS", "No Such Family")
    runtime.load_fonts.cache_clear()
    with pytest.raises(runtime.ScreensUnavailable, match="fonts-noto-cjk"):
        runtime.load_fonts()
    runtime.load_fonts.cache_clear()


def test_lateness_is_noticed(qapp: object) -> None:
    times = iter((0.0, 0.05, 0.30, 0.35))
    beats: list[int] = []
    monitor = LatenessMonitor(lambda: beats.append(1), clock=lambda: next(times))
    for _ in range(4):
        monitor.tick()
    assert monitor.late == 1
    assert 199 < monitor.worst_ms < 201
    assert len(beats) == 4
