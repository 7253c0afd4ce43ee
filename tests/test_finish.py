"""The built site after its last pass: it looks as with every rule of the theme, and its files are joined and named."""

import re
from collections.abc import Iterator
from pathlib import Path

import material
import pytest
from lxml import html
from playwright.sync_api import Browser, Page

from scripts.finish import Refused, finish
from scripts.finish.styles import Sheet, cut
from scripts.finish.used import Used

from .conftest import HOME, SIZES, laid_out

PAGES = ["", "myths/cost/", "check/", "en/about/reuse/", "en/no-such-page/"]
ALIKE = ["timeline/", "changes/", "articles/", "figures/cost/", "en/sources/cost/"]  # of which two elements of the same names below the same are looked at
MEDIA = [("screen", "default"), ("screen", "slate"), ("print", "default")]
STILL = "*, ::before, ::after { transition: none !important; animation: none !important }"
ALL_IMAGES = "Promise.all(Array.from(document.images, image => { image.loading = 'eager'; return image.decode() }))"
LOOKS = """() => window.chosen.map(element => [null, "::before", "::after", "::marker"].map(part => {
  const style = getComputedStyle(element, part)
  return !part || part === "::marker" || style.content !== "none" ? element.tagName + (part || "") + Array.from(style).filter(name => !name.startsWith("--")).map(name => name + ":" + style.getPropertyValue(name)).join(";") : ""
})).flat()"""
CHOSEN = """many => {
  const seen = {}, names = element => element ? names(element.parentElement) + " " + element.tagName + "." + element.getAttribute("class") : ""
  window.chosen = Array.from(document.querySelectorAll("*")).filter(element => (seen[names(element)] = (seen[names(element)] || 0) + 1) <= many)
}"""
SWAP = "sheet => { document.querySelector('head style').textContent = sheet }"
COMPARED = f"""([before]) => {{
  const now = ({LOOKS})(), held = window.looks[before], other = now.findIndex((look, at) => look !== held[at])
  const parts = other < 0 ? [] : now[other].split(";"), were = other < 0 ? [] : held[other].split(";")
  return [now.length, parts.filter(part => !were.includes(part)), were.filter(part => !parts.includes(part))]
}}"""


def whole_stylesheet() -> str:
    """The theme's rules and ours, nothing cut. The theme brings its palettes where one is configured."""
    theirs, names = Path(material.__file__).parent / "templates/assets/stylesheets", ["main"]
    names += ["palette"] if "palette:" in (HOME / "mkdocs.yml").read_text(encoding="utf-8") else []
    ours = re.findall(r"assets/stylesheets/\w+\.css", (HOME / "mkdocs.base.yml").read_text(encoding="utf-8"))
    sheets = [*(next(theirs.glob(f"{name}.*.min.css")) for name in names), *(HOME / "overrides" / name for name in ours)]
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


@pytest.mark.parametrize("size", SIZES)
def test_every_element_looks_as_with_the_whole_stylesheet(browser: Browser, server: str, size: str) -> None:
    context = browser.new_context(viewport=SIZES[size], base_url=server, bypass_csp=True, service_workers="block")
    page = context.new_page()
    for path in (*PAGES, *ALIKE):
        page.goto(path)
        laid_out(page)
        page.add_style_tag(content=STILL)
        page.evaluate(ALL_IMAGES)
        page.evaluate(CHOSEN, 2 if path in ALIKE else 1_000_000)
        page.evaluate("window.looks = {}")
        for media, scheme in MEDIA:
            page.emulate_media(media=media)
            page.evaluate(f"document.body.dataset.mdColorScheme = '{scheme}'; window.looks['{media} {scheme}'] = ({LOOKS})()")
        page.evaluate(SWAP, whole_stylesheet())
        for media, scheme in MEDIA:
            page.emulate_media(media=media)
            page.evaluate(f"document.body.dataset.mdColorScheme = '{scheme}'")
            count, ours, theirs = page.evaluate(COMPARED, [f"{media} {scheme}"])
            assert count > 50 and theirs == ours, f"{path} {media} {scheme}"
    context.close()


def style(page: str) -> str:
    """What a page has of styles, which is all in one place."""
    assert 'rel="stylesheet"' not in page
    (said,) = re.findall(r"<style>(.*?)</style>", page.partition("</head>")[0])
    return str(said)


def test_every_page_has_its_styles_in_it_cut_to_what_its_kind_uses(site: Path) -> None:
    assert not list(site.rglob("*.css"))
    styles = {page.relative_to(site).as_posix(): style(page.read_text(encoding="utf-8")) for page in site.rglob("*.html")}
    assert max(map(len, styles.values())) < 0.5 * len(whole_stylesheet())
    assert len(set(styles.values())) <= 16  # as many digests as a header can name
    myth, check, short = styles["myths/cost/index.html"], styles["check/index.html"], styles["c/cost/index.html"]
    assert styles["en/myths/hallucination/index.html"] == myth
    for said in (".verdict-word", "slate", "@media print", ".finder-list", ".offline-copy"):
        assert said in myth and said in check
    assert ".md-banner" not in myth and ".md-typeset .tabbed-set" not in myth and ".md-toggle" not in myth
    assert ".chart" in myth and ".chart{" not in check and len(check) < 0.8 * len(myth) and len(short) < 1000


@pytest.fixture
def whole(browser: Browser, server: str) -> Iterator[Page]:
    context = browser.new_context(base_url=server, service_workers="block")
    yield context.new_page()
    context.close()


def test_what_scripts_add_is_dressed(whole: Page) -> None:
    """On a page that has none of it: a search's answer, with its verdict."""
    whole.goto("check/?q=训练只花了 558 万美元")
    answer = whole.locator("dialog .finder-list li").first
    assert answer.evaluate("item => getComputedStyle(item).borderTopWidth") == "1px"
    assert answer.locator(".verdict-word").first.evaluate("word => getComputedStyle(word, '::before').maskImage").startswith("url(")


def left_of(css: str, page: str, script: str) -> str:
    """What is left of a stylesheet for a site of one page and one script."""
    sheet, found = Sheet(css), Used()
    found.page(html.document_fromstring(page), frozenset(sheet.asked()))
    found.script(script)
    found.settle()
    return cut([sheet], found)


@pytest.mark.parametrize(
    ("css", "left"),
    [
        ("li{top:0}table{top:0}", "li{top:0}"),  # a script makes the one, and looks for the other
        (".made{top:0}.filter{top:0}", ".made{top:0}"),  # a method is no class
        ("p:has(.made){top:0}p:has(.gone){top:0}", "p:has(.made){top:0}"),
        ("p{color:var(--a)}:root{--a:var(--b);--b:red;--c:var(--c)}", "p{color:var(--a)}:root{--a:var(--b);--b:red}"),
        ("@media print{@supports (top:0){.gone{top:0}}p{animation:a}}@keyframes a{}@keyframes b{}", "@media print{p{animation:a}}@keyframes a{}"),
        ("p{top:0;&:lang(en){top:1px}}", "p{top:0;&:lang(en){top:1px}}"),
    ],
)
def test_a_rule_stays_when_a_page_or_what_its_scripts_make_can_match_it(css: str, left: str) -> None:
    script = 'document.querySelectorAll("table tr").filter(one); document.createElement("li").className = "made"'
    assert left_of(css, "<p>", script) == left


def test_a_style_that_names_a_file_is_refused() -> None:
    with pytest.raises(ValueError, match="lamp.svg"):
        left_of("p{background:url(../images/lamp.svg)}", "<p>", "")
    assert "data:" in left_of("p{background:url('data:image/svg+xml,%3Csvg/%3E')}", "<p>", "")


HEAD = '<!doctype html><html><head><meta charset="utf-8">\n{links}\n</head><body>{body}</body></html>'
DEFERRED = '<script src="../../assets/javascripts/short.js" defer></script>\n'
STYLES = '<link rel="stylesheet" href="{0}assets/stylesheets/a.css">\n  <link rel="stylesheet" href="{0}assets/stylesheets/b.css">\n'


def scripts(prefix: str, *names: str, attribute: str = "src") -> str:
    return "".join(f'  <script {attribute}="{prefix}assets/javascripts/{name}.js"></script>\n' for name in names)


def later(prefix: str) -> str:
    return scripts(prefix, "one", "two", attribute="data-src")


def small_site() -> dict[str, bytes]:
    """Two languages with the same assets; one page has a script that runs at once and another inline, and one is of another
    form."""
    pages = {
        "index.html": HEAD.format(links=STYLES.format(""), body='<p class="lamp">x</p>' + later("")),
        "myths/a/index.html": HEAD.format(links=STYLES.format("../../"), body="<script>let a = 1</script>" + scripts("../../", "own", "more") + later("../../")),
        "en/myths/a/index.html": HEAD.format(links=STYLES.format("../../"), body='<script type="application/json">{}</script>' + later("../../")),
        "en/404.html": HEAD.format(links=STYLES.format("/sub/en/"), body=later("/sub/en/")),
        "c/a/index.html": HEAD.format(links='<link rel="stylesheet" href="../../assets/stylesheets/short.css">\n' + DEFERRED, body=""),
    }
    assets = {
        "assets/stylesheets/a.css": ":root{--used:1;--unused:2}.lamp,.gone{order:var(--used)}.gone{top:0}@keyframes still{from{top:0}}",
        "assets/stylesheets/b.css": "@media print{.lamp{top:0}.gone{top:0}}.set-by-script{top:0}.verdict-red{top:0}table:is(.gone,.lamp){top:0}[data-lit-up='4']{top:0}[dir=rtl] p{top:0}p:not(.gone){top:1px}",
        "assets/stylesheets/short.css": "p{}",
        "assets/javascripts/one.js": "/* says gone */ one('set-by-script', `verdict-${red}`)\n",
        "assets/javascripts/two.js": "document.body.dataset.litUp = 'worker.js'",
        "assets/javascripts/own.js": "/* says nothing */ own('hired.js')",
        "assets/javascripts/more.js": "more()",
        "assets/javascripts/hired.js": "work()",
        "assets/javascripts/short.js": "short()",
        "assets/javascripts/worker.js": "work()",
        "assets/javascripts/bundle.js": "gone()",
        "assets/images/favicon.png": "not named",
    }
    every = {**pages, **assets, **{f"en/{path}": text for path, text in assets.items()}}
    return {path: text.encode() for path, text in every.items()}


def finished() -> dict[str, str]:
    files: dict[str, bytes] = small_site()
    for path, data in finish(files.copy()):
        if data is None:
            del files[path]
        else:
            files[path] = data
    return {path: data.decode() for path, data in files.items()}


def test_a_page_has_the_styles_that_its_kind_or_its_scripts_can_match() -> None:
    made = finished()
    theirs = '.set-by-script{top:0}.verdict-red{top:0}[data-lit-up="4"]{top:0}p:not(.gone){top:1px}'
    assert style(made["index.html"]) == ":root{--used:1}.lamp{order:var(--used)}@media print{.lamp{top:0}}" + theirs
    assert style(made["myths/a/index.html"]) == style(made["en/myths/a/index.html"]) == theirs
    assert style(made["c/a/index.html"]) == ""


def test_scripts_that_run_later_are_one_file_for_both_languages() -> None:
    made = finished()
    (name,) = re.findall(r'data-src="([^"]+)"', made["index.html"])
    assert made[name] == "one('set-by-script',`verdict-${red}`);\ndocument.body.dataset.litUp='worker.js';"
    named = {path: re.findall(r'data-src="([^"]+)"', text) for path, text in made.items() if path.endswith("html") and "data-src" in text}
    assert named == {"index.html": [name], "myths/a/index.html": [f"../../{name}"], "en/myths/a/index.html": [f"../../../{name}"], "en/404.html": [f"/sub/{name}"]}
    assert DEFERRED.strip() in made["c/a/index.html"]


def test_scripts_that_run_at_once_stand_in_the_page() -> None:
    assert "<script>let a = 1</script>  <script>own('hired.js');\nmore();</script>" in finished()["myths/a/index.html"]


def test_a_script_that_a_page_would_take_to_end_early_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        list(finish({**small_site(), "assets/javascripts/own.js": b"// what is lit\nown('</SCRIPT>')", "assets/javascripts/more.js": b"more('<!--')"}))
    assert refused.value.places == [(f"assets/javascripts/{name}.js", line, "says </script or <!--, must not, for it stands in a page") for name, line in (("more", 1), ("own", 2))]


def test_what_nothing_names_is_gone() -> None:
    left = sorted(re.sub(r"\.[0-9a-f]{8}\.", ".*.", path) for path in finished() if "assets/" in path)
    fetched = ["assets/javascripts/hired.js", "assets/javascripts/worker.js"]
    assert left == sorted([*fetched, *(f"en/{path}" for path in fetched), "assets/javascripts/short.js", "assets/javascripts/site.*.js"])


def test_a_policy_names_the_inline_scripts_and_the_styles_of_its_page_alone() -> None:
    made = finished()
    directives = {path: dict(re.findall(r"(script|style)-src ([^;]*)", text)) for path, text in made.items() if path.endswith(("html", "_headers"))}
    named = {path: tuple(said[kind].count("'sha256-") for kind in ("script", "style")) for path, said in directives.items()}
    assert named.pop("_headers") == (2, len({style(made[path]) for path in named}))
    assert named == {path: (2 if path == "myths/a/index.html" else 0, 1) for path in named}


def test_many_pages_are_finished_by_several_processes_to_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = {f"myths/{number}/index.html": HEAD.format(links=STYLES.format("../../"), body=f'<p class="lamp"><script>let a = {number % 3}</script>').encode() for number in range(100)}
    shared = list(finish({**small_site(), **pages}))
    monkeypatch.setattr("scripts.finish.spread", lambda work, pieces, **_: map(work, pieces))
    assert list(finish({**small_site(), **pages})) == shared
