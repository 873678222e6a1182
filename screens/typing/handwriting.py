"""Zinnia by ctypes: single characters by handwriting.

Debian's libzinnia0 with the model of tegaki-zinnia-simplified-chinese.
"""

from __future__ import annotations

import ctypes
from pathlib import Path

from screens.typing.engine import Strokes
from screens.typing.googlepinyin import EngineMissing

_LIBRARY = "libzinnia.so.0"
_MODEL = Path("/usr/share/tegaki/models/zinnia/handwriting-zh_CN.model")
MAX_STROKES = 64
MAX_POINTS = 4096
"""Points of one character; more say nothing more about it and are refused."""


class Zinnia:
    """A recogniser with its model loaded; not for several threads at once."""

    def __init__(self) -> None:
        try:
            library = ctypes.CDLL(_LIBRARY)
        except OSError:
            raise EngineMissing("Zinnia is not installed: libzinnia0") from None
        if not _MODEL.is_file():
            raise EngineMissing(
                "the handwriting model is not installed: tegaki-zinnia-simplified-chinese"
            )
        _declare(library)
        recognizer = library.zinnia_recognizer_new()
        if not library.zinnia_recognizer_open(recognizer, str(_MODEL).encode()):
            raise EngineMissing(f"Zinnia refuses its model {_MODEL}")
        self._library = library
        self._recognizer = recognizer

    def characters(self, strokes: Strokes, width: float, height: float, limit: int) -> list[str]:
        """See :class:`~screens.typing.engine.StrokeEngine`.

        Raises ValueError for a field without size and for more than :data:`MAX_STROKES` strokes or
        :data:`MAX_POINTS` points.
        """
        if not strokes:
            return []
        if not (width > 0 and height > 0):
            raise ValueError("a field has a size")
        if len(strokes) > MAX_STROKES or sum(map(len, strokes)) > MAX_POINTS:
            raise ValueError("more strokes than a character has")
        library = self._library
        drawn = library.zinnia_character_new()
        try:
            library.zinnia_character_set_width(drawn, 1000)
            library.zinnia_character_set_height(drawn, 1000)
            for number, stroke in enumerate(strokes):
                for x, y in stroke:
                    library.zinnia_character_add(
                        drawn, number, _scaled(x, width), _scaled(y, height)
                    )
            return self._classified(drawn, limit)
        finally:
            library.zinnia_character_destroy(drawn)

    def _classified(self, drawn: int, limit: int) -> list[str]:
        library = self._library
        result = library.zinnia_recognizer_classify(self._recognizer, drawn, limit)
        if not result:
            return []
        try:
            values = [
                library.zinnia_result_value(result, number)
                for number in range(library.zinnia_result_size(result))
            ]
        finally:
            library.zinnia_result_destroy(result)
        return [value.decode("utf-8", "ignore") for value in values if value]


def _scaled(at: float, size: float) -> int:
    return round(1000 * min(max(at / size, 0.0), 1.0))


def _declare(library: ctypes.CDLL) -> None:
    pointer, number, size = ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t
    for name, result, arguments in (
        ("recognizer_new", pointer, []),
        ("recognizer_open", number, [pointer, ctypes.c_char_p]),
        ("recognizer_classify", pointer, [pointer, pointer, size]),
        ("character_new", pointer, []),
        ("character_destroy", None, [pointer]),
        ("character_set_width", None, [pointer, size]),
        ("character_set_height", None, [pointer, size]),
        ("character_add", number, [pointer, size, number, number]),
        ("result_value", ctypes.c_char_p, [pointer, size]),
        ("result_size", size, [pointer]),
        ("result_destroy", None, [pointer]),
    ):
        function = getattr(library, f"zinnia_{name}")
        function.restype = result
        function.argtypes = arguments
