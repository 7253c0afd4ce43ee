"""Which misconceptions a text touches, told from the misconceptions' own phrasings.

Texts become terms: pairs of neighbouring Chinese characters in Simplified form, and Latin words with their digits. A
term weighs more the fewer misconceptions use it (inverse document frequency,
https://en.wikipedia.org/wiki/Tf%E2%80%93idf); a text touches a misconception when it holds more than half the weight
of one of its phrasings.
"""

import re
import unicodedata
from collections import defaultdict
from functools import lru_cache
from math import log
from typing import Iterable, Mapping, NamedTuple

import opencc

THRESHOLD = 0.5
COMMON = 40  # wordings that a term may be in before it is passed over in the first search
TOKEN = re.compile(r"[\u4e00-\u9fff]+|[a-z0-9]+(?:\.\d+)?")
REPORTED = re.compile(
    r"误读|误解|误传|误以为|神话|传言|谣言|谣传|传闻|网传|疯传|盛传|据传|流传|坊间|爽文|都说|有人(?:说|认为|以为)|据说|传说|所谓|被解读为|号称|声称|言论|说法|论断"
    r"|(?:很多|许多|不少|多数|大多数|一些)(?:网友|用户|读者|媒体|人)?(?:都|就|普遍|一度|还)*(?:认为|以为|相信|觉得|宣称)|有观点认为|(?:外界|舆论|普遍)(?:普遍|都|一度|曾)*(?:认为|以为|相信|猜测)|(?:视频|朋友圈|网)上(?:都|就|有人)*(?:说|称|传)"
    r"|\b(?:myths?|urban legends?|rumou?r(?:s|ed)?|hype|misread\w*|misconceptions?|supposedly|allegedly|reputedly|claims? that|the story goes|went viral"
    r"|(?:many|most|some)(?: people| users| commentators| observers)? (?:say|said|claim|claimed|believe|believed|think|thought|assume|assumed)|(?:people|they) say"
    r"|(?:it (?:is|was|has been)|is|are|was|were) (?:widely |often |commonly )?(?:said|claimed|believed|thought|assumed|alleged)(?![\w-])|widespread (?:belief|view|notion))\b",
    re.I,
)


class Match(NamedTuple):
    """A misconception that a text touches: the share (0 to 1) of the weight of its best phrasing, and that phrasing."""

    slug: str
    score: float
    phrasing: str


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def simplified(text: str) -> str:
    """The text in usual width and Simplified characters."""
    return _converter().convert(unicodedata.normalize("NFKC", text))


def terms(text: str) -> set[str]:
    """The terms of a text, without regard to script, case, width and punctuation."""
    found: set[str] = set()
    for token in TOKEN.findall(simplified(text).lower()):
        if token[0] >= "\u4e00" and len(token) > 1:
            found.update(token[i : i + 2] for i in range(len(token) - 1))
        else:
            found.add(token)
    return found


def reports_a_claim(text: str) -> bool:
    """Whether a text speaks of what is said or believed: 误读, 网传, rumour, myth."""
    return bool(REPORTED.search(simplified(text)))


class Matcher:
    """Matches texts with the phrasings of every misconception: slug → its wordings in all languages."""

    def __init__(self, phrasings: Mapping[str, Iterable[str]]):
        self.wordings = [(slug, wording, terms(wording)) for slug, wordings in phrasings.items() for wording in wordings]
        used_by: dict[str, set[str]] = defaultdict(set)
        self.holders: dict[str, list[int]] = defaultdict(list)
        for index, (slug, _, held) in enumerate(self.wordings):
            for term in held:
                used_by[term].add(slug)
                self.holders[term].append(index)
        self.weight = {term: log((1 + len(phrasings)) / len(slugs)) for term, slugs in used_by.items()}
        self.totals = [sum(self.weight[term] for term in sorted(held)) for _, _, held in self.wordings]
        self.common = {term for term, indexes in self.holders.items() if len(indexes) > COMMON}
        self.filled = [index for index, (_, _, held) in enumerate(self.wordings) if self._of_common(held) > THRESHOLD * self.totals[index]]

    def _of_common(self, held: set[str]) -> float:
        return sum(self.weight[term] for term in held & self.common)

    def matches(self, text: str) -> list[Match]:
        """The misconceptions that the text touches, the strongest first; none rather than a weak one."""
        said = sorted(terms(text) & self.holders.keys())  # in one order, in which floating-point sums are the same
        common = [term for term in said if term in self.common]
        held: dict[int, float] = dict.fromkeys(self.filled if common else (), 0.0)
        for term in (term for term in said if term not in self.common):
            for index in self.holders[term]:
                held[index] = held.get(index, 0.0) + self.weight[term]
        for index in held:  # a common term is looked for in the few wordings that others point to
            held[index] += sum(self.weight[term] for term in common if term in self.wordings[index][2])
        best: dict[str, Match] = {}
        for index, weight in sorted(held.items()):
            if weight <= THRESHOLD * self.totals[index]:
                continue
            slug, phrasing, _ = self.wordings[index]
            score = round(weight / self.totals[index], 3) if self.totals[index] else 0.0
            if score > THRESHOLD and (slug not in best or score > best[slug].score):
                best[slug] = Match(slug, score, phrasing)
        return sorted(best.values(), key=lambda match: (-match.score, match.slug))
