"""Letters into pinyin syllables: ``lijianguo`` is li · jian · guo, ``ljg`` is l · j · g."""

from __future__ import annotations

from dataclasses import dataclass

from screens.typing.characters import LONGEST, is_syllable

INITIALS = frozenset({*"bpmfdtnlgkhjqxrzcsyw", "zh", "ch", "sh"})


@dataclass(frozen=True, slots=True)
class Unit:
    """One character's worth of letters: a whole syllable, or the first letters of one."""

    letters: str
    whole: bool
    used: int
    """Letters of the composition up to the end of this unit, dividing marks included."""


def split(letters: str) -> list[Unit]:
    """The division into the fewest units, whole syllables before initials; [] if there is none.

    ``'`` divides: ``xi'an`` is two syllables, ``xian`` one. Letters after the last unit that make
    no beginning of a syllable (``v``, ``i``) are left out.
    """
    best: dict[int, tuple[int, int, list[Unit]]] = {0: (0, 0, [])}
    for end_of in range(len(letters)):
        if end_of not in best:
            continue
        initials, count, units = best[end_of]
        if letters[end_of] == "'":
            _keep(best, end_of + 1, (initials, count, units))
            continue
        for length in range(1, LONGEST + 1):
            part = letters[end_of : end_of + length]
            if len(part) < length or "'" in part:
                break
            whole = is_syllable(part)
            if whole or part in INITIALS:
                unit = Unit(part, whole, end_of + length)
                _keep(
                    best,
                    end_of + length,
                    (initials + (not whole), count + 1, [*units, unit]),
                )
    return best[max(best)][2]


def _keep(
    best: dict[int, tuple[int, int, list[Unit]]], at: int, found: tuple[int, int, list[Unit]]
) -> None:
    if at not in best or found[:2] < best[at][:2]:
        best[at] = found
