"""Uninterruptible power supplies by way of Network UPS Tools (docs/devices/ups.md)."""

from drivers.ups.adapter import NutOptions, NutPowerSupply

__all__ = ["NutOptions", "NutPowerSupply"]
