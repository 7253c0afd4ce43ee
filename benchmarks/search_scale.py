"""What the search weighs and how fast it answers at any size. `make bench-search`

First the site as it is, served compressed: what a first visit transfers of the search, and how long the first answer
takes on a slow 4G line from the first key, the box having been opened. Then 5, 50, 500 and 2,000 misconceptions a
language, made up from the sentences of the real ones with most words exchanged, so that each has words of its own and
words that all share: the size of its index, what one query transfers, and the time of answers in a real browser.
"""

import json
import random
import re
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from scripts import drafts, library, search
from scripts.texts import packed
from tests.browser import ADVICE, find

from .search import FLAGS, build_ours, read
from .serving import SLOW_4G, compressed, serving
from .speed import HOME

SIZES = (5, 50, 500, 2000)
ASKED = 60  # queries of each size
HAN = re.compile(r"[\u4e00-\u9fff]{2}")
LATIN = re.compile(r"[a-z]{4,}")
KEPT = 0.4  # of the words, which all made-up pages share
SYLLABLES = "ba be bi bo da de di do fa fe ga ge go ka ke ki la le li lo ma me mi mo na ne ni no pa pe pi ra re ri ro sa se si so ta te ti to va ve vi zo".split()
PAGE = """<script>
const worker = new Worker("assets/javascripts/search-worker.js")
window.ask = query => new Promise((resolve, reject) => {
  const from = performance.now()
  worker.onmessage = ({ data }) => { if (data.query === query) data.failed ? reject(new Error("no answer to " + query)) : resolve({ time: performance.now() - from, found: data.items.length }) }
  worker.postMessage({ query })
})
</script>"""


def made_up(core: dict[str, Any], texts: list[Any], count: int) -> tuple[dict[str, Any], list[Any]]:
    """As many misconceptions as wanted, each a real one with most of its words exchanged, the same word by the same one."""
    pages, bodies = [], []
    real = [(page, text) for page, text in zip(core["pages"], texts) if page["kind"] == "myth"]
    for number in range(count):
        chance, words = random.Random(number), {}
        page, text = real[number % len(real)]
        exchange = lambda match: words.setdefault(match[0], match[0] if chance.random() < KEPT else _word(match[0], chance))  # noqa: E731
        page, text = json.loads(LATIN.sub(exchange, HAN.sub(exchange, json.dumps([page, text], ensure_ascii=False))).replace('"myth"', '"myth"')) if number >= len(real) else (page, text)
        pages.append({**page, "own": {**page["own"], "url": f"myths/m{number}/"}})
        bodies.append(text)
    return {**core, "pages": pages}, bodies


def _word(old: str, chance: random.Random) -> str:
    if not old.isascii():
        return chr(chance.randrange(0x4E00, 0x9000)) + chr(chance.randrange(0x4E00, 0x9000))
    return "".join(chance.choice(SYLLABLES) for _ in range(2 + chance.randrange(2))) if old not in PROTECTED else old


PROTECTED = {"kind", "myth", "own", "other", "title", "label", "answer", "summary", "heard", "keys", "figures", "verdict", "myths", "true", "false", "misleading", "unproven", "partly", "mostly", "outdated"}


def lay(folder: Path, files: dict[str, str]) -> None:
    scripts = folder / "assets/javascripts"
    scripts.mkdir(parents=True)
    shutil.copy(HOME / "overrides/assets/javascripts/search-worker.js", scripts)
    for name, text in files.items():
        path = folder / "search" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "index.html").write_text(PAGE, encoding="utf-8")


def at_size(browser: Browser, language: str, engine: str, core: dict[str, Any], texts: list[Any], queries: list[str]) -> str:
    pages = [packed(json.dumps({"page": page, "sections": text}, ensure_ascii=False)) for page, text in zip(core["pages"], texts)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lay(folder, {"engine.js": engine, **dict(search.files({key: value for key, value in core.items() if key != "pages"}, pages))})
        index = sum(len(compressed(path, "gzip")) for path in (folder / "search").rglob("*.json"))
        with serving(folder) as (base, sent):
            page = browser.new_page()
            page.goto(base)
            opening = page.evaluate("query => window.ask(query)", queries[0])["time"]
            page.wait_for_timeout(500)
            first = sum(size for path, size in sent if "/search/" in path)
            before = len(sent)
            cold, warm = ([page.evaluate("query => window.ask(query)", query)["time"] for query in queries[1:]] for _ in range(2))
            more = sum(size for _, size in sent[before:]) / len(cold)
            page.close()
        spread = "".join(f"  {cuts[at]:8.1f}" for times in (cold, warm) for cuts in [statistics.quantiles(times, n=20, method="inclusive")] for at in (9, 18))
        return f"{len(core['pages']):6}  {language}  {index / 1000:10.0f}  {first / 1000:10.0f}  {more / 1000:10.1f}  {opening:10.0f}{spread}"


def first_visit(browser: Browser, sites: dict[str, Path]) -> None:
    for language, root in sites.items():
        with serving(root) as (base, sent):
            page = browser.new_page()
            page.goto(base, wait_until="networkidle")
            page.close()
            ours = [size for path, size in sent if "search" in path]
        with serving(root, SLOW_4G) as (base, _):
            page = browser.new_page()
            page.goto(base, wait_until="networkidle")
            page.locator(".search-open").click()
            taken = page.evaluate("""async () => {
              const box = document.querySelector(".search input"), list = document.querySelector(".search ol"), from = performance.now()
              box.value = "cuda"; box.dispatchEvent(new Event("input"))
              while (!list.children.length) await new Promise(requestAnimationFrame)
              return performance.now() - from }""")
            page.close()
        print(f"{language}: a first visit without a search transfers {sum(ours)} bytes of it; the first answer on slow 4G takes {taken:.0f} ms")


def main() -> None:
    path = find()
    if path is None:
        sys.exit(ADVICE)
    tree = drafts.without(library.read(HOME))
    made = search.make(tree)
    asked = read(Path(__file__).with_name("queries.tsv"))
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        first_visit(browser, build_ours(Path(name)))
        print("\n pages      index KB    first KB  a query KB     open ms    50% ms    95% ms   again 50%     95%   (compressed)")
        for count in SIZES:
            for language in ("zh", "en"):
                engine = made[f"docs/{language}/search/engine.js"]
                core, texts = (json.loads(made[f"docs/{language}/search/{part}.json"]) for part in ("core", "text"))
                queries = [query.query for query in asked if query.site == language and query.expected != "-"]
                random.Random(count).shuffle(queries)
                print(at_size(browser, language, engine, *made_up(core, texts, count), queries[: ASKED + 1]), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
