"""Texts that are data (service names, field labels), in Chinese and English."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Text(BaseModel):
    """One text in both languages of the product. Interface words live in Qt's files instead."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """The text for a language tag; every Chinese variety falls back to ``zh``."""
        return self.zh if language.startswith("zh") else self.en
