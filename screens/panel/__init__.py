"""The demonstration's second window and the robot that touches the first one. Not for terminals."""

from screens.panel.finger import Finger
from screens.panel.recorder import ScreenRecorder
from screens.panel.robot import TouchHands
from screens.panel.window import PanelWindow

__all__ = ["Finger", "PanelWindow", "ScreenRecorder", "TouchHands"]
