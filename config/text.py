"""Texts that are data (service names, field labels), in Simplified Chinese and English."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from config.languages import language as language_of


class Text(BaseModel):
    """One text in both written languages of the product; other languages are said out of these
    (:mod:`config.languages`). Interface words live in Qt's files instead."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """The text for a language tag."""
        return language_of(language).render(self.zh, self.en)
