"""Whether a headset is in its socket, by the kernel's input devices (docs/devices/headset.md)."""

from drivers.headset.adapter import EvdevHeadsetJack, HeadsetOptions

__all__ = ["EvdevHeadsetJack", "HeadsetOptions"]
