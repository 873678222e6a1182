"""Key combinations as Qt writes them → as X and xdotool do."""

from __future__ import annotations

from typing import Final

_MODIFIERS: Final = {"Ctrl": "ctrl", "Alt": "alt", "Shift": "shift", "Meta": "super"}
_NAMES: Final = {
    "Esc": "Escape", "Del": "Delete", "Backspace": "BackSpace", "PgDown": "Next", "PgUp": "Prior",
    "Space": "space", "": "plus", "-": "minus", "SysReq": "Sys_Req", "ScrollLock": "Scroll_Lock",
    "Sleep": "XF86Sleep", "Standby": "XF86Standby", "Hibernate": "XF86Hibernate",
    "LogOff": "XF86LogOff", "Key_PowerOff": "XF86PowerOff", "Key_WakeUp": "XF86WakeUp",
    "Copy": "XF86Copy", "Cut": "XF86Cut", "Paste": "XF86Paste", "Undo": "Undo",
    "Settings": "XF86Tools", "Key_Explorer": "XF86Explorer", "Search": "XF86Search",
    "Media Play": "XF86AudioPlay", "Media Stop": "XF86AudioStop", "Media Next": "XF86AudioNext",
    "Media Previous": "XF86AudioPrev", "Volume Up": "XF86AudioRaiseVolume",
    "Volume Down": "XF86AudioLowerVolume", "Volume Mute": "XF86AudioMute",
    "Microphone Mute": "XF86AudioMicMute", "Monitor Brightness Up": "XF86MonBrightnessUp",
    "Key_MonBrightnessDown": "XF86MonBrightnessDown", "Launch Mail": "XF86Mail",
    "Launch Media": "XF86AudioMedia", "Launch (0)": "XF86Launch0", "Launch (1)": "XF86Launch1",
    "Calculator": "XF86Calculator", "Home Page": "XF86HomePage", "Favorites": "XF86Favorites",
    "Refresh": "XF86Refresh", "Back": "XF86Back", "Forward": "XF86Forward", "Eject": "XF86Eject",
    "Open": "XF86Open", "Close": "XF86Close", "New": "XF86New", "Documents": "XF86Documents",
    "Terminal": "XF86Terminal", "WWW": "XF86WWW", "Key_TaskPane": "XF86TaskPane",
    "Key_Meta": "Meta_L", "Key_Super_L": "Super_L", "Key_Super_R": "Super_R",
    "Key_Control": "Control_L", "Key_Alt": "Alt_L", "Key_AltGr": "ISO_Level3_Shift",
    "Henkan": "Henkan", "Hiragana Katakana": "Hiragana_Katakana",
    "Zenkaku Hankaku": "Zenkaku_Hankaku", "Eisu toggle": "Eisu_toggle", "Kana Lock": "Kana_Lock",
    "Key_Multi_key": "Multi_key",
}  # fmt: skip


def keysym(name: str) -> str:
    """``Ctrl+Alt+Del`` → ``ctrl+alt+Delete``."""
    *modifiers, key = name.split("+") if not name.endswith("++") else [*name[:-2].split("+"), ""]
    sign = _NAMES.get(key, key.lower() if len(key) == 1 and key.isalpha() else key)
    return "+".join([*(_MODIFIERS[one] for one in modifiers), sign])
