"""python -m scripts: ingest articles, check the tree, build its generated parts and the site, start a new page.

This module alone prints, reads arguments, writes files and exits. Exit status: 0 done, 1 problems found, 2 wrong usage.
"""

import argparse
import dataclasses
import re
import sys
from datetime import date
from pathlib import Path
from typing import Iterable

from . import blocks, charts, drafts, guide, ingest, library, pages, rules, site
from .files import dump_yaml, parse_yaml, read_text, write_if_changed
from .matching import Matcher
from .model import Library, Problem
from .records import Article

HOME = Path(__file__).resolve().parent.parent
ARTICLE_NOTE = "# Made by `python -m scripts ingest`. Yours to edit, and kept: translation, interest, summary, gists, reviews.\n"
NEEDED_TO_INGEST = ("docs/data/myths/", "docs/data/articles/")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SLUG_LENGTH = 60  # a slug is part of addresses and file names


def main(arguments: list[str] | None = None) -> int:
    """Runs one verb; returns the exit status."""
    options = _parser().parse_args(arguments)
    return options.run(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scripts", description="Off the Pedestal: records and prose in, checked pages out.")
    parser.add_argument("--root", type=Path, default=HOME, help="the tree to work on (default: this project)")
    verbs = parser.add_subparsers(required=True, metavar="verb")
    verb = verbs.add_parser("ingest", help="read articles into docs/data/articles")
    verb.add_argument("files", nargs="+", type=Path, metavar="FILE")
    verb.set_defaults(run=_ingest)
    verb = verbs.add_parser("check", help="find every problem; change nothing")
    verb.set_defaults(run=_check)
    verb = verbs.add_parser("build", help="write every generated file and passage")
    verb.add_argument("--check", action="store_true", help="compare instead of writing")
    verb.add_argument("--site", type=Path, metavar="DIR", help="then check everything and build the site into DIR")
    verb.set_defaults(run=_build)
    verb = verbs.add_parser("new", help="start a misconception: its record and both pages")
    verb.add_argument("slug")
    verb.set_defaults(run=_new)
    verb = verbs.add_parser("rules", help="print every rule")
    verb.set_defaults(run=_rules)
    return parser


def _made(tree: Library) -> dict[str, str]:
    """Every generated file as it must be."""
    return {**charts.make(tree), **blocks.make(tree), **pages.make(tree), **guide.make(tree, rules.statements())}


def _read(root: Path) -> Library:
    tree = library.read(root)
    return dataclasses.replace(tree, made=_made(tree))


def _report(problems: Iterable[Problem]) -> int:
    """Prints each problem on a line of its own; the exit status."""
    lines = [str(problem) for problem in problems]
    for line in lines:
        print(line)
    if lines:
        print(f"{len(lines)} problem{'s' if len(lines) > 1 else ''}", file=sys.stderr)
    return 1 if lines else 0


def _check(options: argparse.Namespace) -> int:
    return _report(rules.run(_read(options.root)))


def _build(options: argparse.Namespace) -> int:
    if options.site and not site.replaceable(options.root.resolve(), options.site.resolve()):
        return _report([Problem(str(options.site), 1, "SITE-1", "is no earlier site, must be a new folder or one that a build made")])
    tree = _read(options.root)
    if options.check:
        return _report(sorted([*tree.problems, *_stale(tree)]))
    if tree.problems:
        return _report(sorted(tree.problems))
    wrote, refused = _write(options.root, tree.made)
    if options.site is None or refused:
        return _report(refused or _stale(dataclasses.replace(tree, texts={**tree.texts, **tree.made})))
    problems = rules.run(_read(options.root) if wrote else tree)
    return _report(problems) or int(not site.publish(options.root, options.site.resolve()))


def _stale(tree: Library) -> list[Problem]:
    """What keeps generated files from being made and from being as the records say, by place."""
    return sorted({problem for number in ("META-3", "FACT-1", "CHART-1", "BLOCK-1") for problem in rules.RULES[number](tree)})


def _write(root: Path, files: dict[str, str]) -> tuple[list[str], list[Problem]]:
    """Writes what says something else, and tells of each: the files written, and those that could not be."""
    wrote, refused = [], []
    for path, text in files.items():
        try:
            if write_if_changed(root / path, text):
                wrote.append(path)
                print(f"wrote {path}")
        except OSError as error:
            refused.append(Problem(path, 1, "WRITE-1", f"cannot be written ({error.strerror}), its folder must be one that takes files"))
    return wrote, refused


def _ingest(options: argparse.Namespace) -> int:
    tree = library.read(options.root)
    if broken := sorted(problem for problem in tree.problems if problem.path.startswith(NEEDED_TO_INGEST)):
        return _report(broken)
    matcher = Matcher({slug: [*myth.phrasings.zh, *myth.phrasings.en] for slug, myth in tree.myths.items()})
    problems: list[Problem] = []
    for file in options.files:
        problems += _ingest_one(options.root, file, matcher, tree)
    return _report(problems)


def _ingest_one(root: Path, file: Path, matcher: Matcher, tree: Library) -> list[Problem]:
    try:
        text = read_text(file)
    except (OSError, UnicodeDecodeError) as error:
        reason = "is not UTF-8" if isinstance(error, UnicodeDecodeError) else f"cannot be read ({error.strerror})"
        return [Problem(str(file), 1, "INGEST-4", f"{reason}, must be a readable UTF-8 text")]
    result = ingest.article(file.name, text, matcher.touched, tree.articles.items())
    if result.problems:
        return [problem._replace(path=str(file)) for problem in result.problems]
    written = ARTICLE_NOTE + dump_yaml(result.data)
    Article.model_validate(parse_yaml(written).data)
    return _write(root, {f"docs/data/articles/{result.id}.yml": written})[1]


def _new(options: argparse.Namespace) -> int:
    if not SLUG.fullmatch(options.slug) or len(options.slug) > SLUG_LENGTH:
        return _report([Problem(options.slug, 1, "NEW-1", f"is no slug, must be at most {SLUG_LENGTH} lower-case letters and digits joined by hyphens")])
    draft = drafts.make(options.slug, date.today())
    there = [path for path in draft if (options.root / path).exists()]
    if there:
        return _report(Problem(path, 1, "NEW-2", "is there already, must not be overwritten") for path in there)
    return _report(_write(options.root, draft)[1])


def _rules(options: argparse.Namespace) -> int:
    print(guide.listing(rules.statements()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
