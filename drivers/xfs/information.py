"""What a service tells of the devices behind it, for a technician."""

from __future__ import annotations

from drivers.ports import DeviceInfo
from drivers.xfs.negotiation import Capabilities


def device_info(capabilities: Capabilities) -> DeviceInfo:
    """The first device's names; the others, and the service itself, as facts."""
    common = capabilities.section("common")
    devices = common.get("deviceInformation") or [{}]
    first = devices[0]
    firmware = first.get("firmware") or [{}]
    facts = [
        ("service version", common.get("serviceVersion")),
        ("description", first.get("modelDescription")),
        ("revision", first.get("revisionNumber")),
        ("firmware name", firmware[0].get("firmwareName")),
        *(("further device", device.get("modelName")) for device in devices[1:]),
    ]
    return DeviceInfo(
        model=first.get("modelName") or "",
        serial=first.get("serialNumber") or "",
        firmware=firmware[0].get("firmwareVersion") or "",
        facts=tuple((name, value) for name, value in facts if value),
        note="as the service provider tells it",
    )
