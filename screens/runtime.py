"""Getting Qt ready: environment, the PySide6 check, fonts, icons."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from screens.display import display_trouble

if TYPE_CHECKING:
    from config.languages import Language

SANS = "Noto Sans CJK SC"
SWITCH_INTERVAL_S = 0.001
_ICON_FONT = "phosphor-1.3.0.ttf"
_ICON_MAP = "phosphor-charmap-1.3.0.json"


class ScreensUnavailable(RuntimeError):
    """Something the screens can't live without is missing; the message says what to install."""


@dataclass(frozen=True, slots=True)
class Fonts:
    """Family names that are loaded, and the icon font's glyphs by Phosphor name."""

    sans: str
    icons: str
    glyphs: dict[str, str]
    families: frozenset[str]

    def of(self, language: Language) -> list[str]:
        """Sans and icons for a language; where its shapes are missing, Simplified Chinese ones, which
        hold every character."""
        sans = language.sans if language.sans in self.families else self.sans
        return [sans, self.icons]


def prepare_environment() -> None:
    """Set Qt's switches before the application object exists; what is already set stays.

    The threaded render loop deadlocks with Python items, so ``basic`` is not negotiable. Qt's own
    messages go to standard error (the journal), not through a Python handler: QML's loader thread
    would wait in it for the GIL, which the GUI thread holds while it waits for the loader. QML's
    warnings reach our log by the engine's ``warnings`` signal (see :mod:`screens.shell`).
    """
    # A thread that computes in Python gives way to the GUI thread after 1 ms instead of 5.
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    if "CACHE_DIRECTORY" in os.environ:  # systemd's, where the user has no home to write to
        os.environ.setdefault("QML_DISK_CACHE_PATH", os.environ["CACHE_DIRECTORY"] + "/qml")
    # The keys on the screen are our own: an input method's windows would be a way out of the kiosk.
    os.environ["QT_IM_MODULE"] = os.environ["QT_IM_MODULES"] = "none"
    os.environ["QSG_RENDER_LOOP"] = "basic"
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    os.environ.setdefault("QT_QUICK_CONTROLS_STYLE", "Basic")
    os.environ.setdefault("QT_MESSAGE_PATTERN", "qt %{type} %{category}: %{message}")
    os.environ.setdefault("QT_FORCE_STDERR_LOGGING", "1")
    os.environ.setdefault("QT_WAYLAND_DISABLE_WINDOWDECORATION", "1")
    _import_without_reading()


def _import_without_reading() -> None:
    """Keep PySide from reading and keeping the source text of every module that is imported after it.

    It looks there for its own name, to know whom ``from __feature__ import`` may concern; nobody here
    does that. Of a terminal's start that is a tenth of the computing and 18 MB. A PySide that has
    no such look, or calls it something else, is left as it is.
    """
    feature: Any = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = lambda _module: False


def application() -> QGuiApplication:
    """The application object, with the environment prepared; an existing one is used.

    Raises :class:`ScreensUnavailable` where no window could be opened: Qt would end the process.
    """
    prepare_environment()
    existing = QGuiApplication.instance()
    if isinstance(existing, QGuiApplication):
        return existing
    if trouble := display_trouble():
        raise ScreensUnavailable(f"No window can be opened: {trouble}.")
    return QGuiApplication([])


def check_pyside() -> None:
    """Refuse a PySide6 that drops a reference to ``None`` per call (6.12.0 on Python < 3.12)."""
    font = QFont()
    before = sys.getrefcount(None)
    for _ in range(400):
        font.setPixelSize(9)
    if sys.getrefcount(None) < before - 100:
        raise ScreensUnavailable(
            "This PySide6 loses references to None and would abort; install PySide6 >=6.8,<6.12."
        )


def icon_folder() -> Path:
    """Where the qtawesome distribution keeps its fonts; the module itself is never imported."""
    from importlib.util import find_spec

    spec = find_spec("qtawesome")
    if spec is None or spec.origin is None:
        raise ScreensUnavailable("The icon font is missing: install the package qtawesome.")
    return Path(spec.origin).parent / "fonts"


@cache
def load_fonts() -> Fonts:
    """Find Noto Sans CJK SC by fontconfig and load the Phosphor icon font.

    Needs a QGuiApplication. Raises :class:`ScreensUnavailable` naming the package to install.
    """
    families = set(QFontDatabase.families())
    if SANS not in families:
        raise ScreensUnavailable(
            f"Font {SANS} not found: install fonts-noto-cjk (Debian) or add the "
            "OpenType files to a fontconfig folder."
        )
    folder = icon_folder()
    number = QFontDatabase.addApplicationFont(str(folder / _ICON_FONT))
    names = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    if not names:
        raise ScreensUnavailable(f"The icon font {_ICON_FONT} of qtawesome could not be loaded.")
    import json

    charmap = json.loads((folder / _ICON_MAP).read_text("utf-8"))
    glyphs = {name: chr(int(code, 16)) for name, code in charmap.items()}
    return Fonts(SANS, names[0], glyphs, frozenset(families))


def drop_letters() -> None:
    """Make Qt forget the pictures of letters; they are drawn anew when needed (some 25 ms a page).

    Qt keeps a letter for each size, weight and quarter of a pixel at which it was ever drawn, without a
    limit, and with it the font's file in memory. There is no call for this: a font that comes empties
    the store, and is taken back at once.
    """
    file = icon_folder() / _ICON_FONT
    QFontDatabase.removeApplicationFont(QFontDatabase.addApplicationFont(str(file)))
