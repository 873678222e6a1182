"""libgooglepinyin by ctypes: whole words and sentences by pinyin (Debian's libgooglepinyin0).

The library keeps one decoder per process and ends the process at input longer than it was made
for; it belongs in a child process and gets at most :data:`MAX_LETTERS` letters.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
from pathlib import Path

from screens.typing.engine import MAX_LETTERS, Candidate

_LIBRARY = "libgooglepinyin.so.0"
_DICTIONARY = "googlepinyin/data/dict_pinyin.dat"
_LONGEST_WORD = 16


class EngineMissing(RuntimeError):
    """The library or its data is not installed; the message says which package brings it."""


class GooglePinyin:
    """Words by libgooglepinyin; learns nothing.

    The user dictionary that the library insists on is a file in memory that ends with the process,
    and no choice is ever reported to the library, so nothing is put into it either.
    """

    def __init__(self) -> None:
        try:
            library = ctypes.CDLL(_LIBRARY)
        except OSError:
            raise EngineMissing("libgooglepinyin is not installed: libgooglepinyin0") from None
        dictionary = _dictionary()
        self._user = os.memfd_create("typing", os.MFD_CLOEXEC)
        library.im_open_decoder.restype = ctypes.c_bool
        library.im_open_decoder.argtypes = [ctypes.c_char_p, ctypes.c_char_p]
        library.im_search.restype = ctypes.c_size_t
        library.im_search.argtypes = [ctypes.c_char_p, ctypes.c_size_t]
        library.im_get_candidate.restype = ctypes.c_void_p
        library.im_get_candidate.argtypes = [ctypes.c_size_t, ctypes.c_void_p, ctypes.c_size_t]
        library.im_get_spl_start_pos.restype = ctypes.c_size_t
        library.im_get_spl_start_pos.argtypes = [ctypes.POINTER(ctypes.POINTER(ctypes.c_uint16))]
        library.im_set_max_lens.argtypes = [ctypes.c_size_t, ctypes.c_size_t]
        user = f"/proc/self/fd/{self._user}".encode()
        if not library.im_open_decoder(os.fsencode(dictionary), user):
            raise EngineMissing(f"libgooglepinyin refuses its own dictionary {dictionary}")
        library.im_set_max_lens(MAX_LETTERS, _LONGEST_WORD)
        self._library = library
        self._text = (ctypes.c_uint16 * 64)()

    def words(self, letters: str, limit: int) -> list[Candidate]:
        """See :class:`~screens.typing.engine.SoundEngine`. Raises ValueError for other letters."""
        if len(letters) > MAX_LETTERS or not set(letters) <= _LETTERS:
            raise ValueError("letters a-z and ' only, at most MAX_LETTERS")
        letters = letters.lstrip("'")
        if not letters:
            return []
        found = self._library.im_search(letters.encode(), len(letters))
        starts = self._starts()
        offers = []
        for number in range(min(found, limit)):
            text = self._candidate(number)
            if text and len(text) < len(starts):
                offers.append(Candidate(text, starts[len(text)]))
        return offers

    def _candidate(self, number: int) -> str:
        if not self._library.im_get_candidate(number, self._text, len(self._text)):
            return ""
        return bytes(self._text).decode("utf-16-le", "ignore").split("\0", 1)[0]

    def _starts(self) -> list[int]:
        """Where each syllable of the letters last searched begins, and the end of the last."""
        starts = ctypes.POINTER(ctypes.c_uint16)()
        count = self._library.im_get_spl_start_pos(ctypes.byref(starts))
        return [starts[number] for number in range(count + 1)]


_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz'")


def _dictionary() -> Path:
    """Debian keeps it in the folder of the machine's libraries, whose name varies."""
    for folder in sorted(Path("/usr/lib").glob(f"*/{_DICTIONARY}")):
        return folder
    for folder in (Path("/usr/lib"), Path("/usr/lib64"), Path("/usr/share")):
        if (folder / _DICTIONARY).is_file():
            return folder / _DICTIONARY
    raise EngineMissing("the dictionary of libgooglepinyin is not installed: libgooglepinyin0")
