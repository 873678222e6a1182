"""Typing Chinese on the terminal's own keyboard: by sound and by handwriting.

Nothing here knows Qt. The engines run in a child process (:mod:`screens.typing.child`): the
dictionary library ends its process at input it does not expect, and what a person typed is gone
with the process at the end of the visit. :class:`Typist` is the terminal's side of it.
"""

from screens.typing.engine import Candidate, Strokes
from screens.typing.typist import Typist

__all__ = ["Candidate", "Strokes", "Typist"]
