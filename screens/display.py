"""Whether there is a display to open a window on, asked before Qt, which ends the process if not."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

_WITHOUT_A_DISPLAY = ("offscreen", "minimal", "eglfs", "linuxfb", "vnc", "vkkhrdisplay")
_lines: list[int] = []
"""Connections that stay: an X server without other clients resets itself when the last one leaves,
and Qt would come in the middle of it."""
_NO_NAME, _NO_SUCH_SCREEN = 5, 6


def display_trouble(environment: Mapping[str, str] = os.environ) -> str | None:
    """Why no window can be opened here, in words for who started the command; None if one can.

    Asks the X server as Qt will (address, access rights), and the Wayland compositor's socket. One
    of the two suffices. A platform that needs neither is not questioned.
    """
    platform = environment.get("QT_QPA_PLATFORM", "").partition(":")[0].partition(";")[0]
    if platform.startswith(_WITHOUT_A_DISPLAY):
        return None
    troubles = []
    wayland, x11 = environment.get("WAYLAND_DISPLAY"), environment.get("DISPLAY")
    if wayland and not platform.startswith("xcb"):
        if _compositor_answers(wayland, environment):
            return None
        troubles.append(f"the Wayland compositor {wayland} does not answer")
    if x11 and not platform.startswith("wayland"):
        said = _x_server_refuses(x11)
        if said is None:
            return None
        troubles.append(said)
    return " and ".join(troubles) or "neither DISPLAY nor WAYLAND_DISPLAY is set"


def _compositor_answers(name: str, environment: Mapping[str, str]) -> bool:
    address = (
        Path(environment.get("XDG_RUNTIME_DIR", "/")) / name
    )  # an absolute name stays as it is
    import socket

    with socket.socket(socket.AF_UNIX) as line:
        try:
            line.connect(str(address))
        except OSError:
            return False
    return True


def _x_server_refuses(name: str) -> str | None:
    """By ``xcb_connect``, whose errors xcb.h numbers: 1 no connection or no right to it; the named."""
    import ctypes

    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return "the library libxcb.so.1 is missing"
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    xcb.xcb_disconnect.restype = None
    xcb.xcb_get_setup.argtypes = (ctypes.c_void_p,)
    xcb.xcb_get_setup.restype = ctypes.c_void_p
    xcb.xcb_setup_roots_length.argtypes = (ctypes.c_void_p,)
    screen = ctypes.c_int(0)
    line = xcb.xcb_connect(name.encode(), ctypes.byref(screen))
    error = xcb.xcb_connection_has_error(line)
    if error == 0 and screen.value >= xcb.xcb_setup_roots_length(xcb.xcb_get_setup(line)):
        error = _NO_SUCH_SCREEN
    if error == 0:
        _lines.append(line)
        return None
    xcb.xcb_disconnect(line)
    if error == _NO_NAME:
        return f"DISPLAY={name} is no X display's name"
    if error == _NO_SUCH_SCREEN:
        return f"the X server of {name} has no such screen"
    return f"the X server {name} does not answer or does not let this user in"
