"""Rules about the two languages: everything is said in both, each in its own, and both say the same."""

import re
from decimal import Decimal
from itertools import zip_longest
from typing import Callable, Iterator, NamedTuple

from ..figures import Found, find
from ..files import digest
from ..markup import seen
from ..memo import remembered
from ..model import FILL, HEADING, LANGUAGES, OTHER, Library, Page, Problem
from . import rule
from .figures import FACT_LINK, Register, shown

HAN = re.compile("[\u4e00-\u9fff]")
OWN = {"zh": HAN, "en": re.compile("[A-Za-z0-9]")}
NAME = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]+-?\d+[A-Za-z]*(?:[.-]\w+)*")  # V3, GPT-4o, V3.2-Exp
QUOTED = re.compile("“[^”]*”|《[^》]*》|「[^」]*」|‘[^’]*’|\"[^\"]*\"|\\[[^\\]]*\\]|（[^）]*）|\\([^)]*\\)")
NO_ENGLISH = re.compile("[\u4e00-\u9fff][，。；：！？]|[\u4e00-\u9fff]{8}")
NO_CHINESE = re.compile(r"(?:[A-Za-z][A-Za-z'’-]*,? ){5}[A-Za-z]")


class Part(NamedTuple):
    """What a person wrote in one section of a page: the section's line, and its text from an offset of the body."""

    line: int
    start: int
    text: str


def _pairs(library: Library) -> Iterator[tuple[Page, Page]]:
    """The hand-written pages that exist in both languages, Chinese first."""
    for page in library.in_language("zh"):
        other = library.pages.get(("en", page.name))
        if other and not page.whole:
            yield page, other


@rule("PAIR-1")
def both_languages(library: Library) -> Iterator[Problem]:
    """Every page exists in both languages, the home page too, every misconception has its pages, and every page of one
    its record."""
    for language, name in library.pages:
        if (OTHER[language], name) not in library.pages:
            path = f"docs/{language}/{name}"
            yield Problem(path, 1, "PAIR-1", f"has no page in the other language, docs/{OTHER[language]}/{name} must exist")
    if not any((language, "index.md") in library.pages for language in LANGUAGES):
        yield Problem("docs/zh/index.md", 1, "PAIR-1", "is missing, must be there, and in English too")
    for slug in library.myths:
        if not any((language, f"myths/{slug}.md") in library.pages for language in LANGUAGES):
            yield Problem(f"docs/data/myths/{slug}.yml", 1, "PAIR-1", f"has no pages, docs/zh/myths/{slug}.md and docs/en/myths/{slug}.md must exist")
    for page in library.pages.values():
        if page.slug and page.slug not in library.named("myths"):
            yield Problem(page.path, 1, "PAIR-1", f"has no record, docs/data/myths/{page.slug}.yml must exist, or the page be deleted")


@rule("PAIR-2")
def same_sections(library: Library) -> Iterator[Problem]:
    """Both languages of a page have the same headings, by level and id, in the same order."""
    for zh, en in _pairs(library):
        ours, theirs = ([(h.level, h.id, h.line) for h in page.headings if h.id] for page in (en, zh))
        for here, there in zip(ours, theirs):
            if here[:2] != there[:2]:
                wanted = f"{'#' * there[0]} … {{#{there[1]}}}"
                yield Problem(en.path, here[2], "PAIR-2", f"has {'#' * here[0]} … {{#{here[1]}}} where {zh.path}:{there[2]} has {wanted}, must be the same")
                break
        else:
            if len(ours) != len(theirs):
                yield Problem(en.path, 1, "PAIR-2", f"has {len(ours)} sections where {zh.path} has {len(theirs)}, must have the same")


@rule("PAIR-3")
def read_together(library: Library) -> Iterator[Problem]:
    """A page names, in checked_against, the digest of what the other language says by hand, front matter and prose,
    when it was read against that."""
    for pair in _pairs(library):
        draft = any(FILL in page.written for page in pair)
        for page, other in (pair, pair[::-1]):
            now, known = digest(other.written), page.front.get("checked_against")
            if known != now and not (draft and known == FILL):  # META-6 tells of that one
                line = page.lines.get(("checked_against",), 1)
                said = "has changed since this was checked against it" if known else "was never read against this"
                yield Problem(page.path, line, "PAIR-3", f"{other.path} {said}; read both, then write checked_against: {now}")


@rule("PAIR-4")
def same_facts(library: Library) -> Iterator[Problem]:
    """In each section the prose of both languages links to the same facts and says the same figures, and where dates or
    names with a digit (V3, GPT-4o) differ, it is not that each says one that the other has not. So do both languages of
    a record, in figures, dates and names."""
    register = Register(library)
    for pair in _pairs(library):
        parts = [_parts(page) for page in pair]
        for name in parts[0].keys() & parts[1].keys():
            two = list(zip(pair, (parts[0][name], parts[1][name])))
            for (page, part), (other, its) in (two, two[::-1]):
                for fact in sorted(_linked(its) - _linked(part)):
                    yield Problem(page.path, part.line, "PAIR-4", f"does not link to the fact {fact} in this section, must, as {other.path}:{its.line} does")
                for found in _unsaid(register, part.text, page.language, its.text):
                    place = page.line_at(part.start + found.start)
                    yield Problem(page.path, place, "PAIR-4", f"'{found.text}' is said here and not in this section of {other.path}, must be said in both")
    for path, keys, text in library.said:
        for language in LANGUAGES:
            for found in _unsaid(register, text[language], language, text[OTHER[language]]):
                yield Problem(*library.at(path, *keys, language), "PAIR-4", f"'{found.text}' is said in {language} only, must be said in both languages")


def _parts(page: Page) -> dict[str, Part]:
    """Id of a heading → what a person wrote below it, up to the next; empty for what stands before the first."""
    headings = [(0, 1, ""), *((match.start(), page.line_at(match.start()), match[3] or "") for match in HEADING.finditer(page.prose))]
    ends = [*(start for start, _, _ in headings[1:]), len(page.prose)]
    return {name: Part(line, start, page.prose[start:end]) for (start, line, name), end in zip(headings, ends)}


def _linked(part: Part) -> set[str]:
    return {name for _, name in FACT_LINK.findall(part.text)}


def _unsaid(register: Register, text: str, language: str, other: str) -> tuple[Found, ...]:
    """The figures of a text that the other language has not, and the dates and names in whose place it has others."""
    return _missing(text, other, register.names[language], register.names[OTHER[language]])


@remembered
def _missing(text: str, other: str, named: str, named_there: str) -> tuple[Found, ...]:
    ours, theirs = find(shown(text, named)), find(shown(other, named_there), small=True)
    values = {_plain(found) for found in theirs}
    figures = (found for found in ours if found.value is not None and _plain(found) not in values)
    dates = ({found.date or "": found for found in some if found.date} for some in (ours, theirs))
    names = ({found.text.lower().removesuffix("s"): found for found in _names(said)} for said in (shown(text, named), shown(other, named_there)))
    return (*figures, *_in_place(*dates, _agree), *_in_place(*names, str.__eq__))


def _plain(found: Found) -> Decimal | None:
    return found.value / 100 if found.value is not None and found.unit == "percent" else found.value


def _in_place(ours: dict[str, Found], theirs: dict[str, Found], agree: Callable[[str, str], bool]) -> Iterator[Found]:
    """What we say and they do not, when they say something of that kind that we do not."""
    mine, yours = ({key: one for key, one in some.items() if not any(agree(key, other) for other in rest)} for some, rest in ((ours, theirs), (theirs, ours)))
    yield from (one for one in mine.values() if yours)


def _agree(one: str, other: str) -> bool:
    """Whether two dates can be the same: each part that both give is."""
    pairs = zip(*([*date.replace("--", "-").split("-"), "", ""][:3] for date in (one, other)))
    return all(a == b for a, b in pairs if a and b)


def _names(shown: str) -> Iterator[Found]:
    return (Found(match.start(), match.end(), match.group()) for match in NAME.finditer(shown))


@rule("PAIR-5")
def same_build(library: Library) -> Iterator[Problem]:
    """Each section has as many paragraphs, list entries and table rows in both languages, and both have the same
    generated passages in the same order, so that nothing stays untranslated."""
    for zh, en in _pairs(library):
        parts, others = _parts(zh), _parts(en)
        for name in parts.keys() & others.keys():
            count, its = (_blocks(part.text) for part in (parts[name], others[name]))
            if count != its:
                yield Problem(en.path, others[name].line, "PAIR-5", f"has {its} paragraphs, entries and rows in this section where {zh.path}:{parts[name].line} has {count}, must have as many")
        passages = ([" ".join(filter(None, match.group("name", "argument"))) for match in page.passages] for page in (zh, en))
        for wanted, found in zip_longest(*passages, fillvalue="none"):
            if wanted != found:
                yield Problem(en.path, 1, "PAIR-5", f"has the passage '{found}' where {zh.path} has '{wanted}', must have the same")
                break


@remembered
def _blocks(text: str) -> int:
    """How many paragraphs, entries and rows stand below a heading."""
    return sum(bool(line.strip()) for line in seen(text).split("\n")[1:])


@rule("PAIR-6")
def in_its_language(library: Library) -> Iterator[Problem]:
    """Chinese is said in Chinese and English in English: no sentence of the other language is left, outside quotation
    marks and brackets. What both say alike, such as a name, may be without Chinese characters."""
    for page in library.pages.values():
        for number, line in () if page.whole else _foreign_lines(page.prose, page.language):
            yield Problem(page.path, page.body_line + number, "PAIR-6", _must(line, page.language))
        for name in ("title", "description") if not page.whole and not page.slug else ():
            if isinstance(said := page.front.get(name), str) and _foreign(said, page.language):
                yield Problem(page.path, page.lines.get((name,), 1), "PAIR-6", _must(said, page.language))
    for path, keys, text in library.said:
        same = FILL in text.zh or re.sub(r"\W", "", text.zh) == re.sub(r"\W", "", text.en)
        for language in LANGUAGES:
            if _foreign(text[language], language) or not same and not OWN[language].search(text[language]):
                yield Problem(*library.at(path, *keys, language), "PAIR-6", _must(text[language], language))
    for slug, myth in library.myths.items():
        for language in LANGUAGES:
            for index, said in enumerate(myth.phrasings[language]):
                if bool(HAN.search(said)) != (language == "zh") and FILL not in said:
                    yield Problem(*library.at(f"docs/data/myths/{slug}.yml", "phrasings", language, index), "PAIR-6", _must(said, language))


@remembered
def _foreign_lines(prose: str, language: str) -> list[tuple[int, str]]:
    return [(number, line) for number, line in enumerate(seen(prose).split("\n")) if _foreign(line, language)]


def _foreign(text: str, language: str) -> bool:
    """Whether a text, or a sentence in it, is in the other language."""
    own = QUOTED.sub("", text)
    if language == "zh":
        return bool(NO_CHINESE.search(own))
    return bool(NO_ENGLISH.search(own)) or len(HAN.findall(own)) > len(re.findall("[A-Za-z]", text))


def _must(text: str, language: str) -> str:
    said = text.strip()
    said = said if len(said) <= 40 else said[:40] + "…"
    return f"'{said}' is not all in {'Chinese' if language == 'zh' else 'English'}, must be"
