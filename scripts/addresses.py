"""The short address of each misconception, `/c/<slug>/`, for both languages; and pages that lead on from a slug that has
moved. Plain HTML, which any host serves and which needs no script."""

from html import escape

from . import cards
from .labels import LABELS
from .model import BELOW, LANGUAGES, Library
from .outcome import conclusion
from .records import Address, Myth

PATH = "docs/data/addresses.yml"
TAGS = {"zh": "zh-Hans", "en": "en"}


def of(library: Library, language: str, name: str) -> str:
    """The address in full of a page by its name below the language's folder, `myths/cost.md`, or of another file there."""
    path = f"{name.removesuffix('.md').removesuffix('index').removesuffix('/')}/" if name.endswith(".md") else name
    return f"{library.address}{BELOW[language]}{path if path != '/' else ''}"


def register(library: Library) -> dict[str, str]:
    """Path → text of the register with every slug that is published now; nothing while it cannot be read."""
    if PATH not in library.texts or any(problem.path == PATH for problem in library.problems):
        return {}
    new = (f"{slug}: {{}}\n" for slug, myth in library.myths.items() if slug not in library.addresses and not myth.draft)
    return {PATH: library.texts[PATH] + "".join(new)}


def make(library: Library) -> dict[str, str]:
    """Path → HTML of the page of every slug that is or was published."""
    made = {}
    for slug, address in {**dict.fromkeys(library.myths, Address()), **library.addresses}.items():
        now = slug if slug in library.myths else address.moved
        if now in library.myths:
            made[f"docs/zh/c/{slug}/index.html"] = _short(library, library.myths[now], now)
            if now != slug:
                made |= {f"docs/{language}/myths/{slug}/index.html": leading(library.myths[now], f"../{now}/", language, LABELS[language]["moved"], 2) for language in LANGUAGES}
    return made


def _short(library: Library, myth: Myth, slug: str) -> str:
    """Both languages on one page; a script takes a reader on to the reader's own."""
    sections = "\n".join(_section(library, myth, slug, language) for language in LANGUAGES)
    title = " / ".join(dict.fromkeys(myth.label[language] for language in LANGUAGES))
    return _page("zh-Hans", title, "../../assets", f"<main>\n{sections}\n</main>", '<script src="../../assets/javascripts/short.js" defer></script>\n' + _shared(library, myth, slug) + _pages(library, slug))


def _shared(library: Library, myth: Myth, slug: str) -> str:
    """What other sites show of the short address, which is the one that people pass on: both languages, as on the page."""
    cards_of = [of(library, language, cards.path(language, slug).removeprefix(f"docs/{language}/")) for language in LANGUAGES]
    said = [("og:type", "article"), ("og:url", f"{library.address}c/{slug}/"), ("og:locale", "zh_CN"), ("og:locale:alternate", "en_US")]
    said += [("og:title", " / ".join(myth.title[language] for language in LANGUAGES)), ("og:description", " / ".join(" ".join(conclusion(library, myth, language)[1:]) for language in LANGUAGES))]
    said += [part for address in cards_of for part in (("og:image", address), ("og:image:type", "image/png"), ("og:image:width", "1200"), ("og:image:height", "630"))]
    return "\n".join(f'<meta property="{name}" content="{escape(content)}">' for name, content in said) + '\n<meta name="twitter:card" content="summary_large_image">'


def _pages(library: Library, slug: str) -> str:
    """The pages that search engines are to take for the short address."""
    pages = {TAGS[language]: of(library, language, f"myths/{slug}.md") for language in LANGUAGES}
    links = [("canonical", "", pages["zh-Hans"]), *(("alternate", f' hreflang="{tag}"', page) for tag, page in {**pages, "x-default": pages["zh-Hans"]}.items())]
    return "".join(f'\n<link rel="{relation}"{tag} href="{escape(page)}">' for relation, tag, page in links)


def _section(library: Library, myth: Myth, slug: str, language: str) -> str:
    _, word, line = conclusion(library, myth, language)
    address = f"../../{BELOW[language]}myths/{slug}/"
    return (
        f'<section lang="{TAGS[language]}">\n<h1>{escape(myth.title[language])}</h1>\n<p><strong>{escape(word)}</strong> {escape(line)}</p>\n'
        f'<p>{escape(myth.summary[language])}</p>\n<p><a href="{address}" hreflang="{TAGS[language]}">{LABELS[language]["read_page"]}</a></p>\n</section>'
    )


def leading(myth: Myth, target: str, language: str, why: str, depth: int) -> str:
    """A page that leads on to a misconception's, `depth` folders below the language's; `why` says it to whom is not led.
    A script takes the section along."""
    body = f'<main>\n<h1>{escape(why)}</h1>\n<p><a href="{target}" hreflang="{TAGS[language]}">{escape(myth.title[language])}</a></p>\n</main>'
    up = "../" * (depth + (language == "en")) + "assets"
    head = f'<noscript><meta http-equiv="refresh" content="0; url={target}"></noscript>\n<script src="{up}/javascripts/short.js" defer></script>'
    return _page(TAGS[language], myth.title[language], up, body, head)


def _page(language: str, title: str, assets: str, body: str, head: str) -> str:
    """Not for search engines: what it says stands on the page that it leads to."""
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f'<meta name="robots" content="noindex">\n<title>{escape(title)}</title>\n<link rel="icon" href="{assets}/images/favicon.svg">\n'
        f'<link rel="stylesheet" href="{assets}/stylesheets/short.css">\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n'
    )
