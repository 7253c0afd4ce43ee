"""The closed vocabularies in words, as `docs/data/vocabulary.yml` says them."""

from typing import get_args

from pydantic import model_validator

from .records import Line, Record, Text
from .scalars import ChangeKind, Grade, Rating, SourceKind, Theme, Unit, Verdict


class Word(Record):
    """A word of a vocabulary and what it means."""

    word: Line
    meaning: Line


class Words(Record):
    """A word of a vocabulary in both languages."""

    zh: Word
    en: Word

    def __getitem__(self, language: str) -> Word:
        return getattr(self, language)


class Vocabulary(Record):
    """The closed vocabularies in words: `docs/data/vocabulary.yml`. Each names every member and no other."""

    verdicts: dict[Verdict, Words]
    themes: dict[Theme, Text]
    kinds: dict[SourceKind, Words]
    grades: dict[Grade, Words]
    ratings: dict[Rating, Words]
    changes: dict[ChangeKind, Words]
    units: dict[Unit, Text]

    @model_validator(mode="after")
    def _complete(self) -> "Vocabulary":
        for name, closed in VOCABULARIES.items():
            if missing := [word for word in get_args(closed) if word not in getattr(self, name)]:
                raise ValueError(f"{name} lacks {', '.join(missing)}, must name every member")
        return self


VOCABULARIES = {"verdicts": Verdict, "themes": Theme, "kinds": SourceKind, "grades": Grade, "ratings": Rating, "changes": ChangeKind, "units": Unit}
