"""Indicator lights and a presence sensor on one serial board (docs/devices/indicator.md)."""

from drivers.indicator.adapter import SerialPanel, SerialPanelOptions

__all__ = ["SerialPanel", "SerialPanelOptions"]
