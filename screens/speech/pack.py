"""The prompt pack: every fixed sentence made beforehand, out of the texts of this version.

Fixed is what no visit fills in: words of the screens without a place for a value, of troubles and
states, roles and keys. Names, numbers and whatever else is particular are made by the machine as it
speaks. A person's recordings of the same sentences go before the machine's.
"""

from __future__ import annotations

import hashlib
import html
import io
import re
import tomllib
import wave
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from config.languages import Language, language, languages
from config.text import Text
from kiosk.words import known_codes, words_for
from screens.speech import children, phrases, synthesis
from screens.speech.prompts import INDEX, STOPS, Recording, index_of, read
from screens.speech.spoken import spoken
from screens.speech.synthesis import Sound

MAKE_S = 20.0
_SOURCE = re.compile(r"<source>([^<]*)</source>")
_TRANSLATION = re.compile(r"<translation>([^<]*)</translation>")
_FILLED_IN = re.compile(r"%(\d|n)|\{")

Made = Callable[[str, str], Sound | None]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One to be said: in which language, and the name of its recording."""

    tag: str
    words: str

    @property
    def name(self) -> str:
        """Of its file, without the end. Made of the words: a changed sentence has another name."""
        return f"{self.tag}-{hashlib.sha256(self.words.encode()).hexdigest()[:12]}"


def fixed(tag: str) -> list[Sentence]:
    """All fixed sentences of a language, each once, in the order of its letters."""
    one = language(tag)
    said: set[str] = set()
    for words in (*_of_screens(one), *_of_catalogues(one)):
        if words and not _FILLED_IN.search(words):
            said |= set(_as_said(words, tag))
    return [Sentence(tag, words) for words in sorted(said)]


def _as_said(words: str, tag: str) -> Iterator[str]:
    """The sentences of a text as the voice takes them."""
    for sentence in synthesis.sentences(spoken(words, tag, private=False)):
        if (plain := sentence.strip(STOPS)) and synthesis.TONE not in plain:
            yield plain


def _of_screens(one: Language) -> Iterator[str]:
    """Words of QML: the translations, or (English) the sources themselves."""
    file = resources.files("screens").joinpath("i18n", f"{one.tag}.ts")
    own = one.tag != "en"
    source = file if own else resources.files("screens").joinpath("i18n", "zh_CN.ts")
    which = _TRANSLATION if own else _SOURCE
    for found in which.finditer(source.read_text("utf-8")):
        yield html.unescape(found[1])


def _of_catalogues(one: Language) -> Iterator[str]:
    """Words of troubles, of a case's states, of services' kinds, and of the voice itself."""
    texts = [words_for(code) for code in sorted(known_codes())]
    states = tomllib.loads(resources.files("kiosk").joinpath("evidence.toml").read_text("utf-8"))
    texts += [
        Text(**state[key]) for state in states.values() for key in ("now", "next") if key in state
    ]
    texts += [*phrases.FIXED]
    for text in texts:
        yield text.in_language(one.tag)


def build(
    folder: Path,
    tags: Iterable[str] = (),
    *,
    recorded: Path | None = None,
    make: Made | None = None,
    on_made: Callable[[Sentence, bool], None] = lambda sentence, recorded: None,
) -> int:
    """Fill ``folder`` and write its index; how many sentences are in it.

    ``recorded``: a folder with a person's WAV files by the names of :class:`Sentence`; what is not
    there is made by the machine (``make``). A file that is there already and still right is kept.
    Raises :class:`OSError` where the folder can't be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    before = _before(folder)
    wanted = [one for tag in tags or [each.tag for each in languages()] for one in fixed(tag)]

    def fetch(one: Sentence) -> tuple[Sentence, Recording | None]:
        own = None if recorded is None else read(recorded, Recording(f"{one.name}.wav"))
        kept = before.get(one.name)
        if own is None and kept is not None and read(folder, kept) is not None:
            return one, kept
        sound = own or (make or synthesised)(one.words, one.tag)
        on_made(one, own is not None)
        return one, None if sound is None else _store(folder, one, sound)

    with ThreadPoolExecutor(2) as pool:
        found = [(one, made) for one, made in pool.map(fetch, wanted) if made is not None]
    (folder / INDEX).write_text(_index(found), "utf-8")
    return len(found)


def _before(folder: Path) -> dict[str, Recording]:
    if not (folder / INDEX).is_file():
        return {}
    return {
        recording.file.removesuffix(".wav"): recording
        for sentences in index_of(folder).values()
        for recording in sentences.values()
        if recording.sha256
    }


def synthesised(words: str, tag: str) -> Sound | None:
    """By espeak-ng at the usual rate, in one piece; None if it can't."""
    made: list[Sound] = []
    for voice, text in synthesis.pieces(words, tag):
        child = children.Child()
        command = synthesis.command(voice, 1.0)
        how, wav = child.run(command, text.encode(), MAKE_S, child.cuts())
        sound = synthesis.sound(wav) if how is children.End.DONE else None
        if sound is None:
            return None
        made.append(sound)
    if not made or len({sound.rate for sound in made}) > 1:
        return None
    return Sound(made[0].rate, b"".join(sound.samples for sound in made))


def _store(folder: Path, one: Sentence, sound: Sound) -> Recording:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sound.rate)
        file.writeframes(sound.samples)
    data = buffer.getvalue()
    (folder / f"{one.name}.wav").write_bytes(data)
    return Recording(f"{one.name}.wav", hashlib.sha256(data).hexdigest())


def _index(found: Iterable[tuple[Sentence, Recording]]) -> str:
    lines: list[str] = []
    tag = ""
    for one, recording in found:
        if one.tag != tag:
            tag = one.tag
            lines += ["", f"[{tag}]"]
        key = one.words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        lines.append(f'"{key}" = {{ file = "{recording.file}", sha256 = "{recording.sha256}" }}')
    return "\n".join(lines).lstrip() + "\n"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a pack. ``kind``: damaged, or missing (a fixed sentence it has no file for)."""

    kind: str
    language: str
    name: str


def check(folder: Path) -> list[Finding]:
    """Compare a pack with its sums, and with the sentences of this version."""
    index = index_of(folder)
    found = [
        Finding("damaged", tag, recording.file)
        for tag, sentences in index.items()
        for recording in sentences.values()
        if read(folder, recording) is None
    ]
    for tag, sentences in index.items():
        if tag in [one.tag for one in languages()]:
            have = {words.strip(STOPS) for words in sentences}
            found += [Finding("missing", tag, o.name) for o in fixed(tag) if o.words not in have]
    return found
