"""The window lets nobody out of the terminal: what it refuses, and the list that is tried on it."""

from screens.lock.guard import Guard, is_known
from screens.lock.ways import Way, ways

__all__ = ["Guard", "Way", "is_known", "ways"]
