"""No colour, size in pixels or duration stands in a component: Theme.qml alone holds values."""

from __future__ import annotations

import re

import pytest

from screens.shell import QML

MEASURES = re.compile(
    r"(?<![\w.])((?:[\w]+\.)*(?:implicit|preferred|minimum|maximum)?"
    r"(?:width|height|[xy]|size|radius|spacing|padding|margins?|pixelSize|pointSize|interval|duration"
    r"|\w*(?:Width|Height|Spacing|Padding|Margin|Margins|Size)))\s*:\s*(?P<value>[^;{}\n]+)"
)
COLOUR = re.compile(
    r"\"#[0-9A-Fa-f]{3,8}\"|Qt\.(?:rgba|hsla|hsva|color)\(|[cC]olor:\s*\"(?!transparent\")"
)
NUMBER = re.compile(r"(?<![\w.#])\d+(?:\.\d+)?(?![\w.])")
# Shares of a whole, not pixels.
WEIGHTS = ("Layout.preferredWidth", "Layout.preferredHeight")


def absolute(name: str, value: str) -> bool:
    """A number that no token or other length scales. 0 is none; 1 is the thinnest line there is."""
    if name == "lineHeight" or (name in WEIGHTS and NUMBER.fullmatch(value.strip())):
        return False
    if "Theme.scale" in value:  # a size of its own that only looks like a token
        return True
    if re.search(r"[*/]|Theme\.", value):
        return False
    return any(float(number) > 1 for number in NUMBER.findall(re.sub(r'"[^"]*"', "", value)))


def values(text: str) -> list[str]:
    """Lines of QML that hold a value of their own."""
    found: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        code = line.split("//")[0]
        if COLOUR.search(code) or any(
            absolute(match[1], match["value"]) for match in MEASURES.finditer(code)
        ):
            found.append(f"{number}: {line.strip()}")
    return found


def test_components_name_tokens_never_values() -> None:
    sources = [path for path in QML.rglob("*.qml") if path.name != "Theme.qml"]
    assert len(sources) > 50
    assert {
        path.name: found for path in sources if (found := values(path.read_text("utf-8")))
    } == {}


@pytest.mark.parametrize(
    "line",
    [
        'color: "#F7F6F2"',
        'border.color: "white"',
        "color: Qt.rgba(0, 0, 0, 0.5)",
        "implicitHeight: 48",
        "Row { spacing: 12 }",
        "anchors.leftMargin: wide ? 20 : 0",
        "font.pixelSize: 24",
        "NumberAnimation { duration: 200; easing.type: Easing.OutCubic }",
        "Timer { interval: 2600 }",
        "Layout.maximumWidth: 300",
        "font.pixelSize: 24 * Theme.scale",
    ],
)
def test_a_value_in_a_component_is_seen(line: str) -> None:
    assert values(line)


@pytest.mark.parametrize(
    "line",
    [
        "implicitHeight: 12 * Theme.u",
        "anchors.margins: 0.07 * seal.size",
        'color: on ? Theme.primary : "transparent"',
        "Layout.preferredWidth: 3",
        "spacing: 0",
        "width: parent.width",
        "// 40 px at most: the card is 85 mm wide",
        "duration: 3 * Theme.calm",
    ],
)
def test_tokens_and_shares_are_not_values(line: str) -> None:
    assert not values(line)
