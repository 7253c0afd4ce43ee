"""Which misconceptions a text touches, told from the misconceptions' own phrasings.

Texts become terms: pairs of neighbouring Chinese characters, and Latin words with their digits. A term weighs more the
fewer misconceptions use it (inverse document frequency, https://en.wikipedia.org/wiki/Tf%E2%80%93idf); a text touches
a misconception when it holds more than half the weight of one of its phrasings.
"""

import re
import unicodedata
from functools import lru_cache
from math import log
from typing import Iterable, Mapping

THRESHOLD = 0.5
TOKEN = re.compile(r"[\u4e00-\u9fff]+|[a-z0-9]+(?:\.\d+)?")


@lru_cache(maxsize=None)
def terms(text: str) -> frozenset[str]:
    """The terms of a text, without regard to case, width and punctuation."""
    found: set[str] = set()
    for token in TOKEN.findall(unicodedata.normalize("NFKC", text).lower()):
        if token[0] >= "\u4e00" and len(token) > 1:
            found.update(token[i : i + 2] for i in range(len(token) - 1))
        else:
            found.add(token)
    return frozenset(found)


class Matcher:
    """Matches texts with the phrasings of every misconception: slug → its wordings in all languages."""

    def __init__(self, phrasings: Mapping[str, Iterable[str]]):
        self.wordings = {slug: [terms(wording) for wording in wordings] for slug, wordings in phrasings.items()}
        used_by: dict[str, int] = {}
        for wordings in self.wordings.values():
            for term in frozenset().union(*wordings):
                used_by[term] = used_by.get(term, 0) + 1
        self.weight = {term: log((1 + len(self.wordings)) / count) for term, count in used_by.items()}

    def scores(self, text: str) -> dict[str, float]:
        """Slug → the largest share, 0 to 1, of one phrasing's weight that the text holds."""
        held = terms(text)
        return {slug: max((self._share(wording, held) for wording in wordings), default=0.0) for slug, wordings in self.wordings.items()}

    def touched(self, text: str) -> list[str]:
        """The slugs that the text touches, the strongest first."""
        scores = self.scores(text)
        return sorted((slug for slug, score in scores.items() if score > THRESHOLD), key=lambda slug: (-scores[slug], slug))

    def _share(self, wording: frozenset[str], held: frozenset[str]) -> float:
        total = sum(self.weight[term] for term in wording)
        return sum(self.weight[term] for term in wording & held) / total if total else 0.0
