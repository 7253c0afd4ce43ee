"""The cards of the pages: what is said in the picture that stands for a page where its address is shared. One for each
misconception and language, and one of the site, for all other pages. scripts/composing.py draws them."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from .files import parse_yaml
from .labels import LABELS, day
from .model import BELOW, CONFIGURATIONS, LANGUAGES, Library
from .outcome import conclusion

FOLDER = "assets/cards"  # below the language's; overrides/partials/share.html names it too
DIGEST = "digest"  # the keyword in the file
DRAWN_BY = ("cards.py", "composing.py", "drawing.py", "icons.py", "wrapping.py")
DRAWN_WITH = ("pillow", "manimgx-fonts-cjk", "budoux", "uniseg")


class Card(NamedTuple):
    """What a card says. `verdict` is the verdict's name and `word` its word, both empty on the card of the site, which has
    neither claim nor date; `title` is the fact, or what the site is called; `line` the answer, or what the site is."""

    language: str
    verdict: str
    word: str
    claim: str
    title: str
    line: str
    dated: str
    site: str
    address: str


def path(language: str, slug: str = "") -> str:
    """Where a misconception's card is kept, or the site's."""
    return f"docs/{language}/{FOLDER}/{f'myths/{slug}' if slug else 'site'}.png"


def wanted(library: Library) -> dict[str, Card]:
    """Path → what the card there says."""
    return {path: card for language in LANGUAGES for path, card in _of_language(library, language).items()}


def _of_language(library: Library, language: str) -> dict[str, Card]:
    label, host = LABELS[language], library.address.partition("://")[2]
    name, what = (_configured(library, language, key) for key in ("site_name", "site_description"))
    found = {path(language): Card(language, "", "", "", name, what, "", name, host + BELOW[language])}
    for slug, myth in library.myths.items():
        verdict, word, line = conclusion(library, myth, language)
        claim, dated = label["quotes"].format(myth.claim[language]), label["reply"]["as_of"].format(day=day(myth.reviewed, language))
        found[path(language, slug)] = Card(language, verdict, word, claim, myth.title[language], line, dated, name, f"{host}c/{slug}/")
    return found


def _configured(library: Library, language: str, key: str) -> str:
    """What the language's configuration of MkDocs says for a key. Its line alone is read: other lines have tags of MkDocs."""
    line = next((line for line in library.texts.get(CONFIGURATIONS[language], "").split("\n") if line.startswith(f"{key}:")), f"{key}:")
    return str((parse_yaml(line).data or {}).get(key, ""))


def says(data: bytes, card: Card) -> bool:
    """Whether a file is the card, to its end."""
    return f"tEXt{DIGEST}\0{digest(card)}".encode() in data and data.endswith(b"IEND\xaeB`\x82")


def digest(card: Card) -> str:
    """Tells cards that say, or are drawn, otherwise."""
    return hashlib.sha256(json.dumps([_form(), *card]).encode()).hexdigest()


@lru_cache(maxsize=1)
def _form() -> str:
    from importlib.metadata import version  # takes long to load, and a check asks for no card

    own = [(Path(__file__).parent / name).read_text(encoding="utf-8") for name in DRAWN_BY]
    return hashlib.sha256("\0".join([*own, *map(version, DRAWN_WITH)]).encode()).hexdigest()
