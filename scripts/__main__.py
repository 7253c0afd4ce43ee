"""python -m scripts: ingest articles, check the tree, build its generated parts and the site, start a new page.

This module alone prints, reads arguments, writes files and exits. Exit status: 0 done, 1 problems found, 2 wrong usage.
"""

import argparse
import dataclasses
import gc
import json
import os
import re
import sys
from collections import ChainMap
from datetime import date, datetime, timedelta, timezone
from itertools import chain
from os.path import isdir, isfile  # unlike pathlib's, they raise nothing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Iterable, Iterator, Mapping, TextIO

from . import blocks, cards, drafts, guide, library, making, memo, memory, outcome, pages, rules, site, spreading, standing, texts, transaction
from .accounts import Article
from .files import dump_yaml
from .model import BASE, PREVIEW, Library, Problem

if TYPE_CHECKING:
    from . import ingest

HOME = Path(__file__).resolve().parent.parent
ARTICLE_NOTE = "# Made by `python -m scripts ingest`. Yours to edit, and kept: translation, interest, summary, gists, reviews, and of a paragraph also and background.\n"
NEEDED_TO_INGEST = ("docs/data/myths/", "docs/data/articles/", "docs/data/facts.yml")
ARTICLE_FILES = (".md", ".markdown", ".txt")
GIVEN = ("title", "url", "date", "lang", "author")
IN_FULL = 10  # articles of one run whose tables are shown; of more, a summary each
WIDE = 160  # columns of a table that is not shown in a terminal
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
FARTHEST_EAST = timezone(timedelta(hours=14))  # where a day begins first
SLUG_LENGTH = 60  # a slug is part of addresses and file names


def main(arguments: list[str] | None = None) -> int:
    """Runs one verb; returns the exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if getattr(options, "zip", None) and not options.site:
        parser.error("--zip packs a built site, must come with --site DIR")
    memo.load()
    status = _preview(options) if options.run is _preview else _alone(options)
    memo.save()
    return status


def _alone(options: argparse.Namespace) -> int:
    """Runs a verb while no other run is in its tree; the exit status."""
    with transaction.alone(options.root, lambda: print("waiting for another run in this tree", file=sys.stderr)):
        try:
            finished = transaction.recover(options.root)
        except (OSError, ValueError) as error:
            return _report([Problem(transaction.STAGED, 1, "WRITE-1", f"was left by an interrupted run and cannot be finished ({error}), must be deleted")])
        for path in finished:
            print(f"finished writing {path}, which an interrupted run had left", file=sys.stderr)
        return int(options.run(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scripts", description="Off the Pedestal: records and prose in, checked pages out.")
    parser.add_argument("--root", type=Path, default=HOME, help="the tree to work on (default: this project)")
    verbs = parser.add_subparsers(required=True, metavar="verb")
    verb = verbs.add_parser("ingest", help="read articles into docs/data/articles, and tell how their figures stand")
    verb.add_argument("files", nargs="+", type=Path, metavar="FILE", help="an article, or a folder of articles (.md, .markdown, .txt)")
    verb.add_argument("--dry-run", action="store_true", help="tell everything, write nothing")
    verb.add_argument("--json", action="store_true", help="tell it as JSON")
    for name in GIVEN:
        verb.add_argument(f"--{name}", metavar="TEXT", help=f"{name} of an article whose file does not say it")
    verb.set_defaults(run=_ingest)
    verb = verbs.add_parser("check", help="find every problem; change nothing")
    verb.add_argument("--due", action="store_true", help="find the pages that are past their recheck_by instead")
    verb.set_defaults(run=_check)
    verb = verbs.add_parser("build", help="write every generated file and passage")
    verb.add_argument("--check", action="store_true", help="compare instead of writing")
    verb.add_argument("--site", type=Path, metavar="DIR", help="then check everything and build the site into DIR")
    verb.add_argument("--zip", type=Path, metavar="FILE", help="and pack it into FILE, to be read from a disk")
    verb.set_defaults(run=_build, pages_only=False)
    verb = verbs.add_parser("serve", help="preview both languages, and show a change to a page, a record or a template at once")
    verb.add_argument("--host", default="127.0.0.1:8000", metavar="HOST:PORT", help="where to serve it (default: %(default)s)")
    verb.set_defaults(run=_preview)
    verb = verbs.add_parser("new", help="start a misconception: its record and both pages")
    verb.add_argument("slug")
    verb.set_defaults(run=_new)
    verb = verbs.add_parser("rules", help="print every rule")
    verb.set_defaults(run=_rules)
    return parser


def _drawn(root: Path, wanted: "dict[str, cards.Card]") -> Iterator[tuple[str, bytes]]:
    """The cards whose file says something else or is not there."""
    new = {path: card for path, card in wanted.items() if not (isfile(root / path) and cards.says((root / path).read_bytes(), card))}
    if new:
        from . import composing  # drawing takes long to load, and most runs draw nothing

        yield from zip(new, spreading.spread(composing.draw, list(new.values())))


def _serve(root: Path, tree: Library) -> list[Problem]:
    """Writes what is made for the site alone, unless it stands as it must, and deletes what was made for a page that is
    gone; what prevents it."""
    made_of = standing.key(tree)
    if standing.stands(root, made_of):
        return []
    wanted = cards.wanted(tree)
    try:
        served = transaction.pour(root, chain(_drawn(root, wanted), making.served(tree)))  # cards first: processes are best forked before the search starts threads
    except OSError as error:
        return [_unwritten(error)]
    for path in (path for path in standing.files(root) if path not in served and path not in wanted):
        (root / path).unlink()
    standing.note(root, made_of)
    return []


def _read(root: Path) -> tuple[Library, dict[str, Library]]:
    """The tree without its drafts, and, for each draft, the tree with it; all with what is to be made."""
    whole = dataclasses.replace(library.read(root), today=datetime.now(FARTHEST_EAST).date(), address=os.environ.get("SITE_URL", PREVIEW).rstrip("/") + "/")
    tree = drafts.without(whole)
    tree = dataclasses.replace(tree, made=making.made(tree))
    with_draft = {slug: drafts.without(whole, slug) for slug in sorted(whole.drafts)}
    return tree, {slug: dataclasses.replace(one, made=ChainMap(_pages_of(slug, one), tree.made)) for slug, one in with_draft.items()}


def _pages_of(slug: str, tree: Library) -> dict[str, str]:
    return {path: text for path, text in blocks.make(tree) if path in drafts.paths(slug)}


def _report(problems: Iterable[Problem], file: TextIO = sys.stdout) -> int:
    """Prints each problem on a line of its own; the exit status."""
    lines = [str(problem) for problem in problems]
    for line in lines:
        print(line, file=file)
    if lines:
        print(f"{len(lines)} problem{'s' if len(lines) > 1 else ''}", file=sys.stderr)
    return 1 if lines else 0


def _check(options: argparse.Namespace) -> int:
    tree, with_draft = _read(options.root)
    if options.due:
        return _report(_due(tree))
    for slug, one in with_draft.items():
        _tell_draft(slug, [problem for problem in rules.run(one) if problem.path in drafts.paths(slug)])
    return _report(rules.run(tree))


def _due(tree: Library) -> Iterator[Problem]:
    """The pages that someone should have read again by now."""
    for slug, myth in tree.myths.items():
        if tree.today and myth.recheck_by < tree.today:
            yield Problem(*tree.at(f"docs/data/myths/{slug}.yml", "recheck_by"), "DUE-1", f"recheck_by was {myth.recheck_by}, the page must be read against its sources again")


def _tell_draft(slug: str, problems: list[Problem]) -> None:
    """Says what a draft still lacks. That is no failure: it is not in the site."""
    for problem in problems:
        print(problem, file=sys.stderr)
    left = f"{len(problems)} left to do" if problems else f"complete: delete `draft: true` from docs/data/myths/{slug}.yml, and it is published"
    print(f"draft {slug}: {left}", file=sys.stderr)


def _build(options: argparse.Namespace) -> int:
    if options.site and not site.replaceable(options.root.resolve(), options.site.resolve()):
        return _report([Problem(str(options.site), 1, "SITE-1", "is no earlier site, must be a new folder or one that a build made")])
    tree, refused = _kept(options)
    if options.check or refused:
        return _report(refused)
    tree = tree or _read(options.root)[0]  # the search and the plain texts are made of the pages as they are now
    refused = [] if options.pages_only else _serve(options.root, tree)
    if options.site is None or refused:
        return _report(refused or _stale(tree))
    problems, day = rules.run(tree), outcome.newest(tree)
    del tree  # MkDocs and the last pass take its room
    if not problems and (refused := site.publish(options.root, options.site.resolve(), day)) is None:
        return 1  # MkDocs has said why
    if options.zip and not problems and not refused:
        site.pack(options.site.resolve(), options.zip.resolve())
    return _report(problems or refused)


def _kept(options: argparse.Namespace) -> tuple[Library | None, list[Problem]]:
    """Writes the files that are kept. The tree, none when some were written: it must be read again, and two of them would
    take twice the memory; and what prevents it."""
    tree, with_draft = _read(options.root)
    if options.check or tree.problems:
        return tree, sorted([*tree.problems, *(_stale(tree) if options.check else ())])
    wrote, refused = _write(options.root, ChainMap(*(one.made for one in with_draft.values()), tree.made))
    return None if wrote else tree, refused


def _preview(options: argparse.Namespace) -> int:
    """Serves until it is stopped. A changed record is shown in the pages first; what is made for the site alone, such as
    the search's index, follows when nothing changes for a while."""
    from . import preview  # MkDocs, which no other verb needs

    def generate(pages_only: bool) -> None:
        _alone(argparse.Namespace(root=options.root, check=False, site=None, pages_only=pages_only, run=_build))
        texts.AWAY.clear()  # the tree is gone, and the next would fill the disk beside it
        if not pages_only:
            gc.collect()

    return preview.run(options.root.resolve(), options.host, os.environ.get("SITE_URL", PREVIEW), generate, lambda url: print(f"serving at {url}", flush=True))


def _stale(tree: Library) -> list[Problem]:
    """What keeps generated files from being made and from being as the records say, by place."""
    unmade = not any(path.endswith("/figures.md") for path in tree.made)  # for want of a formula that can be worked out
    return sorted({problem for number in ("META-3", "FACT-1", *(["FACT-6"] if unmade else []), "CHART-1", "BLOCK-1") for problem in rules.RULES[number](tree)})


def _write(root: Path, files: Mapping[str, str | bytes], tell: bool = True) -> tuple[list[str], list[Problem]]:
    """Writes what says something else, all or nothing, and tells of each: the files written, or what prevents it."""
    try:
        wrote = transaction.commit(root, files)
    except OSError as error:
        return [], [_unwritten(error)]
    for path in wrote if tell else ():
        print(f"wrote {path}")
    return wrote, []


def _unwritten(error: OSError) -> Problem:
    return Problem(str(error.filename), 1, "WRITE-1", f"cannot be written ({error.strerror}), its folder must be one that takes files")


def _ingest(options: argparse.Namespace) -> int:
    from . import ingest  # this verb alone needs it and what it imports, which takes long

    given = {name: text for name in GIVEN if (text := getattr(options, name)) is not None}
    files = list(_articles(options.files))
    if given and len(files) > 1:
        return _report([Problem(str(files[1]), 1, "INGEST-2", f"--{next(iter(given))} is of one article, must come with one file")])
    tree = drafts.without(library.read(options.root))
    if broken := sorted(problem for problem in tree.problems if problem.path.startswith(NEEDED_TO_INGEST)):
        return _report(broken)
    desk = ingest.Desk(tree.myths, tree.facts, tree.articles)
    results = [(file, _settled(reading, desk)) for file, reading in zip(_progress(files), _readings(files, desk, given))]
    problems = [problem._replace(path=str(file)) for file, result in results for problem in result.problems]
    wrote, refused = _keep_articles(options, tree, desk, [result for _, result in results if not result.problems])
    _tell(options, tree, results, wrote, problems + refused)
    return _report(problems + refused, sys.stderr if options.json else sys.stdout)


def _articles(paths: list[Path]) -> Iterator[Path]:
    """The files named, and those in the folders named."""
    for path in paths:
        within = sorted(file for file in path.rglob("*") if file.suffix.lower() in ARTICLE_FILES and isfile(file)) if isdir(path) else []
        yield from within or [path]


def _progress(files: list[Path]) -> Iterable[Path]:
    """The files, with a bar in a terminal, or a line for each hundred elsewhere."""
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import track

        yield from track(files, "reading", console=Console(stderr=True), disable=len(files) < 2)
        return
    for count, file in enumerate(files, 1):
        yield file
        if count % 100 == 0:
            print(f"read {count} of {len(files)}", file=sys.stderr)


def _readings(files: list[Path], desk: "ingest.Desk", given: dict[str, str]) -> "Iterator[ingest.Reading | ingest.Result]":
    """What each file says, in order."""
    return spreading.spread(lambda file: _reading(file, desk, given), files)


def _settled(reading: "ingest.Reading | ingest.Result", desk: "ingest.Desk") -> "ingest.Result":
    """The result of one file, entered on the desk, so that the next file of the same article updates it."""
    from . import ingest

    result = ingest.settle(reading, desk)
    if not result.problems:
        desk.enter(result.id, Article.model_validate(result.data))
    return result


def _reading(file: Path, desk: "ingest.Desk", given: dict[str, str]) -> "ingest.Reading | ingest.Result":
    from . import ingest, raw

    try:
        data = raw.load(file)
    except OSError as error:
        return ingest.Result("", {}, [Problem(file.name, 1, "INGEST-4", f"cannot be read ({error.strerror}), must be a readable text")])
    except ValueError as error:
        return ingest.Result("", {}, [Problem(file.name, 1, "INGEST-4", str(error))])
    return ingest.read(file.name, data, desk, given)


def _keep_articles(options: argparse.Namespace, tree: Library, desk: "ingest.Desk", results: "list[ingest.Result]") -> tuple[list[str], list[Problem]]:
    """Writes the records, and the pages and passages that show them."""
    records = {f"docs/data/articles/{result.id}.yml": ARTICLE_NOTE + dump_yaml(result.data) for result in results}
    if options.dry_run or not records:
        return [], []
    after = dataclasses.replace(tree, articles=dict(sorted(desk.articles.items())), texts=tree.texts.updated(records))
    return _write(options.root, {**records, **dict(blocks.make(after)), **dict(pages.make(after))}, tell=not options.json)


def _tell(options: argparse.Namespace, tree: Library, results: "list[tuple[Path, ingest.Result]]", wrote: list[str], problems: list[Problem]) -> None:
    from rich.console import Console

    from . import report

    good = [(file, result) for file, result in results if not result.problems]
    if options.json:
        articles = [{"file": str(file), **report.plain(tree, result)} for file, result in good]
        told = json.dumps({"articles": articles, "wrote": wrote, "problems": [problem._asdict() for problem in problems]}, ensure_ascii=False, indent=1)
        print(told.encode(errors="backslashreplace").decode())
        return
    console = Console(width=None if sys.stdout.isatty() else WIDE)
    for _, result in good:
        for line in report.summary(result):
            print(line)
        if len(good) <= IN_FULL:
            console.print(report.matches(result), report.figures(tree, result))


def _new(options: argparse.Namespace) -> int:
    if not SLUG.fullmatch(options.slug) or len(options.slug) > SLUG_LENGTH:
        return _report([Problem(options.slug, 1, "NEW-1", f"is no slug, must be at most {SLUG_LENGTH} lower-case letters and digits joined by hyphens")])
    draft = drafts.make(options.slug, date.today())
    there = [path for path in draft if (options.root / path).exists()]
    if there:
        return _report(Problem(path, 1, "NEW-2", "is there already, must not be overwritten") for path in there)
    return _report(_write(options.root, {**draft, **_listed(options.root, options.slug)})[1])


def _listed(root: Path, slug: str) -> dict[str, str]:
    """The configuration that keeps drafts out of the site, with one more."""
    tree = library.read(root)
    tree = dataclasses.replace(drafts.without(tree), drafts={**tree.drafts, slug: ""})
    return {path: text for path, text in guide.make(tree, rules.statements()).items() if path == BASE}


def _rules(options: argparse.Namespace) -> int:
    print(guide.listing(rules.statements()))
    return 0


if __name__ == "__main__":
    memory.spare()
    sys.exit(main())
