"""The last pass over a built site, in whatever generator's: in every page its styles, cut to what its kind uses, and its
policy; its scripts, or one file that stands for them; nothing that nothing names. Bytes in, bytes out; scripts/site.py reads
and writes."""

from collections import ChainMap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import rjsmin
from lxml import etree

from ..spreading import MANY, spread
from . import leftovers, offline, policy, runs
from .styles import Sheet, cut
from .used import Used

PAGE = etree.HTMLParser(encoding="utf-8")
TEXTS = (".css", ".svg")
CHUNK = 8  # pages that are surveyed as one: they say much the same

Styles = dict[str, dict[runs.Run, str]]  # of each kind of page: the text that stands for a run of stylesheets
Scripts = dict[runs.Run, str]  # of each run of scripts: its text


class Refused(Exception):
    """A page that would not run under its policy, or a script that cannot stand in one: path, line, why, for each place."""

    def __init__(self, places: list[tuple[str, int, str]]) -> None:
        super().__init__("\n".join(f"{path}:{line}: {why}" for path, line, why in places))
        self.places = places


@dataclass
class Kind:
    """What all pages of a kind have."""

    used: Used = field(default_factory=Used)
    sheets: set[runs.Run] = field(default_factory=set)
    scripts: set[str] = field(default_factory=set)


@dataclass
class Survey:
    """What the first reading of all pages finds."""

    kinds: dict[str, Kind] = field(default_factory=dict)
    at_once: set[runs.Run] = field(default_factory=set)  # of scripts
    later: set[runs.Run] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    faults: list[tuple[str, int, str]] = field(default_factory=list)

    def add(self, other: "Survey") -> None:
        """Takes in what was found on other pages."""
        for name, theirs in other.kinds.items():
            kind = self.kinds.setdefault(name, Kind())
            kind.used.add(theirs.used)
            kind.sheets |= theirs.sheets
            kind.scripts |= theirs.scripts
        self.at_once |= other.at_once
        self.later |= other.later
        self.named |= other.named
        self.faults += other.faults


@dataclass(frozen=True)
class Instead:
    """What stands in place of the files that pages name."""

    styles: Styles
    at_once: Scripts
    later: Scripts

    @cached_property
    def files(self) -> dict[runs.Run, str]:
        """Run of scripts that run later → the path of the one that stands for it. Both languages have the same assets, so
        that one at the whole site's root does for both."""
        return {run: runs.named(text) for run, text in self.later.items()}


@dataclass(frozen=True)
class Page:
    """A finished page, and what is noted of it."""

    path: str
    data: bytes
    kept: offline.Kept
    inline: policy.Digests
    named: set[str]


def finish(site: Mapping[str, bytes]) -> Iterator[tuple[str, bytes | None]]:
    """The files of a site (path → bytes, read when asked for) that change, and None for those that go. Pages are read by
    several processes, and each process holds a few at a time."""
    files = ChainMap({offline.PAGE: offline.page().encode()}, site)  # type: ignore[arg-type]  # which reads alone
    pages = sorted(path for path in files if path.endswith(".html"))
    theirs = {path: _text(path, files[path]) for path in files if leftovers.THEIRS.match(path)}
    sheets = {path: Sheet(text) for path, text in theirs.items() if path.endswith(".css") and not path.startswith(runs.ENGLISH)}
    survey = _survey(files, pages, frozenset().union(*(sheet.asked() for sheet in sheets.values())))
    if faults := [*survey.faults, *_unfit(files, survey.at_once)]:
        raise Refused(faults)
    unneeded = leftovers.unneeded(theirs, survey.named)
    scripts = {path: theirs[path] if path in theirs else _text(path, files[path]) for path in files if path.endswith(".js") and path not in unneeded}
    instead = Instead(_styles(survey, sheets, scripts), _joined(survey.at_once, theirs), _joined(survey.later, theirs))
    yield from _written(files, pages, theirs, instead)


def _text(path: str, data: bytes) -> str:
    """What a file says: a script without its comments, a picture nothing."""
    if path.endswith(".js"):
        return str(rjsmin.jsmin(data.decode()))
    return data.decode() if path.endswith(TEXTS) else ""


def _kind(path: str) -> str:
    """Pages of one folder, in both languages, are of a kind. Kinds are few, for a host's policy names the digests of them
    all."""
    return path.removeprefix(runs.ENGLISH).partition("/")[0]


def _survey(files: Mapping[str, bytes], pages: list[str], asked: frozenset[str]) -> Survey:
    """What all pages have of what style rules ask for (`asked`), and what they name."""
    survey = Survey()
    chunks = [pages[start : start + CHUNK] for start in range(0, len(pages), CHUNK)]
    for found in spread(lambda chunk: _surveyed(files, chunk, asked), chunks, many=MANY // CHUNK):
        survey.add(found)
    return survey


def _surveyed(files: Mapping[str, bytes], pages: list[str], asked: frozenset[str]) -> Survey:
    survey = Survey()
    for path in pages:
        text = leftovers.framed(files[path].decode())
        root = etree.fromstring(text.encode(), PAGE)
        kind = survey.kinds.setdefault(_kind(path), Kind())
        kind.used.page(root, asked)
        kind.sheets |= {run for run in runs.sheets(text) if all(name in files for name in run)}
        kind.scripts |= {name for name in runs.scripts(text) if name in files}
        survey.at_once |= runs.at_once(text)
        survey.later |= runs.later(text)
        survey.faults += [(path, line, why) for line, why in policy.broken(root)]
        survey.named |= leftovers.mentioned(text, path)
    return survey


def _unfit(files: Mapping[str, bytes], found: set[runs.Run]) -> Iterator[tuple[str, int, str]]:
    """The scripts that cannot stand in a page."""
    for path in sorted(set().union(*found)):
        if line := runs.ends(files[path].decode()):
            yield path, line, "says </script or <!--, must not, for it stands in a page"


def _styles(survey: Survey, sheets: Mapping[str, Sheet], scripts: Mapping[str, str]) -> Styles:
    """What scripts add counts for the pages that name them; those that no page names may be fetched by any."""
    named = set().union(*(kind.scripts for kind in survey.kinds.values()))
    fetched = {text for path, text in scripts.items() if path.removeprefix(runs.ENGLISH) not in named}
    for kind in survey.kinds.values():
        for text in (offline.SOURCE, *fetched, *(scripts[name] for name in kind.scripts)):
            kind.used.script(text)
        kind.used.settle()
    return {name: {run: cut((sheets[path] for path in run), kind.used) for run in kind.sheets} for name, kind in survey.kinds.items()}


def _joined(found: set[runs.Run], texts: Mapping[str, str]) -> Scripts:
    return {run: runs.script(texts[name] for name in run) for run in found}


def _page(path: str, text: str, instead: Instead) -> Page:
    page = runs.styled(leftovers.framed(text), instead.styles[_kind(path)])
    page = runs.scripted(page, path, instead.at_once, instead.files)
    inline = policy.digests(page)
    data = policy.guarded(page, inline).encode()
    return Page(path, data, offline.kept(data), inline, leftovers.mentioned(page, path))


def _written(files: Mapping[str, bytes], pages: list[str], theirs: Mapping[str, str], instead: Instead) -> Iterator[tuple[str, bytes | None]]:
    named: set[str] = set()
    inline = {one for path in files if path.endswith(".svg") for one in policy.digests(files[path].decode())}
    kept: dict[str, offline.Kept] = {}
    for page in spread(lambda path: _page(path, files[path].decode(), instead), pages):
        inline |= page.inline
        named |= page.named
        kept[page.path] = page.kept
        yield page.path, page.data
    made = {instead.files[run]: text for run, text in instead.later.items()}
    inlined = {name for run in instead.at_once for name in run}
    gone = leftovers.unneeded({**theirs, **made}, named | inlined) | inlined - named
    yield from ((path, None) for path in sorted(gone))
    yield from ((path, text.encode()) for path, text in sorted(made.items()))
    kept |= {path: offline.kept(text.encode()) for path, text in made.items()}
    left = sorted(files.keys() - gone - kept.keys())
    kept |= {path: offline.kept(files[path]) for path in left if not path.endswith((".html", ".png")) and offline.CANDIDATE.fullmatch(path)}
    yield "sw.js", offline.worker(kept).encode()
    yield from ((path, text.encode()) for path, text in policy.hosting([*left, *kept, "sw.js"], inline).items())
