"""The built site after its last pass: it looks as with every rule of the theme, and its files are joined and named."""

import hashlib
import re
from pathlib import Path

import material
import pytest
from playwright.sync_api import Browser

from scripts.finish import finish

from .conftest import HOME, SIZES

PAGES = ["", "myths/cost/", "check/", "en/about/reuse/", "en/no-such-page/"]
MEDIA = [("screen", "default"), ("screen", "slate"), ("print", "default")]
STILL = "*, ::before, ::after { transition: none !important; animation: none !important }"
ALL_IMAGES = "Promise.all(Array.from(document.images, image => { image.loading = 'eager'; return image.decode() }))"
LOOKS = """() => Array.from(document.querySelectorAll("*"), element => [null, "::before", "::after", "::marker"].map(part => {
  const style = getComputedStyle(element, part)
  return !part || part === "::marker" || style.content !== "none" ? element.tagName + (part || "") + Array.from(style).filter(name => !name.startsWith("--")).map(name => name + ":" + style.getPropertyValue(name)).join(";") : ""
})).flat()"""
SWAP = """sheet => new Promise(loaded => {
  const link = document.querySelector("link[rel=stylesheet]")
  link.onload = loaded
  link.href = sheet
})"""
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
    page.route("**/whole.css", lambda route: route.fulfill(body=whole_stylesheet(), content_type="text/css"))
    for path in PAGES:
        page.goto(path)
        page.add_style_tag(content=STILL)
        page.evaluate(ALL_IMAGES)
        page.evaluate("window.looks = {}")
        for media, scheme in MEDIA:
            page.emulate_media(media=media)
            page.evaluate(f"document.body.dataset.mdColorScheme = '{scheme}'; window.looks['{media} {scheme}'] = ({LOOKS})()")
        page.evaluate(SWAP, server + "whole.css")
        for media, scheme in MEDIA:
            page.emulate_media(media=media)
            page.evaluate(f"document.body.dataset.mdColorScheme = '{scheme}'")
            count, ours, theirs = page.evaluate(COMPARED, [f"{media} {scheme}"])
            assert count > 50 and theirs == ours, f"{path} {media} {scheme}"
    context.close()


def test_the_stylesheet_is_one_small_file_named_by_what_it_says(site: Path) -> None:
    sheet, *others = (site / "assets/stylesheets").glob("site.*")
    said = sheet.read_bytes()
    assert not others and not list((site / "en/assets").glob("stylesheets"))
    assert sheet.name == f"site.{hashlib.sha256(said).hexdigest()[:8]}.css"
    assert len(said) < 0.6 * len(whole_stylesheet())
    assert b".verdict-word" in said and b"slate" in said and b"@media print" in said
    assert b".md-banner" not in said and b".md-typeset .tabbed-set" not in said


HEAD = '<!doctype html><html><head><meta charset="utf-8">\n{links}\n</head><body>{body}</body></html>'
STYLES = '<link rel="stylesheet" href="{0}assets/stylesheets/a.css">\n  <link rel="stylesheet" href="{0}assets/stylesheets/b.css">\n'


def scripts(prefix: str, *names: str) -> str:
    return "".join(f'  <script src="{prefix}assets/javascripts/{name}.js" defer></script>\n' for name in names)


def small_site() -> dict[str, bytes]:
    """Two languages with the same assets; one page has a script of its own, and one is of another form."""
    pages = {
        "index.html": HEAD.format(links=STYLES.format("") + scripts("", "one", "two"), body='<p class="lamp">x</p>'),
        "myths/a/index.html": HEAD.format(links=STYLES.format("../../") + scripts("../../", "one", "two", "own"), body="<script>let a = 1</script>"),
        "en/myths/a/index.html": HEAD.format(links=STYLES.format("../../") + scripts("../../", "one", "two"), body='<script type="application/json">{}</script>'),
        "en/404.html": HEAD.format(links=STYLES.format("/sub/en/") + scripts("/sub/en/", "one", "two"), body=""),
        "c/a/index.html": HEAD.format(links='<link rel="stylesheet" href="../../assets/stylesheets/short.css">\n' + scripts("../../", "short"), body=""),
    }
    assets = {
        "assets/stylesheets/a.css": ":root{--used:1;--unused:2}.lamp,.gone{order:var(--used)}.gone{top:0}@keyframes still{from{top:0}}",
        "assets/stylesheets/b.css": "@media print{.lamp{top:0}.gone{top:0}}.set-by-script{top:0}.verdict-red{top:0}table:is(.gone,.lamp){top:0}[data-lit-up='4']{top:0}[dir=rtl] p{top:0}p:not(.gone){top:1px}",
        "assets/stylesheets/short.css": "p{}",
        "assets/javascripts/one.js": "/* says gone */ one('set-by-script', `verdict-${red}`)\n",
        "assets/javascripts/two.js": "document.body.dataset.litUp = 'worker.js'",
        "assets/javascripts/own.js": "own()",
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


def test_only_what_a_page_or_a_script_can_match_is_left_of_a_stylesheet() -> None:
    made = finished()
    sheet = next(text for path, text in made.items() if path.startswith("assets/stylesheets/site."))
    assert sheet == ':root{--used:1}.lamp{order:var(--used)}@media print{.lamp{top:0}}.set-by-script{top:0}.verdict-red{top:0}[data-lit-up="4"]{top:0}p:not(.gone){top:1px}'


def test_scripts_that_all_pages_have_are_one_file_for_both_languages() -> None:
    made = finished()
    common, own = (re.findall(r'src="([^"]+)" defer', made["myths/a/index.html"]))
    name = common.removeprefix("../../")
    assert made[name] == "one('set-by-script',`verdict-${red}`);\ndocument.body.dataset.litUp='worker.js';" and made[own.removeprefix("../../")] == "own();"
    assert f'src="{name}"' in made["index.html"] and f'src="../../../{name}"' in made["en/myths/a/index.html"] and f'src="/sub/{name}"' in made["en/404.html"]
    assert 'src="../../assets/javascripts/short.js" defer' in made["c/a/index.html"]


def test_what_nothing_names_is_gone() -> None:
    left = sorted(re.sub(r"\.[0-9a-f]{8}\.", ".*.", path) for path in finished() if "assets/" in path)
    both = ["assets/javascripts/short.js", "assets/javascripts/site.*.js", "assets/javascripts/site.*.js", "assets/javascripts/worker.js", "assets/stylesheets/short.css", "assets/stylesheets/site.*.css"]
    assert left == [*both, "en/assets/javascripts/worker.js"]


def test_a_policy_names_the_inline_script_of_its_page_alone() -> None:
    made = finished()
    assert "'sha256-" in made["myths/a/index.html"] and "'sha256-" in made["_headers"]
    assert not [path for path in ("index.html", "en/myths/a/index.html", "c/a/index.html") if "'sha256-" in made[path]]
