"""Saying things aloud: what is said and how, with no Qt in it. See docs/voice.md."""

from screens.speech.output import Outputs
from screens.speech.speaker import Recorder, Said, Speaker, Utterance
from screens.speech.voice import Voice

__all__ = ["Outputs", "Recorder", "Said", "Speaker", "Utterance", "Voice"]
