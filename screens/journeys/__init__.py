"""People who use the whole terminal by the keypad, and are told where they are by the accessibility
tree or by the voice alone."""

from screens.journeys.errand import Errand
from screens.journeys.errands import ERRANDS, look_up
from screens.journeys.outing import Outing, go
from screens.journeys.person import Diary, Lost

__all__ = ["ERRANDS", "Diary", "Errand", "Lost", "Outing", "go", "look_up"]
