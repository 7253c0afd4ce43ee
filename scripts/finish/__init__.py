"""The last pass over a built site, in whatever generator's: in every page its styles, cut to what its kind uses, and its
policy; scripts joined; nothing that nothing names. Bytes in, bytes out; scripts/site.py reads and writes."""

from collections import ChainMap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import rjsmin
from lxml import etree

from . import heads, leftovers, offline, policy
from .styles import Sheet
from .used import Used

PAGE = etree.HTMLParser(encoding="utf-8")
TEXTS = (".css", ".svg")

Styles = dict[str, dict[heads.Run, str]]  # of each kind of page: the text that stands for a run of stylesheets
Joined = dict[heads.Run, list[str]]  # the files that stand for a run of scripts


class Refused(Exception):
    """A page that would not run under its policy: path, line, why, for each place."""

    def __init__(self, places: list[tuple[str, int, str]]) -> None:
        super().__init__("\n".join(f"{path}:{line}: {why}" for path, line, why in places))
        self.places = places


@dataclass
class Kind:
    """What all pages of a kind have."""

    used: Used = field(default_factory=Used)
    sheets: set[heads.Run] = field(default_factory=set)
    scripts: set[str] = field(default_factory=set)


@dataclass
class Survey:
    """What the first reading of all pages finds."""

    kinds: dict[str, Kind] = field(default_factory=dict)
    runs: set[heads.Run] = field(default_factory=set)  # of scripts
    named: set[str] = field(default_factory=set)
    faults: list[tuple[str, int, str]] = field(default_factory=list)


def finish(site: Mapping[str, bytes]) -> Iterator[tuple[str, bytes | None]]:
    """The files of a site (path → bytes, read when asked for) that change, and None for those that go. Pages are held one
    at a time."""
    files = ChainMap({offline.PAGE: offline.page().encode()}, site)  # type: ignore[arg-type]  # which reads alone
    pages = sorted(path for path in files if path.endswith(".html"))
    survey = _survey(files, pages)
    if survey.faults:
        raise Refused(survey.faults)
    theirs = {path: _text(path, files[path]) for path in files if leftovers.THEIRS.match(path)}
    unneeded = leftovers.unneeded(theirs, survey.named)
    scripts = {path: theirs[path] if path in theirs else _text(path, files[path]) for path in files if path.endswith(".js") and path not in unneeded}
    made, joined = _joined(survey.runs, theirs)
    yield from _written(files, pages, {**theirs, **made}, made, _styles(survey, theirs, scripts), joined)


def _text(path: str, data: bytes) -> str:
    """What a file says: a script without its comments, a picture nothing."""
    if path.endswith(".js"):
        return str(rjsmin.jsmin(data.decode()))
    return data.decode() if path.endswith(TEXTS) else ""


def _kind(path: str) -> str:
    """Pages of one folder, in both languages, are of a kind. Kinds are few, for a host's policy names the digests of them
    all."""
    return path.removeprefix(heads.ENGLISH).partition("/")[0]


def _survey(files: Mapping[str, bytes], pages: list[str]) -> Survey:
    survey = Survey()
    for path in pages:
        text = leftovers.framed(files[path].decode())
        root = etree.fromstring(text.encode(), PAGE)
        head, kind = heads.split(text)[0], survey.kinds.setdefault(_kind(path), Kind())
        kind.used.page(root)
        kind.sheets |= {run for run in heads.sheets(head) if files.keys() >= set(run)}
        kind.scripts |= files.keys() & set(heads.scripts(head))
        survey.runs |= heads.runs(head)
        survey.faults += [(path, line, why) for line, why in policy.broken(root)]
        survey.named |= leftovers.mentioned(text, path)
    return survey


def _styles(survey: Survey, theirs: Mapping[str, str], scripts: Mapping[str, str]) -> Styles:
    """What scripts add counts for the pages that name them; those that no page names may be fetched by any."""
    sheets = {run: Sheet("\n".join(theirs[name] for name in run)) for run in set().union(*(kind.sheets for kind in survey.kinds.values()))}
    named = set().union(*(kind.scripts for kind in survey.kinds.values()))
    fetched = {text for path, text in scripts.items() if path.removeprefix(heads.ENGLISH) not in named}
    for kind in survey.kinds.values():
        for text in (offline.SOURCE, *fetched, *(scripts[name] for name in kind.scripts)):
            kind.used.script(text)
        kind.used.settle()
    return {name: {run: sheets[run].cut(kind.used) for run in kind.sheets} for name, kind in survey.kinds.items()}


def _joined(runs: set[heads.Run], texts: Mapping[str, str]) -> tuple[dict[str, str], Joined]:
    """The files that stand for the runs of scripts, and which of them stand for which. Both languages have the same assets,
    so that one file at the whole site's root does for both."""
    shared = heads.common(runs)
    files = {part: heads.script(texts[name] for name in part) for run in runs for part in heads.parts(run, shared)}
    names = {part: heads.named(text) for part, text in files.items()}
    return {names[part]: text for part, text in files.items()}, {run: [names[part] for part in heads.parts(run, shared)] for run in runs}


def _page(path: str, text: str, styles: Styles, joined: Joined) -> str:
    head, rest = heads.split(text)
    return policy.guarded(heads.joined(heads.styled(head, styles[_kind(path)]), path, joined) + rest)


def _written(files: Mapping[str, bytes], pages: list[str], theirs: Mapping[str, str], made: Mapping[str, str], styles: Styles, joined: Joined) -> Iterator[tuple[str, bytes | None]]:
    named: set[str] = set()
    inline = {one for path in files if path.endswith(".svg") for one in policy.digests(files[path].decode())}
    kept: dict[str, offline.Kept] = {}
    for path in pages:
        page = _page(path, leftovers.framed(files[path].decode()), styles, joined)
        inline |= policy.digests(page)
        named |= leftovers.mentioned(page, path)
        kept[path] = offline.kept(page.encode())
        yield path, page.encode()
    gone = leftovers.unneeded(theirs, named)
    yield from ((path, None) for path in sorted(gone))
    yield from ((path, text.encode()) for path, text in sorted(made.items()))
    kept |= {path: offline.kept(text.encode()) for path, text in made.items()}
    left = sorted(files.keys() - gone - kept.keys())
    kept |= {path: offline.kept(files[path]) for path in left if not path.endswith((".html", ".png")) and offline.CANDIDATE.fullmatch(path)}
    yield "sw.js", offline.worker(kept).encode()
    yield from ((path, text.encode()) for path, text in policy.hosting([*left, *kept, "sw.js"], inline).items())
