"""CSL-JSON items as BibTeX and RIS, for reference managers. Pure functions of an item's JSON, remembered between runs.

BibTeX: UTF-8, entry types and fields as BibLaTeX has them (https://ctan.org/pkg/biblatex) where BibTeX has none. RIS: one
tag a line (https://en.wikipedia.org/wiki/RIS_(file_format)), dates as year/month/day/.
"""

import json
import re
from typing import Any, Iterator, NamedTuple

from .memo import remembered

OTHERS = ("et al.", "et al", "others")  # an author that stands for those who are not named
IN_BIBTEX = str.maketrans({
    **{char: f"\\{char}" for char in "%&#$_"}, "\\": r"{\textbackslash}", "{": r"{\textbraceleft}", "}": r"{\textbraceright}", "~": r"{\textasciitilde}", "^": r"{\textasciicircum}"
})  # fmt: skip
IN_ADDRESS = str.maketrans({char: f"%{ord(char):02X}" for char in "\\{}"})  # else verbatim
LIGATURE = re.compile(r"([-`'])(?=\1)|[?!](?=`)")  # these and what follows would become one sign
IN_PARTS = re.compile(r"[,{}\\]|\band\b")  # of a name, what would cut it otherwise
LANGUAGES = {"zh": "chinese", "en": "english"}


class Kind(NamedTuple):
    """What a CSL type is in BibTeX (its entry type, the fields of its container and publisher) and in RIS."""

    entry: str
    container: str
    publisher: str
    ris: str


KINDS = {
    "article": Kind("online", "series", "organization", "UNPB"),  # CSL's type of a preprint
    "article-journal": Kind("article", "journal", "publisher", "JOUR"),
    "article-newspaper": Kind("article", "journal", "publisher", "NEWS"),
    "paper-conference": Kind("inproceedings", "booktitle", "publisher", "CPAPER"),
    "post": Kind("online", "organization", "publisher", "ELEC"),
    "post-weblog": Kind("online", "organization", "publisher", "BLOG"),
    "report": Kind("techreport", "series", "institution", "RPRT"),
    "software": Kind("software", "series", "organization", "COMP"),
    "standard": Kind("misc", "series", "organization", "STAND"),
    "webpage": Kind("online", "organization", "publisher", "ELEC"),
}


@remembered
def bibtex(text: str) -> str:
    """An item, given as JSON, as an entry of a BibTeX file."""
    from bibtexparser import BibtexFormat, Library, write_string
    from bibtexparser.model import Entry, Field

    item = json.loads(text)
    fields = [Field(name, value) for name, value in _fields(item)]
    form = BibtexFormat()
    form.indent = "  "
    return write_string(Library([Entry(KINDS[item["type"]].entry, item["id"], fields)]), bibtex_format=form)


def _fields(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The fields of an entry. The title in braces of its own keeps its capitals."""
    kind = KINDS[item["type"]]
    yield "author", " and ".join(map(_name, item["author"]))
    yield "title", f"{{{_tex(item['title'])}}}"
    yield from ((field, _tex(item[key])) for key, field in (("container-title", kind.container), ("publisher", kind.publisher)) if key in item)
    yield "year", f"{item['issued']['date-parts'][0][0]}"
    yield from ((field, _date(item, key, "-")) for key, field in (("issued", "date"), ("accessed", "urldate")) if key in item)
    yield "url", item["URL"].translate(IN_ADDRESS)
    if item.get("language") in LANGUAGES:
        yield "langid", LANGUAGES[item["language"]]
    yield from ((field, _tex(item[key])) for key, field in (("version", "version"), ("note", "annotation")) if key in item)


def _tex(text: str) -> str:
    """A text with nothing in it that means something to TeX; its braces are in pairs."""
    return LIGATURE.sub(r"\g<0>{}", text.translate(IN_BIBTEX))


def _name(author: dict[str, str]) -> str:
    """A body in braces, so that it is not cut into names; a person by family and given name."""
    if author.get("literal") in OTHERS:
        return "others"
    if "literal" in author or "given" not in author:
        return f"{{{_tex(author.get('literal') or author['family'])}}}"
    return ", ".join(f"{{{_tex(part)}}}" if IN_PARTS.search(part) else _tex(part) for part in (author["family"], author["given"]))


def _date(item: dict[str, Any], name: str, sign: str) -> str:
    return sign.join(f"{part:02}" for part in item[name]["date-parts"][0])


@remembered
def ris(text: str) -> str:
    """An item, given as JSON, as an entry of a RIS file."""
    import rispy

    class Writer(rispy.RisWriter):
        DEFAULT_MAPPING = {tag: tag.lower() for tag in ("TY", "ID", "AU", "TI", "T2", "PB", "PY", "DA", "LA", "Y2", "UR", "N1")}
        DEFAULT_LIST_TAGS = ["AU", "N1"]
        DEFAULT_DELIMITER_MAPPING: dict[str, str] = {}
        REFERENCE_TYPE_KEY = "ty"

        def set_header(self, count: int) -> str:
            return ""  # of what is no part of the format, the number of the entry

    item = json.loads(text)
    return Writer().formats([dict(_tags(item))])


def _tags(item: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The lines of an entry, by tag in small letters."""
    yield "ty", KINDS[item["type"]].ris
    yield "id", item["id"]
    yield "au", [", ".join(filter(None, (author.get("literal"), author.get("family"), author.get("given")))) for author in item["author"]]
    yield from ((tag, item[key]) for tag, key in (("ti", "title"), ("t2", "container-title"), ("pb", "publisher")) if key in item)
    yield "py", f"{item['issued']['date-parts'][0][0]}"
    yield from ((tag, _slashed(item, key)) for tag, key in (("da", "issued"), ("y2", "accessed")) if key in item)
    yield from ((tag, item[key]) for tag, key in (("la", "language"), ("ur", "URL")) if key in item)
    yield "n1", [f"Version: {item[key]}" if key == "version" else item[key] for key in ("version", "note") if key in item]


def _slashed(item: dict[str, Any], name: str) -> str:
    """A date as RIS has it: year/month/day/, with all slashes whatever is known of it."""
    return "/".join([*_date(item, name, " ").split(), "", "", ""][:3]) + "/"
