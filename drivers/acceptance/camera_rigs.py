"""The camera simulators, ready for the kit."""

from __future__ import annotations

from collections.abc import Callable

from drivers.acceptance.guide import Rig


def camera_rig() -> Rig:
    """A network camera."""
    from drivers.camera.simulator import MjpegCameraSimulator

    simulator = MjpegCameraSimulator(width=160, height=120)
    return Rig(
        "camera",
        simulator,
        lambda: {"source": simulator.address, "width": 160, "height": 120},
        {
            "cover_lens": lambda: simulator.command("blank"),
            "uncover_lens": lambda: simulator.command("resume"),
            "unplug": lambda: simulator.command("off"),
            "replug": lambda: simulator.command("on"),
        },
    )


def document_camera_rig() -> Rig:
    """A network camera over a shelf with papers."""
    from drivers.camera.scenes import document_scenes
    from drivers.camera.simulator import MjpegCameraSimulator

    width, height = 1280, 960
    simulator = MjpegCameraSimulator(document_scenes(width, height), width, height, fps=10)
    simulator.command("show", scene="page")

    def showing(scene: str) -> Callable[[], object]:
        return lambda: simulator.command("show", scene=scene)

    return Rig(
        "document_camera",
        simulator,
        lambda: {
            "source": simulator.address, "width": width, "height": height, "fps": 10,
            "still_s": 0.2, "better_s": 0.5,
        },
        {
            "lay_page": showing("page"),
            "lift_page": showing("shelf"),
            "slide_page_out": showing("cut_off"),
            "shine_on_page": showing("glare"),
            "cover_lens": lambda: simulator.command("blank"),
            "uncover_lens": showing("page"),
            "unplug": lambda: simulator.command("off"),
            "replug": lambda: simulator.command("on"),
        },
    )  # fmt: skip


def rtsp_camera_rig() -> Rig:
    """A network camera that speaks RTSP and asks for a password."""
    from drivers.camera.rtsp_simulator import RtspCameraSimulator

    simulator = RtspCameraSimulator(width=160, height=120)
    return Rig(
        "camera",
        simulator,
        lambda: {"source": simulator.address, "width": 160, "height": 120},
        {
            "cover_lens": lambda: simulator.command("blank"),
            "uncover_lens": lambda: simulator.command("resume"),
            "unplug": lambda: simulator.command("off"),
            "replug": lambda: simulator.command("on"),
        },
    )
