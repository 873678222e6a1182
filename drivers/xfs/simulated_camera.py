"""The Camera service of the simulator: a picture that moves, or the dark of a covered lens."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from drivers.xfs.messages import SUCCESS

if TYPE_CHECKING:
    from drivers.xfs.simulated_services import Answer, Call

COMMANDS = {
    "cover_lens": "put something before the lens",
    "uncover_lens": "take it away",
    "camera_state": "state of the camera: state (ok, inop, unknown)",
}
_WIDTH, _HEIGHT = 160, 120


class SimulatedCamera:
    """``names``: cameras there are. ``most_kept``: pictures on its recording medium, None without
    one."""

    def __init__(
        self, names: tuple[str, ...] = ("person", "exitSlot"), most_kept: int | None = None
    ) -> None:
        self.names = names
        self.most_kept = most_kept
        self.covered = False
        self.works = "ok"
        self.taken = 0

    def command(self, name: str, /, **arguments: Any) -> None:
        """Something happens before the lens."""
        match name:
            case "cover_lens" | "uncover_lens":
                self.covered = name == "cover_lens"
            case "camera_state":
                self.works = arguments["state"]

    def status(self) -> dict[str, Any]:
        """The section of Common.Status."""
        return {"cameras": dict.fromkeys(self.names, self.works)}

    def capable(self) -> Mapping[str, Any]:
        """The section of Common.Capabilities."""
        return {"cameras": dict.fromkeys(self.names, True), "maxPictures": self.most_kept}

    def run(self, call: Call) -> Answer:
        """TakePicture and Reset."""
        if call.message.name == "Camera.Reset":
            self.works = "ok"
            return SUCCESS, {}
        if call.message.payload["camera"] not in self.names:
            return "commandErrorCode", {"errorCode": "cameraNotSupported"}
        if self.works == "inop":
            return "commandErrorCode", {"errorCode": "cameraInoperable"}
        self.taken += 1
        return SUCCESS, {"pictureFile": base64.b64encode(self._picture()).decode("ascii")}

    def _picture(self) -> bytes:
        import cv2

        from drivers.camera.pattern import covered_lens, moving_pattern

        scene = covered_lens if self.covered else moving_pattern
        _, coded = cv2.imencode(".jpg", scene(self.taken, _WIDTH, _HEIGHT))
        return coded.tobytes()
