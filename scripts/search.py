"""What the search of the site reads: pages as the words that they are found by, and the tables by which texts meet.

The forms are those of browser/engine.js; what a text says is read by browser/language.js alone, for what is indexed and
for what is asked.
"""

import json
import re
from itertools import chain
from pathlib import Path
from typing import Any, Iterator, Mapping

from .labels import LABELS
from .markup import seen
from .memo import remembered
from .model import LANGUAGES, OTHER, Library, Page
from .records import Fact, Myth
from .spool import Place
from .texts import packed, unpacked

FOLDER = "docs/{language}/search"
HAN = re.compile("[\u3400-\u9fff]+")
HAN_RANGE = range(0x3400, 0xA000)
MARKS = re.compile(r"\]\s*\)|[*`\[\]|\\]|^ *(?:#+|[-+>]) |&\w+;", re.M)
HEADING = re.compile(r"^(#{2,3}) +(.*?) *\{#([\w-]+)\} *$", re.M)
WHOLE = 40  # pages of a language whose index is two files (some 250 KB compressed); of more it is cut into pieces
PAGES_A_PIECE = 1  # of a large index a piece holds as many terms as so many pages
BATCH = 50  # pages that are read and indexed at a time, so that no index is in memory as a whole
BROWSER = Path(__file__).with_name("browser")
READING = ("minisearch.js", "language.js", "ranking.js")
LONGEST_WORD = 4  # characters of a word that Taiwan may say otherwise
CANTONESE = dict(pair.split("/") for pair in (
    "而家/现在 依家/现在 系咪/是不是 唔系/不是 唔/不 冇/没有 俾人/被人 畀人/被人 俾/给 畀/给 点解/为什么 乜嘢/什么 咩/什么 咁/这么 嘅/的 咗/了"
    " 佢哋/他们 佢/他 睇/看 喺/在 啲/些 嗰/那 呢个/这个 边个/谁 几多/多少 嚟/来 搞掂/搞定"
).split())  # in Simplified characters → Mandarin
VARIANTS = re.compile(r"[（）()]")


def make(library: Library) -> dict[str, str]:
    """Path → JSON of every file that the search needs."""
    return {path: text for language in LANGUAGES for path, text in of_language(library, language)}


def of_language(library: Library, language: str) -> Iterator[tuple[str, str]]:
    """Those of one language, path and text, each made when it is asked for: of a large site they fill the memory."""
    pages = found(library, language)
    core = {"language": language, "other": OTHER[language], **_words(library, language), "tables": tables(library, language, pages)}
    engine = ("engine.js", ";\n".join(map(script, (*READING, "engine.js"))))  # one file, for each request takes its time
    for name, text in chain([engine], files(core, pages)):
        yield f"{FOLDER.format(language=language)}/{name}", text


def found(library: Library, language: str) -> list[Place]:
    """The pages that are found, each as JSON of what it is found by and its sections, packed: misconceptions first, so
    that their numbers are small."""
    pages = sorted((page for page in library.in_language(language) if not _left_out(page)), key=lambda page: (not page.slug, page.name))
    return [packed(_dump({"page": entry(library, page), "sections": sections(library, page)})) for page in pages]


def files(core: dict[str, Any], pages: list[Place]) -> Iterator[tuple[str, str]]:
    """The index of one language, name and JSON of each file: two files, or, of more than WHOLE pages, pieces of which a
    query takes a few. `pages` are as found() gives them."""
    if len(pages) <= WHOLE:
        read = [json.loads(unpacked(page)) for page in pages]
        yield "core.json", _dump({**core, "pages": [page["page"] for page in read]})
        yield "text.json", _dump([page["sections"] for page in read])
        return
    heads, pieces = _indexed(core["tables"], pages, max(1, len(pages) // PAGES_A_PIECE))
    yield "core.json", _dump({**core, "terms": len(pieces), **heads})
    for number, parts in enumerate(pieces):
        yield f"terms/{number}.json", _dump(_joined(parts))
    for number, page in enumerate(pages):
        yield f"pages/{number}.json", unpacked(page)


def _indexed(tables: dict[str, Any], pages: list[Place], count: int) -> tuple[dict[str, Any], list[list[Place]]]:
    """The heads of both indexes, and of each of their pieces the parts that the batches of pages gave, packed."""
    from py_mini_racer import mini_racer  # only a large site needs it

    pieces: list[list[Place]] = [[] for _ in range(count)]
    with mini_racer() as engine:
        for name in (*READING, "pieces.js"):
            engine.eval(script(name))
        engine.eval(f"const made = pieces({json.dumps(tables)}, {count})")
        for start in range(0, len(pages), BATCH):
            batch = ",".join(map(unpacked, pages[start : start + BATCH]))
            for parts, part in zip(pieces, str(engine.eval(f"made.batch([{batch}], {start})")).split("\n")):
                parts.append(packed(part))
            engine.low_memory_notification()  # or it keeps what it needs no more
        return json.loads(str(engine.eval("made.heads()"))), pieces


def _joined(parts: list[Place]) -> dict[str, list[Any]]:
    """A piece of both indexes from its parts: each term once, in their order, with the documents of every part."""
    indexes: dict[str, dict[str, dict[str, dict[str, int]]]] = {}
    for part in parts:
        for name, entries in json.loads(unpacked(part)).items():
            terms = indexes.setdefault(name, {})
            for term, fields in entries:
                known = terms.setdefault(term, {})
                for field, counts in fields.items():
                    known.setdefault(field, {}).update(counts)
    return {name: [[term, dict(sorted(terms[term].items()))] for term in sorted(terms)] for name, terms in indexes.items()}


def script(name: str) -> str:
    """The text of a script that the search's worker runs."""
    return (BROWSER / name).read_text(encoding="utf-8")


def _dump(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def _left_out(page: Page) -> bool:
    said = page.front.get("search")
    return isinstance(said, dict) and bool(said.get("exclude"))


def _words(library: Library, language: str) -> dict[str, Any]:
    assert library.vocabulary
    return {"verdicts": {name: words[language].word for name, words in library.vocabulary.verdicts.items()}, "words": LABELS[language]["search"]}


def entry(library: Library, page: Page) -> dict[str, Any]:
    """A page as the words that it is found by, in its own language and, for a misconception, in the other one."""
    if page.slug not in library.myths:
        return {"kind": "page", "own": {"url": _address(page), "title": _front(page, "title"), "summary": _front(page, "description")}}
    myth = library.myths[page.slug]
    other = f"en/{_address(page)}" if page.language == "zh" else f"../{_address(page)}"
    return {"kind": "myth", "verdict": myth.verdict, "own": _side(myth, library.facts, page.language, _address(page)), "other": _side(myth, library.facts, OTHER[page.language], other)}


def _side(myth: Myth, facts: Mapping[str, Fact], language: str, url: str) -> dict[str, Any]:
    said = {name: getattr(myth, name)[language] for name in ("title", "label", "answer", "summary")}
    figures = sorted({words[language] for name in myth.facts if name in facts and (words := facts[name].words)})
    return {"url": url, **said, "heard": [myth.claim[language], *myth.phrasings[language]], "keys": getattr(myth.keywords, language), "figures": figures}


def _front(page: Page, name: str) -> str:
    return str(page.front.get(name, ""))


def _address(page: Page) -> str:
    return page.name.removesuffix(".md").removesuffix("index").removesuffix("/") + ("" if page.name == "index.md" else "/")


def sections(library: Library, page: Page) -> list[tuple[str, str, str]]:
    """The sections of a page as id, heading and plain text: what a person wrote there, and the facts as evidence."""
    if page.whole:
        return []
    parts = HEADING.split(page.prose)
    found = [(name, plain(title), plain(text)) for title, name, text in zip(parts[2::4], parts[3::4], parts[4::4])]
    if page.slug in library.myths:
        facts = " ".join(_said(library.facts[name], page.language) for name in library.myths[page.slug].facts if name in library.facts)
        found = [(name, title, f"{text} {facts}".strip() if name == "evidence" else text) for name, title, text in found]
    return [section for section in found if section[2]]


def _said(fact: Fact, language: str) -> str:
    return fact.statement[language] + (f" {fact.words[language]}" if fact.words else "") + ("。" if language == "zh" else ".")


def plain(markdown: str) -> str:
    """The words of a Markdown text on one line."""
    return " ".join(MARKS.sub("", seen(markdown)).split())


def tables(library: Library, language: str, pages: list[Place]) -> dict[str, Any]:
    """The tables of language.js: Traditional characters and Taiwan's words for what the pages of a language, as found()
    gives them, say, the commonest Cantonese words, the names of the glossary, and, for Chinese, how characters sound."""
    names = dict(_names(library))
    characters: set[str] = set()
    spoken: set[str] = set()
    changed: dict[str, str] = {}
    for start in range(0, max(1, len(pages)), BATCH):
        batch = [json.loads(unpacked(page)) for page in pages[start : start + BATCH]]
        runs = {run for text in chain(*names.values(), *map(_texts, batch)) for run in HAN.findall(text)}
        characters.update(*runs)
        changed |= _changed("\n".join(sorted(runs)))
        spoken.update(*chain.from_iterable(map(_spoken, batch)))
    sounds = _sounds("".join(sorted(spoken))) if language == "zh" else {}
    return {"t2s": _simplified("".join(sorted(characters))), "phrases": _phrases(changed) | CANTONESE, "names": names, "sounds": sounds}


@remembered
def _simplified(characters: str) -> str:
    """Traditional characters and their Simplified ones in pairs, for those whose Simplified one is given."""
    from opencc import OpenCC  # only what searches needs it

    every = "".join(map(chr, HAN_RANGE))
    return "".join(old + new for old, new in zip(every, OpenCC("t2s").convert(every)) if old != new and new in characters)


def _sides(page: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (side for side in page["page"].values() if isinstance(side, dict))


def _spoken(page: dict[str, Any]) -> Iterator[str]:
    for side in _sides(page):
        if "heard" in side:
            yield from (side["title"], *side["heard"], *side["keys"])


@remembered
def _sounds(spoken: str) -> dict[str, str]:
    """Sound without tone → the usual characters that have it, for the sounds of the characters given."""
    from pypinyin import lazy_pinyin

    usual = "".join(bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    sounds: dict[str, str] = {}
    for char, sound in zip(usual, lazy_pinyin(list(usual))):
        sounds[sound] = sounds.get(sound, "") + char
    wanted = {sound for sound, chars in sounds.items() if set(spoken) & set(chars)}
    return {sound: chars for sound, chars in sounds.items() if sound in wanted and len(chars) > 1}


def _texts(page: dict[str, Any]) -> Iterator[str]:
    for side in _sides(page):
        for said in side.values():
            yield from said if isinstance(said, list) else [said]
    for _, heading, text in page["sections"]:
        yield from (heading, text)


@remembered
def _changed(runs: str) -> dict[str, str]:
    """The mainland's word → Taiwan's, in Simplified characters, for every word of the runs, one a line, that OpenCC has
    another for. Words are not cut: every run of up to four characters is asked about."""
    from opencc import OpenCC

    simplify = OpenCC("t2s").convert
    asked = list({word for run in simplify(runs).split("\n") for word in _cut(run)})
    taiwanese = simplify(OpenCC("s2twp").convert("\n".join(asked))).split("\n")
    return {word: theirs for word, theirs in zip(asked, taiwanese) if word not in (theirs, theirs.replace("著", "着")) and HAN.fullmatch(theirs)}


def _cut(run: str) -> Iterator[str]:
    return (run[at : at + length] for length in range(2, LONGEST_WORD + 1) for at in range(len(run) - length + 1))


def _phrases(changed: Mapping[str, str]) -> dict[str, str]:
    """Taiwan's word → the mainland's. Of words within each other the shortest that changes is kept."""
    found: dict[str, str] = {}
    kept: set[str] = set()
    for word in sorted(changed, key=lambda word: (len(word), word)):
        if kept.isdisjoint(_cut(word)):
            found[changed[word]] = word
            kept = set(found.values())
    return {theirs: found.get(word, word) for theirs, word in found.items()}


def _names(library: Library) -> Iterator[tuple[str, list[str]]]:
    for name, term in library.glossary.items():
        said = [part.strip() for text in (term.zh, term.en) for part in VARIANTS.split(text)]
        yield name, sorted({part for part in [*said, *term.also] if len(part) > 1})
