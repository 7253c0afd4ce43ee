"""Draws the cards, 1200 by 630 pixels: the claim with its verdict, the fact, the answer, the site (https://ogp.me)."""

from functools import lru_cache
from itertools import accumulate, islice
from math import ceil
from typing import NamedTuple

from .cards import DIGEST, Card, digest
from .drawing import CUT, Picture, signs, widths
from .icons import PEDESTAL, VERDICTS
from .wrapping import LEANS, costs, shortened, wrapped

SIZE = WIDE, HIGH = 1200, 630
FRAME = 48  # pixels along each edge in which nothing is drawn
LEFT, RIGHT, TOP, BOTTOM = 76, WIDE - 76, 68, HIGH - 64
RULE = BOTTOM - 66
CHIP = 68  # height of the verdict
BLANK = 22  # between title and answer
BODY = (LEFT, TOP + CHIP + 34, RIGHT, RULE - 26)  # where the two stand
SIZES = ((66, 36), (62, 34), (58, 34), (54, 32), (50, 32), (46, 30), (42, 28), (38, 28), (34, 26), (30, 24), (27, 24), (24, 22), (22, 20))  # theirs
OF_SITE = (LEFT, TOP, LEFT + 650, RULE - 40)  # where the site's name stands and what it is
WORTH = 4  # sizes that a title gives up to have its lines end well
NAME_SIZES = ((120, 40), (80, 38), *SIZES)
PICTURE = 400  # size of what stands beside them
CLAIM_SIZES = (29, 27, 25, 23)
SMALL = (27, 25, 23, 22)  # of what stands on one line
REGULAR, BOLD = 400, 700
LEADING = {"zh": (1.32, 1.5, 1.4), "en": (1.2, 1.4, 1.32)}  # from line to line of title, answer and claim, by size
ABOVE = 0.88  # how far signs stand above their baseline, by size
ELLIPSIS = {"zh": "……", "en": "..."}
LONGEST = 1000  # signs of a text that are looked at; there is no room for more
COLOURS = {"ground": "#ffffff", "ink": "#1d232b", "faint": "#59636f", "line": "#d5dce3", "accent": "#2f6690"}  # the site's when it is light
OF_VERDICTS = {
    "false": "#a8322d", "misleading": "#964a04", "partly-true": "#755a00", "mostly-true": "#4a6a14", "true": "#1d6b45",
    "unproven": "#5d5487", "outdated": "#59636f", "withdrawn": "#59636f",
}  # fmt: skip


class Text(NamedTuple):
    """A text to set: its signs, what it costs to end a line after each, and how far apart its lines are, by size."""

    said: str
    costs: tuple[float, ...]
    language: str
    weight: int
    leading: float

    @lru_cache(maxsize=64)  # of the text being set: what fits is tried first, and set then
    def lines(self, size: int, room: float) -> list[tuple[str, float]]:
        """Its lines at a size in pixels, none wider than `room`, each with what it costs to end there."""
        return wrapped(self.said, self.costs, widths(self.said, self.language, self.weight, size), room)

    def height(self, size: int, room: float) -> float:
        return len(self.lines(size, room)) * size * self.leading

    def fits(self, size: int, room: float, height: float) -> bool:
        least = ceil(sum(widths(self.said, self.language, self.weight, size)) / room) * size * self.leading
        return least <= height and self.height(size, room) <= height

    def smooth(self, size: int, room: float) -> bool:
        """Whether no line parts what belongs together."""
        return all(cost < LEANS for _, cost in self.lines(size, room))

    def within(self, size: int, room: float, height: float) -> "Text":
        """The text, cut at a phrase when it is higher than that."""
        if self.fits(size, room, height):
            return self
        return self._with(shortened(self.said, self.costs, ELLIPSIS[self.language], lambda said: self._with(said).fits(size, room, height)))

    def _with(self, said: str) -> "Text":
        kept = len(said) - len(ELLIPSIS[self.language])
        return self._replace(said=said, costs=(*self.costs[: kept - 1], *costs(said[kept - 1 :], self.language)) if kept else costs(said, self.language))


class Line(NamedTuple):
    """A text on one line, its size and width in pixels, and whether its end is cut."""

    said: str
    size: int
    width: float
    cut: bool


def draw(card: Card) -> bytes:
    """The card as PNG, the same for the same card."""
    picture = Picture(SIZE, COLOURS | ({"verdict": OF_VERDICTS[card.verdict]} if card.verdict else {}))
    picture.rule("line", LEFT, RIGHT, RULE, 2)
    if card.verdict:
        _claim(picture, card, _verdict(picture, card))
        _body(picture, card, BODY, SIZES)
        _foot(picture, card)
    else:
        picture.icon("accent", (RIGHT - PICTURE * 23 // 24, RULE - PICTURE * 21 // 24), PICTURE, PEDESTAL)  # both stand on the rule
        _body(picture, card, OF_SITE, NAME_SIZES)
        address = _line(card.address, "en", REGULAR, RIGHT - LEFT)
        picture.text("accent", (LEFT, BOTTOM - 8), address.said, "en", REGULAR, address.size)
    return picture.png({DIGEST: digest(card)})


def _verdict(picture: Picture, card: Card) -> int:
    """The verdict's icon and word on its colour; gives where that ends."""
    word = _line(card.word, card.language, BOLD, 460, (34, *SMALL))
    icon, pad = word.size + 2, 22
    wide = round(word.width) + icon + 2 * pad + 12
    picture.box("verdict", (LEFT, TOP), (wide, CHIP), 8)
    picture.icon(CUT, (LEFT + pad, TOP + (CHIP - icon) // 2), icon, VERDICTS[card.verdict])
    picture.text(CUT, (LEFT + pad + icon + 12, round(TOP + CHIP / 2 + word.size * 0.37)), word.said, card.language, BOLD, word.size)
    picture.cut_out("verdict")
    return LEFT + wide


def _claim(picture: Picture, card: Card, left: int) -> None:
    """What the verdict is on, beside it: without it the verdict would seem to be on the title."""
    said, room, high = _text(card.claim, card.language, REGULAR, LEADING[card.language][2]), RIGHT - left - 26, CHIP + 14
    size = next((size for size in CLAIM_SIZES if said.fits(size, room, high)), CLAIM_SIZES[-1])
    said = said.within(size, room, high)
    _set(picture, "faint", said, size, room, left + 26, TOP + (CHIP - said.height(size, room)) / 2)


def _body(picture: Picture, card: Card, place: tuple[int, int, int, int], sizes: tuple[tuple[int, int], ...]) -> None:
    """Title and line as large as there is room for both; what does not fit at the smallest sizes is cut."""
    left, top, right, bottom = place
    leading, room, high = LEADING[card.language], right - left, bottom - top - BLANK
    title, answer = _text(card.title, card.language, BOLD, leading[0]), _text(card.line, card.language, REGULAR, leading[1])
    fitting = ((large, small) for large, small in sizes if title.fits(large, room, high) and answer.fits(small, room, high - title.height(large, room)))
    tried = list(islice(fitting, WORTH)) or [sizes[-1]]
    large, small = next(((large, small) for large, small in tried if title.smooth(large, room)), tried[0])
    answer = answer.within(small, room, max(high - title.height(large, room), high / 3))
    title = title.within(large, room, high - answer.height(small, room))
    under = title.height(large, room) + BLANK
    top += round((high + BLANK - under - answer.height(small, room)) * 0.4)  # a little above the middle
    _set(picture, "ink", title, large, room, left, top)
    _set(picture, "ink", answer, small, room, left, top + under)


def _foot(picture: Picture, card: Card) -> None:
    """The site and the day on the left, the address on the right, or below where it is too long for that."""
    name, dated = _line(card.site, card.language, BOLD, 300), _line(card.dated, card.language, REGULAR, 330, SMALL[1:])
    after = LEFT + 44 + name.width + 24
    address = _line(card.address, "en", REGULAR, RIGHT - after - dated.width - 48)
    base, below = (BOTTOM - 30, 38) if address.cut else (BOTTOM - 8, 0)
    if address.cut:
        address = _line(card.address, "en", REGULAR, RIGHT - LEFT, (24, 22, 20, 18))
    picture.icon("accent", (LEFT, base - 27), 32, PEDESTAL)
    picture.text("ink", (LEFT + 44, base), name.said, card.language, BOLD, name.size)
    picture.text("faint", (after, base), dated.said, card.language, REGULAR, dated.size)
    picture.text("accent", (LEFT if below else RIGHT - address.width, base + below), address.said, "en", REGULAR, address.size)


def _shown(said: str, language: str) -> str:
    return signs(said[: 8 * LONGEST], language)[:LONGEST]


def _text(said: str, language: str, weight: int, leading: float) -> Text:
    shown = _shown(said, language)
    return Text(shown, costs(shown, language), language, weight, leading)


def _line(said: str, language: str, weight: int, room: float, sizes: tuple[int, ...] = SMALL) -> Line:
    """A text on one line, at the largest of the sizes at which it is not wider than `room`, else cut at the smallest."""
    shown = _shown(said, language)
    for size in sizes:
        wide = widths(shown, language, weight, size)
        if sum(wide) <= room:
            return Line(shown, size, sum(wide), False)
    left = room - sum(widths(ELLIPSIS[language], language, weight, size))
    kept = shown[: sum(end <= left for end in accumulate(wide))] + ELLIPSIS[language]
    return Line(kept, size, sum(widths(kept, language, weight, size)), True)


def _set(picture: Picture, layer: str, said: Text, size: int, room: float, left: float, top: float) -> None:
    """The lines of a text, from the top of the first on."""
    for number, (line, _) in enumerate(said.lines(size, room)):
        base = top + size * (number * said.leading + (said.leading - 1) / 2 + ABOVE)
        picture.text(layer, (left, round(base)), line, said.language, said.weight, size)
