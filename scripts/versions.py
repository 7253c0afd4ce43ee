"""The kept versions of the pages: the text of each revision that the log tells of, as it was published. By the newest of
them a change without an entry is known; those before it stay readable at dated addresses."""

import posixpath
import re
from collections import Counter
from typing import Any, Iterator, Mapping, NamedTuple

from .addresses import leading
from .files import digest, dump_yaml, parse_yaml, split_front_matter
from .labels import LABELS, day, plain
from .memo import remembered
from .model import LANGUAGES, VERSIONS, Library, Page, ordinal
from .records import Change, Myth
from .registers import entries, link

FRAME = re.compile(r"^## .*\{#(?:reply|cite|changes|related)\} *\n(?:(?!## ).*\n?)*", re.M)  # sections of the site around the text
LINK = re.compile(r"(!?)\[((?:\\.|[^\[\]\\])*)\]\(([^()\s]*)\)")
ANCHOR = re.compile(r"<a [^>]*>(.*?)</a>|<span class=\"overdue\".*?</span>")
REGISTER = re.compile(r"\.\./(figures|sources)/[a-z0-9-]+\.md#")  # a page of a register: how that is cut is not of the text either
PERMALINK = re.compile(r" <a class=\"permalink\"[^>]*></a>")  # of the site, not of the text
TITLE = re.compile(r"^# .*\n", re.M)
KINDS = {"verdict": ("verdict", "withdrawn"), "answer": ("wording", "fact", "verdict", "withdrawn"), "figure": ("fact", "verdict", "withdrawn")}
_parsed = remembered(parse_yaml)


class Unlogged(NamedTuple):
    """A change that no entry of the log tells: of what (verdict, answer, or figure, then `fact` is its id), in which
    language, what it was in the version named, what it is now; None where there was or is none."""

    what: str
    fact: str
    language: str
    version: str
    was: str | None
    now: str | None


class Logged(NamedTuple):
    """An entry of the log of a misconception, with the name of its version."""

    slug: str
    key: str
    entry: Change


def keys(myth: Myth) -> list[str]:
    """The name of each version, newest first: the day of its entry, from the second of a day on with a number."""
    seen: Counter[str] = Counter()
    names = []
    for change in reversed(myth.changes):
        seen[name := str(change.date)] += 1
        names.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return names[::-1]


def log(library: Library) -> list[Logged]:
    """Every entry of every log, newest first; those of one day by the order in their own logs, then by slug."""
    entries = [Logged(slug, key, entry) for slug, myth in library.myths.items() for key, entry in zip(keys(myth), myth.changes)]
    return sorted(entries, key=lambda logged: (-logged.entry.date.toordinal(), -ordinal(logged.key), logged.slug))


def told(library: Library, slug: str, key: str, said: str, folder: str, language: str) -> str:
    """What is said of an entry of a log, with a link to the text of its version when that is not the page as it is now.
    `folder` is where a page finds the misconception's versions."""
    label, older = LABELS[language], key in library.versions.get(slug, ()) and key != keys(library.myths[slug])[0]
    return f"{said}{label['gap']}[{label['version_of']}]({folder}/{key}.md)" if older else said


def path(slug: str, key: str, language: str) -> str:
    """Where the text of a version is kept."""
    return f"{VERSIONS}/{slug}/{key}.{language}.md"


def page_of(path: str) -> str:
    """The page whose text is kept at a path."""
    slug, _, file = path.removeprefix(f"{VERSIONS}/").partition("/")
    return f"docs/{file.split('.')[1]}/myths/{slug}.md"


def text(library: Library, page: Page, body: str) -> str:
    """What is kept of a page: what the log answers for, then its text without the sections around it."""
    kept = REGISTER.sub(r"../\1.md#", PERMALINK.sub("", FRAME.sub("", body)))
    return f"---\n{dump_yaml(_state(library, library.myths[page.slug], page.language))}---\n{kept.rstrip()}\n"


def version(library: Library, page: Page, body: str) -> str:
    """The name of the version that a page is, in full: its day and the digest of its text."""
    return f"{keys(library.myths[page.slug])[0]}, {digest(text(library, page, body))}"


def _state(library: Library, myth: Myth, language: str) -> dict[str, Any]:
    figures = {name: words[language] for name in myth.facts if name in library.facts and (words := library.facts[name].words)}
    return {"title": myth.title[language], "verdict": myth.verdict, "answer": myth.answer[language], "figures": figures}


def unlogged(library: Library, slug: str) -> Iterator[Unlogged]:
    """What differs from the newest kept version, but for what a newer entry of the log tells."""
    myth, there = library.myths[slug], library.versions.get(slug, [])
    names = keys(myth)
    last = next((name for name in names if name in there), None)
    if last is None:
        return
    told = {change.kind for change in myth.changes[: names.index(last)]}
    seen = set()
    for language in LANGUAGES:
        for one in _differences(_read(library, slug, last, language), _state(library, myth, language), language, last):
            if told.isdisjoint(KINDS[one.what]) and (one.what, one.fact) not in seen and one.fact not in library.unread["facts"]:
                seen.add((one.what, one.fact))
                yield one


def _read(library: Library, slug: str, key: str, language: str) -> dict[str, Any]:
    data = _parsed(split_front_matter(library.texts[path(slug, key, language)])[0] or "").data
    return {"title": "", "verdict": "", "answer": "", **data, "figures": data.get("figures") or {}} if isinstance(data, dict) else {"figures": {}}


def _differences(was: dict[str, Any], now: dict[str, Any], language: str, key: str) -> Iterator[Unlogged]:
    for what in ("verdict", "answer"):
        if was.get(what) != now[what]:
            yield Unlogged(what, "", language, key, was.get(what), now[what])
    for name in {**was["figures"], **now["figures"]}:
        if was["figures"].get(name) != now["figures"].get(name):
            yield Unlogged("figure", name, language, key, was["figures"].get(name), now["figures"].get(name))


def register(library: Library, made: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Path and text of the newest version of each page, from the pages as they must be; nothing of a misconception whose log
    lacks an entry, so that what was published is still known."""
    for slug, myth in library.myths.items():
        pages = [library.pages.get((language, f"myths/{slug}.md")) for language in LANGUAGES]
        if myth.draft or any(page is None or page.path not in made for page in pages) or any(unlogged(library, slug)):
            continue
        for page in pages:
            if page:
                yield path(slug, keys(myth)[0], page.language), text(library, page, split_front_matter(made[page.path])[1])


def make(library: Library) -> dict[str, str]:
    """Path → the page at each dated address: of the newest version one that leads to the page, of an older one its text."""
    made = {}
    for slug, names in library.versions.items():
        now = slug if slug in library.myths else library.addresses[slug].moved if slug in library.addresses else None
        for key in names if now in library.myths else ():
            for language in LANGUAGES:
                folder = f"docs/{language}/myths/{slug}/{key}"
                if now == slug and key == keys(library.myths[slug])[0]:
                    made[f"{folder}/index.html"] = leading(library.myths[slug], "../", language, LABELS[language]["newest"], 3)
                else:
                    made[f"{folder}.md"] = _older(library, slug, key, language, str(now))
    return made


def _older(library: Library, slug: str, key: str, language: str, now: str) -> str:
    label, text = LABELS[language], library.texts[path(slug, key, language)]
    state, body = _read(library, slug, key, language), split_front_matter(text)[1]
    notice = label["older"].format(day=day(key[:10], language), digest=digest(text), page=f"[{plain(library.myths[now].title[language])}](../{now}.md)")
    title = label["titled_version"].format(title=state["title"], day=day(key[:10], language))
    front = {"title": title, "description": label["older_description"].format(title=state["title"], day=day(key[:10], language)), "robots": "noindex", "version": f"{key} {digest(text)}"}
    body = LINK.sub(lambda match: _link(library, match, body, slug), ANCHOR.sub(r"\1", body))
    return f"---\n{dump_yaml(front)}---\n" + TITLE.sub(lambda match: f'{match[0]}\n<div class="notice" markdown="1">\n\n{notice}\n\n</div>\n', body, count=1)


def _link(library: Library, match: re.Match[str], body: str, slug: str) -> str:
    """A link of an old text, one folder deeper, while it leads somewhere; else its words. A picture is of today's figures,
    and the table of its own stands below it."""
    picture, words, target = match.groups()
    name, _, anchor = target.partition("#")
    if picture:
        return ""
    if target.startswith(("http://", "https://")) or not name and f"#{anchor}}}" in body:
        return match[0]
    page = posixpath.normpath(posixpath.join("myths", name))
    register = page.removesuffix(".md")
    known = entries(library, register)
    if not name or anchor and known and anchor not in known or not any((language, page) in library.pages for language in LANGUAGES):
        return words
    return f"[{words}](../../{link(library, register, anchor, slug)})" if anchor in known else f"[{words}](../{name})"
