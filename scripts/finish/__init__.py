"""The last pass over a built site, in whatever generator's: a stylesheet cut to what is used, scripts joined, a policy in
every page, nothing that nothing names. Bytes in, bytes out; scripts/site.py reads and writes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import rjsmin
from lxml import etree

from . import heads, leftovers, offline, policy, styles
from .used import Used

PAGE = etree.HTMLParser(encoding="utf-8")
TEXTS = (".css", ".svg")

Replaced = dict[str, dict[heads.Run, list[str]]]  # of each kind of file: the files that stand for a run


class Refused(Exception):
    """A page that would not run under its policy: path, line, why, for each place."""

    def __init__(self, places: list[tuple[str, int, str]]) -> None:
        super().__init__("\n".join(f"{path}:{line}: {why}" for path, line, why in places))
        self.places = places


@dataclass
class Survey:
    """What the first reading of all pages finds."""

    used: Used = field(default_factory=Used)
    runs: dict[str, set[heads.Run]] = field(default_factory=lambda: {kind: set() for kind in heads.RUNS})
    named: set[str] = field(default_factory=set)
    faults: list[tuple[str, int, str]] = field(default_factory=list)


def finish(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes | None]]:
    """The files of a site (path → bytes, read when asked for) that change, and None for those that go. Pages are held one
    at a time."""
    pages = sorted(path for path in files if path.endswith(".html"))
    survey = _survey(files, pages)
    if survey.faults:
        raise Refused(survey.faults)
    theirs = {path: _text(path, files[path]) for path in files if leftovers.THEIRS.match(path)}
    unneeded = leftovers.unneeded(theirs, survey.named)
    for path in sorted(files):
        if path.endswith(".js") and path not in unneeded:
            survey.used.script(theirs[path] if path in theirs else _text(path, files[path]))
    survey.used.script(offline.SOURCE)
    made, replaced = _joined(survey, theirs)
    yield from _written(files, pages, {**theirs, **made}, made, replaced)


def _written(files: Mapping[str, bytes], pages: list[str], theirs: Mapping[str, str], made: Mapping[str, str], replaced: Replaced) -> Iterator[tuple[str, bytes | None]]:
    named: set[str] = set()
    inline = {one for path in files if path.endswith(".svg") for one in policy.digests(files[path].decode())}
    kept: dict[str, offline.Kept] = {}
    for path, text in (*((path, None) for path in pages), (offline.PAGE, offline.page())):
        page = _page(path, text or files[path].decode(), replaced)
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


def _text(path: str, data: bytes) -> str:
    """What a file says: a script without its comments, a picture nothing."""
    if path.endswith(".js"):
        return str(rjsmin.jsmin(data.decode()))
    return data.decode() if path.endswith(TEXTS) else ""


def _survey(files: Mapping[str, bytes], pages: list[str]) -> Survey:
    survey = Survey()
    for path in pages:
        root, text = etree.fromstring(files[path], PAGE), files[path].decode()
        survey.used.page(root)
        survey.faults += [(path, line, why) for line, why in policy.broken(root)]
        survey.named |= leftovers.mentioned(text, path)
        for kind, found in survey.runs.items():
            found |= heads.runs(kind, heads.split(text)[0])
    return survey


def _joined(survey: Survey, texts: Mapping[str, str]) -> tuple[dict[str, str], Replaced]:
    """The files that stand for the runs, and which of them stand for which. Both languages have the same assets, so that
    one file at the whole site's root does for both."""
    made: dict[str, str] = {}
    replaced: Replaced = {}
    survey.used.settle()
    shared = {"css": 0, "js": heads.common(survey.runs["js"])}
    for kind, runs in survey.runs.items():
        files = {part: _one(kind, part, texts, survey.used) for run in runs for part in heads.parts(run, shared[kind])}
        names = {part: heads.named(kind, text) for part, text in files.items()}
        made |= {names[part]: text for part, text in files.items()}
        replaced[kind] = {run: [names[part] for part in heads.parts(run, shared[kind])] for run in runs}
    return made, replaced


def _one(kind: str, part: heads.Run, texts: Mapping[str, str], used: Used) -> str:
    if kind == "js":
        return heads.script(texts[name] for name in part)
    return styles.purge("\n".join(texts[name] for name in part), used)


def _page(path: str, text: str, replaced: Replaced) -> str:
    head, rest = heads.split(text)
    for kind, files in replaced.items():
        head = heads.joined(kind, head, path, files)
    return policy.guarded(head + rest)
