"""Letters and colours of a picture: the signs of the font, how wide they are, and the PNG that they make.

A picture is made of layers, one a colour: each holds how much of that colour a pixel has, and no two overlap. So the
palette is known beforehand, and the picture comes out the same wherever it is drawn.
"""

from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from itertools import accumulate
from typing import Callable
from unicodedata import category, normalize

from PIL import Image, ImageChops, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo
from uniseg.graphemecluster import grapheme_clusters

from .icons import Shape

FONT = files("manimgx_fonts_cjk") / "NotoSansCJK-VF.otf.ttc"
SIMPLIFIED, NARROW = 2, 0  # faces of the font: with the mainland's forms, and one whose quotes are no wider than Latin's
QUOTES = "‘’“”…·"  # shared by Latin and Chinese
MISSING, NOWHERE = "□", "\U0010ffff"  # what stands for a character that the font lacks, and one that every font lacks
UNSEEN = ("Cf", "Cc", "Cs", "Mn", "Me")  # kinds of characters with nothing to see by themselves
OPENING, CLOSING = "“‘（《〈「『【〔", "，。、；：！？”’）》〉」』】〕"  # full-width marks with ink in their second, their first half
STEPS = 15  # of a colour's share in a pixel
FINE = 8  # times as large shapes are drawn before they are made small
CUT = "cut"  # the layer of what is to be cut out of another


@lru_cache(maxsize=None)
def font(face: int, weight: int, size: int) -> ImageFont.FreeTypeFont:
    """A face in a weight (100 to 900) and a size in pixels. Sign after sign is set, which every system does alike."""
    found = ImageFont.truetype(str(FONT), size, index=face, layout_engine=ImageFont.Layout.BASIC)
    found.set_variation_by_axes([weight])
    return found


@lru_cache(maxsize=None)
def _has(sign: str) -> bool:
    """Whether the font has a character: what it lacks it draws as one and the same box."""
    one = font(SIMPLIFIED, 400, 24)
    return bytes(one.getmask(sign)) != bytes(one.getmask(NOWHERE))


def signs(text: str, language: str) -> str:
    """A text as it can be set: one character for each sign that a reader sees, a box for one that the font lacks."""
    shown = " ".join(normalize("NFC", text).split())
    if not all(_has(sign) and category(sign) not in UNSEEN for sign in shown):
        shown = "".join(one[0] if _has(one[0]) else MISSING for one in grapheme_clusters(shown) if category(one[0]) not in UNSEEN)
    return shown.replace("——", "⸺") if language == "zh" else shown.replace("…", "...")  # the font's are Chinese


def widths(text: str, language: str, weight: int, size: int) -> list[float]:
    """The width of each sign in pixels. Of two full-width marks side by side the first gives up its empty half."""
    pairs = zip(text, _faces(text, language), [*text[1:], ""])
    return [_width(sign, face, weight, size) - (size / 2 if language == "zh" and after and _closes_up(sign, after) else 0) for sign, face, after in pairs]


def _closes_up(sign: str, after: str) -> bool:
    return (sign in CLOSING and after in CLOSING + OPENING) or (sign in OPENING and after in OPENING)


@lru_cache(maxsize=None)
def _width(sign: str, face: int, weight: int, size: int) -> float:
    return font(face, weight, size).getlength(sign)


def _faces(text: str, language: str) -> list[int]:
    """The face of each sign: quotes in English, and an apostrophe within a word, are as wide as Latin has them."""
    latin = [sign.isascii() and sign.isalpha() for sign in f" {text} "]
    return [NARROW if sign in QUOTES and (language == "en" or sign == "’" and before and after) else SIMPLIFIED for sign, before, after in zip(text, latin, latin[2:])]


class Picture:
    """Colours by name, the ground first, and what can be drawn with the others. Places and sizes are in pixels."""

    def __init__(self, size: tuple[int, int], colours: dict[str, str]):
        self.size, self.colours = size, colours
        self.layers = {name: Image.new("L", size) for name in (*list(colours)[1:], CUT)}

    def text(self, layer: str, place: tuple[float, float], text: str, language: str, weight: int, size: int) -> None:
        """One line; y is its baseline. A mark that opens it stands flush with its edge."""
        draw, wide = ImageDraw.Draw(self.layers[layer]), widths(text, language, weight, size)
        x = place[0] - (size / 2 if language == "zh" and text[:1] and text[0] in OPENING else 0)
        for sign, face, start in zip(text, _faces(text, language), accumulate([0.0, *wide])):
            draw.text((x + start, place[1]), sign, fill=255, font=font(face, weight, size), anchor="ls")

    def rule(self, layer: str, left: int, right: int, y: int, thick: int) -> None:
        """A line across."""
        ImageDraw.Draw(self.layers[layer]).rectangle((left, y, right - 1, y + thick - 1), fill=255)

    def box(self, layer: str, place: tuple[int, int], size: tuple[int, int], radius: int) -> None:
        """A filled box with round corners."""
        mask = _fine(size, lambda draw: draw.rounded_rectangle((0, 0, size[0] * FINE - 1, size[1] * FINE - 1), radius * FINE, fill=255))
        self.layers[layer].paste(mask, place)

    def icon(self, layer: str, place: tuple[int, int], size: int, shapes: tuple[Shape, ...]) -> None:
        """An icon, its top left corner at a place."""
        self.layers[layer].paste(_fine((size, size), lambda draw: [_shape(draw, shape, size * FINE / 24) for shape in shapes]), place)

    def cut_out(self, layer: str) -> None:
        """Lets the ground be seen through a layer where the layer CUT has something."""
        self.layers[layer] = ImageChops.subtract(self.layers[layer], self.layers[CUT])
        self.layers[CUT] = Image.new("L", self.size)

    def png(self, words: dict[str, str]) -> bytes:
        """The picture as PNG, with words beside it (tEXt, https://www.w3.org/TR/png-3/#11tEXt)."""
        whole = Image.new("L", self.size)
        for number, name in enumerate(list(self.colours)[1:]):
            shares = [round(share * STEPS / 255) for share in range(256)]
            whole = ImageChops.lighter(whole, self.layers[name].point([share and number * STEPS + share for share in shares]))
        painted, information, written = Image.frombytes("P", self.size, whole.tobytes()), PngInfo(), BytesIO()
        painted.putpalette(_palette(*map(_rgb, self.colours.values())))
        for key, word in words.items():
            information.add_text(key, word)
        painted.save(written, "PNG", compress_level=6, pnginfo=information)  # of the slower levels none makes it a tenth smaller
        return written.getvalue()


def _palette(ground: list[int], *colours: list[int]) -> list[int]:
    """The ground, then each colour in its shares."""
    mixed = [round(under + (over - under) * share / STEPS) for colour in colours for share in range(1, STEPS + 1) for under, over in zip(ground, colour)]
    return ground + mixed


def _rgb(colour: str) -> list[int]:
    return list(bytes.fromhex(colour.removeprefix("#")))


def _fine(size: tuple[int, int], drawn: Callable[[ImageDraw.ImageDraw], object]) -> Image.Image:
    """A mask with smooth edges."""
    large = Image.new("L", (size[0] * FINE, size[1] * FINE))
    drawn(ImageDraw.Draw(large))
    return large.resize(size, Image.Resampling.BOX)


def _shape(draw: ImageDraw.ImageDraw, shape: Shape, unit: float) -> None:
    """Something filled, or a line with round ends and corners."""
    width, points = shape[0] * unit, [(x * unit, y * unit) for x, y in shape[1]]
    if not width:
        draw.polygon(points, fill=255)
        return
    draw.line(points, fill=255, width=round(width))
    for x, y in points:
        draw.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=255)
