"""How well and how fast the search finds the page, beside Material's own search and Pagefind. `make bench-search`

Each query of queries.tsv is typed into the search box of the built site in a real browser. A query that ought to find
something counts by the place of the right page among the pages found; one that ought to find nothing, by whether
anything is found. Beside it, in the same run on the same pages: Material's built-in search in its best configuration
(Chinese cut by jieba, no stemmer, own separator, queries in the index's spelling), and Pagefind through its API.
Time runs from the last key to the results. What the search weighs was set by queries.tsv and by the records' own
wordings, each looked for without itself; holdout.tsv was written apart and decides whether it generalises.
"""

import argparse
import csv
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any, Callable, Iterator, NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import ADVICE, find

from .serving import serving
from .speed import HOME, LANGUAGES, run

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
MATERIAL = """
INHERIT: {home}/{config}
hooks: []
watch: []
docs_dir: {home}/docs/{language}
site_dir: {target}
site_url: http://127.0.0.1:8000/
theme: {{custom_dir: {empty}}}
extra_javascript: [normaliser.js]
extra: {{alternate: null}}
plugins:
  search: {search}
"""
BEST = {
    "zh": r"""{lang: [zh], pipeline: [], separator: '[\s\u200b\u3000\-、。，．？！；：（）“”《》／/]+'}""",
    "en": "{}",
}
INDEXING = 3000  # milliseconds for what has come to be indexed: times are those of a loaded index
NORMALISER = Path(__file__).with_name("normaliser.js")
SLUG = re.compile(r"/myths/([\w-]+)/")
WATCH = """([box, result, typing]) => { window.answer = new Promise(resolve => {
  box = document.querySelector(box), result = document.querySelector(result)
  let from = 0
  const typed = () => { from = from || performance.now() }
  box.addEventListener(typing, typed, { capture: true })
  const seen = new MutationObserver(() => {
    if (!from) return
    seen.disconnect(); box.removeEventListener(typing, typed, { capture: true })
    resolve({ time: performance.now() - from, links: [...result.querySelectorAll("li > a:first-child")].map(a => a.href) })
  })
  seen.observe(result, { childList: true, subtree: true })
}) }"""
CLEAR = """([selector, _, typing]) => { const box = document.querySelector(selector); box.value = ""; box.dispatchEvent(new Event(typing)) }"""
PAGEFIND = """async query => { const from = performance.now(), found = await window.pagefind.search(query)
  const data = await Promise.all(found.results.slice(0, 10).map(result => result.data()))
  return { time: performance.now() - from, links: data.map(one => one.url) } }"""


class Query(NamedTuple):
    site: str
    kind: str
    expected: str
    query: str


class Search(NamedTuple):
    """A search box in a page: its box, what holds the results, and the event by which it knows of typing."""

    box: str
    result: str
    typing: str


OURS, MATERIALS = Search(".search input", ".search form", "input"), Search("input.md-search__input", ".md-search-result", "keyup")


class Outcome(NamedTuple):
    """A query, the place of a right page among the pages found (0 if it is not), how many were found, milliseconds."""

    query: Query
    place: int
    found: int
    time: float


def read(path: Path) -> list[Query]:
    with path.open(encoding="utf-8", newline="") as file:
        return [Query(**row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def outcome(query: Query, answer: dict[str, Any]) -> Outcome:
    pages = list(dict.fromkeys(link.partition("#")[0].partition("?")[0] for link in answer["links"]))
    right = set(query.expected.split("|"))
    place = next((at for at, page in enumerate(pages, 1) if (match := SLUG.search(page)) and match[1] in right), 0)
    return Outcome(query, place, len(pages), answer["time"])


def through_the_box(page: Page, base: str, queries: list[Query], search: Search) -> Iterator[Outcome]:
    page.goto(base)
    if search is OURS:
        page.locator(".search-open").click()
    page.locator(search.box).focus()
    page.keyboard.insert_text("DeepSeek")
    page.keyboard.press("Shift")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(INDEXING)
    for query in queries:
        page.evaluate(CLEAR, search)
        page.wait_for_function(f"document.querySelector('{search.result} ol').children.length === 0")
        page.evaluate(WATCH, search)
        page.keyboard.insert_text(query.query)
        page.keyboard.press("Shift")
        yield outcome(query, page.evaluate("window.answer"))


def through_pagefind(page: Page, base: str, queries: list[Query]) -> Iterator[Outcome]:
    page.goto(base)
    page.evaluate("""async () => { window.pagefind = await import(new URL("pagefind/pagefind.js", location)); await window.pagefind.init() }""")
    for query in queries:
        yield outcome(query, page.evaluate(PAGEFIND, query.query))


def build_ours(folder: Path) -> dict[str, Path]:
    run("scripts", "build", "--site", folder / "ours")
    return {"zh": folder / "ours", "en": folder / "ours/en"}


def build_material(folder: Path) -> dict[str, Path]:
    shutil.copytree(HOME / "overrides/.icons", folder / "theme/.icons")
    (folder / "theme/normaliser.js").write_bytes(NORMALISER.read_bytes())
    for language, config in LANGUAGES.items():
        file = folder / f"material-{language}.yml"
        file.write_text(MATERIAL.format(home=HOME, config=config, language=language, target=folder / f"material-{language}", empty=folder / "theme", search=BEST[language]), encoding="utf-8")
        run("mkdocs", "build", "-f", file)
    return {language: folder / f"material-{language}" for language in LANGUAGES}


def build_pagefind(folder: Path) -> dict[str, Path]:
    for language in LANGUAGES:
        site = folder / f"material-{language}"
        subprocess.run([sys.executable, "-m", "pagefind", "--site", str(site), "--root-selector", "article", "--exclude-selectors", ".headerlink"], check=True, capture_output=True)
    return {language: folder / f"material-{language}" for language in LANGUAGES}


def measure(browser: Browser, sites: dict[str, Path], queries: list[Query], how: Callable[[Page, str, list[Query]], Iterator[Outcome]]) -> list[Outcome]:
    outcomes = []
    for language, root in sites.items():
        with serving(root) as (base, _):
            context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)  # which would refuse what waits for a result
            outcomes += how(context.new_page(), base, [query for query in queries if query.site == language])
            context.close()
    return outcomes


def figures(outcomes: list[Outcome]) -> str:
    """Success at 1 and 3, mean reciprocal rank, false matches, and the 50th and 95th percentile of time."""
    wanted = [one for one in outcomes if one.query.expected != "-"]
    unwanted = [one for one in outcomes if one.query.expected == "-"]
    first, third = (sum(1 <= one.place <= most for one in wanted) / len(wanted) if wanted else 0 for most in (1, 3))
    rank = statistics.mean(1 / one.place if one.place else 0 for one in wanted) if wanted else 0
    false = sum(one.found > 0 for one in unwanted) / len(unwanted) if unwanted else 0
    times = statistics.quantiles((one.time for one in outcomes), n=20, method="inclusive")
    return f"{first:9.3f} {third:9.3f} {rank:7.3f} {false:7.3f} {times[9]:8.1f} {times[18]:8.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("queries", nargs="?", type=Path, default=Path(__file__).with_name("queries.tsv"))
    parser.add_argument("--only-ours", action="store_true", help="without Material's search and Pagefind")
    parser.add_argument("--misses", action="store_true", help="list the queries that ours gets wrong")
    options = parser.parse_args()
    queries = read(options.queries)
    path = find()
    if path is None:
        sys.exit(ADVICE)
    systems = [("ours", build_ours, partial(through_the_box, search=OURS)), ("Material", build_material, partial(through_the_box, search=MATERIALS)), ("Pagefind", build_pagefind, through_pagefind)]
    print(f"{len(queries)} queries, {sum(query.expected == '-' for query in queries)} of which ought to find nothing\n")
    print(f"{'':24}success@1 success@3     MRR   false   50% ms   95% ms")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for title, build, how in systems[: 1 if options.only_ours else None]:
            outcomes = measure(browser, build(Path(name)), queries, how)
            print(f"{title:24}{figures(outcomes)}")
            if title == "ours":
                for kind in dict.fromkeys(query.kind for query in queries):
                    print(f"  {kind:22}{figures([one for one in outcomes if one.query.kind == kind])}")
                wrong = [one for one in outcomes if (one.place != 1 if one.query.expected != "-" else one.found)]
                for one in wrong if options.misses else ():
                    print(f"    {one.query.site} {one.query.kind}: {one.query.query[:70]!r}: {one.query.expected}, place {one.place} of {one.found}")
        browser.close()


if __name__ == "__main__":
    main()
